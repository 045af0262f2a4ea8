"""What arrives at a port becomes the text, number, list or dict that a node needs, or an error that says why not."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.nodes import coerce

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a", "a"), (None, ""), (0, "0"), (1.5, "1.5"), (True, "True"), ([1], "[1]"), ("ä€", "ä€")],
)
def test_as_text_keeps_texts_and_writes_the_rest(value: object, expected: str) -> None:
    assert coerce.as_text(value) == expected


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
    assert coerce.as_list(value, "list") == expected


@pytest.mark.parametrize("value", ["abc", "[1,", "[" * 100_000, '{"a": 1}', 5, {"a": 1}, b"ab"])
def test_as_list_names_the_input_that_is_no_list(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^items: expected a list, got "):
        coerce.as_list(value, "items")


@pytest.mark.parametrize(
    ("value", "expected"), [({"a": 1}, {"a": 1}), (None, {}), (" ", {}), ('{"a": [1]}', {"a": [1]})]
)
def test_as_dict_takes_dicts_json_and_nothing(value: object, expected: dict[str, object]) -> None:
    assert coerce.as_dict(value, "dict") == expected


@pytest.mark.parametrize("value", ["abc", "[1]", 5, [("a", 1)]])
def test_as_dict_names_the_input_that_is_no_dict(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^data: expected a dict, got "):
        coerce.as_dict(value, "data")


def test_a_reference_that_stayed_unresolved_is_called_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"list: expected a list, but \{\{sort.sorted\}\} refers to nothing"):
        coerce.as_list(" {{sort.sorted}} ", "list")


@given(st.lists(json_values))
def test_as_list_of_json_text_is_the_list_that_was_written(items: list[object]) -> None:
    assert coerce.as_list(json.dumps(items), "list") == items


@given(st.dictionaries(st.text(), json_values))
def test_as_dict_of_json_text_is_the_dict_that_was_written(entries: dict[str, object]) -> None:
    assert coerce.as_dict(json.dumps(entries), "dict") == entries


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), (2.5, 2.5), ("42", 42), (" -7 ", -7), ("1.50", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), (True, 1)],
)
def test_as_number_reads_numbers_and_numeric_text(value: object, expected: float) -> None:
    number = coerce.as_number(value, "a")
    assert number == expected
    assert type(number) in (type(expected), bool)


@pytest.mark.parametrize(
    "value", ["", "abc", "1,5", "1_000", "nan", "inf", "0x10", "٣", "9" * 401, "1e999", None, [1], Fraction(1, 2)]
)
def test_as_number_names_the_input_that_is_no_finite_number(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^a: expected a (finite )?number, got "):
        coerce.as_number(value, "a")


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_as_number_reads_back_what_python_writes(number: float) -> None:
    assert coerce.as_number(str(number), "a") == number


@pytest.mark.parametrize(("value", "expected"), [(3, 3), ("3", 3), (3.0, 3), ("-3.0", -3), ("1e2", 100)])
def test_as_integer_takes_whole_numbers_in_any_dress(value: object, expected: int) -> None:
    integer = coerce.as_integer(value, "index")
    assert integer == expected
    assert type(integer) is int


def test_as_integer_refuses_a_fraction() -> None:
    with pytest.raises(ValueError, match=r"index: expected a whole number, got number 2\.5"):
        coerce.as_integer(2.5, "index")


@pytest.mark.parametrize(("value", "expected"), [(None, None), ("", None), (0, 0), ("7", 7)])
def test_as_index_tells_nothing_from_zero(value: object, expected: int | None) -> None:
    assert coerce.as_index(value, "end") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        (0, False),
        (None, False),
        ("true", True),
        (" No ", False),
        ("", False),
        ("1", True),
        ("OFF", False),
    ],
)
def test_as_flag_reads_the_words_for_yes_and_no(value: object, expected: bool) -> None:
    assert coerce.as_flag(value, "reverse") is expected


def test_as_flag_refuses_a_word_that_is_neither() -> None:
    with pytest.raises(ValueError, match="reverse: expected true or false, got text 'maybe'"):
        coerce.as_flag("maybe", "reverse")


def test_as_choice_ignores_case_and_follows_other_words() -> None:
    assert coerce.as_choice(" LEFT ", ("left", "right"), "mode") == "left"
    assert coerce.as_choice("get", ("GET", "POST"), "method") == "GET"
    assert coerce.as_choice("both", ("left", "center"), "mode", {"both": "center"}) == "center"


def test_as_choice_lists_what_is_possible() -> None:
    with pytest.raises(ValueError, match="mode: expected one of left, right; got text 'up'"):
        coerce.as_choice("up", ("left", "right"), "mode")


def test_shown_keeps_a_message_short() -> None:
    assert coerce.shown(None) == "nothing"
    assert coerce.shown([1, 2, 3]) == "list of 3"
    assert len(coerce.shown("x" * 1_000_000)) < 60
