"""Changes and content as plain data: every kind, every value, there and back."""

from __future__ import annotations

import inspect
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.model import Batch, Content, Graph, Node, SetVariables, changes
from casare.model.plain import (
    PlainDataError,
    change_from_plain,
    change_to_plain,
    content_from_plain,
    content_to_plain,
)
from casare.storage.keeping.journal_records import pack_lines, unpack_lines
from tests.storage.strategies import graphs, json_values
from tests_performance.random_edits import MAKERS, random_edit


def _there_and_back(plain: Any) -> Any:
    return unpack_lines(pack_lines([plain]))[0]


def _kinds() -> set[type]:
    """Return every class in the package of changes that can carry out an edit."""
    found: set[type] = set()
    for module in vars(changes).values():
        if inspect.ismodule(module):
            found |= {one for one in vars(module).values() if inspect.isclass(one) and hasattr(one, "carry_out")}
    return {one for one in found if one.__module__.startswith("casare.model.changes") and one.__name__ != "Change"}


def test_every_kind_of_change_is_listed_and_has_a_maker_of_random_ones() -> None:
    assert {kind.__name__ for kind in _kinds()} == set(changes.__all__) - {"Change"}
    assert set(MAKERS) == _kinds()


def test_a_snapshot_holds_everything_that_a_graph_holds() -> None:
    not_held = {"__weakref__", "_index", "applied", "changed"}
    assert set(Content._fields) == set(Graph.__slots__) - not_held


@given(st.integers(0, 2**32))
def test_every_change_and_its_inverse_come_back_as_they_were(seed: int) -> None:
    rng = random.Random(seed)
    graph = Graph([Node("a", "LogNode"), Node("b", "LogNode", {"x": [1, 2]})])
    for _ in range(20):
        change = random_edit(graph, rng)
        again = change_from_plain(_there_and_back(change_to_plain(change)))
        twin = graph.copy()
        inverse = graph.apply(change)
        twin.apply(again)
        assert twin == graph
        assert change_from_plain(_there_and_back(change_to_plain(inverse))) == inverse


@given(graphs())
def test_the_content_of_any_graph_comes_back_as_it_was(graph: Graph) -> None:
    plain = _there_and_back(content_to_plain(Content.of(graph)))
    assert content_from_plain(plain).graph() == graph


@given(json_values)
def test_any_value_of_a_file_survives_a_journal(value: Any) -> None:
    change = Batch((SetVariables({"it": value}),))
    assert change_from_plain(_there_and_back(change_to_plain(change))) == change


@pytest.mark.parametrize("plain", [None, [], ["Explode"], ["MoveNodes"], ["MoveNodes", 3], ["AddNodes", [["a"]], []]])
def test_plain_data_that_is_no_change_is_refused(plain: Any) -> None:
    with pytest.raises(PlainDataError):
        change_from_plain(plain)
