"""Claims about duplicating and pasting with the wires that come in."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given
from random_edits import CHANCE, photo, some_graph

from casare.app.editing import copy_text, delete, part_in, paste
from casare.app.editing.duplicating import INCOMING, copy_with_inputs, duplicate_with_inputs, paste_with_inputs
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node

A_B = Connection("a", "exec_out", "b", "exec_in")
V_B = Connection("v", "result", "b", "message")
B_C = Connection("b", "exec_out", "c", "exec_in")


def graph_of_four() -> Graph:
    types = {"v": "MathOperationNode"}
    nodes = [Node(one, types.get(one, "LogNode"), position=(100 * at, 0)) for at, one in enumerate("avbc")]
    return Graph(nodes, [A_B, V_B, B_C])


def test_a_duplicate_is_fed_by_what_feeds_the_original(catalog: Catalog) -> None:
    graph = graph_of_four()
    before = photo(graph)
    pasted = duplicate_with_inputs(graph, catalog, "bc")
    assert pasted is not None
    inverse = graph.apply(pasted.change)
    b, c = pasted.nodes
    assert list(graph.connections)[3:] == [
        (b, "exec_out", c, "exec_in"),
        ("a", "exec_out", b, "exec_in"),
        ("v", "result", b, "message"),
    ]
    assert graph.nodes[b].position == (240, 40)
    graph.apply(inverse)
    assert photo(graph) == before


def test_what_was_cut_is_wired_again_where_it_is_pasted(catalog: Catalog) -> None:
    graph = graph_of_four()
    text = copy_with_inputs(graph, "b")
    change = delete(graph, nodes="b")
    assert change is not None
    graph.apply(change)
    pasted = paste_with_inputs(graph, part_in(text, catalog), catalog)
    assert pasted is not None
    graph.apply(pasted.change)
    assert pasted.nodes == ("b",)
    assert set(graph.connections) == {A_B.key, V_B.key}


def test_wires_whose_source_is_gone_or_does_not_fit_are_left_out(catalog: Catalog) -> None:
    text = copy_with_inputs(graph_of_four(), "b")
    other = Graph([Node("v", "LogNode")])
    pasted = paste_with_inputs(other, part_in(text, catalog), catalog)
    assert pasted is not None
    other.apply(pasted.change)
    assert list(other.nodes) == ["v", "b"]
    assert not other.connections


def test_the_copy_reads_as_an_ordinary_workflow(catalog: Catalog) -> None:
    graph = graph_of_four()
    text = copy_with_inputs(graph, "bc")
    content = json.loads(text)
    assert content.pop(INCOMING) == [list(A_B.key), list(V_B.key)]
    assert content == json.loads(copy_text(graph, "bc"))
    pasted = paste(graph, text, catalog)
    assert pasted is not None
    graph.apply(pasted.change)
    assert len(graph.connections) == 4
    assert INCOMING not in graph.extra


def test_nonsense_among_the_noted_wires_is_passed_over(catalog: Catalog) -> None:
    graph = graph_of_four()
    content = json.loads(copy_with_inputs(graph, "b"))
    noted = content[INCOMING][0]
    content[INCOMING] = [7, ["a"], [1, 2, 3, 4], noted, noted, ["a", "exec_out", "ghost", "exec_in"]]
    pasted = paste_with_inputs(graph, part_in(json.dumps(content), catalog), catalog)
    assert pasted is not None
    graph.apply(pasted.change)
    assert len(graph.connections) == 4
    content[INCOMING] = "nothing"
    assert paste_with_inputs(graph, part_in(json.dumps(content), catalog), catalog) is not None


def test_nothing_is_no_copy_and_no_workflow_is_no_paste(catalog: Catalog) -> None:
    graph = graph_of_four()
    assert copy_with_inputs(graph, ()) == ""
    assert duplicate_with_inputs(graph, catalog, ()) is None


@given(CHANCE)
def test_any_part_is_duplicated_with_wires_that_come_in_and_none_that_go_out(catalog: Catalog, chance: Random) -> None:
    graph = some_graph(chance, nodes=8)
    chosen = [one for one in graph.nodes if chance.random() < 0.5]
    frames = [one for one in graph.frames if chance.random() < 0.5]
    before = photo(graph)
    pasted = duplicate_with_inputs(graph, catalog, chosen, frames)
    assert (pasted is None) == (not chosen and not frames)
    if pasted is None:
        return
    inverse = graph.apply(pasted.change)
    made = graph.connections.keys() - before[0].connections.keys()
    assert all(key[2] in pasted.nodes for key in made)
    assert not any(key[0] in pasted.nodes for key in made if key[2] not in pasted.nodes)
    assert len(made) <= sum(key[2] in chosen for key in before[0].connections)
    graph.apply(inverse)
    assert photo(graph) == before
