"""The nodes that change a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.text.text import (
    LONGEST_PAD,
    text_case,
    text_pad,
    text_replace,
    text_reverse,
    text_substring,
    text_trim,
)


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("Hello World!", "World", "CasareRPA"), {}, ("Hello CasareRPA!", 1)),
        (("aaa", "a", "b"), {"count": 2}, ("bba", 2)),
        (("aaa", "a", "b"), {"count": 0}, ("aaa", 0)),
        (("aaa", "a", "b"), {"count": "9"}, ("bbb", 3)),
        (("aaa", "aa", ""), {}, ("a", 1)),
        (("abc", "", "x"), {}, ("abc", 0)),
        (("", "a", "b"), {}, ("", 0)),
        ((None, "a", "b"), {}, ("", 0)),
        (("a.c abc", "a.c", "x"), {}, ("x abc", 1)),
        (("a.c abc", "a.c", "x"), {"use_regex": True}, ("x x", 2)),
        (("a1b2", r"\d", r"<\g<0>>"), {"use_regex": True, "count": 1}, ("a<1>b2", 1)),
        (("Ab aB", "ab", r"\1"), {"ignore_case": True}, (r"\1 \1", 2)),
        (("A.B", ".", "\\"), {"ignore_case": True}, ("A\\B", 1)),
        (("x\ny", "^y", "z"), {"use_regex": True, "multiline": True}, ("x\nz", 1)),
        ((10203, 0, "-"), {}, ("1-2-3", 2)),
    ],
)
def test_text_replace_replaces_and_counts(arguments: Any, options: dict[str, Any], expected: tuple[str, int]) -> None:
    assert text_replace(*arguments, **options) == expected


def test_text_replace_refuses_a_result_that_would_fill_the_memory() -> None:
    with pytest.raises(ValueError, match="new_value: the result would be longer than 50,000,000 characters"):
        text_replace("a" * 1_000, "a", "b" * 100_000)


@settings(max_examples=50)
@given(st.text("abc"), st.text("abc", min_size=1), st.text("abc"), st.integers(-1, 5))
def test_text_replace_agrees_with_python(text: str, old: str, new: str, count: int) -> None:
    result, replacements = text_replace(text, old, new, count=count)
    assert result == text.replace(old, new, count)
    assert len(result) == len(text) + replacements * (len(new) - len(old))


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("  Hello World!  ", {}, "Hello World!"),
        ("  x  ", {"mode": "left"}, "x  "),
        ("  x  ", {"mode": "Right"}, "  x"),
        ("--x-=", {"characters": "-="}, "x"),
        ("\u00a0\tx\n", {}, "x"),
        ("", {}, ""),
        (None, {}, ""),
    ],
)
def test_text_trim_removes_from_the_ends(text: Any, options: dict[str, Any], expected: str) -> None:
    assert text_trim(text, **options) == expected


@settings(max_examples=50)
@given(st.text())
def test_text_trim_twice_changes_nothing_more(text: str) -> None:
    assert text_trim(text_trim(text)) == text_trim(text)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("upper", "HELLO WORLD-WIDE 2DAY"),
        ("UPPERCASE", "HELLO WORLD-WIDE 2DAY"),
        ("lower", "hello world-wide 2day"),
        ("title", "Hello World-Wide 2Day"),
        ("capitalize", "Hello world-wide 2day"),
        ("swapcase", "HELLO wORLD-WIDE 2DAY"),
        ("snake", "hello_world_wide_2day"),
        ("kebab", "hello-world-wide-2day"),
        ("camel", "helloWorldWide2day"),
        ("pascal", "HelloWorldWide2day"),
    ],
)
def test_text_case_changes_the_case(case: Any, expected: str) -> None:
    assert text_case("hello World-wide 2day", case=case) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("parseHTTPResponse2Go", "parse_http_response2_go"),
        ("größeÄndern", "größe_ändern"),
        ("already_snake-case", "already_snake_case"),
        ("日本 ABC", "日本_abc"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_snake_case_finds_words_inside_words(text: str, expected: str) -> None:
    assert text_case(text, case="snake") == expected


def test_text_case_is_lower_by_default_and_knows_unicode() -> None:
    assert text_case("ÀÉÎ") == "àéî"
    assert text_case("straße", case="upper") == "STRASSE"


def test_text_case_refuses_an_unknown_case() -> None:
    with pytest.raises(ValueError, match="case: expected one of upper, lower"):
        text_case("a", case="wavy")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("42", 5), {"fill_char": "0", "mode": "left"}, "00042"),
        (("42", 5), {"mode": "right"}, "42   "),
        (("42", 6), {"mode": "center", "fill_char": "-"}, "--42--"),
        (("42", "5"), {"mode": "both", "fill_char": ""}, "  42 "),
        (("42", 1), {}, "42"),
        (("42",), {}, "42"),
        ((42, 4), {"fill_char": 0}, "0042"),
        (("é", 2), {"fill_char": "😀"}, "😀é"),
    ],
)
def test_text_pad_fills_up(arguments: Any, options: dict[str, Any], expected: str) -> None:
    assert text_pad(*arguments, **options) == expected


@pytest.mark.parametrize(
    ("length", "fill", "match"),
    [
        (LONGEST_PAD + 1, " ", "length: expected at most 1,000,000 characters, got 1,000,001"),
        ("long", " ", "length: expected a number, got text 'long'"),
        (5, "ab", "fill_char: expected one character, got 'ab'"),
    ],
)
def test_text_pad_refuses_what_it_cannot_do(length: Any, fill: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        text_pad("x", length, fill_char=fill)


@settings(max_examples=50)
@given(st.text(), st.integers(0, 50), st.sampled_from(["left", "right", "center"]))
def test_text_pad_keeps_the_text_and_reaches_the_length(text: str, length: int, mode: Any) -> None:
    padded = text_pad(text, length, mode=mode)
    assert text in padded
    assert len(padded) == max(len(text), length)


@settings(max_examples=50)
@given(st.text())
def test_reversing_a_text_twice_gives_the_text(text: str) -> None:
    assert text_reverse(text_reverse(text)) == text


def test_text_reverse_of_the_sample() -> None:
    assert text_reverse("Hello") == "olleH"
    assert text_reverse(None) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("Hello CasareRPA!", 0, 5), ("Hello", 5)),
        (("Hello", 1), ("ello", 4)),
        (("Hello", -3), ("llo", 3)),
        (("Hello", "1", "3"), ("el", 2)),
        (("Hello", None, ""), ("Hello", 5)),
        (("Hello", 9, 12), ("", 0)),
        (("Hello", 3, 1), ("", 0)),
        (("😀é", 0, 1), ("😀", 1)),
    ],
)
def test_text_substring_cuts_by_position(arguments: Any, expected: tuple[str, int]) -> None:
    assert text_substring(*arguments) == expected


@settings(max_examples=50)
@given(st.text(), st.integers(-10, 10))
def test_the_parts_before_and_after_a_position_make_the_text(text: str, position: int) -> None:
    assert text_substring(text, 0, position).result + text_substring(text, position).result == text
