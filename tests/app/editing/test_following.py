"""A node added behind another one."""

from __future__ import annotations

from casare.app.editing import add_after
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node


def wires(graph: Graph, catalog: Catalog, before: str, type_id: str) -> set[tuple[str, str]]:
    placed = add_after(graph, catalog, before, type_id, (400, 0))
    graph.apply(placed.change)
    return {(key[1], key[3]) for key in graph.incoming(placed.node_id)}


def test_the_turn_and_a_value_of_the_same_type_go_along(catalog: Catalog) -> None:
    graph = Graph([Node("sort", "ListSortNode")])
    assert wires(graph, catalog, "sort", "ListLengthNode") == {("exec_out", "exec_in"), ("result", "list")}


def test_of_several_ways_out_the_first_that_leads_nowhere_is_taken(catalog: Catalog) -> None:
    graph = Graph([Node("if", "IfNode"), Node("log", "LogNode")], [Connection("if", "true", "log", "exec_in")])
    assert ("false", "exec_in") in wires(graph, catalog, "if", "WaitNode")


def test_a_node_that_takes_no_turn_is_only_added(catalog: Catalog) -> None:
    graph = Graph([Node("log", "LogNode")])
    assert wires(graph, catalog, "log", "StartNode") == set()
