"""The critical path, slack and wall time, against independent answers."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.profiling import Report, analyze
from casare.profiling.structure.order import sorted_by_need, turned_round

TYPES = ("Work", "Fetch", "Load", "Cheap", "Comment")


@st.composite
def small_graphs(draw: st.DrawFn) -> Graph:
    """Draw a DAG of up to nine nodes with control wires, data wires and references."""
    count = draw(st.integers(1, 9))
    kinds = draw(st.lists(st.sampled_from(TYPES), min_size=count, max_size=count))
    labels = draw(st.permutations([f"n{number}" for number in range(count)]))
    nodes, wires = [], []
    for target in range(count):
        config = {}
        for source in range(target):
            link = draw(st.sampled_from(("", "", "", "control", "data", "reference")))
            if link == "reference":
                config[f"key{source}"] = f"{{{{{labels[source]}.result}}}}"
            elif link:
                ports = ("exec_out", "exec_in") if link == "control" else ("result", "value")
                wires.append(Connection(labels[source], ports[0], labels[target], ports[1]))
        if draw(st.integers(0, 6)) == 0:
            config["_disabled"] = True
        nodes.append(Node(labels[target], kinds[target], config))
    return Graph(draw(st.permutations(nodes)), wires)


def _true_edges(graph: Graph) -> set[tuple[str, str]]:
    found = {(wire.source_node, wire.target_node) for wire in graph.connections.values()}
    for node in graph.nodes.values():
        if node.type != "Comment" and not node.config.get("_disabled"):
            texts = [value for value in node.config.values() if isinstance(value, str)]
            found |= {(text[2:].split(".")[0], node.id) for text in texts}
    return found


def _as_networkx(graph: Graph, report: Report) -> nx.DiGraph:
    drawn = nx.DiGraph()
    drawn.add_nodes_from(["(end)", *graph.nodes])
    runtime = {node.id: node.runtime_ms for node in report.nodes}
    for source, target in _true_edges(graph):
        drawn.add_edge(source, target, weight=runtime[source])
    for node_id in graph.nodes:
        drawn.add_edge(node_id, "(end)", weight=runtime[node_id])
    return drawn


@settings(max_examples=300, deadline=None)
@given(graph=small_graphs())
def test_the_critical_path_is_the_longest_path(graph: Graph, catalog: Catalog) -> None:
    report = analyze(graph, catalog)
    drawn = _as_networkx(graph, report)
    assert report.totals.critical_path_ms == pytest.approx(nx.dag_longest_path_length(drawn))
    runtime = {node.id: node.runtime_ms for node in report.nodes}
    assert sum(runtime[node_id] for node_id in report.critical_path) == pytest.approx(report.totals.critical_path_ms)
    edges = _true_edges(graph)
    assert all(pair in edges for pair in zip(report.critical_path, report.critical_path[1:], strict=False))


@settings(max_examples=200, deadline=None)
@given(graph=small_graphs())
def test_slack_is_what_a_node_can_grow_before_the_whole_does(graph: Graph, catalog: Catalog) -> None:
    report = analyze(graph, catalog)
    drawn = _as_networkx(graph, report)
    total = nx.dag_longest_path_length(drawn)
    for node in report.nodes:
        assert node.slack_ms >= 0
        before = nx.dag_longest_path_length(drawn.subgraph(nx.ancestors(drawn, node.id) | {node.id}))
        after = nx.dag_longest_path_length(drawn.subgraph(nx.descendants(drawn, node.id) | {node.id}))
        assert node.slack_ms == pytest.approx(total - before - after, abs=1e-6)
        if node.id in report.critical_path:
            assert node.slack_ms == 0


@settings(max_examples=200, deadline=None)
@given(graph=small_graphs(), workers=st.integers(1, 4))
def test_wall_time_keeps_between_what_no_schedule_beats_and_what_list_scheduling_promises(
    graph: Graph, workers: int, catalog: Catalog
) -> None:
    totals = analyze(graph, catalog, workers=workers).totals
    least = max(totals.critical_path_ms, totals.runtime_ms / workers)
    most = totals.critical_path_ms + (totals.runtime_ms - totals.critical_path_ms) / workers
    assert least - 1e-6 <= totals.wall_ms <= most + 1e-6
    if workers == 1:
        assert totals.wall_ms == pytest.approx(totals.runtime_ms)


@settings(max_examples=200, deadline=None)
@given(graph=small_graphs())
def test_peak_memory_is_between_the_largest_node_and_the_sum(graph: Graph, catalog: Catalog) -> None:
    report = analyze(graph, catalog)
    sizes = [node.memory_mb for node in report.nodes]
    assert max(sizes) - 1e-9 <= report.totals.peak_memory_mb <= sum(sizes) + 1e-9


@settings(max_examples=200, deadline=None)
@given(graph=small_graphs())
def test_a_node_is_parallelizable_when_another_is_neither_before_nor_after_it(graph: Graph, catalog: Catalog) -> None:
    # Cheap, so that nothing is worth taking out of its line, and nothing is left out.
    graph = Graph([Node(node.id, "Cheap") for node in graph.nodes.values()], graph.connections.values())
    drawn = nx.DiGraph(list(_true_edges(graph)))
    drawn.add_nodes_from(graph.nodes)
    for node in analyze(graph, catalog).nodes:
        related = nx.ancestors(drawn, node.id) | nx.descendants(drawn, node.id) | {node.id}
        assert node.parallelizable == (len(related) < len(graph.nodes))


@settings(deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_the_order_of_a_graph_with_cycles_is_found_and_complete(pairs: list[tuple[int, int]], catalog: Catalog) -> None:
    nodes = [Node(f"n{number}", "Work") for number in range(8)]
    wires = [Connection(f"n{one}", "exec_out", f"n{other}", "exec_in") for one, other in pairs]
    report = analyze(Graph(nodes, wires), catalog)
    assert len(report.nodes) == 8
    assert report.totals.wall_ms <= report.totals.runtime_ms + 1e-9


def test_a_topological_order_leaves_out_what_a_cycle_holds() -> None:
    edges = [[], [0, 2], [1], [0]]
    assert sorted_by_need(edges, turned_round(edges)) == [0, 3]
