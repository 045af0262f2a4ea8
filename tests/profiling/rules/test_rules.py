"""The score: which defects cost points, and that a defect never helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog, default_catalog
from casare.model import Connection, Graph, Node
from casare.profiling import Report, analyze
from casare.profiling.rules import RULES

BuildGraph = Callable[..., Graph]


def _rules(report: Report) -> set[str]:
    return {entry.rule for entry in report.ledger}


def test_an_empty_workflow_has_no_grade(catalog: Catalog) -> None:
    report = analyze(Graph(), catalog)
    assert (report.score, report.grade, report.nodes, report.ledger) == (None, None, (), ())


def test_every_lost_point_is_in_the_ledger_with_its_nodes(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": "Fetch", "b": "Fetch", "c": "Nobody", "w": "While"}, "a -> b", "b -> c", "c -> w")
    report = analyze(graph, catalog)
    assert report.score is not None
    assert report.score == pytest.approx(100 - sum(entry.points for entry in report.ledger))
    assert all(entry.nodes and entry.message and entry.points > 0 for entry in report.ledger)
    assert {entry.rule for entry in report.ledger} <= {rule.id for rule in RULES}


def test_rules_have_ids_of_their_own_and_say_what_they_cost() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.formula and rule.advice and 0 < rule.cap <= 45 for rule in RULES)


def _side_by_side(build: BuildGraph, count: int) -> Graph:
    calls = {f"c{number}": ("Fetch", {"url": f"u{number}"}) for number in range(count)}
    wires = [f"t.try_body -> c{number}" for number in range(count)] + [f"c{number} -> m" for number in range(count)]
    return build({"s": "Start", "t": "Try", **calls, "m": "Merge"}, "s -> t", *wires)


def _in_a_line(build: BuildGraph, count: int) -> Graph:
    calls = {f"c{number}": ("Fetch", {"url": f"u{number}"}) for number in range(count)}
    line = [f"c{number} -> c{number + 1}" for number in range(count - 1)]
    return build(
        {"s": "Start", "t": "Try", **calls, "m": "Merge"}, "s -> t", "t.try_body -> c0", *line, f"c{count - 1} -> m"
    )


def test_independent_calls_side_by_side_earn_an_a(catalog: Catalog, build: BuildGraph) -> None:
    report = analyze(_side_by_side(build, 4), catalog)
    assert (report.grade, report.totals.parallel_opportunities) == ("A", 0)


@pytest.mark.parametrize("count", [2, 4, 8, 16, 40])
def test_independent_calls_in_a_line_lose_points(catalog: Catalog, build: BuildGraph, count: int) -> None:
    good, bad = analyze(_side_by_side(build, count), catalog), analyze(_in_a_line(build, count), catalog)
    assert good.score is not None
    assert bad.score is not None
    assert bad.score < good.score
    assert bad.totals.parallel_opportunities == count
    assert all(node.parallelizable for node in bad.nodes if node.type == "Fetch")


@pytest.mark.parametrize(
    ("second", "wire"),
    [({"url": "{{a.result}}"}, ""), ({"url": "x"}, "a.result => b"), ({"method": "POST"}, "")],
)
def test_calls_that_need_each_other_are_no_opportunity(
    catalog: Catalog, build: BuildGraph, second: dict[str, Any], wire: str
) -> None:
    graph = build({"a": ("Fetch", {"url": "y"}), "b": ("Fetch", second)}, "a -> b", *([wire] if wire else []))
    assert analyze(graph, catalog).totals.parallel_opportunities == 0


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (("CreateDirectoryNode", {"directory_path": "out"}), ("WriteFileNode", {"file_path": "out/a"}), False),
        (("WriteFileNode", {"file_path": "a"}), ("ReadFileNode", {"file_path": "a"}), False),
        (("WriteFileNode", {"file_path": "a"}), ("ReadFileNode", {"file_path": "{{name}}"}), False),
        (("WriteFileNode", {"file_path": "a"}), ("ListFilesNode", {"directory_path": "."}), False),
        (("WriteFileNode", {"file_path": "d\\a"}), ("ListFilesNode", {"directory_path": "D/"}), False),
        (("WriteFileNode", {"file_path": "a"}), ("WriteFileNode", {"file_path": "b"}), True),
        (("ZipFilesNode", {"zip_path": "a.zip", "source_path": "x"}), ("WaitNode", {}), False),
    ],
)
def test_files_are_told_apart_by_their_paths(
    build: BuildGraph, first: tuple[str, Any], second: tuple[str, Any], together: bool
) -> None:
    # In a loop both take long enough to be worth telling apart, whatever a single one takes.
    graph = build(
        {"f": ("ForLoopStartNode", {"mode": "range", "end": 100}), "a": first, "b": second}, "f.body -> a", "a -> b"
    )
    assert analyze(graph, default_catalog()).totals.parallel_opportunities == (2 if together else 0)


def test_variables_order_what_writes_and_reads_them(build: BuildGraph) -> None:
    graph = build(
        {
            "a": ("ReadCSVNode", {"file_path": "a.csv"}),
            "set": ("SetVariableNode", {"variable_name": "name", "value": "{{a.data}}"}),
            "b": ("ReadCSVNode", {"file_path": "{{name}}"}),
            "c": ("ReadCSVNode", {"file_path": "c.csv"}),
        },
        "a -> set",
        "set -> b",
        "b -> c",
    )
    report = analyze(graph, default_catalog())
    told = next(entry for entry in report.ledger if entry.rule == "serial-independent")
    assert report.totals.critical_path_ms == pytest.approx(90.02)
    assert set(told.nodes) == {"a", "c"}


_DEFECTS = ("duplicate", "endless", "line")


def _with_defect(graph: Graph, defect: str, number: int) -> Graph:
    """Return the graph with a further defect at the end of its main line."""
    nodes, wires = list(graph.nodes.values()), list(graph.connections.values())
    last = nodes[-1].id
    new = f"d{number}"
    if defect == "endless":
        nodes.insert(len(nodes) - 1, Node(f"{new}loop", "While", {"condition": "true"}))
        wires.append(Connection(last, "exec_out", f"{new}loop", "exec_in"))
        return Graph(nodes, wires)
    copied = next((node for node in nodes if node.type == "Fetch"), Node("x", "Fetch", {"url": "again"}))
    config = dict(copied.config) if defect == "duplicate" else {"url": f"new{number}"}
    if defect == "duplicate" and copied.id == "x":
        nodes.append(Node(f"{new}first", "Fetch", config))
        wires.append(Connection(last, "exec_out", f"{new}first", "exec_in"))
        last = f"{new}first"
    nodes.append(Node(new, "Fetch", config))
    wires.append(Connection(last, "exec_out", new, "exec_in"))
    return Graph(nodes, wires)


@settings(max_examples=100, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(("Fetch", "Work", "Pure", "Cheap", "If", "Nobody")), min_size=1, max_size=8),
    defects=st.lists(st.sampled_from(_DEFECTS), min_size=1, max_size=4),
)
def test_a_further_defect_never_raises_the_score(kinds: list[str], defects: list[str], catalog: Catalog) -> None:
    nodes = [Node(f"n{number}", kind, {"url": f"u{number}"}) for number, kind in enumerate(kinds)]
    graph = Graph(
        nodes,
        [
            Connection(f"n{number}", "true" if kind == "If" else "exec_out", f"n{number + 1}", "exec_in")
            for number, kind in enumerate(kinds[:-1])
        ],
    )
    score = analyze(graph, catalog).score
    for number, defect in enumerate(defects):
        graph = _with_defect(graph, defect, number)
        worse = analyze(graph, catalog).score
        assert score is not None
        assert worse is not None
        assert worse <= score
        score = worse


@pytest.mark.parametrize(
    ("nodes", "wires", "rule"),
    [
        ({"a": ("While", {"condition": True}), "b": "Work"}, ["a.body -> b"], "unbounded-loop"),
        ({"a": ("Fetch", {"retry_count": 50})}, [], "retry-storm"),
        ({"a": ("Fetch", {"url": "x"}), "b": ("Fetch", {"url": "x"})}, ["a -> b"], "duplicate-fetch"),
        ({"a": "Nobody"}, [], "unknown-type"),
        ({"a": "If", "b": "Work"}, ["a.true -> b"], "dead-end"),
        ({"a": "Fetch"}, [], "unguarded-io"),
        ({"a": "Pure"}, [], "unused-result"),
        ({"a": ("Work", {"x": "{{nowhere}}"})}, [], "unset-reference"),
        ({"a": "Cheap", "b": ("Work", {"x": "{{a.nothing}}"})}, [], "unset-reference"),
        ({"a": ("Fetch", {"iterations": 1000})}, [], "long-critical-path"),
        ({"a": ("Load", {"model": "405b"})}, [], "memory-peak"),
        ({"a": ("Fetch", {"iterations": 500, "batch_size": 500})}, [], "hot-spot"),
        (
            {"a": "Start", **{f"b{n}": "Cheap" for n in range(20)}},
            [f"a -> b{n}" for n in range(20)],
            "fan-out-without-limit",
        ),
    ],
)
def test_each_defect_is_found_by_its_rule(
    catalog: Catalog, build: BuildGraph, nodes: dict[str, Any], wires: list[str], rule: str
) -> None:
    report = analyze(build(nodes, *wires), catalog)
    assert rule in _rules(report)
    entry = next(entry for entry in report.ledger if entry.rule == rule)
    advised = [node for node in report.nodes if node.id in entry.nodes]
    assert all(node.suggestions for node in advised)


def test_the_same_call_on_two_ways_of_a_branch_is_no_duplicate(catalog: Catalog, build: BuildGraph) -> None:
    same = ("Fetch", {"url": "x"})
    graph = build({"i": "If", "a": same, "b": same}, "i.true -> a", "i.false -> b")
    assert "duplicate-fetch" not in _rules(analyze(graph, catalog))


def test_a_call_inside_a_try_is_guarded(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"t": "Try", "a": "Fetch"}, "t.try_body -> a")
    assert "unguarded-io" not in _rules(analyze(graph, catalog))


def test_an_awful_workflow_gets_an_f(catalog: Catalog, build: BuildGraph) -> None:
    fetch = ("Fetch", {"url": "x", "retry_count": 30, "iterations": 100})
    nodes = {"w": ("While", {"condition": "true"}), **{f"f{n}": fetch for n in range(5)}, "i": "If", "x": "Nobody"}
    graph = build(nodes, "w.body -> f0", *[f"f{n} -> f{n + 1}" for n in range(4)], "f4 -> i", "i.true -> x")
    assert analyze(graph, catalog).grade == "F"
