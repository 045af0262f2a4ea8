"""Claims about deleting."""

from __future__ import annotations

from random import Random

from hypothesis import given
from random_edits import CHANCE, photo, some_graph

from casare.app.editing import cut_changes, delete
from casare.model import Connection, Frame, Graph, Node, Note

AB = Connection("a", "o", "b", "i")
BC = Connection("b", "o", "c", "i")


def chain() -> Graph:
    return Graph(
        [Node(one, "LogNode") for one in "abc"],
        [AB, BC],
        frames=[Frame("f", node_ids=("a", "gone", "b")), Frame("g", node_ids=("c",))],
        notes=[Note("m")],
    )


@given(CHANCE)
def test_deleting_anything_never_leaves_a_loose_end_and_is_undone_in_one_step(chance: Random) -> None:
    graph = some_graph(chance, nodes=10)
    graph_before = photo(graph)
    nodes = [one for one in graph.nodes if chance.random() < 0.4]
    wires = [one for one in graph.connections if chance.random() < 0.3]
    frames = [one for one in graph.frames if chance.random() < 0.5]
    notes = [one for one in graph.notes if chance.random() < 0.5]
    change = delete(graph, nodes=nodes, wires=wires, frames=frames, notes=notes)
    assert (change is None) == (not (nodes or wires or frames or notes))
    if change is None:
        return
    inverse = graph.apply(change)
    assert not graph.nodes.keys() & set(nodes)
    assert not graph.connections.keys() & set(wires)
    assert not graph.frames.keys() & set(frames)
    assert not graph.notes.keys() & set(notes)
    assert all({wire.source_node, wire.target_node} <= graph.nodes.keys() for wire in graph.connections.values())
    assert not any(set(frame.node_ids) & set(nodes) for frame in graph.frames.values())
    graph.apply(inverse)
    assert photo(graph) == graph_before


def test_a_frame_is_deleted_without_its_nodes_and_forgets_only_nodes_that_go() -> None:
    graph = chain()
    change = delete(graph, nodes=["a"], frames=["g"])
    assert change is not None
    graph.apply(change)
    assert list(graph.nodes) == ["b", "c"]
    assert graph.frames["f"].node_ids == ("gone", "b")
    assert list(graph.frames) == ["f"]


def test_the_wires_of_a_deleted_node_go_and_the_others_stay() -> None:
    graph = chain()
    change = delete(graph, nodes=["a"], wires=[AB.key])
    assert change is not None
    graph.apply(change)
    assert list(graph.connections.values()) == [BC]


def test_a_deletion_says_how_much_it_takes() -> None:
    graph = chain()
    changes = [
        delete(graph, nodes=["a"]),
        delete(graph, nodes=["a", "b"]),
        delete(graph, nodes=["a"], frames=["g"], notes=["m"]),
        delete(graph, wires=[AB.key]),
        cut_changes(graph, ["c"]),
    ]
    assert [one.label for one in changes if one] == [
        "Delete node", "Delete 2 nodes", "Delete 3 items", "Disconnect", "Delete node",
    ]  # fmt: skip
    assert delete(graph) is None
