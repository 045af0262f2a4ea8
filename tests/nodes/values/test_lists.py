"""The nodes that make a list, look into it, and put it in another order or shape."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values.lists import (
    create_list,
    list_append,
    list_contains,
    list_flatten,
    list_get_item,
    list_join,
    list_length,
    list_reverse,
    list_slice,
    list_sort,
    list_unique,
)

items_of_any_kind = st.lists(st.none() | st.integers() | st.text() | st.booleans() | st.lists(st.integers()))
PEOPLE = [{"n": "Bo", "age": 30, "at": {"city": "B"}}, {"n": "Al", "age": 9, "at": {"city": "A"}}, {"n": "Cy"}]

NO_LIST: dict[str, Any] = {
    "get": list_get_item,
    "length": list_length,
    "append": list_append,
    "contains": list_contains,
    "slice": list_slice,
    "join": list_join,
    "sort": list_sort,
    "reverse": list_reverse,
    "unique": list_unique,
    "flatten": list_flatten,
}


@pytest.mark.parametrize("body", NO_LIST.values(), ids=NO_LIST)
@pytest.mark.parametrize("value", ["just a word", 5, {"a": 1}])
def test_what_is_no_list_is_an_error_that_names_the_input(body: Any, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="list: expected a list, got "):
        body(value)


@pytest.mark.parametrize(
    "body", [b for k, b in NO_LIST.items() if k not in ("length", "contains")], ids=lambda body: body.__name__
)
def test_the_list_that_went_in_stays_as_it_was(body: Any) -> None:
    given_list = [3, [1], 2, 2]
    body(given_list)
    assert given_list == [3, [1], 2, 2]


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (
            ("apple", "banana", "cherry"),
            {"item_4": "date", "item_5": "elderberry"},
            ["apple", "banana", "cherry", "date", "elderberry"],
        ),
        ((), {}, []),
        ((None, 0, ""), {}, [0, ""]),
        (([1], None, {"a": 1}), {}, [[1], {"a": 1}]),
        ((1,), {"item_10": 10, "items": [11, 12]}, [1, 10, 11, 12]),
        ((1,), {"items": "[2]"}, [1, 2]),
    ],
)
def test_create_list_takes_the_items_that_are_given(arguments: Any, options: Any, expected: list[Any]) -> None:
    assert create_list(*arguments, **options) == expected


@pytest.mark.parametrize(
    ("items", "index", "expected"),
    [
        ([1, 2, 3], 0, 1),
        ([1, 2, 3], -1, 3),
        ([1, 2, 3], "1", 2),
        ('["a"]', 0, "a"),
        ((1, 2), 1, 2),
        ([None], None, None),
    ],
)
def test_list_get_item_takes_one_by_place(items: Any, index: Any, expected: Any) -> None:
    assert list_get_item(items, index) == expected


@pytest.mark.parametrize(("items", "index"), [([1, 2], 2), ([1, 2], -3), ([], 0), (None, 0)])
def test_a_place_outside_the_list_is_an_error_or_the_default(items: Any, index: int) -> None:
    with pytest.raises(ValueError, match=rf"index: there is no item {index} in a list of {len(items or [])}"):
        list_get_item(items, index)
    assert list_get_item(items, index, default_value="none") == "none"


def test_a_place_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="index: expected a number, got text 'first'"):
        list_get_item([1], "first")  # type: ignore[arg-type]


@pytest.mark.parametrize(("items", "expected"), [([1, None], 2), (None, 0), ("", 0), ("[1, 2, 3]", 3), ([[]], 1)])
def test_list_length_counts(items: Any, expected: int) -> None:
    assert list_length(items) == expected


@pytest.mark.parametrize(
    ("items", "item", "options", "expected"),
    [
        ([1], 2, {}, [1, 2]),
        (None, "a", {}, ["a"]),
        ([1], [2, 3], {}, [1, [2, 3]]),
        ([1], [2, 3], {"extend": True}, [1, 2, 3]),
        ([1], "[2, 3]", {"extend": "true"}, [1, 2, 3]),
        ([1], None, {}, [1, None]),
    ],
)
def test_list_append_adds_at_the_end(items: Any, item: Any, options: Any, expected: list[Any]) -> None:
    assert list_append(items, item, **options) == expected


@pytest.mark.parametrize(
    ("items", "item", "expected"),
    [
        (["a", "b"], "b", (True, 1)),
        ([1, 2], "2", (True, 1)),
        (["2", 2], 2, (True, 1)),
        ([1], "x", (False, -1)),
        ([], None, (False, -1)),
        ([None], None, (True, 0)),
        ([[1]], [1], (True, 0)),
        ([True], "true", (True, 0)),
    ],
)
def test_list_contains_tells_whether_and_where(items: Any, item: Any, expected: tuple[bool, int]) -> None:
    assert list_contains(items, item) == expected


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (([1, 2, 3, 4], 1, 3), {}, [2, 3]),
        (([1, 2, 3, 4],), {}, [1, 2, 3, 4]),
        (([1, 2, 3, 4], -2), {}, [3, 4]),
        (([1, 2, 3, 4], 0, -1), {}, [1, 2, 3]),
        (([1, 2, 3, 4], "1", "9"), {}, [2, 3, 4]),
        (([1, 2, 3, 4], None, ""), {"step": 2}, [1, 3]),
        (([1, 2, 3, 4],), {"step": -1}, [4, 3, 2, 1]),
        (([1, 2, 3, 4], 2), {"step": -1}, [3, 2, 1]),
        ((None, 0, 2), {}, []),
    ],
)
def test_list_slice_cuts_by_place(arguments: Any, options: Any, expected: list[int]) -> None:
    assert list_slice(*arguments, **options) == expected


def test_a_step_of_zero_is_an_error() -> None:
    with pytest.raises(ValueError, match="step: expected a whole number other than 0"):
        list_slice([1], step=0)


@settings(max_examples=40)
@given(items_of_any_kind, st.integers(-5, 5))
def test_the_parts_before_and_after_a_place_make_the_list(items: list[Any], place: int) -> None:
    assert list_slice(items, 0, place) + list_slice(items, place) == items


@pytest.mark.parametrize(
    ("items", "separator", "expected"),
    [([1, "a", None], "-", "1-a-"), (["a", "b"], ", ", "a, b"), ([], ",", ""), ("[1,2]", "", "12"), (["é"], ",", "é")],
)
def test_list_join_makes_a_text(items: Any, separator: str, expected: str) -> None:
    assert list_join(items, separator) == expected


def test_list_join_puts_a_comma_and_a_space_between_by_default() -> None:
    assert list_join([1, 2]) == "1, 2"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (([3, 1, 2],), [1, 2, 3]),
        (([3, 1, 2], True), [3, 2, 1]),
        ((["b", "a"], "true"), ["b", "a"]),
        (([2, "a", None, 1.5],), [1.5, 2, "a", None]),
        ((["ä", "z", "a"],), ["a", "z", "ä"]),
        (("[2, 1]",), [1, 2]),
        ((None,), []),
    ],
)
def test_list_sort_puts_in_order(arguments: Any, expected: list[Any]) -> None:
    assert list_sort(*arguments) == expected


@pytest.mark.parametrize(
    ("path", "names"), [("n", "AlBoCy"), ("age", "AlBoCy"), ("at.city", "AlBoCy"), ("zzz", "BoAlCy")]
)
def test_list_sort_by_a_path_puts_what_lacks_it_last_and_keeps_ties(path: str, names: str) -> None:
    assert "".join(person["n"] for person in list_sort(PEOPLE, False, path)) == names


@settings(max_examples=40)
@given(items_of_any_kind, st.booleans())
def test_sorting_gives_the_same_items_and_twice_is_once(items: list[Any], reverse: bool) -> None:
    result = list_sort(items, reverse)
    assert Counter(map(repr, result)) == Counter(map(repr, items))
    assert list_sort(result, reverse) == result


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers())))
def test_sorting_keeps_equal_items_in_their_order_both_ways(pairs: list[tuple[int, int]]) -> None:
    rows = [{"k": k, "place": place} for place, (k, _) in enumerate(pairs)]
    for reverse in (False, True):
        assert list_sort(rows, reverse, "k") == sorted(rows, key=lambda row: row["k"], reverse=reverse)


@settings(max_examples=20)
@given(items_of_any_kind)
def test_reversing_a_list_twice_gives_the_list(items: list[Any]) -> None:
    assert list_reverse(list_reverse(items)) == items
    assert list_reverse(items) == list(reversed(items))


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([1, 2, 1, 3, 2], [1, 2, 3]),
        ([1, True, 0, False], [1, True, 0, False]),
        ([{"a": 1}, {"a": 1}, [1], [1]], [{"a": 1}, [1]]),
        ([None, None, ""], [None, ""]),
        (["a", "A"], ["a", "A"]),
        (None, []),
    ],
)
def test_list_unique_keeps_the_first_of_each(items: Any, expected: list[Any]) -> None:
    result = list_unique(items)
    assert result == expected
    assert [type(item) for item in result] == [type(item) for item in expected]


@settings(max_examples=40)
@given(items_of_any_kind)
def test_unique_items_stay_in_order_and_none_is_lost(items: list[Any]) -> None:
    result = list_unique(items)
    assert list_unique(result) == result
    assert all(item in result for item in items)
    places = [next(place for place, other in enumerate(items) if other is item) for item in result]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("items", "depth", "expected"),
    [
        ([1, [2, [3, [4]]]], 1, [1, 2, [3, [4]]]),
        ([1, [2, [3, [4]]]], "2", [1, 2, 3, [4]]),
        ([1, [2, [3, [4]]]], -1, [1, 2, 3, 4]),
        ([1, [2]], 0, [1, [2]]),
        (["ab", {"a": [1]}, (5,)], 1, ["ab", {"a": [1]}, 5]),
        ([[], [[]]], -1, []),
        (None, 1, []),
    ],
)
def test_list_flatten_opens_so_many_levels(items: Any, depth: Any, expected: list[Any]) -> None:
    assert list_flatten(items, depth) == expected


def test_a_list_that_contains_itself_is_an_error_not_a_crash() -> None:
    circle: list[Any] = [1]
    circle.append(circle)
    with pytest.raises(ValueError, match="nested deeper than 100 levels; does it contain itself"):
        list_flatten(circle, -1)


@pytest.mark.parametrize("depth", [-2, 101])
def test_a_depth_past_the_limits_is_an_error(depth: int) -> None:
    with pytest.raises(ValueError, match="depth: expected -1 to 100 levels"):
        list_flatten([1], depth)
