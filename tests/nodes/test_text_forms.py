from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.nodes.text_forms import list_of, parse_json


@pytest.mark.parametrize(
    ("value", "commas", "items"),
    [
        (None, True, []),
        ("", True, []),
        ("  ", True, []),
        ("a", True, ["a"]),
        ("a, b ,c", True, ["a", "b", "c"]),
        ("a, b ,c", False, ["a, b ,c"]),
        ("a\n\n b, c \n", True, ["a", "b, c"]),
        ('["a, b", 1]', False, ["a, b", 1]),
        ((1, 2), True, [1, 2]),
        ([1], True, [1]),
        (range(2), True, [0, 1]),
    ],
)
def test_a_list_is_understood_in_each_way_to_write_one(value: Any, commas: bool, items: list[Any]) -> None:
    assert list_of(value, "items", commas=commas) == items


@given(items=st.lists(st.integers()))
def test_the_list_is_a_new_one(items: list[int]) -> None:
    found = list_of(items, "items")
    assert found == items
    assert found is not items


@pytest.mark.parametrize(("value", "error"), [("[1,", ValueError), (5, TypeError), (b"raw", TypeError)])
def test_what_is_no_list_is_refused_by_name(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="items"):
        list_of(value, "items")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"answer is not JSON: .* \(line 1, column 2\)"),
        ("[1,\n 2\n 3]", r"\(line 3, column 2\)"),
        ("[" * 100_000, "answer is nested too deeply"),
    ],
)
def test_json_that_is_broken_says_where(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_json(text, "answer")
