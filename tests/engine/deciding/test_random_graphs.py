"""Every node runs exactly as often as a simple interpreter says, whatever the graph, alone or side by side."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow, compile_graph
from casare.model import Connection, Graph, Node

QUICK = settings(max_examples=60)


class Edge(NamedTuple):
    source: int
    port: str
    target: int


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Return ways ("", "left" or "right") and wires that only lead onward."""
    count = draw(st.integers(1, 14))
    ways = [draw(st.sampled_from(["", "left", "right"])) for _ in range(count)]
    edges: set[Edge] = set()
    for target in range(1, count):
        for source in draw(st.sets(st.integers(0, target - 1), max_size=3)):
            port = draw(st.sampled_from(["left", "right"])) if ways[source] else "exec_out"
            edges.add(Edge(source, port, target))
    return ways, sorted(edges)


def expected_runs(ways: list[str], edges: list[Edge]) -> list[int]:
    """Return how often each node runs: once when it is an entry or some wire to it fires, else not at all."""
    runs = [0] * len(ways)
    for node in range(len(ways)):
        incoming = [edge for edge in edges if edge.target == node]
        fires = any(runs[edge.source] and edge.port == (ways[edge.source] or "exec_out") for edge in incoming)
        runs[node] = int(not incoming or fires)
    return runs


def network_graph(ways: list[str], edges: list[Edge], kind: str) -> Graph:
    nodes = [
        Node(f"n{number}", "Choose", {"way": way}) if way else Node(f"n{number}", kind)
        for number, way in enumerate(ways)
    ]
    return Graph(nodes, [Connection(f"n{one.source}", one.port, f"n{one.target}", "exec_in") for one in edges])


def run(graph: Graph, types: Catalog) -> Any:
    workflow = Workflow(graph, compile_graph(graph, types).plan, types)
    return Run(workflow, RunOptions(variables={"seen": []})).run()


@QUICK
@given(networks())
def test_branches_and_meetings_run_as_often_as_the_wires_say(
    types: Catalog, network: tuple[list[str], list[Edge]]
) -> None:
    report = run(network_graph(*network, "Note"), types)
    assert report.status == "completed"
    assert [one.runs for one in report.nodes] == expected_runs(*network)
    assert {one.status for one in report.nodes} <= {"completed", "bypassed"}


@settings(max_examples=25)
@given(networks())
def test_side_by_side_nothing_is_lost_and_nothing_runs_twice(
    types: Catalog, network: tuple[list[str], list[Edge]]
) -> None:
    report = run(network_graph(*network, "Block"), types)
    assert [one.runs for one in report.nodes] == expected_runs(*network)
