"""Claims about joining two inverses into one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from random_edits import CHANCE, photo, random_change, some_graph

from casare.foundation.errors import ChangeRefusedError
from casare.model import (
    AddNodes,
    Batch,
    Change,
    Frame,
    MoveNodes,
    Node,
    Note,
    RenameNode,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    SetConfig,
    SetMetadata,
    SetVariables,
)
from casare.model.merging import covers, joined


@given(CHANCE)
def test_two_inverses_joined_take_back_what_both_take_back(chance: Random) -> None:
    graph = some_graph(chance)
    before = photo(graph)
    inverses: list[Change] = []
    while len(inverses) < 2:
        try:
            inverses.append(graph.apply(random_change(chance, graph)))
        except ChangeRefusedError:
            continue
    graph.apply(joined(*inverses))
    assert photo(graph) == before


MOVE = MoveNodes({"a": (0, 0)})


@pytest.mark.parametrize(
    ("older", "newer", "enough"),
    [
        (MoveNodes({"a": (0, 0), "b": (0, 0)}), MOVE, True),
        (MOVE, MoveNodes({"a": (0, 0), "b": (0, 0)}), False),
        (SetConfig("a", {}), SetConfig("a", {"x": 1}), True),
        (SetConfig("a", {}), SetConfig("b", {}), False),
        (SetConfig("a", {}), MOVE, False),
        (RenameNode("a", ""), RenameNode("a", "x"), True),
        (ReplaceNodes((Node("a", "T"),)), SetConfig("a", {}), True),
        (ReplaceNodes((Node("a", "T"),)), MOVE, True),
        (SetConfig("a", {}), ReplaceNodes((Node("a", "T"),)), False),
        (ReplaceNotes((Note("m"),)), ReplaceNotes((Note("m", "x"),)), True),
        (ReplaceFrames((Frame("m"),)), ReplaceNotes((Note("m"),)), False),
        (SetMetadata({}), SetMetadata({"a": 1}), True),
        (SetMetadata({}), SetVariables({}), False),
        (Batch((MOVE, ReplaceFrames((Frame("f"),)))), Batch((ReplaceFrames((Frame("f", "x"),)), MOVE)), True),
        (Batch((MOVE, AddNodes((Node("x", "T"),)))), MOVE, False),
        (MOVE, AddNodes((Node("x", "T"),)), False),
    ],
)
def test_the_older_inverse_is_enough_only_when_it_sets_all_that_the_newer_sets(
    older: Change, newer: Change, enough: bool
) -> None:
    assert covers(older, newer) is enough
