"""Claims about making a node another type."""

from __future__ import annotations

from random import Random

from hypothesis import given
from random_edits import CHANCE, TYPES, photo, some_graph

from casare.app.editing.replacing import replace_node
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node


def test_wires_go_to_ports_of_the_same_name_and_else_to_ones_that_fit(catalog: Catalog) -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("n", "IfNode"), Node("b", "LogNode"), Node("c", "LogNode")],
        [
            Connection("a", "exec_out", "n", "exec_in"),
            Connection("n", "true", "b", "exec_in"),
            Connection("n", "false", "c", "exec_in"),
        ],
    )
    replaced = replace_node(graph, catalog, "n", "LogNode")
    assert replaced is not None
    graph.apply(replaced.change)
    assert set(graph.connections) == {("a", "exec_out", "n", "exec_in"), ("n", "exec_out", "b", "exec_in")}
    assert [wire.key for wire in replaced.wires] == [("n", "false", "c", "exec_in")]


def test_wires_that_stay_keep_their_place_in_the_file(catalog: Catalog) -> None:
    wires = [Connection("a", "exec_out", "n", "exec_in"), Connection("n", "exec_out", "b", "exec_in")]
    graph = Graph([Node("a", "LogNode"), Node("n", "MathOperationNode"), Node("b", "LogNode")], wires)
    replaced = replace_node(graph, catalog, "n", "SetVariableNode")
    assert replaced is not None
    graph.apply(replaced.change)
    assert list(graph.connections.values()) == wires
    assert replaced.wires == ()


def test_parameters_go_over_by_name_and_what_is_unknown_is_kept_and_told(catalog: Catalog) -> None:
    node = Node("n", "LogNode", {"message": "hello", "level": "info", "own": 1, "_disabled": True}, (5, 6), "Tell")
    graph = Graph([node])
    replaced = replace_node(graph, catalog, "n", "IfNode")
    assert replaced is not None
    graph.apply(replaced.change)
    new = graph.nodes["n"]
    assert dict(new.config) == dict(node.config)
    assert (new.id, new.position, new.name) == ("n", (5, 6), "Tell")
    assert replaced.keys == ("message", "level", "own")


def test_an_old_name_of_a_parameter_becomes_the_one_the_new_type_uses(catalog: Catalog) -> None:
    graph = Graph([Node("n", "NobodyKnowsNode", {"expression": "1 > 0"})])
    replaced = replace_node(graph, catalog, "n", "IfNode")
    assert replaced is not None
    graph.apply(replaced.change)
    assert dict(graph.nodes["n"].config) == {"condition": "1 > 0"}
    assert replaced.keys == ()


def test_a_value_that_is_no_choice_of_the_new_type_is_told(catalog: Catalog) -> None:
    graph = Graph([Node("n", "NobodyKnowsNode", {"operation": "no such thing"})])
    replaced = replace_node(graph, catalog, "n", "MathOperationNode")
    assert replaced is not None
    assert replaced.misfits == ("operation",)


def test_what_the_palette_sets_wins_over_what_was_set(catalog: Catalog) -> None:
    graph = Graph([Node("n", "MathOperationNode", {"operation": "add"})])
    replaced = replace_node(graph, catalog, "n", "MathOperationNode", {"operation": "multiply"})
    assert replaced is not None
    graph.apply(replaced.change)
    assert graph.nodes["n"].config["operation"] == "multiply"
    assert replace_node(graph, catalog, "n", "MathOperationNode", {"operation": "multiply"}) is None


@given(CHANCE)
def test_no_value_and_no_wire_is_lost_without_being_told_and_undo_brings_all_back(
    catalog: Catalog, chance: Random
) -> None:
    graph = some_graph(chance, nodes=8)
    if not graph.nodes:
        return
    node_id = chance.choice(list(graph.nodes))
    old = graph.nodes[node_id]
    config = {"message": "m", "operation": "x", "expression": 1, "cases": ["a", "b"]}
    graph.nodes[node_id] = old._replace(config={**old.config, **config})
    before = photo(graph)
    replaced = replace_node(graph, catalog, node_id, chance.choice(TYPES))
    if replaced is None:
        return
    inverse = graph.apply(replaced.change)
    assert len(graph.connections) == len(before[0].connections) - len(replaced.wires)
    assert all(wire.key in before[0].connections for wire in replaced.wires)
    held = [repr(value) for value in before[0].nodes[node_id].config.values()]
    assert sorted(held) == sorted(repr(value) for value in graph.nodes[node_id].config.values())
    fed = [(key[2], key[3]) for key in graph.connections if key[2] == node_id and "exec" not in key[3]]
    was = [(key[2], key[3]) for key in before[0].connections if key[2] == node_id and "exec" not in key[3]]
    assert len(fed) - len(set(fed)) <= len(was) - len(set(was))
    graph.apply(inverse)
    assert photo(graph) == before
