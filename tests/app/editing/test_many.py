"""Claims about edits of many nodes at once."""

from __future__ import annotations

from random import Random

from hypothesis import given
from random_edits import CHANCE, photo, some_graph

from casare.app.editing.many import auto_connect, disconnect, lazy_connect, lazy_wire, set_in_all
from casare.app.editing.wiring import End, verdict
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node


def test_a_value_is_set_in_all_that_know_it_under_the_key_each_uses(catalog: Catalog) -> None:
    graph = Graph(
        [
            Node("a", "IfNode"),
            Node("b", "IfNode", {"expression": "old"}),
            Node("c", "LogNode", {"level": "info"}),
            Node("d", "IfNode", {"condition": "1 > 0"}),
        ]
    )
    change = set_in_all(graph, catalog, "abcd", "condition", "1 > 0")
    assert change is not None
    before = photo(graph)
    inverse = graph.apply(change)
    configs = [dict(node.config) for node in graph.nodes.values()]
    assert configs == [{"condition": "1 > 0"}, {"expression": "1 > 0"}, {"level": "info"}, {"condition": "1 > 0"}]
    assert set_in_all(graph, catalog, "abcd", "condition", "1 > 0") is None
    graph.apply(inverse)
    assert photo(graph) == before


def test_the_wire_that_is_meant_is_the_control_one_first_then_the_value(catalog: Catalog) -> None:
    graph = Graph([Node("a", "MathOperationNode"), Node("b", "MathOperationNode")])
    made = []
    while (change := lazy_connect(graph, catalog, "a", "b")) is not None:
        made += [key for key in graph.connections if key not in made]
        graph.apply(change)
    assert list(graph.connections) == [
        ("a", "exec_out", "b", "exec_in"),
        ("a", "result", "b", "a"),
        ("a", "result", "b", "b"),
    ]


def test_a_node_has_no_wire_to_itself_nor_to_what_takes_nothing(catalog: Catalog) -> None:
    graph = Graph([Node("a", "LogNode"), Node("start", "StartNode")])
    assert lazy_wire(graph, catalog, "a", "a") is None
    assert lazy_connect(graph, catalog, "a", "start") is None


def test_a_selection_is_connected_from_left_to_right(catalog: Catalog) -> None:
    places = {"c": (500, 0), "a": (0, 50), "b": (250, -80)}
    graph = Graph([Node(one, "LogNode", position=place) for one, place in places.items()])
    change = auto_connect(graph, catalog, places)
    assert change is not None
    graph.apply(change)
    assert [key[::2] for key in graph.connections] == [("a", "b"), ("b", "c")]
    assert auto_connect(graph, catalog, places) is None


def test_wires_among_the_selection_go_first_then_all(catalog: Catalog) -> None:
    graph = Graph(
        [Node(one, "LogNode") for one in "abc"],
        [Connection("a", "exec_out", "b", "exec_in"), Connection("b", "exec_out", "c", "exec_in")],
    )
    change = disconnect(graph, "ab")
    assert change is not None
    graph.apply(change)
    assert [key[::2] for key in graph.connections] == [("b", "c")]
    change = disconnect(graph, "ab")
    assert change is not None
    graph.apply(change)
    assert not graph.connections
    assert disconnect(graph, "ab") is None


@given(CHANCE)
def test_edits_of_many_make_only_wires_that_fit_and_are_undone_to_the_byte(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=9)
    chosen = [one for one in graph.nodes if chance.random() < 0.7]
    before = photo(graph)
    for change in (
        auto_connect(graph, catalog, chosen),
        disconnect(graph, chosen),
        set_in_all(graph, catalog, chosen, chance.choice(("message", "a", "cases")), [1]),
    ):
        if change is None:
            continue
        inverse = graph.apply(change)
        made = graph.connections.keys() - before[0].connections.keys()
        assert all(not verdict(before[0], catalog, End(*key[:2], True), End(*key[2:], False)).reason for key in made)
        graph.apply(inverse)
        assert photo(graph) == before
