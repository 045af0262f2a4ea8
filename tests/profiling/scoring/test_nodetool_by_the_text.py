"""The compatible score against a second implementation, written slowly and straight from the text of its rules."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.model.values import Unreadable
from casare.profiling import analyze
from casare.profiling.scoring.nodetool import score_workflow

_TABLE: Final = """
nodetool.llm.LLM 5 2000 4000
nodetool.embeddings.Embeddings 3 500 2000
nodetool.image.ImageGen 8 5000 3000
nodetool.audio.AudioGen 7 3000 1500
nodetool.video.VideoGen 10 15000 8000
nodetool.text.TextGen 4 1000 500
nodetool.io.HTTPRequest 2 200 100
nodetool.io.FileRead 1 50 200
nodetool.io.FileWrite 1 50 200
nodetool.control.ForEach 6 100 100
nodetool.control.If 3 10 50
nodetool.process.Processor 4 200 500
nodetool.vector.VectorStore 5 300 3000
"""
_KNOWN: Final = [row.split()[0] for row in _TABLE.split("\n") if row]
_ADVICE: Final = {
    1: "Many inputs meet here",
    2: "Many nodes read this result",
    3: "This could run in parallel",
    4: "This is complex",
    5: "This runs long",
    6: "This needs much memory",
}


class _Told(NamedTuple):
    """What the text says of one node."""

    kind: str
    runtime: int
    memory: float
    complexity: float
    incoming: int
    outgoing: int
    parallelizable: bool
    advice: list[int]


def _base(kind: str) -> tuple[float, float, float]:
    for row in _TABLE.split("\n"):
        cells = row.split()
        if cells and cells[0] == kind:
            return float(cells[1]), float(cells[2]), float(cells[3])
    return 2.0, 100.0, 200.0


def _counts(value: Any) -> bool:
    return type(value) in (int, float) and not math.isnan(value) and value != 0


def _told(node: Mapping[str, Any], edges: Sequence[Mapping[str, Any]]) -> _Told:
    kind, data = node["type"], node["data"]
    complexity, runtime, memory = _base(kind)
    model = data.get("model")
    if type(model) is str and ("70b" in model or "13b" in model or "34b" in model or "embedding-large" in model):
        complexity = complexity * 1.5
    if _counts(data.get("iterations")):
        factor = 1 + data["iterations"] / 100
        complexity = complexity * (2 if factor > 2 else factor)
    if _counts(data.get("batch_size")):
        factor = 1 + data["batch_size"] / 50
        complexity = complexity * (3 if factor > 3 else factor)
    complexity = min(complexity, 20)
    if _counts(data.get("max_tokens")):
        runtime = runtime * (1 + data["max_tokens"] / 1000)
    if _counts(data.get("guidance_scale")):
        runtime = runtime * (1 + data["guidance_scale"] / 10)
    if type(model) is str and ("70b" in model or "34b" in model):
        memory = memory * 2
    whole = int(Decimal(runtime * (complexity / 2) + 0.5).to_integral_value(ROUND_FLOOR))
    incoming = len([edge for edge in edges if edge["target"] == node["id"]])
    outgoing = len([edge for edge in edges if edge["source"] == node["id"]])
    parallelizable = incoming < 2 and kind.find("control") == -1
    advice = [1] if incoming > 3 else []
    advice += [2] if outgoing > 3 else []
    advice += [3] if not parallelizable and incoming < 2 else []
    advice += [4] if complexity > 10 else []
    advice += [5] if whole > 10000 else []
    advice += [6] if memory > 5000 else []
    last = kind.split(".")[-1]
    return _Told(last or kind, whole, memory, complexity, incoming, outgoing, parallelizable, advice)


def _score(told: Sequence[_Told]) -> float:
    runtime = sum(one.runtime for one in told) / 1000
    memory = sum(one.memory for one in told) / 1000
    bonus = 2 * len([one for one in told if one.parallelizable])
    score = 100.0
    score = score - (30 if runtime > 30 else runtime)
    score = score - (25 if memory > 25 else memory)
    score = score - 5 * (5 if len(told) > 5 else len(told))
    score = score + (15 if bonus > 15 else bonus)
    return 0.0 if score < 0 else 100.0 if score > 100 else score


def _grade(score: float) -> str:
    if score >= 90:
        return "A"
    if score >= 75:
        return "B"
    if score >= 60:
        return "C"
    return "D" if score >= 40 else "F"


def _rule(suggestion: str) -> int:
    """Return which rule of the text a suggestion comes from."""
    return next(rule for rule, begin in _ADVICE.items() if suggestion.startswith(begin))


def _slowest_first(told: Sequence[_Told]) -> list[int]:
    """Return places by falling runtime; among equals the earlier first; found by picking the largest over and over."""
    left = list(range(len(told)))
    found = []
    while left:
        best = left[0]
        for place in left:
            if told[place].runtime > told[best].runtime:
                best = place
        left.remove(best)
        found.append(best)
    return found


_numbers = st.one_of(
    st.integers(-200, 30_000),
    st.sampled_from([0, -0.0, 0.5, 26, 49, 50, 60, 99, 100, 101, 500, 999, 1000, 4096, -50, -100, -1000, -3.25]),
    st.floats(-1e6, 1e6),
    st.just(math.nan),
    st.booleans(),
    st.none(),
    st.sampled_from(["50", "", "70b", [70], {"value": 50}]),
)
_models = st.one_of(
    st.sampled_from(
        [
            *("gpt-4", "llama-70b", "a-13b", "34b-13b", "embedding-large", "text-embedding-3-large", "Llama-3-70B", ""),
            *({"id": "llama-70b"}, {}, None, 70, True, ["70b"], "x70by", "embedding-large-34b"),
        ]
    ),
    st.text("0134b7-elarg", max_size=6),
)
_kinds = st.one_of(
    st.sampled_from(_KNOWN),
    st.sampled_from(
        [
            *("x", "a.b.", ".", "control", "my.controlnet", "my.ControlNet", "nodetool.llm.llm", "nodetool.llm.LLM.x"),
            *(" nodetool.llm.LLM", "LLM", "uncontrolled.X", "con.trol", "nodetool.control.Other", "a..b"),
        ]
    ),
    st.text("nodetl.cr", min_size=1, max_size=9),
)
_data = st.fixed_dictionaries(
    {},
    optional={
        "model": _models,
        **dict.fromkeys(("iterations", "batch_size", "max_tokens", "guidance_scale", "other"), _numbers),
    },
)


@st.composite
def workflows(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw nodes of known and unknown types, and edges: double ones, ones in circles, ones to nowhere."""
    count = draw(st.integers(0, 12))
    nodes = [{"id": f"n{number}", "type": draw(_kinds), "data": draw(_data)} for number in range(count)]
    # Few different ends, so that many edges meet at one node.
    ends = st.sampled_from([*[f"n{number}" for number in range(min(count, 4))], f"n{count - 1}", "gone"])
    return nodes, draw(st.lists(st.fixed_dictionaries({"source": ends, "target": ends}), max_size=24))


@settings(max_examples=800, deadline=None)
@given(workflow=workflows())
def test_every_figure_is_what_the_text_of_the_rules_says(
    workflow: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    nodes, edges = workflow
    told, found = [_told(node, edges) for node in nodes], score_workflow(nodes, edges)
    order = _slowest_first(told)
    longest = order[: math.ceil(0.2 * len(nodes))]
    assert [one[1:8] for one in found.nodes] == [one[:7] for one in told]
    assert [list(map(_rule, one.suggestions)) for one in found.nodes] == [one.advice for one in told]
    assert found.total_runtime == sum(one.runtime for one in told)
    assert found.total_memory == sum(one.memory for one in told)
    assert found.critical_path_length == sum(told[place].runtime for place in longest)
    assert found.parallel_opportunities == len([one for one in told if one.parallelizable])
    assert [one.node_id for one in found.bottlenecks] == [nodes[place]["id"] for place in order[:5]]
    assert (found.score, found.grade) == (_score(told), _grade(_score(told)))


@settings(max_examples=200, deadline=None)
@given(workflow=workflows())
def test_a_graph_is_scored_as_its_file_is_with_wires_that_end_nowhere(
    workflow: tuple[list[dict[str, Any]], list[dict[str, Any]]], catalog: Catalog
) -> None:
    nodes, edges = workflow
    ids = {node["id"] for node in nodes}
    raw = [
        {"source_node": edge["source"], "source_port": f"o{number}", "target_node": edge["target"], "target_port": "i"}
        for number, edge in enumerate(edges)
    ]
    sound = [one for one in raw if one["source_node"] != one["target_node"] and {*list(one.values())[::2]} <= ids]
    graph = Graph(
        [Node(node["id"], node["type"], node["data"]) for node in nodes],
        [Connection(*one.values()) for one in sound],
        unreadable=Unreadable(connections=tuple([one for one in raw if one not in sound])),
    )
    report, told = analyze(graph, catalog, scoring="nodetool"), [_told(node, edges) for node in nodes]
    assert (report.score, report.grade) == (_score(told), _grade(_score(told)))
    assert [(one.dependencies, one.dependents) for one in report.nodes] == [(t.incoming, t.outgoing) for t in told]


@pytest.mark.parametrize("name", ["iterations", "batch_size", "max_tokens", "guidance_scale"])
def test_figures_past_all_bounds_still_give_a_score(name: str) -> None:
    for huge in (1e308, -1e308, 10**400, -(10**400), math.inf, -math.inf):
        data = ({name: huge}, {name: 1})
        nodes = [{"id": f"n{number}", "type": _KNOWN[0], "data": held} for number, held in enumerate(data)]
        assert 0 <= score_workflow(nodes, []).score <= 100
