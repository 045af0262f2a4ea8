"""The compatible score, against values worked out independently."""

from __future__ import annotations

from typing import Any

import pytest

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.profiling import analyze
from casare.profiling.scoring.nodetool import score_workflow


def _nodes(*held: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": f"n{number}", "type": kind, "data": data} for number, (kind, data) in enumerate(held, 1)]


def _chain(count: int) -> list[dict[str, Any]]:
    return [{"source": f"n{number}", "target": f"n{number + 1}"} for number in range(1, count)]


_LLM = "nodetool.llm.LLM"
_VIDEO = ("nodetool.video.VideoGen", {})
_FOUR = (
    (_LLM, {"model": "gpt-4", "max_tokens": 1000}),
    ("nodetool.embeddings.Embeddings", {"model": "text-embedding-3-small"}),
    ("nodetool.io.HTTPRequest", {}),
    ("nodetool.control.ForEach", {"iterations": 50}),
)


@pytest.mark.parametrize(
    ("nodes", "chained", "golden"),
    [
        ((), False, (0, 0, 0, 0, 100, "A")),
        (_FOUR, True, (11400, 6200, 10000, 3, 68.39999999999999, "C")),
        (((_LLM, {"model": "llama-70b", "max_tokens": 2000}),), False, (22500, 8000, 22500, 1, 66.5, "C")),
        (((_LLM, {"model": {"id": "llama-70b"}}),), False, (5000, 4000, 5000, 1, 88, "B")),
        ((("nodetool.io.FileRead", {"max_tokens": 60}),), False, (27, 200, 27, 1, 96.773, "A")),
        ((("nodetool.control.If", {}),), False, (15, 50, 15, 0, 94.935, "A")),
        ((_VIDEO,), False, (75000, 8000, 75000, 1, 59, "D")),
        ((_VIDEO,) * 2, False, (150000, 16000, 75000, 2, 48, "D")),
        ((_VIDEO,) * 3, False, (225000, 24000, 75000, 3, 37, "F")),
        ((("some.unknown.Type", {}),) * 3, True, (300, 600, 100, 3, 90.10000000000001, "A")),
        ((("some.unknown.Type", {}),) * 5, True, (500, 1000, 100, 5, 83.5, "B")),
    ],
)
def test_the_golden_values_are_met_to_the_last_bit(
    nodes: tuple[tuple[str, dict[str, Any]], ...], chained: bool, golden: tuple[float, ...]
) -> None:
    found = score_workflow(_nodes(*nodes), _chain(len(nodes)) if chained else [])
    assert (
        found.total_runtime,
        found.total_memory,
        found.critical_path_length,
        found.parallel_opportunities,
        found.score,
        found.grade,
    ) == golden


def test_the_nodes_of_the_golden_chain_have_their_own_figures() -> None:
    found = score_workflow(_nodes(*_FOUR), _chain(4))
    assert [(held.estimated_runtime, held.complexity, held.memory_usage) for held in found.nodes] == [
        (10000, 5, 4000),
        (750, 3, 2000),
        (200, 2, 100),
        (450, 9, 100),
    ]
    assert [held.node_id for held in found.bottlenecks] == ["n1", "n2", "n4", "n3"]
    assert [len(held.suggestions) for held in found.nodes] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("data", "complexity"),
    [
        ({"iterations": -50}, 1.0),
        ({"iterations": 1e9}, 4.0),
        ({"iterations": True}, 2.0),
        ({"iterations": "50"}, 2.0),
        ({"iterations": float("nan")}, 2.0),
        ({"iterations": 0}, 2.0),
        ({"batch_size": 1000}, 6.0),
        ({"model": "Llama-3-70B"}, 2.0),
        ({"model": "text-embedding-3-large"}, 2.0),
        ({"model": "embedding-large-13b"}, 3.0),
        ({"iterations": 1000, "batch_size": 1000, "model": "13b"}, 18.0),
    ],
)
def test_complexity_follows_its_modifiers_and_their_oddities(data: dict[str, Any], complexity: float) -> None:
    assert score_workflow(_nodes(("x", data)), []).nodes[0].complexity == complexity


def test_only_two_model_sizes_double_the_memory() -> None:
    models = ("a-70b", "a-34b", "a-13b", "embedding-large")
    found = score_workflow(_nodes(*[("x", {"model": model}) for model in models]), [])
    assert [held.memory_usage for held in found.nodes] == [400, 400, 200, 200]


def test_edges_to_nowhere_and_double_edges_count() -> None:
    edges = [{"source": "gone", "target": "n1"}, {"source": "n2", "target": "n1"}, {"source": "n2", "target": "n1"}]
    first, second = score_workflow(_nodes(("a.ControlNet", {}), ("a.controlnet", {})), edges).nodes
    assert (first.dependencies, first.parallelizable, second.dependents, second.parallelizable) == (3, False, 2, False)


def test_suggestions_come_in_their_fixed_order() -> None:
    edges = [{"source": f"s{number}", "target": "n1"} for number in range(4)]
    edges += [{"source": "n1", "target": f"t{number}"} for number in range(4)]
    told = score_workflow(_nodes(("nodetool.video.VideoGen", {"batch_size": 50})), edges).nodes[0].suggestions
    assert [text.split(":")[0] for text in told] == [
        "Many inputs meet here",
        "Many nodes read this result",
        "This is complex",
        "This runs long",
        "This needs much memory",
    ]


def test_the_report_of_a_graph_holds_the_same_score_and_an_adding_ledger(catalog: Catalog) -> None:
    nodes = [Node(held["id"], held["type"], held["data"]) for held in _nodes(*_FOUR)]
    graph = Graph(nodes, [Connection(w["source"], "o", w["target"], "i") for w in _chain(4)])
    report = analyze(graph, catalog, scoring="nodetool")
    assert (report.score, report.grade, report.scoring) == (68.39999999999999, "C", "nodetool")
    assert 100 - sum(entry.points for entry in report.ledger) == pytest.approx(report.score)
    assert [node.type for node in report.nodes] == [kind for kind, _ in _FOUR]
