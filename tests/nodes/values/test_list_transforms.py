"""Filter, map and reduce."""

from __future__ import annotations

import typing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values import list_transforms
from casare.nodes.values.list_transforms import REDUCTIONS, TRANSFORMS, list_filter, list_map, list_reduce
from casare.sdk import declared_types

ROWS = [{"n": "a", "v": 5}, {"n": "b", "v": None}, {"n": "c", "v": 50}]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (([1, None, 0, ""],), [1, 0, ""]),
        (([1, None], "is_none"), [None]),
        ((["a", "b"], "equals", "a"), ["a"]),
        (([1, 2], "equals", "2"), [2]),
        (([1, 2], "not_equals", 2), [1]),
        (([1, 5, None, 9], "greater_than", 4), [5, 9]),
        (([1, 5, 9], ">=", "5"), [5, 9]),
        (([1, 5, 9], "less_than", 5), [1]),
        (([1, 5, 9], "less_or_equal", 5), [1, 5]),
        ((["abc", "xyz", None], "contains", "b"), ["abc"]),
        ((["abc", "xyz"], "not_contains", "b"), ["xyz"]),
        ((["abc", "xyz"], "starts_with", "x"), ["xyz"]),
        ((["abc", "xyz"], "ends_with", "c"), ["abc"]),
        ((["a1", "b"], "matches", r"\d"), ["a1"]),
        (([1, 2, 3], "in", [1, 3]), [1, 3]),
        (([1, 2, 3], "not_in", "[1, 3]"), [2]),
        ((["", [], 0, "x"], "is_empty"), ["", []]),
        ((["", [], 0, "x"], "is_not_empty"), [0, "x"]),
        (([True, "false", 1, 0], "is_true"), [True, 1]),
        (([True, "false", 1, 0], "is_false"), ["false", 0]),
        (([True, "false", 1, 0], "is_truthy"), [True, "false", 1]),
        (([True, "false", 1, 0], "is_falsy"), [0]),
        ((ROWS, "greater_than", 4, "v"), [ROWS[0], ROWS[2]]),
        ((ROWS, "is_none", None, "v"), [ROWS[1]]),
        ((None,), []),
        (("[1, null]",), [1]),
    ],
)
def test_list_filter_keeps_what_meets_the_condition(arguments: Any, kept: list[Any]) -> None:
    result = list_filter(*arguments)
    assert result.result == kept
    assert [type(item) for item in result.result] == [type(item) for item in kept]


@settings(max_examples=40)
@given(st.lists(st.none() | st.integers()), st.sampled_from([">", "<", "==", "is_none", "is_true"]))
def test_filtering_loses_no_item_and_keeps_their_order(items: list[Any], condition: Any) -> None:
    kept, removed = list_filter(items, condition, 3)
    rest = iter(items)
    assert all(any(item is other for other in rest) for item in kept)
    assert sorted(map(str, kept + removed)) == sorted(map(str, items))


def test_an_item_without_an_order_is_named_by_its_place() -> None:
    with pytest.raises(TypeError, match=r"list, item 1: cannot tell which is greater: list of 0 or number 3"):
        list_filter([5, []], "greater_than", 3)


def test_an_unknown_condition_is_an_error() -> None:
    with pytest.raises(ValueError, match="condition: expected one of"):
        list_filter([1], "smells_like")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (([1, None, "a", True],), ["1", "", "a", "true"]),
        (([1.9, "2", "-3.7", None], "to_int"), [1, 2, -3, 0]),
        (([1, "2.5", None], "to_float"), [1.0, 2.5, 0.0]),
        ((["yes", 0, None], "to_bool"), [True, False, False]),
        ((["aß", None], "to_upper"), ["ASS", ""]),
        ((["ÄB"], "lower"), ["äb"]),
        ((["a b"], "title"), ["A B"]),
        (([" a ", 5], "trim"), ["a", "5"]),
        ((["abc", [1, 2], {}, None, 1234], "length"), [3, 2, 0, 0, 4]),
        ((ROWS, "get_property", "n"), ["a", "b", "c"]),
        ((ROWS, "to_string", "v"), ["5", "", "50"]),
        (([{"a": [1, 2]}, {}], "get_property", "a[1]"), [2, None]),
        (([-1, "2"], "absolute"), [1, 2]),
        (([-1, "2"], "negate"), [1, -2]),
        (([1.4, "2.6"], "round"), [1, 3]),
        (([{"a": 1}], "to_json"), ['{"a": 1}']),
        ((['{"a": 1}', "2"], "parse_json"), [{"a": 1}, 2]),
        (([], "to_int"), []),
        ((None, "to_int"), []),
    ],
)
def test_list_map_changes_every_item(arguments: Any, expected: list[Any]) -> None:
    result = list_map(*arguments)
    assert result == expected
    assert [type(item) for item in result] == [type(item) for item in expected]


@pytest.mark.parametrize(
    ("items", "transform", "match"),
    [
        ([1, "x"], "to_int", "list, item 1: to_int: expected a number, got text 'x'"),
        ([[]], "to_float", "list, item 0: to_float: expected a number, got list of 0"),
        (["perhaps"], "to_bool", "list, item 0: to_bool: expected true or false"),
        (["{"], "parse_json", "list, item 0: parse_json: not JSON at line 1"),
        ([1], "explode", "transform: expected one of get_property, to_string"),
    ],
)
def test_an_item_that_cannot_be_changed_is_named_by_its_place(items: Any, transform: Any, match: str) -> None:
    with pytest.raises((ValueError, TypeError), match=match):
        list_map(items, transform)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (([1, 2, 3],), 6),
        (([1, "2.5", None],), 3.5),
        (([1, 2], "sum", "", 10), 13),
        (([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], "sum"), 2.8),
        (([10**30, 1], "sum"), 10**30 + 1),
        (([2, 3, "4"], "product"), 24),
        (([2], "product", "", "5"), 10),
        (([3, 1, None, 2], "min"), 1),
        ((["b", "a"], "max"), "b"),
        (([1, 2], "avg"), 1.5),
        (([0.1] * 10, "mean"), 0.1),
        (([1, None, ""], "count"), 2),
        ((["a", 1, None], "join", "", "-"), "a-1"),
        ((["a", "b"], "join"), "ab"),
        (([None, 1, 2], "first"), 1),
        (([1, 2, None], "last"), 2),
        (([[1], 2, [3]], "concat"), [1, 2, 3]),
        (([[1]], "concat", "", [0]), [0, 1]),
        ((ROWS, "sum", "v"), 55),
        ((ROWS, "count", "v"), 2),
        ((ROWS, "last", "n"), "c"),
        ((None,), 0),
        (([], "product"), 1),
        (([], "avg"), None),
        (([], "min"), None),
        (([], "max", "", 7), 7),
        (([], "first", "", "none"), "none"),
        (([], "join"), ""),
        (([], "count"), 0),
        (("[1, 2]", "average"), 1.5),
    ],
)
def test_list_reduce_makes_one_value(arguments: Any, expected: Any) -> None:
    result = list_reduce(*arguments)
    assert result == expected
    assert type(result) is type(expected)


def test_an_item_that_is_no_number_is_named_by_its_place() -> None:
    with pytest.raises(ValueError, match="list, item 1: expected a number, got text 'x'"):
        list_reduce([1, "x"])


@pytest.mark.parametrize(
    ("items", "operation", "match"),
    [
        ([1e308, 1e308], "sum", "sum: the result is too large"),
        ([10**3000, 10**3000], "product", "multiply: the result is too large"),
        ([10] * 10_000, "product", "multiply: the result is too large"),
        ([10**3000], "avg", "avg: the numbers are too large"),
        ([1e308, 1e308], "avg", "avg: the numbers are too large"),
    ],
)
def test_a_result_too_large_is_an_error(items: Any, operation: Any, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        list_reduce(items, operation)


@settings(max_examples=40)
@given(st.lists(st.integers(-(2**40), 2**40), min_size=1))
def test_reductions_agree_with_each_other(numbers: list[int]) -> None:
    assert list_reduce(numbers, "avg") * len(numbers) == pytest.approx(list_reduce(numbers))
    assert list_reduce(numbers, "min") <= list_reduce(numbers, "avg") <= list_reduce(numbers, "max")
    assert list_reduce(numbers, "first") == list_reduce(numbers[::-1], "last")


def test_every_choice_that_is_offered_is_understood() -> None:
    types = {declared.id: declared for declared in declared_types(list_transforms)}
    assert set(types["ListMapNode"].param("transform").choices) == set(TRANSFORMS)  # type: ignore[union-attr]
    assert set(types["ListReduceNode"].param("operation").choices) == set(REDUCTIONS)  # type: ignore[union-attr]
    for condition in typing.cast(Any, types["ListFilterNode"].param("condition")).choices:
        assert isinstance(list_filter(["a"], condition, "a").result, list)
