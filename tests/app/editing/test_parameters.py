"""Claims about setting the values of nodes."""

from __future__ import annotations

from typing import Any

import pytest
from random_edits import photo

from casare.app.editing import clear_parameter, set_bypassed, set_disabled, set_parameter
from casare.app.editing.parameters import DISABLED, is_disabled
from casare.model import Graph, Node


def one(**config: Any) -> Graph:
    return Graph([Node("a", "LogNode", config), Node("b", "LogNode"), Node("c", "LogNode")])


def test_setting_a_value_keeps_the_others_and_their_order() -> None:
    graph = one(x=1, y=2)
    change = set_parameter(graph, "a", "x", 3, title="How Many")
    assert change is not None
    assert change.label == "Edit how many"
    inverse = graph.apply(change)
    assert list(graph.nodes["a"].config.items()) == [("x", 3), ("y", 2)]
    graph.apply(inverse)
    assert photo(graph) == photo(one(x=1, y=2))


@pytest.mark.parametrize("value", [1, "1", None, [1, {"a": True}], {"a": 1, "b": 2}, 0.5])
def test_setting_what_is_set_already_is_no_edit(value: Any) -> None:
    assert set_parameter(one(x=value), "a", "x", value) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, True), (1, 1.0), (0, False), ([1], [True]), ({"a": 1}, {"a": 1.0}), ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ("", None), ([], ()), ([1], [1, 2]),
    ],
)  # fmt: skip
def test_what_is_equal_but_written_otherwise_is_an_edit(before: Any, after: Any) -> None:
    assert set_parameter(one(x=before), "a", "x", after) is not None


def test_none_is_a_value_and_not_the_same_as_no_value() -> None:
    assert set_parameter(one(), "a", "x", None) is not None


def test_clearing_takes_the_key_out_and_undo_puts_it_back_in_its_place() -> None:
    graph = one(x=1, y=2, z=3)
    change = clear_parameter(graph, "a", "y")
    assert change is not None
    inverse = graph.apply(change)
    assert list(graph.nodes["a"].config) == ["x", "z"]
    assert clear_parameter(graph, "a", "y") is None
    graph.apply(inverse)
    assert list(graph.nodes["a"].config) == ["x", "y", "z"]


def test_disabling_and_enabling_leaves_the_document_as_it_was() -> None:
    graph = one(x=1)
    before = photo(graph)
    off = set_disabled(graph, ["a", "b"], True)
    assert off is not None
    assert off.label == "Disable 2 nodes"
    graph.apply(off)
    assert [is_disabled(graph, node_id) for node_id in "abc"] == [True, True, False]
    on = set_disabled(graph, ["a", "b", "c"], False)
    assert on is not None
    assert on.label == "Enable 2 nodes"
    graph.apply(on)
    assert photo(graph) == before


def test_disabling_is_one_undo() -> None:
    graph = one(x=1)
    before = photo(graph)
    change = set_disabled(graph, ["a", "b", "c"], True)
    assert change is not None
    graph.apply(graph.apply(change))
    assert photo(graph) == before


def test_disabling_what_is_disabled_is_no_edit() -> None:
    graph = one(**{DISABLED: True})
    assert set_disabled(graph, ["a"], True) is None
    assert set_disabled(graph, ["b"], False) is None
    assert set_disabled(one(**{DISABLED: False}), ["a"], False) is None
    assert set_disabled(graph, [], True) is None


def test_a_disabled_node_keeps_the_order_of_its_keys() -> None:
    graph = one(**{"x": 1, DISABLED: False, "y": 2})
    change = set_disabled(graph, ["a"], True)
    assert change is not None
    graph.apply(change)
    assert list(graph.nodes["a"].config.items()) == [("x", 1), (DISABLED, True), ("y", 2)]


def test_a_bypassed_node_reads_as_disabled_to_others_and_is_restored_whole() -> None:
    graph = Graph([Node("a", "LogNode", {"x": 1})])
    change = set_bypassed(graph, ["a"], True)
    assert change is not None
    inverse = graph.apply(change)
    assert graph.nodes["a"].config == {"x": 1, "_disabled": True, "_bypass": True}
    assert set_bypassed(graph, ["a"], True) is None
    graph.apply(inverse)
    assert graph.nodes["a"].config == {"x": 1}
