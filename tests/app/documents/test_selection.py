"""Claims about the selection."""

from __future__ import annotations

from casare.app.documents.selection import Selection
from casare.model import Connection, Frame, Graph, Node, Note

KEY = ("a", "o", "b", "i")


def counted() -> tuple[Selection, list[None]]:
    selection, told = Selection(), list[None]()
    selection.changed.connect(lambda: told.append(None))
    return selection, told


def test_a_change_is_told_once_and_only_when_something_differs() -> None:
    selection, told = counted()
    selection.set(["a", "b"], [KEY], ["f"], ["m"])
    selection.set(["b", "a", "a"], [KEY], ["f"], ["m"])
    selection.add(["a"])
    assert len(told) == 1
    selection.clear()
    selection.clear()
    assert len(told) == 2
    assert not selection


def test_adding_keeps_what_was_selected_of_every_kind() -> None:
    selection, _ = counted()
    selection.set(["a"], [KEY])
    selection.add(["b"], (), ["f"], ["m"])
    assert (selection.nodes, selection.wires, selection.frames, selection.notes) == ({"a", "b"}, {KEY}, {"f"}, {"m"})


def test_toggling_twice_changes_nothing() -> None:
    selection, _ = counted()
    selection.set(["a"], (), ["f"])
    selection.toggle(["a", "b"], [KEY], ["f"], ["m"])
    assert (selection.nodes, selection.wires, selection.frames, selection.notes) == ({"b"}, {KEY}, set(), {"m"})
    selection.toggle(["a", "b"], [KEY], ["f"], ["m"])
    assert (selection.nodes, selection.wires, selection.frames, selection.notes) == ({"a"}, set(), {"f"}, set())


def test_any_kind_of_thing_makes_a_selection() -> None:
    for kind in range(4):
        selection, _ = counted()
        selection.set(*[[KEY if kind == 1 else "x"] if place == kind else [] for place in range(4)])  # type: ignore[misc]
        assert selection


def test_pruning_lets_go_of_what_the_graph_lacks_and_is_silent_when_it_lacks_nothing() -> None:
    graph = Graph([Node("a", "T"), Node("b", "T")], [Connection(*KEY)], frames=[Frame("f")], notes=[Note("m")])
    selection, told = counted()
    selection.set(["a", "gone"], [KEY, ("a", "o", "b", "gone")], ["f", "gone"], ["m", "gone"])
    selection.prune(graph)
    assert (selection.nodes, selection.wires, selection.frames, selection.notes) == ({"a"}, {KEY}, {"f"}, {"m"})
    selection.prune(graph)
    assert len(told) == 2
    assert isinstance(selection.nodes, frozenset)
