"""A workflow that a workflow runs costs what it costs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from casare.catalog import default_catalog
from casare.model import Connection, Graph, Node
from casare.profiling import Profiler, Report, analyze
from casare.profiling.costs.nesting import DEEPEST, Inner


def _calls(*named: str) -> Graph:
    nodes = [Node("start", "StartNode"), *[Node(one, "SubflowNode", {"subflow_path": one}) for one in named]]
    ids = [node.id for node in nodes]
    return Graph(nodes, [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)])


def _line(*types: str) -> Graph:
    nodes = [Node("start", "StartNode"), *[Node(f"n{at}", one) for at, one in enumerate(types)]]
    ids = [node.id for node in nodes]
    return Graph(nodes, [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(ids)])


class _Shelf:
    """Workflows by name, each asked for counted."""

    def __init__(self, held: Mapping[str, Graph]) -> None:
        self.held = held

    def __call__(self, node: Node) -> Inner | None:
        name = str(node.config["subflow_path"])
        return Inner(name, self.held[name], self) if name in self.held else None


def _report(graph: Graph, held: Mapping[str, Graph]) -> Report:
    return Profiler(default_catalog(), resolve=_Shelf(held)).analyze(graph)


def _rules(report: Report) -> set[str]:
    return {entry.rule for entry in report.ledger}


def test_a_node_takes_as_long_as_the_workflow_it_runs() -> None:
    inner = _line("ReadCSVNode", "WriteCSVNode", "LogNode")
    alone = analyze(inner, default_catalog())
    report = _report(_calls("inner"), {"inner": inner})
    node = next(one for one in report.nodes if one.id == "inner")
    assert node.runtime_ms == alone.totals.wall_ms
    assert node.memory_mb == alone.totals.peak_memory_mb
    assert node.complexity == max(one.complexity for one in alone.nodes)


def test_workflows_lie_inside_each_other_at_several_depths() -> None:
    held = {"a": _calls("b"), "b": _calls("c"), "c": _line("ReadCSVNode")}
    deep = _report(_calls("a"), held)
    least = analyze(held["c"], default_catalog()).totals.wall_ms
    assert deep.totals.critical_path_ms > least
    assert "nested-cycle" not in _rules(deep)


def test_what_cannot_be_found_keeps_its_declared_cost() -> None:
    declared = analyze(_calls("nowhere"), default_catalog())
    assert _report(_calls("nowhere"), {}).totals == declared.totals


def test_a_workflow_that_runs_itself_is_told_and_not_followed() -> None:
    report = _report(_calls("a", "fine"), {"a": _calls("b"), "b": _calls("a"), "fine": _line("LogNode")})
    entry = next(entry for entry in report.ledger if entry.rule == "nested-cycle")
    assert entry.nodes == ("a",)
    assert entry.points == 15


def test_nesting_ends_at_a_depth_that_is_told() -> None:
    held = {f"w{at}": _calls(f"w{at + 1}") for at in range(DEEPEST + 3)}
    report = _report(_calls("w0"), held)
    assert report.score is not None
    assert report.totals.wall_ms > 0


def test_the_file_of_a_subflow_set_anew_is_what_counts() -> None:
    held = {"a": _line("LogNode"), "b": _line("ReadCSVNode", "ReadCSVNode")}
    profiler = Profiler(default_catalog(), resolve=_Shelf(held))
    graph = _calls("a")
    first = profiler.analyze(graph)
    from casare.events import GraphChanged
    from casare.model import SetConfig

    graph.apply(SetConfig("a", {"subflow_path": "b"}))
    second = profiler.regrade(graph, GraphChanged(nodes=frozenset(("a",))))
    assert second.totals.wall_ms > first.totals.wall_ms
    assert second == Profiler(default_catalog(), resolve=_Shelf(held)).analyze(graph)
