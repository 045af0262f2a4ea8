"""Claims about the graph: its indexes, its order, its snapshots, and what it tells."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_edits import CHANCE, attempt, photo, random_change, some_graph

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.foundation.rect import Rect
from casare.model import (
    AddFrames,
    AddNodes,
    AddNotes,
    Batch,
    Change,
    Connect,
    Connection,
    Disconnect,
    Frame,
    Graph,
    MoveNodes,
    Node,
    Note,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    RenameNode,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    SetConfig,
    SetMetadata,
    SetSettings,
    SetVariables,
)
from casare.storage import generate

WIRE = Connection("a", "out", "b", "in")


def abc() -> Graph:
    return Graph(
        [Node("a", "LogNode"), Node("b", "LogNode"), Node("c", "LogNode")],
        [WIRE],
        frames=[Frame("f")],
        notes=[Note("m")],
    )


def assert_indexes_true(graph: Graph) -> None:
    for node_id in graph.nodes:
        arriving = [wire for wire in graph.connections.values() if wire.target_node == node_id]
        leaving = [wire for wire in graph.connections.values() if wire.source_node == node_id]
        assert list(graph.incoming(node_id).values()) == arriving
        assert list(graph.outgoing(node_id).values()) == leaving
        assert list(graph.incoming(node_id)) == [wire.key for wire in arriving]


@given(CHANCE, st.integers(1, 25))
def test_the_wires_of_each_node_are_those_of_the_file_in_its_order_after_any_edits(chance: Random, steps: int) -> None:
    graph = some_graph(chance)
    inverses = []
    for _ in range(steps):
        try:
            inverses.append(graph.apply(random_change(chance, graph)))
        except ChangeRefusedError:
            assert_indexes_true(graph)
    assert_indexes_true(graph)
    for inverse in reversed(inverses):
        graph.apply(inverse)
        assert_indexes_true(graph)


@given(CHANCE)
def test_no_wire_ever_lacks_an_end_or_joins_a_node_to_itself(chance: Random) -> None:
    graph = some_graph(chance, nodes=12)
    for wire in graph.connections.values():
        assert wire.source_node in graph.nodes
        assert wire.target_node in graph.nodes
        assert wire.source_node != wire.target_node


@given(CHANCE)
def test_a_refused_change_leaves_the_graph_as_it_was_and_tells_nobody(chance: Random) -> None:
    graph = some_graph(chance)
    graph.incoming("n1")
    told: list[GraphChanged] = []
    graph.changed.connect(told.append)
    for _ in range(12):
        before, count = photo(graph), len(told)
        if not attempt(graph, random_change(chance, graph)):
            assert photo(graph) == before
            assert len(told) == count
            assert_indexes_true(graph)
        else:
            assert len(told) == count + 1


@given(CHANCE, st.integers(0, 5))
def test_a_batch_that_is_refused_at_any_point_changes_nothing(chance: Random, good: int) -> None:
    graph = some_graph(chance)
    draft, changes = graph.copy(), []
    for _ in range(good):
        change = random_change(chance, draft)
        if attempt(draft, change):
            changes.append(change)
    before = photo(graph)
    with pytest.raises(ChangeRefusedError):
        graph.apply(Batch((*changes, RemoveNodes(("nobody",)), AddNodes((Node("never", "LogNode"),)))))
    assert photo(graph) == before
    assert_indexes_true(graph)


@given(CHANCE)
def test_a_batch_does_what_its_changes_do_one_by_one(chance: Random) -> None:
    graph = some_graph(chance)
    single, changes = graph.copy(), []
    for _ in range(6):
        change = random_change(chance, single)
        if attempt(single, change):
            changes.append(change)
    graph.apply(Batch(tuple(changes)))
    assert photo(graph) == photo(single)


@given(CHANCE)
def test_a_fact_names_everything_that_differs(chance: Random) -> None:
    graph = some_graph(chance)
    told: list[GraphChanged] = []
    graph.changed.connect(told.append)
    for _ in range(15):
        before = graph.copy()
        if attempt(graph, random_change(chance, graph)):
            assert_told(before, graph, told[-1])


def assert_told(before: Graph, after: Graph, fact: GraphChanged) -> None:
    for old, new, named in (
        (before.nodes, after.nodes, fact.nodes | fact.moved),
        (before.frames, after.frames, fact.frames),
        (before.notes, after.notes, fact.notes),
    ):
        assert {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)} <= named
    assert before.connections.keys() ^ after.connections.keys() <= fact.wires
    told_sections = {
        name for name in ("metadata", "variables", "settings") if getattr(before, name) != getattr(after, name)
    }
    assert told_sections <= fact.sections
    changed_otherwise = {
        one for one in before.nodes.keys() & after.nodes.keys()
        if before.nodes[one]._replace(position=(0, 0)) != after.nodes[one]._replace(position=(0, 0))
    }  # fmt: skip
    assert changed_otherwise <= fact.nodes


EXACTLY: list[tuple[Change, GraphChanged]] = [
    (AddNodes((Node("x", "T"), Node("y", "T"))), GraphChanged(nodes=frozenset("xy"))),
    (RemoveNodes(("c",)), GraphChanged(nodes=frozenset("c"))),
    (MoveNodes({"a": (4, 4), "b": (5, 5)}), GraphChanged(moved=frozenset("ab"))),
    (SetConfig("a", {"k": 1}), GraphChanged(nodes=frozenset("a"))),
    (RenameNode("b", "Bee"), GraphChanged(nodes=frozenset("b"))),
    (ReplaceNodes((Node("c", "IfNode"),)), GraphChanged(nodes=frozenset("c"))),
    (Connect((Connection("b", "o", "c", "i"),)), GraphChanged(wires=frozenset({("b", "o", "c", "i")}))),
    (Disconnect((WIRE.key,)), GraphChanged(wires=frozenset({WIRE.key}))),
    (AddFrames((Frame("g"),)), GraphChanged(frames=frozenset("g"))),
    (RemoveFrames(("f",)), GraphChanged(frames=frozenset("f"))),
    (ReplaceFrames((Frame("f", "T"),)), GraphChanged(frames=frozenset("f"))),
    (AddNotes((Note("k"),)), GraphChanged(notes=frozenset("k"))),
    (RemoveNotes(("m",)), GraphChanged(notes=frozenset("m"))),
    (ReplaceNotes((Note("m", "T"),)), GraphChanged(notes=frozenset("m"))),
    (SetMetadata({"name": "N"}), GraphChanged(sections=frozenset({"metadata"}))),
    (SetVariables({"v": 1}), GraphChanged(sections=frozenset({"variables"}))),
    (SetSettings({"s": 1}), GraphChanged(sections=frozenset({"settings"}))),
    (
        Batch((Disconnect((WIRE.key,)), RemoveNodes(("a",)), SetVariables({}))),
        GraphChanged(nodes=frozenset("a"), wires=frozenset({WIRE.key}), sections=frozenset({"variables"})),
    ),
]


@pytest.mark.parametrize(("change", "fact"), EXACTLY, ids=[type(change).__name__ for change, _ in EXACTLY])
def test_a_fact_names_exactly_what_a_change_and_its_inverse_touch(change: Change, fact: GraphChanged) -> None:
    graph = abc()
    told: list[GraphChanged] = []
    graph.changed.connect(told.append)
    graph.apply(graph.apply(change))
    assert told == [fact, fact]
    assert graph == abc()


REFUSED: list[Change] = [
    AddNodes((Node("a", "T"),)),
    AddNodes((Node("x", "T"), Node("x", "T"))),
    RemoveNodes(("x",)),
    RemoveNodes(("a",)),
    RemoveNodes(("b",)),
    MoveNodes({"a": (1, 1), "x": (1, 1)}),
    SetConfig("x", {}),
    RenameNode("x", ""),
    ReplaceNodes((Node("a", "T"), Node("x", "T"))),
    Connect((WIRE,)),
    Connect((Connection("a", "o", "x", "i"),)),
    Connect((Connection("x", "o", "a", "i"),)),
    Connect((Connection("a", "o", "a", "i"),)),
    Connect((Connection("a", "o", "c", "i"), Connection("a", "o", "c", "i"))),
    Disconnect((WIRE.key, ("a", "o", "c", "i"))),
    AddFrames((Frame("f"),)),
    AddFrames((Frame("g"), Frame("g"))),
    RemoveFrames(("f", "g")),
    ReplaceFrames((Frame("f", "T"), Frame("g"))),
    AddNotes((Note("m"),)),
    RemoveNotes(("m", "k")),
    ReplaceNotes((Note("m", "T"), Note("k"))),
]


@pytest.mark.parametrize("change", REFUSED, ids=lambda change: type(change).__name__)
def test_what_does_not_fit_the_graph_is_refused_whole_and_in_words(change: Change) -> None:
    graph = abc()
    with pytest.raises(ChangeRefusedError) as refused:
        graph.apply(change)
    assert refused.value.what.endswith(".")
    assert graph == abc()
    assert_indexes_true(graph)


@given(CHANCE)
def test_a_copy_and_its_original_go_their_own_ways(chance: Random) -> None:
    graph = some_graph(chance)
    before = photo(graph)
    twin = graph.copy()
    told: list[GraphChanged] = []
    graph.changed.connect(told.append)
    for _ in range(10):
        attempt(twin, random_change(chance, twin))
    assert photo(graph) == before
    assert told == []
    after = photo(twin)
    for _ in range(10):
        attempt(graph, random_change(chance, graph))
    assert photo(twin) == after
    assert_indexes_true(graph)
    assert_indexes_true(twin)


def test_a_copy_shares_the_values_so_it_costs_no_copy_of_each() -> None:
    graph = generate(200, 1)
    twin = graph.copy()
    assert twin == graph
    assert all(twin.nodes[one] is node for one, node in graph.nodes.items())
    assert all(twin.connections[key] is wire for key, wire in graph.connections.items())


@given(CHANCE)
def test_wires_of_nodes_are_all_that_touch_them_each_once(chance: Random) -> None:
    graph = some_graph(chance, nodes=10)
    chosen = [one for one in graph.nodes if chance.random() < 0.4]
    found = graph.wires_of(chosen)
    expected = {wire.key for wire in graph.connections.values() if {wire.source_node, wire.target_node} & set(chosen)}
    assert {wire.key for wire in found} == expected
    assert len(found) == len(expected)


def test_wires_of_nodes_come_in_the_same_order_whatever_python_hashes() -> None:
    graph = generate(300, 2)
    chosen = list(graph.nodes)[10:40]
    by_hand = dict.fromkeys(key for one in chosen for key in (*graph.incoming(one), *graph.outgoing(one)))
    assert [wire.key for wire in graph.wires_of(chosen)] == list(by_hand)


def test_graphs_differ_when_only_the_order_of_nodes_differs() -> None:
    a, b = Node("a", "T"), Node("b", "T")
    assert Graph([a, b]) == Graph([a, b])
    assert Graph([a, b]) != Graph([b, a])
    assert Graph([a]) != "a graph"


def test_the_inverse_is_known_before_anyone_is_told() -> None:
    graph = abc()
    order: list[str] = []
    graph.changed.connect(lambda fact: order.append("told"))
    graph.apply(RenameNode("a", "x"), before_telling=lambda inverse: order.append(inverse.label))
    assert order == ["Rename node", "told"]


def test_the_name_of_a_graph_is_its_metadata_name_when_that_is_a_text() -> None:
    assert Graph(metadata={"name": "Orders"}).name == "Orders"
    assert Graph(metadata={"name": 7}).name == ""
    assert Graph().name == ""


def test_the_origins_of_all_nodes_bound_them() -> None:
    assert Graph().bounds_of_origins() is None
    graph = Graph([Node("a", "T", position=(-5, 3)), Node("b", "T", position=(10, -7))])
    assert graph.bounds_of_origins() == Rect(-5, -7, 15, 10)


def test_labels_tell_how_many() -> None:
    two = (Node("x", "T"), Node("y", "T"))
    assert [AddNodes(two[:1]).label, AddNodes(two).label] == ["Add node", "Add 2 nodes"]
    assert [RemoveNodes(("a",)).label, RemoveNodes(("a", "b")).label] == ["Delete node", "Delete 2 nodes"]
    assert [MoveNodes({"a": (0, 0)}).label, Disconnect((WIRE.key, WIRE.key)).label] == [
        "Move node",
        "Disconnect 2 wires",
    ]
    assert SetConfig("a", {}, "message").label == "Edit message"


def test_undoing_a_batch_over_a_thousand_nodes_merges_their_facts_in_one_go() -> None:
    # Growth, not time: the fact of n changes names n nodes, and joining them calls union once per field.
    graph = generate(1000, 3)
    told: list[GraphChanged] = []
    graph.changed.connect(told.append)
    inverse = graph.apply(Batch(tuple(RenameNode(one, "x") for one in graph.nodes)))
    graph.apply(inverse)
    assert [len(fact.nodes) for fact in told] == [1000, 1000]
    assert graph == generate(1000, 3)
