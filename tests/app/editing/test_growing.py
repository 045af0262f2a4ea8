"""Nodes added at the loose end of a wire."""

from __future__ import annotations

import pytest

from casare.app.editing import End, add_wired, fitting_port
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node


@pytest.fixture
def graph() -> Graph:
    """Return a comparison that feeds a log."""
    nodes = (Node("compare", "ComparisonNode"), Node("log", "LogNode", position=(400, 0)))
    return Graph(nodes, (Connection("compare", "result", "log", "message"),))


def test_a_loose_output_finds_the_first_input_that_fits(graph: Graph, catalog: Catalog) -> None:
    assert fitting_port(graph, catalog, End("compare", "result", True), "IfNode", {}) == "condition"
    assert fitting_port(graph, catalog, End("compare", "exec_out", True), "IfNode", {}) == "exec_in"
    assert fitting_port(graph, catalog, End("compare", "result", True), "MergeNode", {}) is None


def test_the_node_and_its_wire_are_one_step(graph: Graph, catalog: Catalog) -> None:
    before = graph.copy()
    placed = add_wired(graph, catalog, End("compare", "result", True), "IfNode", (400, 200))
    inverse = graph.apply(placed.change)
    assert ("compare", "result", placed.node_id, "condition") in graph.connections
    graph.apply(inverse)
    assert graph == before


def test_a_loose_data_input_gives_up_the_wire_it_has(graph: Graph, catalog: Catalog) -> None:
    placed = add_wired(graph, catalog, End("log", "message", False), "ConcatenateNode", (0, 200))
    graph.apply(placed.change)
    assert [key for key in graph.incoming("log") if key[3] == "message"] == [
        (placed.node_id, "result", "log", "message")
    ]


def test_where_nothing_fits_the_node_is_added_alone(graph: Graph, catalog: Catalog) -> None:
    placed = add_wired(graph, catalog, End("compare", "result", True), "MergeNode", (0, 200))
    graph.apply(placed.change)
    assert placed.node_id in graph.nodes
    assert not graph.incoming(placed.node_id)
