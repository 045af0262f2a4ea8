"""Claims about undo and redo: nothing is lost, and a step is what a person calls one."""

from __future__ import annotations

import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_edits import CHANCE, photo, random_change, some_graph

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model import (
    AddNodes,
    AddNotes,
    Batch,
    Connect,
    Connection,
    Frame,
    Graph,
    History,
    MoveNodes,
    Node,
    Note,
    RemoveNodes,
    RenameNode,
    ReplaceFrames,
    ReplaceNotes,
    SetConfig,
    SetVariables,
)


def pair() -> Graph:
    return Graph([Node("a", "LogNode"), Node("b", "LogNode")], frames=[Frame("f", node_ids=("a",))], notes=[Note("m")])


@given(CHANCE, st.integers(1, 30))
def test_any_edits_undone_and_redone_give_the_same_document_byte_for_byte(chance: Random, steps: int) -> None:
    graph = some_graph(chance)
    history = History(graph)
    line, place = [photo(graph)], 0
    for _ in range(steps):
        roll = chance.random()
        if roll < 0.25:
            if roll < 0.15:
                place -= history.undo() is not None
            else:
                place += history.redo() is not None
        else:
            if roll < 0.3:
                history.seal()
            try:
                history.do(random_change(chance, graph), merge=chance.choice(("", "drag", "drag", "type")))
            except ChangeRefusedError:
                assert photo(graph) == line[place]
                continue
            place = len(history.labels()[0])
            line[place:] = [photo(graph)]
        assert photo(graph) == line[place]
    for _ in range(2):
        while history.redo():
            place += 1
            assert photo(graph) == line[place]
        assert place == len(line) - 1
        while history.undo():
            place -= 1
            assert photo(graph) == line[place]
        assert place == 0


@given(CHANCE, st.integers(1, 6))
def test_with_a_limit_the_newest_steps_can_be_undone_and_no_others(chance: Random, limit: int) -> None:
    graph = Graph([Node("a", "LogNode")])
    history = History(graph, limit=limit)
    line = [photo(graph)]
    for number in range(limit + chance.randint(0, 5)):
        history.do(RenameNode("a", f"name {number}"))
        line.append(photo(graph))
    for expected in reversed(line[-limit - 1 : -1]):
        history.undo()
        assert photo(graph) == expected
    assert history.undo() is None


class Model:
    """What the saved mark should say, kept as a line of states with a place in it."""

    def __init__(self, limit: int) -> None:
        self.line, self.place, self.limit = [0], 0, limit
        self.saved, self.open_token, self.next = 0, "", 1

    def do(self, token: str) -> None:
        joins = bool(token) and token == self.open_token and self.place > 0 and self.line[self.place] != self.saved
        del self.line[self.place + (not joins) :]
        self.line.append(self.next)
        self.next += 1
        if len(self.line) - 1 > self.limit:
            del self.line[0]
        self.place, self.open_token = len(self.line) - 1, token

    def step(self, by: int) -> None:
        self.open_token = ""
        if 0 <= self.place + by < len(self.line):
            self.place += by

    def save(self) -> None:
        self.saved, self.open_token = self.line[self.place], ""

    @property
    def clean(self) -> bool:
        return self.line[self.place] == self.saved


@given(
    st.lists(st.sampled_from(["do", "do", "drag", "type", "undo", "undo", "redo", "save", "seal"]), max_size=60),
    st.integers(0, 6),
)
def test_the_saved_mark_is_true_exactly_where_the_document_was_saved(actions: list[str], limit: int) -> None:
    history, model = History(graph := Graph([Node("a", "LogNode")]), limit=limit), Model(limit)
    for number, action in enumerate(actions):
        match action:
            case "undo":
                history.undo()
                model.step(-1)
            case "redo":
                history.redo()
                model.step(1)
            case "save":
                history.mark_clean()
                model.save()
            case "seal":
                history.seal()
                model.open_token = ""
            case token:
                history.do(RenameNode("a", f"name {number}"), merge="" if token == "do" else token)
                model.do("" if token == "do" else token)
        assert history.is_clean == model.clean, (actions[: number + 1], limit)
        assert len(history.labels()[0]) == model.place
    assert graph.nodes.keys() == {"a"}


def test_a_drag_of_many_moves_is_one_step_and_its_undo_restores_every_position() -> None:
    graph = pair()
    before = photo(graph)
    history = History(graph)
    for step in range(500):
        history.do(MoveNodes({"a": (step, step), "b": (step, 0)}), merge="drag 1")
    assert history.labels() == (["Move 2 nodes"], [])
    history.undo()
    assert photo(graph) == before
    history.redo()
    assert graph.nodes["a"].position == (499, 499)


def test_a_drag_that_takes_up_more_nodes_on_its_way_is_undone_whole() -> None:
    graph = pair()
    before = photo(graph)
    history = History(graph)
    history.do(MoveNodes({"a": (1, 1)}), merge="drag")
    history.do(MoveNodes({"b": (2, 2)}), merge="drag")
    history.do(MoveNodes({"a": (3, 3)}), merge="drag")
    history.undo()
    assert photo(graph) == before


def test_typing_in_one_field_is_one_step_until_it_is_sealed() -> None:
    history = History(graph := pair())
    for text in ("H", "He", "Hey"):
        history.do(SetConfig("a", {"message": text}, "message"), merge="a.message")
    history.seal()
    history.do(SetConfig("a", {"message": "Hey!"}, "message"), merge="a.message")
    assert history.labels()[0] == ["Edit message", "Edit message"]
    history.undo()
    assert graph.nodes["a"].config == {"message": "Hey"}
    history.undo()
    assert graph.nodes["a"].config == {}


def test_typing_in_another_field_is_another_step() -> None:
    history = History(pair())
    history.do(SetConfig("a", {"x": 1}), merge="a.x")
    history.do(SetConfig("b", {"x": 1}), merge="b.x")
    assert len(history.labels()[0]) == 2


def test_undo_and_save_end_the_merging() -> None:
    history = History(graph := pair())
    history.do(RenameNode("a", "1"), merge="t")
    history.do(RenameNode("a", "2"))
    history.undo()
    history.do(RenameNode("a", "3"), merge="t")
    assert len(history.labels()[0]) == 2
    history.mark_clean()
    history.do(RenameNode("a", "4"), merge="t")
    assert len(history.labels()[0]) == 3
    history.undo()
    assert history.is_clean
    assert graph.nodes["a"].name == "3"


@pytest.mark.parametrize("kind", ["note", "drag of node and frame", "variables", "wires"])
def test_a_step_merged_from_thousands_of_changes_can_still_be_undone(kind: str) -> None:
    graph = pair()
    before = photo(graph)
    history = History(graph)
    many = sys.getrecursionlimit() * 2
    for number in range(many):
        match kind:
            case "note":
                change = ReplaceNotes((Note("m", "x" * (number % 7)),))
            case "drag of node and frame":
                frame = ReplaceFrames((Frame("f", position=(number, 0), node_ids=("a",)),))
                change = Batch((MoveNodes({"a": (number, 0)}), frame), "Move")
            case "variables":
                change = SetVariables({"n": number})
            case _:
                change = Connect((Connection("a", f"o{number}", "b", "i"),))
        history.do(change, merge="same")
    after = photo(graph)
    assert len(history.labels()[0]) == 1
    history.undo()
    assert photo(graph) == before
    history.redo()
    assert photo(graph) == after


def test_a_merged_step_does_not_grow_while_the_same_things_are_set_again() -> None:
    history = History(pair())
    for number in range(50):
        frame = ReplaceFrames((Frame("f", position=(number, 0)),))
        history.do(Batch((MoveNodes({"a": (number, 0)}), frame), "Move"), merge="drag")
    inverse = history._undo[-1].inverse
    assert isinstance(inverse, Batch)
    assert len(inverse.changes) == 2


def test_a_new_edit_forgets_what_was_undone() -> None:
    history = History(pair())
    history.do(RenameNode("a", "1"))
    history.undo()
    assert history.redo_label == "Rename node"
    history.do(MoveNodes({"a": (9, 9)}))
    assert history.redo_label is None
    assert history.redo() is None


def test_a_refused_edit_leaves_what_was_undone_ready_to_be_redone() -> None:
    history = History(graph := pair())
    history.do(RenameNode("a", "1"))
    history.undo()
    with pytest.raises(ChangeRefusedError):
        history.do(RemoveNodes(("nobody",)))
    assert history.redo() == "Rename node"
    assert graph.nodes["a"].name == "1"


def test_labels_are_told_in_the_order_a_menu_needs_them() -> None:
    history = History(pair())
    for number in range(4):
        history.do(AddNotes((Note(str(number)),), label=f"Step {number}"))
    history.undo()
    history.undo()
    assert history.labels() == (["Step 0", "Step 1"], ["Step 2", "Step 3"])
    assert (history.undo_label, history.redo_label) == ("Step 1", "Step 2")


def test_every_move_in_the_history_is_told_once() -> None:
    history, told = History(pair()), []
    history.changed.connect(lambda: told.append(history.undo_label))
    history.undo()
    history.do(RenameNode("a", "1"))
    history.undo()
    history.redo()
    history.mark_clean()
    assert told == ["Rename node", None, "Rename node", "Rename node"]


@pytest.mark.parametrize("action", ["do", "undo", "redo"])
def test_a_listener_that_raises_does_not_bring_the_history_out_of_step(action: str) -> None:
    graph = pair()
    history = History(graph)
    history.do(RenameNode("a", "1"))
    states = [photo(pair()), photo(graph)]
    if action == "redo":
        history.undo()

    def broken(fact: GraphChanged) -> None:
        raise LookupError("broken panel")

    graph.changed.connect(broken)
    told: list[int] = []
    history.changed.connect(lambda: told.append(1))
    with pytest.raises(LookupError):
        history.do(RenameNode("b", "2")) if action == "do" else getattr(history, action)()
    graph.changed.disconnect(broken)
    assert told == [1]
    while history.undo():
        pass
    assert photo(graph) == states[0]
    history.redo()
    assert photo(graph) == states[1]


def test_an_edit_made_by_a_listener_is_the_later_step() -> None:
    graph = pair()
    history = History(graph)
    before = photo(graph)

    def follow_up(fact: GraphChanged) -> None:
        if "x" in fact.nodes and "x" in graph.nodes and "y" not in graph.nodes:
            history.do(AddNodes((Node("y", "LogNode"),)))
            history.do(Connect((Connection("x", "o", "y", "i"),)))

    graph.changed.connect(follow_up)
    history.do(AddNodes((Node("x", "LogNode"),)))
    assert history.labels()[0] == ["Add node", "Add node", "Connect"]
    graph.changed.disconnect(follow_up)
    for _ in range(3):
        history.undo()
    assert photo(graph) == before
