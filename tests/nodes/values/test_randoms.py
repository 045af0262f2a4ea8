from __future__ import annotations

import string
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.randoms import random_choice, random_number, random_string, random_uuid, shuffle_list

BOUNDS = st.floats(-1e9, 1e9)


@settings(max_examples=50)
@given(low=BOUNDS, high=BOUNDS)
def test_a_number_lies_between_its_bounds_in_either_order(low: float, high: float) -> None:
    assert min(low, high) <= random_number(low, high) <= max(low, high)


@settings(max_examples=50)
@given(low=st.integers(-1000, 1000), width=st.integers(0, 5))
def test_a_whole_number_is_whole_and_inside(low: int, width: int) -> None:
    number = random_number(low, low + width, integer_only=True)
    assert isinstance(number, int)
    assert low <= number <= low + width


def test_both_ends_can_come() -> None:
    assert {random_number(1, 2, integer_only=True, seed=seed) for seed in range(50)} == {1, 2}


@pytest.mark.parametrize(
    ("low", "high", "numbers"),
    [("1", "3", {1, 2, 3}), (0.5, 2.5, {1, 2}), (-1.5, -0.5, {-1}), (7, 7, {7}), (-0.5, 0.5, {0})],
)
def test_whole_numbers_come_from_inside_the_bounds(low: Any, high: Any, numbers: set[int]) -> None:
    assert {random_number(low, high, integer_only=True, seed=seed) for seed in range(80)} == numbers


def test_bounds_without_a_whole_number_are_refused() -> None:
    with pytest.raises(ValueError, match=r"no whole number between min_value 0\.2 and max_value 0\.8"):
        random_number(0.2, 0.8, integer_only=True)


@pytest.mark.parametrize(("low", "name"), [("abc", "min_value"), (float("nan"), "min_value"), (None, "min_value")])
def test_a_bound_that_is_no_number_is_named(low: Any, name: str) -> None:
    with pytest.raises((TypeError, ValueError), match=name):
        random_number(low, 1)


def test_without_bounds_the_number_is_from_0_to_100() -> None:
    assert 0 <= random_number() <= 100


@settings(max_examples=30)
@given(items=st.lists(st.integers(), min_size=1))
def test_a_choice_is_the_item_at_its_index(items: list[int]) -> None:
    chosen = random_choice(items)
    assert items[chosen.position] == chosen.result


@settings(max_examples=40)
@given(items=st.lists(st.integers(), min_size=1, unique=True), count=st.integers(2, 8), again=st.booleans())
def test_several_choices_are_as_many_as_asked_and_from_the_list(items: list[int], count: int, again: bool) -> None:
    chosen = random_choice(items, count=count, allow_duplicates=again)
    assert chosen.position == -1
    assert set(chosen.result) <= set(items)
    assert len(chosen.result) == (count if again else min(count, len(items)))
    assert again or len(set(chosen.result)) == len(chosen.result)


@pytest.mark.parametrize(
    ("items", "among"),
    [
        (["a", "b"], ["a", "b"]),
        ('["a", "b"]', ["a", "b"]),
        ("a, b", ["a", "b"]),
        ("a\nb\n", ["a", "b"]),
        ("alone", ["alone"]),
        ((1, 2), [1, 2]),
        (range(2), [0, 1]),
    ],
)
def test_a_list_may_be_written_in_many_ways(items: Any, among: list[Any]) -> None:
    assert random_choice(items).result in among
    assert sorted(shuffle_list(items)) == among


@pytest.mark.parametrize(
    ("items", "settings", "error"),
    [
        ([], {}, ValueError),
        ("", {}, ValueError),
        (None, {}, ValueError),
        ("[1,", {}, ValueError),
        ('["a"', {}, ValueError),
        (["a"], {"count": 0}, ValueError),
        (["a"], {"count": "1.5"}, ValueError),
    ],
)
def test_a_choice_that_cannot_be_made_is_refused(items: Any, settings: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        random_choice(items, **settings)


@pytest.mark.parametrize(
    ("settings", "alphabet"),
    [
        ({}, string.ascii_letters + string.digits),
        ({"include_uppercase": False, "include_lowercase": False}, string.digits),
        ({"include_digits": "false", "include_lowercase": False}, string.ascii_uppercase),
        ({"include_special": True, "include_uppercase": False, "include_lowercase": False, "include_digits": False},
         string.punctuation),
        ({"custom_chars": "äö"}, "äö"),
    ],
)  # fmt: skip
def test_a_text_uses_the_characters_asked_for_and_no_other(settings: dict[str, Any], alphabet: str) -> None:
    text = random_string(2000, **settings)
    assert len(text) == 2000
    assert set(text) == set(alphabet)


@pytest.mark.parametrize(("length", "size"), [(0, 0), ("10", 10), (10.0, 10)])
def test_a_text_is_as_long_as_asked(length: Any, size: int) -> None:
    assert len(random_string(length)) == size


def test_a_text_without_a_length_has_eight_characters() -> None:
    assert len(random_string()) == 8


@pytest.mark.parametrize("length", [-1, 1_000_001, "long", 2.5])
def test_a_length_out_of_range_is_refused(length: Any) -> None:
    with pytest.raises(ValueError, match="length"):
        random_string(length)


def test_a_text_of_no_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="no character to use"):
        random_string(5, include_uppercase=False, include_lowercase=False, include_digits=False)


@pytest.mark.parametrize("version", [1, 4, "1", "4"])
def test_a_uuid_is_of_its_version_in_every_format(version: Any) -> None:
    assert uuid.UUID(random_uuid(version=version)).version == int(version)
    assert uuid.UUID(hex=random_uuid(version=version, format="hex")).version == int(version)
    assert random_uuid(version=version, format="urn").startswith("urn:uuid:")


@pytest.mark.parametrize("settings", [{"version": 7}, {"version": "x"}, {"format": "short"}])
def test_a_uuid_of_no_known_kind_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        random_uuid(**settings)


@settings(max_examples=30)
@given(items=st.lists(st.integers()))
def test_shuffling_keeps_every_item_and_the_list_that_came_in(items: list[int]) -> None:
    before = list(items)
    assert sorted(shuffle_list(items)) == sorted(before)
    assert items == before


@settings(max_examples=30)
@given(seed=st.integers() | st.integers().map(str))
def test_the_same_seed_gives_the_same_values(seed: Any) -> None:
    things = list(range(30))
    assert random_number(0, 1, seed=seed) == random_number(0, 1, seed=seed)
    assert random_choice(things, seed=seed) == random_choice(things, seed=seed)
    assert random_string(20, seed=seed) == random_string(20, seed=seed)
    assert random_uuid(seed=seed) == random_uuid(seed=seed)
    assert shuffle_list(things, seed=seed) == shuffle_list(things, seed=seed)


@pytest.mark.parametrize("seed", [None, ""])
def test_without_a_seed_values_differ(seed: Any) -> None:
    assert len({random_uuid(seed=seed) for _ in range(20)}) == 20
    assert len({random_string(20, seed=seed) for _ in range(20)}) == 20
