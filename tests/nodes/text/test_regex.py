"""The nodes for regular expressions."""

from __future__ import annotations

from typing import Any

import pytest

from casare.nodes.text.regex import Extract, Matches, regex_match, regex_replace, text_extract

EMAIL = r"[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}"


@pytest.mark.parametrize(
    ("text", "pattern", "options", "expected"),
    [
        ("The price is $100.50", r"\$[0-9]+\.[0-9]{2}", {}, Matches(True, "$100.50", ["$100.50"], [], 1)),
        ("a1 b2", r"([a-z])(\d)", {}, Matches(True, "a1", ["a1", "b2"], ["a", "1"], 2)),
        ("abc", "x", {}, Matches(False, "", [], [], 0)),
        ("", "x*", {}, Matches(True, "", [""], [], 1)),
        ("Ä ä", "ä", {"ignore_case": True}, Matches(True, "Ä", ["Ä", "ä"], [], 2)),
        ("a\nb", "^b", {"multiline": "true"}, Matches(True, "b", ["b"], [], 1)),
        ("a\nb", "a.b", {"dotall": True}, Matches(True, "a\nb", ["a\nb"], [], 1)),
        ("ab", "(a)|(c)", {}, Matches(True, "a", ["a"], ["a", None], 1)),
        (None, "a", {}, Matches(False, "", [], [], 0)),
        (2024, r"\d", {}, Matches(True, "2", ["2", "0", "2", "4"], [], 4)),
    ],
)
def test_regex_match_finds_everything(text: Any, pattern: str, options: dict[str, Any], expected: Matches) -> None:
    assert regex_match(text, pattern, **options) == expected


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("a1b22", r"\d+", "#"), {}, ("a#b#", 2)),
        (("a1b22", r"\d+", ""), {"max_count": 1}, ("ab22", 1)),
        (("Ada Lovelace", r"(\w+) (\w+)", r"\2, \1"), {}, ("Lovelace, Ada", 1)),
        (("2024", r"(?P<y>\d+)", r"<\g<y>>"), {}, ("<2024>", 1)),
        (("abc", "x", "y"), {}, ("abc", 0)),
        (("aA", "a", "b"), {"ignore_case": True, "max_count": "0"}, ("bb", 2)),
    ],
)
def test_regex_replace_replaces(arguments: tuple[str, str, str], options: dict[str, Any], expected: Any) -> None:
    assert regex_replace(*arguments, **options) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "options", "expected"),
    [
        ("Email: test@example.com", EMAIL, {}, Extract("test@example.com", [], True)),
        ("k=v", r"(\w)=(\w)", {}, Extract("k=v", ["k", "v"], True)),
        ("k=v x=y", r"(\w)=(\w)", {"all_matches": True}, Extract(["k=v", "x=y"], [["k", "v"], ["x", "y"]], True)),
        ("none", r"\d", {}, Extract("", [], False)),
        ("none", r"\d", {"all_matches": True}, Extract([], [], False)),
    ],
)
def test_text_extract_takes_the_match_and_its_groups(
    text: str, pattern: str, options: dict[str, Any], expected: Extract
) -> None:
    assert text_extract(text, pattern, **options) == expected


@pytest.mark.parametrize("body", [regex_match, regex_replace, text_extract])
def test_a_missing_pattern_is_an_error_that_says_so(body: Any) -> None:
    with pytest.raises(ValueError, match="pattern: expected a regular expression"):
        body("text", "")


@pytest.mark.parametrize("body", [regex_match, regex_replace, text_extract])
def test_a_broken_pattern_is_an_error_that_quotes_it(body: Any) -> None:
    with pytest.raises(ValueError, match=r"'\[a'"):
        body("text", "[a")
