"""A dotted path leads into nested dicts and lists, and never out of the data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.key_path import follow, steps, value_at

DATA = {"user": {"name": "Ada", "tags": ["x", {"deep": None}]}, "a.b": "dotted", "0": "zero", "ü": "umlaut"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("user.name", (True, "Ada")),
        ("user.tags.0", (True, "x")),
        ("user.tags[0]", (True, "x")),
        ("user.tags[-1].deep", (True, None)),
        ("user.tags.1.deep", (True, None)),
        ("user['name']", (True, "Ada")),
        ('user["name"]', (True, "Ada")),
        ("a.b", (True, "dotted")),
        ("0", (True, "zero")),
        ("ü", (True, "umlaut")),
        ("", (True, DATA)),
        ("user.nobody", (False, None)),
        ("user.tags.9", (False, None)),
        ("user.tags[-3]", (False, None)),
        ("user.name.0", (False, None)),
        ("user.__class__", (False, None)),
    ],
)
def test_follow_finds_what_the_path_names(path: str, expected: tuple[bool, Any]) -> None:
    assert follow(DATA, path) == expected


@pytest.mark.parametrize("path", ["a.", "a[", "a[x]", "a]b", ".."])
def test_a_path_that_cannot_be_read_is_an_error(path: str) -> None:
    with pytest.raises(ValueError, match="cannot read it"):
        follow({"x": 1}, path)


def test_value_at_gives_nothing_where_nothing_is() -> None:
    assert value_at(DATA, "user.nobody.at.all") is None
    assert value_at(DATA, None) is DATA
    assert value_at(7, "x") is None


names = st.text(st.characters(exclude_characters=".[]"), min_size=1)


@settings(max_examples=50)
@given(st.lists(names, min_size=1, max_size=5), st.integers())
def test_follow_reaches_every_value_that_was_put_at_a_path(path: list[str], value: int) -> None:
    nested: Any = value
    for name in reversed(path):
        nested = {name: nested}
    assert steps(".".join(path)) == tuple(path)
    assert follow(nested, ".".join(path)) == (True, value)
