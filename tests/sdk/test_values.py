"""What arrives at a port becomes what a node needs, or an error that says why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.sdk import (
    as_choice,
    as_dict,
    as_flag,
    as_float,
    as_integer,
    as_integer_or_none,
    as_items,
    as_list,
    as_number,
    as_text,
    as_truth,
    shown,
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ä€", "ä€"),
        (None, ""),
        (0, "0"),
        (1.5, "1.5"),
        (True, "true"),
        (b"x", "x"),
        (["é", 1], '["é", 1]'),
        ({"a": None, "b": date(2024, 5, 1)}, '{"a": null, "b": "2024-05-01"}'),
        ([MappingProxyType({"a": 1})], '[{"a": 1}]'),
        ({(1, 2): 3}, "{(1, 2): 3}"),
    ],
)
def test_text_of_a_value_is_what_a_person_would_write(value: object, text: str) -> None:
    assert as_text(value) == text


def test_a_value_that_contains_itself_has_a_text_all_the_same() -> None:
    circle: list[object] = []
    circle.append(circle)
    assert as_text(circle) == "[[...]]"


@pytest.mark.parametrize("word", ["", "  ", "false", "False", "NO", "off", "0", "0.0", "null", "None", "n"])
def test_words_for_no_are_false_as_a_condition_and_as_a_setting(word: str) -> None:
    assert as_truth(word) is False
    assert as_flag(word) is False


@pytest.mark.parametrize("word", ["true", "True", "YES", " on ", "1", "2.5", "-1"])
def test_words_for_yes_are_true_as_a_condition_and_as_a_setting(word: str) -> None:
    assert as_truth(word) is True
    assert as_flag(word) is True


@pytest.mark.parametrize(
    ("value", "truth"), [(None, False), (0, False), ([], False), ({}, False), ([0], True), (3, True)]
)
def test_values_that_are_not_text_count_as_python_counts_them(value: object, truth: bool) -> None:
    assert as_truth(value) is truth
    assert as_flag(value) is truth


def test_other_text_is_a_condition_that_holds_and_a_setting_that_is_refused() -> None:
    assert as_truth("maybe") is True
    with pytest.raises(ValueError, match="reverse: expected true or false, got text 'maybe'"):
        as_flag("maybe", "reverse")


@pytest.mark.parametrize(
    "read", [as_truth, as_flag, as_list, as_items, as_dict, as_number, as_integer], ids=lambda read: read.__name__
)
def test_a_reference_nothing_has_replaced_is_an_error_that_names_it(read: Callable[[object, str], object]) -> None:
    with pytest.raises(ValueError, match=r"^x: expected .*, but \{\{sort.sorted\}\} refers to nothing"):
        read(" {{sort.sorted}} ", "x")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, "a"], [1, "a"]),
        ((1, 2), [1, 2]),
        (range(2), [0, 1]),
        ({5}, [5]),
        (None, []),
        ("", []),
        ("  ", []),
        ('[1, {"a": null}]', [1, {"a": None}]),
    ],
)
def test_as_list_takes_lists_json_and_nothing(value: object, expected: list[object]) -> None:
    assert as_list(value, "list") == expected


@pytest.mark.parametrize("value", ["abc", "[1,", "[" * 100_000, '{"a": 1}', 5, {"a": 1}, b"ab"])
def test_as_list_names_the_input_that_is_no_list(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^items: expected a list, got "):
        as_list(value, "items")


@pytest.mark.parametrize(
    ("value", "expected"), [({"a": 1}, {"a": 1}), (None, {}), (" ", {}), ('{"a": [1]}', {"a": [1]})]
)
def test_as_dict_takes_dicts_json_and_nothing(value: object, expected: dict[str, object]) -> None:
    assert as_dict(value, "dict") == expected


@pytest.mark.parametrize("value", ["abc", "[1]", 5, [("a", 1)]])
def test_as_dict_names_the_input_that_is_no_dict(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^data: expected a dict, got "):
        as_dict(value, "data")


@settings(max_examples=40)
@given(st.lists(JSON_VALUES, max_size=4))
def test_as_list_of_json_text_is_the_list_that_was_written(items: list[object]) -> None:
    assert as_list(json.dumps(items), "list") == items


@settings(max_examples=40)
@given(st.dictionaries(st.text(), JSON_VALUES, max_size=4))
def test_as_dict_of_json_text_is_the_dict_that_was_written(entries: dict[str, object]) -> None:
    assert as_dict(json.dumps(entries), "dict") == entries


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), (2.5, 2.5), ("42", 42), (" -7 ", -7), ("1.50", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), (True, 1)],
)
def test_as_number_reads_numbers_and_numeric_text(value: object, expected: float) -> None:
    number = as_number(value, "a")
    assert number == expected
    assert type(number) in (type(expected), bool)


@pytest.mark.parametrize(
    "value", ["", "abc", "1,5", "1_000", "nan", "inf", "0x10", "٣", "9" * 401, "1e999", None, [1], Fraction(1, 2)]
)
def test_as_number_names_the_input_that_is_no_finite_number(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^a: expected a (finite )?number, got "):
        as_number(value, "a")


@settings(max_examples=50)
@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_as_number_reads_back_what_python_writes(number: float) -> None:
    assert as_number(str(number), "a") == number
    assert as_float(str(number)) == float(number)


@pytest.mark.parametrize(("value", "expected"), [(3, 3), ("3", 3), (3.0, 3), ("-3.0", -3), ("1e2", 100)])
def test_as_integer_takes_whole_numbers_in_any_dress(value: object, expected: int) -> None:
    integer = as_integer(value, "index")
    assert integer == expected
    assert type(integer) is int


def test_as_integer_refuses_a_fraction() -> None:
    with pytest.raises(ValueError, match=r"index: expected a whole number, got number 2\.5"):
        as_integer(2.5, "index")


@pytest.mark.parametrize(("value", "expected"), [(None, None), ("", None), (0, 0), ("7", 7)])
def test_as_integer_or_none_tells_nothing_from_zero(value: object, expected: int | None) -> None:
    assert as_integer_or_none(value, "end") == expected


def test_as_choice_ignores_case_and_follows_other_words() -> None:
    assert as_choice(" LEFT ", ("left", "right"), "mode") == "left"
    assert as_choice("get", ("GET", "POST"), "method") == "GET"
    assert as_choice("both", ("left", "center"), "mode", {"both": "center"}) == "center"


def test_as_choice_lists_what_is_possible() -> None:
    with pytest.raises(ValueError, match="mode: expected one of left, right; got text 'up'"):
        as_choice("up", ("left", "right"), "mode")


def test_shown_keeps_a_message_short() -> None:
    assert shown(None) == "nothing"
    assert shown([1, 2, 3]) == "list of 3"
    assert len(shown("x" * 1_000_000)) < 60
    assert shown(10**10_000) == "number of about 10,000 digits"


def test_a_whole_number_too_large_for_a_float_is_refused_as_one() -> None:
    assert as_number(10**400) == 10**400
    with pytest.raises(ValueError, match="size: expected a number below 1e308"):
        as_float(10**400, "size")


def test_json_that_is_broken_says_where_it_is() -> None:
    with pytest.raises(ValueError, match=r"items: expected a list, got text .* \(not JSON at line 2, column 4"):
        as_list("[1,\n 2 3]", "items")


@pytest.mark.parametrize(
    ("value", "commas", "items"),
    [
        (None, True, []),
        ("", True, []),
        ("  ", False, []),
        ("a", True, ["a"]),
        ("a, b ,,c", True, ["a", "b", "c"]),
        ("a, b ,c", False, ["a, b ,c"]),
        ("a\n\n b, c \n", True, ["a", "b, c"]),
        ('["a, b", 1]', False, ["a, b", 1]),
        ((1, 2), True, [1, 2]),
        (range(2), True, [0, 1]),
        (5, True, [5]),
        ({"a": 1}, True, [{"a": 1}]),
        (b"raw", True, [b"raw"]),
    ],
)
def test_a_list_is_understood_in_each_way_to_write_one(value: object, commas: bool, items: list[object]) -> None:
    assert as_items(value, "items", commas=commas) == items


def test_items_are_a_new_list() -> None:
    items = [1, 2]
    assert as_items(items) == items
    assert as_items(items) is not items


def test_text_that_begins_like_a_json_list_must_be_one() -> None:
    with pytest.raises(ValueError, match=r"^items: expected a list, got text '\[1,'"):
        as_items("[1,", "items")
