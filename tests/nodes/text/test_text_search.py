"""The nodes that ask something about a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.text.text_search import text_contains, text_count, text_ends_with, text_starts_with


@pytest.mark.parametrize(
    ("text", "search", "case_sensitive", "expected"),
    [
        ("Hello CasareRPA!", "CasareRPA", True, (True, 6, 1)),
        ("banana", "an", True, (True, 1, 2)),
        ("banana", "AN", True, (False, -1, 0)),
        ("banana", "AN", False, (True, 1, 2)),
        ("banana", "AN", "false", (True, 1, 2)),
        ("Straße X", "x", False, (True, 7, 1)),
        ("GROSSE STRASSE", "straße", False, (True, 7, 1)),
        ("İx", "X", False, (True, 1, 1)),
        ("abc", "", True, (True, 0, 4)),
        ("", "a", True, (False, -1, 0)),
        (None, None, True, (True, 0, 1)),
        (12345, 34, True, (True, 2, 1)),
    ],
)
def test_text_contains_tells_where_and_how_often(text: Any, search: Any, case_sensitive: Any, expected: Any) -> None:
    assert text_contains(text, search, case_sensitive=case_sensitive) == expected


@settings(max_examples=50)
@given(st.text(), st.text(max_size=2))
def test_what_text_contains_finds_is_at_the_position_it_gives(text: str, search: str) -> None:
    contains, position, count = text_contains(text, search)
    assert contains == (search in text) == (count > 0)
    assert text[position:].startswith(search) if contains else position == -1


@settings(max_examples=50)
@given(st.text(max_size=20), st.text(min_size=1, max_size=3), st.text(max_size=20))
def test_without_case_a_text_is_found_inside_a_longer_one(before: str, search: str, after: str) -> None:
    found = text_contains(before + search + after, search.upper(), case_sensitive=False)
    assert found.contains or search.upper().casefold() != search.casefold()
    assert -1 <= found.position <= len(before + search + after)


@pytest.mark.parametrize(
    ("text", "part", "options", "starts", "ends"),
    [
        ("Hello CasareRPA!", "Hello", {}, True, False),
        ("Hello CasareRPA!", "!", {}, False, True),
        ("Hello", "hello", {}, False, False),
        ("Hello", "HELLO", {"case_sensitive": False}, True, True),
        ("STRASSE", "straße", {"case_sensitive": False}, True, True),
        ("Hello", "", {}, True, True),
        ("", "a", {}, False, False),
        (2024, 2024, {}, True, True),
        (None, "a", {}, False, False),
    ],
)
def test_a_text_starts_and_ends_with_a_part(text: Any, part: Any, options: Any, starts: bool, ends: bool) -> None:
    assert text_starts_with(text, part, **options) is starts
    assert text_ends_with(text, part, **options) is ends


@settings(max_examples=50)
@given(st.text(), st.text())
def test_a_text_made_of_two_starts_with_one_and_ends_with_the_other(first: str, second: str) -> None:
    assert text_starts_with(first + second, first)
    assert text_ends_with(first + second, second)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("Hello CasareRPA!", {"search": "a"}, 2),
        ("Hello CasareRPA!", {}, 16),
        ("a b\tc\n", {"exclude_whitespace": True}, 3),
        ("a b\tc\n", {"mode": "words"}, 3),
        ("a b\tc\n", {"mode": "words", "search": "a"}, 3),
        ("a\nb\r\nc", {"mode": "lines"}, 3),
        ("aaa", {"mode": "occurrences", "search": "aa"}, 1),
        ("", {"mode": "lines"}, 0),
        (None, {}, 0),
        ("😀é", {"mode": "Characters"}, 2),
    ],
)
def test_text_count_counts(text: Any, options: dict[str, Any], expected: int) -> None:
    assert text_count(text, **options) == expected


def test_counting_occurrences_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="search: expected the text whose occurrences to count"):
        text_count("abc", mode="occurrences")
