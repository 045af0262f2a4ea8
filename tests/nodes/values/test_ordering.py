"""Values of any kind have an order and an identity."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.ordering import identity, sort_key

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50)
@given(st.lists(anything, max_size=8))
def test_any_list_can_be_sorted_and_the_order_does_not_depend_on_where_it_began(items: list[Any]) -> None:
    keys = sorted(map(sort_key, items))
    assert keys == sorted(map(sort_key, reversed(items)))
    assert all(not later < earlier for earlier, later in pairwise(keys))


def test_kinds_come_in_the_order_that_is_promised() -> None:
    mixed = [None, [1], "a", float("nan"), 2, dt.date(2024, 1, 1), {"a": 1}, True]
    assert [str(item) for item in sorted(mixed, key=sort_key)] == [
        "True", "2", "nan", "a", "2024-01-01", "[1]", "{'a': 1}", "None",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ([1, 2], [1, 2], True),
        ([1, 2], (1, 2), True),
        ([1], [True], False),
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
        ({"a": 1}, {"a": 2}, False),
        ("1", 1, False),
        (None, "", False),
        ([], {}, False),
        ({1, 2}, {2, 1}, True),
        (bytearray(b"a"), bytearray(b"a"), True),
    ],
)
def test_identity_is_equal_for_equal_values_only(a: Any, b: Any, expected: bool) -> None:
    assert (identity(a) == identity(b)) is expected
    assert len({identity(a), identity(b)}) == (1 if expected else 2)
