"""What equal, less and contains mean between values of any kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.comparison import TESTS, WORDS, comparison, contains, same
from casare.nodes.values.comparison import test_named as named


@pytest.mark.parametrize(
    ("a", "operator", "b", "expected"),
    [
        (75, ">", 50, True),
        ("75", ">", 50, True),
        ("9", "<", "10", True),
        ("b", ">", "a", True),
        ("9", "<", "a", True),
        (5, "==", "5.0", True),
        ("5", "==", "5.0", False),
        ("done", "==", "done", True),
        (True, "==", "true", True),
        ("False", "==", False, True),
        (1, "==", True, True),
        (None, "==", None, True),
        (None, "==", "", False),
        (None, "!=", 0, True),
        ([1, 2], "==", [1, 2], True),
        ({"a": 1}, "!=", {"a": 2}, True),
        (2, ">=", "2", True),
        (2.5, "<=", 2, False),
        ([1, 2], "<", [1, 3], True),
        ("Hello World", "contains", "World", True),
        ("Hello", "contains", None, True),
        (12345, "in", [12345], True),
        (["a", 1], "contains", "1", True),
        ({"key": 1}, "contains", "key", True),
        (None, "contains", "a", False),
        (None, "not_contains", "a", True),
        ("b", "in", '["a", "b"]', True),
        ("b", "in", "abc", True),
        ("b", "not_in", ["a"], True),
        ("[", "in", "[x", True),
        ("Hello", "starts_with", "He", True),
        (2024, "ends_with", 24, True),
        ("abc123", "matches", r"\d+", True),
        (None, "is_none", None, True),
        (0, "is_not_none", None, True),
        ("", "is_empty", None, True),
        ([], "is_empty", None, True),
        (0, "is_empty", None, False),
        ({"a": 1}, "is_not_empty", None, True),
        ("false", "is_true", None, False),
        ("yes", "is_true", None, True),
        (0, "is_false", None, True),
        ("false", "is_truthy", None, True),
        ("", "is_falsy", None, True),
        (float("nan"), "<=", 1, False),
    ],
)
def test_comparison_holds_or_not(a: Any, operator: Any, b: Any, expected: bool) -> None:
    assert comparison(a, b, operator=operator) is expected


def test_comparison_asks_for_equality_by_default() -> None:
    assert comparison(1, 1)
    assert not comparison(1, 2)


@pytest.mark.parametrize(
    ("word", "operator"),
    [
        ("equals (==)", "=="),
        ("greater than (>)", ">"),
        ("less or equal (<=)", "<="),
        ("Greater Than", ">"),
        ("not equals", "!="),
        ("starts-with", "starts_with"),
        (" gte ", ">="),
        ("is null", "is_none"),
        *WORDS.items(),
    ],
)
def test_words_name_the_same_test_as_the_sign(word: str, operator: str) -> None:
    assert named(word, "operator") is TESTS[operator]


def test_an_unknown_operator_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"operator: expected one of ==, !=, <.*got text 'resembles'"):
        comparison(1, 2, operator="resembles")  # type: ignore[arg-type]


@pytest.mark.parametrize(("a", "b"), [(None, 5), ([1], 5), ({"a": 1}, {"a": 2}), ("x", 5)])
def test_what_has_no_order_is_an_error_that_shows_both(a: Any, b: Any) -> None:
    with pytest.raises(TypeError, match="cannot tell which is greater: "):
        comparison(a, b, operator=">")


def test_looking_inside_a_number_is_an_error() -> None:
    with pytest.raises(TypeError, match="contains: expected a text, a list or a dict to look in, got number 5"):
        contains(5, 1)


values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers())


@settings(max_examples=50)
@given(values, values)
def test_sameness_does_not_depend_on_the_order(a: Any, b: Any) -> None:
    assert same(a, b) == same(b, a)
    assert same(a, a)
    assert same(a, b) != comparison(a, b, operator="!=")


@settings(max_examples=50)
@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False), st.integers())
def test_numbers_compare_alike_as_numbers_and_as_text(a: float, b: int) -> None:
    for operator in ("<", "<=", ">", ">="):
        assert comparison(a, b, operator=operator) == comparison(str(a), str(b), operator=operator)
    assert comparison(a, b, operator="<") != comparison(a, b, operator=">=")
