"""The nodes that make a dict, look into it, and give back a changed copy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.dicts import (
    create_dict,
    dict_get,
    dict_has_key,
    dict_items,
    dict_keys,
    dict_merge,
    dict_remove,
    dict_set,
    dict_values,
    get_property,
)

dicts = st.dictionaries(st.text(), st.integers() | st.none() | st.lists(st.integers()))
keys = st.text(min_size=1)

ONE_DICT: dict[str, Any] = {
    "get": dict_get,
    "set": lambda value: dict_set(value, "k", 1),
    "remove": dict_remove,
    "keys": dict_keys,
    "values": dict_values,
    "items": dict_items,
    "has": dict_has_key,
}


@pytest.mark.parametrize("body", ONE_DICT.values(), ids=ONE_DICT)
@pytest.mark.parametrize("value", ["a word", 5, [1]])
def test_what_is_no_dict_is_an_error_that_names_the_input(body: Any, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="dict: expected a dict, got "):
        body(value)


@pytest.mark.parametrize("body", ONE_DICT.values(), ids=ONE_DICT)
def test_nothing_counts_as_an_empty_dict(body: Any) -> None:
    assert body(None) == body({}) == body("") == body("{}")


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (("name", "Alice", "age", 30, "city", "NYC"), {}, {"name": "Alice", "age": 30, "city": "NYC"}),
        (("x", 100, "y", 200), {}, {"x": 100, "y": 200}),
        ((), {}, {}),
        (("", 1, "b"), {}, {"b": None}),
        (("a", 1, "a", 2), {}, {"a": 2}),
        ((7, [1]), {}, {"7": [1]}),
        (("a", 1), {"entries": {"d": 4}}, {"a": 1, "d": 4}),
        (("a", 1), {"entries": '{"a": 4}'}, {"a": 4}),
    ],
)
def test_create_dict_takes_the_pairs_that_have_a_key(arguments: Any, options: Any, expected: dict[str, Any]) -> None:
    assert create_dict(*arguments, **options) == expected


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ({"user": {"emails": [{"at": "x"}]}}, "user.emails[0].at", "x"),
        ({"a": {"b": None}}, "a.b", None),
        ({"a": 1}, "", {"a": 1}),
        ({"a": 1}, "b.c", None),
        ([{"n": 1}], "0.n", 1),
        ('[{"n": 1}]', "[0].n", 1),
        ('{"a": 2}', "a", 2),
        (None, "a", None),
    ],
)
def test_get_property_follows_a_path(source: Any, path: str, expected: Any) -> None:
    assert get_property(source, path) == expected


def test_get_property_gives_the_default_only_where_nothing_is() -> None:
    assert get_property({"a": None}, "a", default=5) is None
    assert get_property({"a": None}, "b", default=5) == 5
    assert get_property({"a": 1}, "__class__", default=5) == 5


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (({"name": "Alice"}, "name"), ("Alice", True)),
        (({"name": "Alice"}, "nix"), (None, False)),
        (({"name": "Alice"}, "nix", 0), (0, False)),
        (({"name": None}, "name", 0), (None, True)),
        (({"1": "one"}, 1), ("one", True)),
        (({"é": 1}, "é"), (1, True)),
    ],
)
def test_dict_get_gives_the_value_or_the_default(arguments: Any, expected: tuple[Any, bool]) -> None:
    assert dict_get(*arguments) == expected


@settings(max_examples=25)
@given(dicts, keys, st.integers())
def test_what_was_set_is_got_and_what_was_removed_is_gone(source: dict[str, Any], key: str, value: int) -> None:
    before = dict(source)
    changed = dict_set(source, key, value)
    assert dict_get(changed, key) == (value, True)
    assert dict_has_key(changed, key)
    without, removed = dict_remove(changed, key)
    assert removed == value
    assert not dict_has_key(without, key)
    assert without == {name: held for name, held in before.items() if name != key}
    assert source == before


def test_setting_without_a_key_is_an_error() -> None:
    with pytest.raises(ValueError, match="key: expected the name to set"):
        dict_set({}, "", 1)


def test_removing_a_key_that_is_not_there_is_an_error_only_when_asked_for() -> None:
    assert dict_remove({"a": 1}, "b") == ({"a": 1}, None)
    with pytest.raises(ValueError, match="key: there is no 'b' in the dict; it has a"):
        dict_remove({"a": 1}, "b", ignore_missing=False)


@pytest.mark.parametrize(
    ("first", "second", "options", "expected"),
    [
        ({"a": 1}, {"b": 2}, {}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 2}, {}, {"a": 2}),
        ({"a": 1}, {"a": 2}, {"overwrite": False}, {"a": 1}),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, {}, {"a": {"y": 2}}),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, {"deep_merge": True}, {"a": {"x": 1, "y": 2}}),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, {"deep_merge": True, "overwrite": False}, {"a": {"x": 1}}),
        ('{"a": 1}', None, {}, {"a": 1}),
        (None, None, {}, {}),
    ],
)
def test_dict_merge_lays_the_second_over_the_first(first: Any, second: Any, options: Any, expected: Any) -> None:
    assert dict_merge(first, second, **options) == expected


def test_dict_merge_names_the_dict_that_is_none() -> None:
    with pytest.raises(TypeError, match="dict_2: expected a dict, got list of 1"):
        dict_merge({}, [1])  # type: ignore[arg-type]


@settings(max_examples=25)
@given(dicts, dicts)
def test_merging_changes_neither_dict_and_the_second_wins(first: dict[str, Any], second: dict[str, Any]) -> None:
    before = dict(first), dict(second)
    merged = dict_merge(first, second)
    assert merged == first | second
    assert (first, second) == before
    assert dict_merge(first, second, overwrite=False) == second | first


@settings(max_examples=25)
@given(dicts)
def test_keys_values_and_items_describe_the_same_dict(source: dict[str, Any]) -> None:
    names, values, entries = dict_keys(source), dict_values(source), dict_items(source)
    assert dict(zip(names.keys, values.values, strict=True)) == source
    assert {entry["key"]: entry["value"] for entry in entries.items} == source
    assert names.number == values.number == entries.number == len(source)
