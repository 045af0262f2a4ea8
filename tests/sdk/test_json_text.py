"""JSON text: strict, limited, and with errors that say where."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath
from typing import Any

import pytest

from casare.sdk import LONGEST_JSON, parse_json, write_json


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "^answer: expected JSON, got an empty text"),
        ("{", "^answer: not JSON at line 1, column 2: "),
        ("[1,\n 2\n 3]", "line 3, column 2: .* near "),
        ("NaN", "^answer: not JSON: NaN is no JSON value"),
        ("[-Infinity]", "-Infinity is no JSON value"),
        ("[" * 100_000, "^answer: the JSON is nested too deep"),
        ("9" * 5_000, "^answer: not JSON: Exceeds the limit"),
    ],
)
def test_what_is_no_json_is_refused_by_name_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_json(text, "answer")


def test_text_past_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValueError, match="expected at most 50,000,000 characters of JSON, got 50,000,001"):
        parse_json("x" * (LONGEST_JSON + 1))


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert parse_json("\ufeff[1]") == [1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2024, 5, 1), '"2024-05-01"'),
        ({"b", "a"}, '["a", "b"]'),
        (b"raw", '"raw"'),
        (PurePosixPath("a/b"), '"a/b"'),
        ({"é": (1, None)}, '{"é": [1, null]}'),
    ],
)
def test_values_json_does_not_have_are_written_as_what_comes_nearest(value: Any, text: str) -> None:
    assert write_json(value) == text


def test_how_it_is_written_can_be_chosen() -> None:
    assert write_json({"b": 1, "é": 2}, indent=1, ascii_only=True) == '{\n "b": 1,\n "\\u00e9": 2\n}'
    assert write_json({"b": 1, "a": 2}, sort_keys=True) == '{"a": 2, "b": 1}'


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], CIRCLE, {(1, 2): 3}])
def test_what_json_cannot_hold_is_refused_by_name(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^report: cannot be written as JSON: "):
        write_json(value, "report")
