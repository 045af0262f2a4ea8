"""Values that arrive as something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.sdk import NodeError, as_dict, as_float, as_integer, as_list, as_text, as_truth


@pytest.mark.parametrize("word", ["", "  ", "false", "False", "NO", "off", "0", "0.0", "null", "None", "n"])
def test_words_for_no_are_false(word: str) -> None:
    assert as_truth(word) is False


@pytest.mark.parametrize("word", ["true", "True", "YES", "on", "1", "2.5", "-1", "anything else"])
def test_words_for_yes_and_other_text_are_true(word: str) -> None:
    assert as_truth(word) is True


@pytest.mark.parametrize(
    ("value", "truth"), [(None, False), (0, False), ([], False), ({}, False), ([0], True), (3, True)]
)
def test_values_that_are_not_text_count_as_python_counts_them(value: object, truth: bool) -> None:
    assert as_truth(value) is truth


def test_a_reference_nothing_has_replaced_is_an_error_and_not_true() -> None:
    with pytest.raises(NodeError, match="flag"):
        as_truth(" {{flag}} ")


@given(st.integers())
def test_every_whole_number_survives_the_way_through_text(number: int) -> None:
    assert as_integer(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives_the_way_through_text(number: float) -> None:
    assert as_float(str(number)) == number


@pytest.mark.parametrize("value", ["two", "2.5", 2.5, "nan", "inf", None, [], {}])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(NodeError, match="not a whole number"):
        as_integer(value)


@pytest.mark.parametrize("value", ["two", "nan", None, [], 10**400])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(NodeError, match="not a number"):
        as_float(value)


def test_a_float_without_a_fraction_is_a_whole_number() -> None:
    assert as_integer(2.0) == 2
    assert as_integer("2.0") == 2
    assert as_integer(True) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (1.5, "1.5"), (["é", 1], '["é", 1]'), ({"a": None}, '{"a": null}'), (b"x", "x")],
)
def test_text_of_a_value_is_what_a_person_would_write(value: object, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "items"),
    [(None, []), ("[1, 2]", [1, 2]), ("[1, 2", ["[1, 2"]), ("ab", ["ab"]), ({"a": 1}, [1]), ((1, 2), [1, 2]), (5, [5])],
)
def test_a_list_is_made_of_what_can_be_gone_through(value: object, items: list[object]) -> None:
    assert as_list(value) == items


def test_a_dictionary_is_read_from_json_text_and_refused_from_a_number() -> None:
    assert as_dict('{"a": 1}') == {"a": 1}
    assert as_dict(None) == {}
    with pytest.raises(NodeError, match="not a dictionary"):
        as_dict(5)
