"""Claims about edits of subgraphs: one history over all levels, and nothing lost."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_edits import CHANCE, photo, random_change, some_graph

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model import (
    AddSubflows,
    Definition,
    Graph,
    History,
    InSubflow,
    Interface,
    MoveNodes,
    Node,
    Outlet,
    RemoveSubflows,
    SetInterface,
    at_level,
)


def definition(chance: Random, name: str) -> Definition:
    inner = some_graph(chance, 2)
    return Definition(
        name,
        Interface(name.upper(), inputs=(Outlet("exec_in", "In", "exec", next(iter(inner.nodes), "n1"), "exec_in"),)),
        tuple(inner.nodes.values()),
        tuple(inner.connections.values()),
        tuple(inner.frames.values()),
        tuple(inner.notes.values()),
    )


def some_edit(chance: Random, graph: Graph) -> object:
    names = ("s1", "s2", "s3")
    roll = chance.random()
    name = chance.choice(names)
    if roll < 0.25:
        return AddSubflows((definition(chance, name),))
    if roll < 0.35:
        return RemoveSubflows((name,))
    if roll < 0.45:
        return SetInterface(name, Interface(chance.choice("abc")))
    level = chance.choice(["", *graph.subflows])
    return at_level(random_change(chance, graph.subflows[level].graph if level else graph), level)


@given(CHANCE, st.integers(1, 25))
def test_edits_on_any_level_undone_and_redone_give_the_same_document(chance: Random, steps: int) -> None:
    graph = some_graph(chance)
    history = History(graph)
    line = [photo(graph)]
    for _ in range(steps):
        try:
            history.do(some_edit(chance, graph), merge=chance.choice(("", "drag")))  # type: ignore[arg-type]
        except ChangeRefusedError:
            assert photo(graph) == line[-1]
            continue
        count = len(history.labels()[0])
        line[count:] = [photo(graph)]
    for place in range(len(line) - 2, -1, -1):
        history.undo()
        assert photo(graph) == line[place]
    for place in range(1, len(line)):
        history.redo()
        assert photo(graph) == line[place]


def test_a_fact_names_the_level_it_happened_on() -> None:
    graph = Graph()
    heard: list[GraphChanged] = []
    graph.apply(AddSubflows((Definition("s", nodes=(Node("a", "LogNode"),)),)))
    graph.changed.connect(heard.append)
    graph.apply(at_level(MoveNodes({"a": (5, 5)}), "s"))
    assert not heard[0].nodes
    assert heard[0].levels["s"].moved == {"a"}


def test_an_edit_inside_a_subgraph_that_is_not_there_is_refused() -> None:
    with pytest.raises(ChangeRefusedError):
        Graph().apply(InSubflow("gone", MoveNodes({})))


def test_a_drag_inside_a_subgraph_is_one_small_step() -> None:
    graph = Graph()
    history = History(graph)
    history.do(AddSubflows((Definition("s", nodes=(Node("a", "LogNode"),)),)))
    for x in range(5):
        history.do(at_level(MoveNodes({"a": (x, x)}), "s"), merge="drag")
    assert history.labels()[0] == ["Add subgraph", "Move node"]
    history.undo()
    assert graph.subflows["s"].graph.nodes["a"].position == (0, 0)


def test_a_copy_shares_no_subgraph_with_the_original() -> None:
    graph = Graph()
    graph.apply(AddSubflows((Definition("s", nodes=(Node("a", "LogNode"),)),)))
    twin = graph.copy()
    graph.apply(at_level(MoveNodes({"a": (5, 5)}), "s"))
    assert twin.subflows["s"].graph.nodes["a"].position == (0, 0)
    assert twin.subflows["s"].graph.subflows is twin.subflows
