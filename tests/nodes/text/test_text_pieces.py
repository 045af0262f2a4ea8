"""The nodes that take texts apart and put them together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.text.text_pieces import concatenate, format_string, text_join, text_lines, text_split


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("apple,banana,cherry", ","), {}, ["apple", "banana", "cherry"]),
        (("a,b,c", ","), {"max_split": 1}, ["a", "b,c"]),
        (("a,b,c", ","), {"max_split": 0}, ["a,b,c"]),
        (("  a  b\tc ",), {}, ["a", "b", "c"]),
        (("a--b", "--"), {}, ["a", "b"]),
        (("", ","), {}, [""]),
        (("",), {}, []),
        ((None, ","), {}, [""]),
        ((1.5, "."), {}, ["1", "5"]),
        (("ä€é", "€"), {"max_split": "-1"}, ["ä", "é"]),
    ],
)
def test_text_split_cuts_at_each_separator(arguments: Any, options: dict[str, Any], expected: list[str]) -> None:
    assert text_split(*arguments, **options) == (expected, len(expected))


@settings(max_examples=50)
@given(st.text(), st.text(min_size=1))
def test_joining_what_was_split_gives_the_text(text: str, separator: str) -> None:
    assert text_join(text_split(text, separator).result, separator=separator) == text


@pytest.mark.parametrize(
    ("items", "separator", "expected"),
    [
        (["apple", "banana", "cherry"], " | ", "apple | banana | cherry"),
        ([1, None, 2.5], ",", "1,,2.5"),
        ("[1, 2]", "-", "1-2"),
        ("plain", "-", "plain"),
        (None, "-", ""),
        ([], "-", ""),
        (7, "-", "7"),
        (["a", "b"], "", "ab"),
    ],
)
def test_text_join_puts_the_items_together(items: Any, separator: str, expected: str) -> None:
    assert text_join(items, separator=separator) == expected


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("line1\nline2\nline3",), {}, ("line1\nline2\nline3", ["line1", "line2", "line3"], 3)),
        (("a\r\nb\rc\n",), {}, ("a\r\nb\rc\n", ["a", "b", "c"], 3)),
        (("a\n\nb",), {"remove_empty": True}, ("a\n\nb", ["a", "b"], 2)),
        (("a,,b",), {"line_separator": "comma"}, ("a,,b", ["a", "", "b"], 3)),
        (("",), {"line_separator": "comma"}, ("", [], 0)),
        (("", ["a", 1, None]), {"mode": "join"}, ("a\n1\n", ["a", "1", ""], 3)),
        (("", ["a", "", "b"]), {"mode": "join", "remove_empty": True}, ("a\nb", ["a", "b"], 2)),
        (("", '["a", "b"]'), {"mode": "join", "line_separator": "crlf"}, ("a\r\nb", ["a", "b"], 2)),
        (("ignored", None), {"mode": "join"}, ("", [], 0)),
        ((None,), {}, ("", [], 0)),
    ],
)
def test_text_lines_splits_and_joins(arguments: Any, options: dict[str, Any], expected: Any) -> None:
    assert text_lines(*arguments, **options) == expected


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1)), st.sampled_from(["newline", "crlf"]))
def test_splitting_joined_lines_gives_the_lines(lines: list[str], separator: Any) -> None:
    text = text_lines("", lines, mode="join", line_separator=separator).text
    assert text_lines(text).lines == lines


@pytest.mark.parametrize(
    ("arguments", "separator", "expected"),
    [
        (("Hello", " World"), "", "Hello World"),
        (("a", "b"), ", ", "a, b"),
        (("a",), "-", "a-"),
        ((), "", ""),
        ((None, 5), "", "5"),
        (("é", "😀"), "€", "é€😀"),
    ],
)
def test_concatenate_puts_two_texts_together(arguments: Any, separator: str, expected: str) -> None:
    assert concatenate(*arguments, separator=separator) == expected


@pytest.mark.parametrize(
    ("template", "variables", "expected"),
    [
        ("Name: {name}, Age: {age}", {"name": "Alice", "age": "30"}, "Name: Alice, Age: 30"),
        (
            "Hello, my name is {name} and I am {age} years old",
            {"name": "Bo", "age": 5},
            "Hello, my name is Bo and I am 5 years old",
        ),
        ("{user.name} {items[0]} {items.1}", {"user": {"name": "Ada"}, "items": [1, 2]}, "Ada 1 2"),
        ("{price:.2f}", {"price": "2.5"}, "2.50"),
        ("{price:>6.1f}|", {"price": 2.55}, "   2.5|"),
        ("{n:05d}", {"n": "42"}, "00042"),
        ("{name!r:>5}", {"name": "a"}, "  'a'"),
        ("{x:{width}}|", {"x": "a", "width": 3}, "a  |"),
        ("{nothing}|{nothing:>2}|", {"nothing": None}, "|  |"),
        ("{{literal}}", {}, "{literal}"),
        ("{a}", '{"a": 1}', "1"),
        ("plain", None, "plain"),
        ("", {}, ""),
        ("{0} {}", {"0": "a"}, None),
        ("{größe}", {"größe": "😀"}, "😀"),
    ],
)
def test_format_string_fills_in_the_values(template: str, variables: Any, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="template: cannot switch from manual"):
            format_string(template, variables)
    else:
        assert format_string(template, variables) == expected


@pytest.mark.parametrize(
    ("template", "match"),
    [
        ("{missing}", r"template: there is no value for \{missing\}; variables has name, n"),
        ("{name.__class__}", r"there is no value for \{name.__class__\}"),
        ("{name", "template: expected '}' before end of string"),
        ("a } b", "template: Single '}' encountered"),
        ("{name:>99999999999}", "asks for more than 10,000 characters"),
        ("{n:{n}}", "asks for more than 10,000 characters"),
        ("{name:d}", "template: Unknown format code 'd'"),
    ],
)
def test_format_string_says_what_is_wrong_with_a_template(template: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        format_string(template, {"name": "x", "n": 1_000_000})
