"""The order in which people meet types."""

from __future__ import annotations

from casare.catalog.order import CATEGORIES, categories_in_order, in_order


def test_common_types_come_first_in_their_category_and_unnamed_ones_after_them_as_they_came() -> None:
    types = [("ZNode", "flow"), ("EndNode", "flow"), ("SetVariableNode", "variables"), ("ANode", "flow"),
             ("OddNode", "own category"), ("StartNode", "flow")]  # fmt: skip
    assert in_order(types) == ["StartNode", "EndNode", "ZNode", "ANode", "SetVariableNode", "OddNode"]


def test_a_named_type_stands_in_the_category_it_says() -> None:
    assert in_order([("StartNode", "text"), ("XNode", "data")]) == ["XNode", "StartNode"]


def test_each_category_is_listed_once_and_unknown_ones_last() -> None:
    assert categories_in_order(["own", "text", "flow", "text", "odd"]) == ["flow", "text", "own", "odd"]


def test_no_category_has_two_places() -> None:
    assert len(set(CATEGORIES)) == len(CATEGORIES)
