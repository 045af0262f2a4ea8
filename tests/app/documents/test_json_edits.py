"""Edits of JSON values make new values, and leave the old ones as they were."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.documents.json_edits import (
    Kind,
    Path,
    add_part,
    as_kind,
    kind_of,
    move_part,
    part_at,
    parts_in,
    place_of,
    remove_part,
    rename_part,
    replace_part,
)
from casare.app.documents.parameters import UNSET
from casare.foundation.errors import CasareError

LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=2)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("xyz", min_size=1, max_size=2), inner, max_size=4)
    ),
    max_leaves=12,
)
TREES = st.lists(VALUES, min_size=1, max_size=4) | st.dictionaries(st.text("xyz", max_size=2), VALUES, min_size=1)


def paths_in(value: Any, above: Path = ()) -> list[Path]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for step, part in steps for path in [(*above, step), *paths_in(part, (*above, step))]]


def written(value: Any) -> str:
    return json.dumps(value)


@given(TREES, st.data())
def test_no_edit_changes_the_value_it_is_made_of(value: Any, data: st.DataObject) -> None:
    before = copy.deepcopy(value)
    path = data.draw(st.sampled_from(paths_in(value)))
    replace_part(value, path, "fresh")
    remove_part(value, path)
    add_part(value, path[:-1], 0, "fresh")
    move_part(value, path, path[:-1], 0)
    assert written(value) == written(before)


@given(TREES, st.data())
def test_what_is_added_is_gone_after_it_is_removed(value: Any, data: st.DataObject) -> None:
    parents = [(), *(one for one in paths_in(value) if isinstance(part_at(value, one), (list, dict)))]
    parent = data.draw(st.sampled_from(parents))
    place = data.draw(st.integers(0, parts_in(part_at(value, parent))))
    fresh, path = add_part(value, parent, place, "new")
    assert part_at(fresh, path) == "new"
    assert place_of(fresh, path) == place
    assert written(remove_part(fresh, path)) == written(value)


@given(TREES, st.data())
def test_a_part_that_is_moved_is_the_same_part_elsewhere(value: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths_in(value)))
    parents = [(), *(one for one in paths_in(value) if isinstance(part_at(value, one), (list, dict)))]
    parent = data.draw(st.sampled_from([one for one in parents if one[: len(path)] != path]))
    place = data.draw(st.integers(0, parts_in(part_at(value, parent))))
    fresh, now = move_part(value, path, parent, place)
    assert part_at(fresh, now) == part_at(value, path)
    assert len(paths_in(fresh)) == len(paths_in(value))


@given(TREES, st.data())
def test_a_part_moved_among_its_neighbours_keeps_their_order(value: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths_in(value)))
    start = place_of(value, path)
    size = parts_in(part_at(value, path[:-1]))
    fresh, now = move_part(value, path, path[:-1], data.draw(st.integers(0, size)))
    back, _ = move_part(fresh, now, path[:-1], start + (1 if start > place_of(fresh, now) else 0))
    assert written(back) == written(value)


def test_what_is_beside_the_edit_is_shared() -> None:
    value = {"big": list(range(1000)), "small": {"a": 1}}
    fresh = replace_part(value, ("small", "a"), 2)
    assert fresh["big"] is value["big"]
    assert fresh["small"] == {"a": 2}


def test_a_key_keeps_its_place_when_it_gets_another_name() -> None:
    assert list(rename_part({"a": 1, "b": 2, "c": 3}, ("b",), "z").items()) == [("a", 1), ("z", 2), ("c", 3)]
    with pytest.raises(CasareError, match="There is a “c” already"):
        rename_part({"a": 1, "c": 3}, ("a",), "c")


def test_a_part_cannot_be_moved_into_itself() -> None:
    with pytest.raises(CasareError, match="into itself"):
        move_part({"a": {"b": {}}}, ("a",), ("a", "b"), 0)


def test_a_part_that_arrives_where_its_key_is_taken_gets_another_one() -> None:
    fresh, now = move_part({"a": 1, "in": {"a": 2}}, ("a",), ("in",), 1)
    assert fresh == {"in": {"a": 2, "a 2": 1}}
    assert now == ("in", "a 2")


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("12", Kind.NUMBER, 12),
        ("twelve", Kind.NUMBER, 0),
        (True, Kind.NUMBER, 1),
        (12, Kind.TEXT, "12"),
        (None, Kind.TEXT, ""),
        ({"a": 1}, Kind.TEXT, '{"a": 1}'),
        ('{"a": 1}', Kind.OBJECT, {"a": 1}),
        ("[1, 2]", Kind.LIST, [1, 2]),
        ("x", Kind.LIST, ["x"]),
        (None, Kind.LIST, []),
        ("", Kind.LIST, []),
        ({"a": 1, "b": 2}, Kind.LIST, [1, 2]),
        ([5, 6], Kind.OBJECT, {"0": 5, "1": 6}),
        ("false", Kind.BOOLEAN, False),
        ("", Kind.BOOLEAN, False),
        ("yes", Kind.BOOLEAN, True),
        ([1], Kind.NOTHING, None),
    ],
)
def test_a_value_becomes_another_kind_with_what_that_can_hold(value: Any, kind: Kind, expected: Any) -> None:
    made = as_kind(value, kind)
    assert made == expected
    assert type(made) is type(expected)


@given(VALUES, st.sampled_from(Kind))
def test_every_value_can_become_every_kind(value: Any, kind: Kind) -> None:
    assert kind_of(as_kind(value, kind)) is kind
    assert UNSET not in (as_kind(value, kind),)
