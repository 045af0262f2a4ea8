"""JSON in, JSON out, and errors that say where."""

from __future__ import annotations

import datetime
import json
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.json_data import dict_to_json, json_parse

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"parsed": true, "count": 5}', {"parsed": True, "count": 5}),
        (" [1, 2.5, null] ", [1, 2.5, None]),
        ('"ä\\u00e9😀"', "äé😀"),
        ("42", 42),
        (42, 42),
        ("\ufeff{}", {}),
        ({"already": 1}, {"already": 1}),
        ([1], [1]),
    ],
)
def test_json_parse_reads_a_value(text: Any, expected: Any) -> None:
    assert json_parse(text) == expected


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "json_string: expected JSON, got an empty text"),
        (None, "json_string: expected JSON, got an empty text"),
        ('{"a": 1,\n "b" 2}', "json_string: not JSON at line 2, column 6: Expecting ':' delimiter near "),
        ("{'a': 1}", "not JSON at line 1, column 2"),
        ("NaN", "NaN is no JSON value"),
        ("[-Infinity]", "-Infinity is no JSON value"),
        ("[" * 200_000, "nested too deep"),
        ("9" * 5_000, "not JSON: Exceeds the limit"),
    ],
)
def test_json_parse_says_what_is_wrong_and_where(text: Any, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        json_parse(text)


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        ({"name": "Alice", "age": 30}, {}, '{"name": "Alice", "age": 30}'),
        ({"a": 1}, {"indent": 2}, '{\n  "a": 1\n}'),
        ({"a": 1}, {"indent": "0"}, '{"a": 1}'),
        ({"b": 1, "a": 2}, {"sort_keys": True}, '{"a": 2, "b": 1}'),
        ({"é": "😀"}, {"ensure_ascii": False}, '{"é": "😀"}'),
        ({"é": 1}, {}, '{"\\u00e9": 1}'),
        (None, {}, "{}"),
        ("", {}, "{}"),
        ('{"a":1}', {}, '{"a": 1}'),
        ([1, None], {}, "[1, null]"),
        ({1: (2, 3)}, {}, '{"1": [2, 3]}'),
        ({"when": datetime.date(2024, 5, 1)}, {}, '{"when": "2024-05-01"}'),
        ({"set": {1}}, {}, '{"set": [1]}'),
        ({"path": PurePosixPath("a/b")}, {}, '{"path": "a/b"}'),
    ],
)
def test_dict_to_json_writes_a_value(value: Any, options: dict[str, Any], expected: str) -> None:
    assert dict_to_json(value, **options) == expected


_circle: dict[str, Any] = {}
_circle["self"] = _circle


@pytest.mark.parametrize(
    ("value", "options", "match"),
    [
        ({"a": float("nan")}, {}, "dict: cannot be written as JSON: Out of range float values"),
        (_circle, {}, "dict: cannot be written as JSON: Circular reference"),
        ({"a": 1, 2: 3}, {"sort_keys": True}, "cannot be written as JSON: '<' not supported"),
        ({}, {"indent": 17}, "indent: expected 0 to 16 spaces, got 17"),
        ({}, {"indent": -1}, "indent: expected 0 to 16 spaces, got -1"),
        ("not json", {}, "dict: not JSON at line 1"),
    ],
)
def test_dict_to_json_refuses_what_is_not_json(value: Any, options: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        dict_to_json(value, **options)


@settings(max_examples=25)
@given(st.dictionaries(st.text(), json_values), st.integers(0, 4), st.booleans(), st.booleans())
def test_a_dict_survives_being_written_and_read(value: Any, indent: int, sort_keys: bool, ensure_ascii: bool) -> None:
    text = dict_to_json(value, indent, sort_keys=sort_keys, ensure_ascii=ensure_ascii)
    assert json_parse(text) == value
    assert text.isascii() or not ensure_ascii


@settings(max_examples=40)
@given(json_values)
def test_json_parse_agrees_with_the_standard_library(value: Any) -> None:
    assert json_parse(json.dumps(value)) == value
