"""A node between two ports that do not fit."""

from __future__ import annotations

from casare.app.editing import End, connect_through, converter_for
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node


def graph(apart: float) -> Graph:
    nodes = (Node("len", "ListLengthNode", {}, (0, 0)), Node("sort", "ListSortNode", {}, (apart, 40)))
    return Graph(nodes, (Connection("len", "exec_out", "sort", "exec_in"),))


OUT, INTO = End("len", "length", True), End("sort", "list", False)


def test_there_is_a_converter_in_either_direction_and_none_for_what_fits(catalog: Catalog) -> None:
    assert converter_for(graph(600), catalog, OUT, INTO) is not None
    assert converter_for(graph(600), catalog, INTO, OUT) is not None
    assert converter_for(graph(600), catalog, End("len", "exec_out", True), INTO) is None


def test_the_converter_stands_half_way_and_is_wired_to_both_in_one_step(catalog: Catalog) -> None:
    held = graph(600)
    before = held.copy()
    made = connect_through(held, catalog, OUT, INTO, {})
    assert made is not None
    inverse = held.apply(made.change)
    assert held.nodes[made.node_id].position == (300, 20)
    assert {key[1] for key in held.incoming(made.node_id)} == {"length"}
    assert {key[3] for key in held.outgoing(made.node_id)} == {"list"}
    held.apply(inverse)
    assert held == before


def test_where_there_is_no_room_what_follows_moves_to_the_right(catalog: Catalog) -> None:
    held = graph(280)
    made = connect_through(held, catalog, OUT, INTO, {})
    assert made is not None
    held.apply(made.change)
    right = held.nodes[made.node_id].position[0] + 200
    assert held.nodes["sort"].position[0] > right


def test_what_fed_the_input_gives_way(catalog: Catalog) -> None:
    held = graph(600)
    held.nodes["other"] = Node("other", "ListReverseNode", {}, (0, 300))
    held = Graph(held.nodes.values(), (*held.connections.values(), Connection("other", "result", "sort", "list")))
    made = connect_through(held, catalog, OUT, INTO, {})
    assert made is not None
    held.apply(made.change)
    assert ("other", "result", "sort", "list") not in held.connections
