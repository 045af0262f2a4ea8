"""Nodes that go through a list item by item: filter, map, reduce."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.inputs import ListInput
from casare.nodes.values.comparison import Test, test_named
from casare.nodes.values.key_path import value_at
from casare.nodes.values.lists import KeyPath
from casare.nodes.values.maths import calculate
from casare.nodes.values.ordering import sort_key
from casare.sdk import Cost, Out, Param, as_choice, as_flag, as_list, as_number, as_text, node, parse_json, write_json

Items = list[Any]

_ORDERINGS = tuple(test_named(word, "condition") for word in ("<", "<=", ">", ">="))


class Filtered(NamedTuple):
    """The items for which the condition holds, and the others."""

    result: Annotated[list[Any], Out(aliases=("list", "filtered", "filtered_list"))]
    removed: list[Any]


@node(
    "ListFilterNode",
    title="Filter list",
    category="data",
    icon="list-filter",
    cost=Cost(4, 0.1, 0.5),
    headline="{condition} {value}",
    keywords=("where", "select", "keep", "remove", "array"),
    pure=True,
)
def list_filter(
    list: ListInput = None,
    condition: Annotated[
        Literal[
            "is_not_none", "is_none", "equals", "not_equals", "greater_than", "greater_or_equal", "less_than",
            "less_or_equal", "contains", "not_contains", "starts_with", "ends_with", "matches", "in", "not_in",
            "is_empty", "is_not_empty", "is_true", "is_false", "is_truthy", "is_falsy",
        ],
        Param(help="What must hold for an item to be kept; symbols such as > work too."),
    ] = "is_not_none",
    value: Annotated[Any, Param(help="What the items are compared with.")] = None,
    key_path: KeyPath = "",
) -> Filtered:  # fmt: skip
    """Keep the items of a list that meet a condition, and give the others apart.

    An item that is empty is never greater or less than anything.
    """
    items, test = as_list(list, "list"), test_named(condition, "condition")
    result: Items = []
    removed: Items = []
    for place, item in enumerate(items):
        (result if _holds(test, value_at(item, key_path), value, place) else removed).append(item)
    return Filtered(result, removed)


def _holds(test: Test, item: Any, value: Any, place: int) -> bool:
    if item is None and test in _ORDERINGS:
        return False
    try:
        return test(item, value)
    except TypeError as error:
        raise TypeError(f"list, item {place}: {error}") from None


def _to_integer(value: Any) -> int:
    return 0 if value is None else math.trunc(as_number(value, "to_int"))


def _to_number(value: Any) -> float:
    return 0.0 if value is None else float(as_number(value, "to_float"))


def _length(value: Any) -> int:
    if value is None:
        return 0
    return len(value) if hasattr(value, "__len__") else len(as_text(value))


TRANSFORMS: dict[str, Callable[[Any], Any]] = {
    "get_property": lambda value: value,
    "to_string": as_text,
    "to_int": _to_integer,
    "to_float": _to_number,
    "to_bool": lambda value: as_flag(value, "to_bool"),
    "to_upper": lambda value: as_text(value).upper(),
    "to_lower": lambda value: as_text(value).lower(),
    "to_title": lambda value: as_text(value).title(),
    "trim": lambda value: as_text(value).strip(),
    "length": _length,
    "absolute": lambda value: abs(as_number(value, "absolute")),
    "negate": lambda value: -as_number(value, "negate"),
    "round": lambda value: round(as_number(value, "round")),
    "to_json": lambda value: write_json(value, "to_json"),
    "parse_json": lambda value: parse_json(as_text(value), "parse_json"),
}
_TRANSFORM_WORDS = {
    "string": "to_string", "text": "to_string", "to_text": "to_string", "str": "to_string",
    "int": "to_int", "integer": "to_int", "to_integer": "to_int",
    "float": "to_float", "number": "to_float", "to_number": "to_float",
    "bool": "to_bool", "boolean": "to_bool", "upper": "to_upper", "uppercase": "to_upper", "lower": "to_lower",
    "lowercase": "to_lower", "title": "to_title", "strip": "trim", "len": "length", "abs": "absolute",
    "property": "get_property", "json": "to_json", "from_json": "parse_json",
}  # fmt: skip


@node(
    "ListMapNode",
    title="Map list",
    category="data",
    icon="list-tree",
    cost=Cost(4, 0.1, 0.5),
    headline="transform",
    keywords=("convert", "each", "apply", "pluck", "column", "array"),
    pure=True,
)
def list_map(
    list: ListInput = None,
    transform: Annotated[
        Literal[
            "to_string", "to_int", "to_float", "to_bool", "to_upper", "to_lower", "to_title", "trim", "length",
            "get_property", "absolute", "negate", "round", "to_json", "parse_json",
        ],
        Param(help="What to do with each item; get_property takes what the key path leads to."),
    ] = "to_string",
    key_path: KeyPath = "",
) -> Annotated[list[Any], Out(aliases=("list", "mapped", "mapped_list"))]:  # fmt: skip
    """Change every item of a list in the same way.

    An item that is empty becomes an empty text, 0 or false.
    """
    change = TRANSFORMS[as_choice(transform, TRANSFORMS, "transform", _TRANSFORM_WORDS)]
    changed: Items = []
    for place, item in enumerate(as_list(list, "list")):
        try:
            changed.append(change(value_at(item, key_path)))
        except (ValueError, TypeError) as error:
            raise type(error)(f"list, item {place}: {error}") from None
    return changed


def _numbers(values: list[Any]) -> list[int | float]:
    return [as_number(value, f"list, item {place}") for place, value in enumerate(values)]


def _sum(values: list[Any], initial: Any) -> Any:
    numbers = [as_number(0 if initial is None else initial, "initial"), *_numbers(values)]
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    try:
        # Rounded once, at the end: 0.1 and 0.2 make 0.3, on every version of Python.
        return math.fsum(numbers)
    except OverflowError:
        raise ValueError("sum: the result is too large") from None


def _product(values: list[Any], initial: Any) -> Any:
    product = as_number(1 if initial is None else initial, "initial")
    for number in _numbers(values):
        product = calculate("multiply", product, number)
    return product


def _average(values: list[Any], initial: Any) -> Any:
    try:
        return math.fsum(_numbers(values)) / len(values) if values else initial
    except OverflowError:
        raise ValueError("avg: the numbers are too large") from None


def _concat(values: list[Any], initial: Any) -> Any:
    joined: list[Any] = as_list(initial, "initial")[:]
    for value in values:
        joined += value if isinstance(value, list) else [value]
    return joined


REDUCTIONS: dict[str, Callable[[list[Any], Any], Any]] = {
    "sum": _sum,
    "product": _product,
    "min": lambda values, initial: min(values, key=sort_key, default=initial),
    "max": lambda values, initial: max(values, key=sort_key, default=initial),
    "avg": _average,
    "count": lambda values, initial: len(values),
    "join": lambda values, initial: as_text(initial).join(as_text(value) for value in values),
    "first": lambda values, initial: values[0] if values else initial,
    "last": lambda values, initial: values[-1] if values else initial,
    "concat": _concat,
}
_REDUCTION_WORDS = {
    "add": "sum", "total": "sum", "multiply": "product", "minimum": "min", "maximum": "max",
    "average": "avg", "mean": "avg", "length": "count", "concatenate": "concat",
}  # fmt: skip


@node(
    "ListReduceNode",
    title="Reduce list",
    category="data",
    icon="sigma",
    cost=Cost(4, 0.1, 0.3),
    headline="operation",
    keywords=("sum", "total", "average", "minimum", "maximum", "aggregate", "fold", "array"),
    pure=True,
)
def list_reduce(
    list: ListInput = None,
    operation: Annotated[
        Literal["sum", "product", "min", "max", "avg", "count", "join", "first", "last", "concat"],
        Param(aliases=("reduce_operation",), help="How to make one value of many."),
    ] = "sum",
    key_path: KeyPath = "",
    initial: Annotated[
        Any, Param(help="Where sum and product begin, the separator of join, else the result for an empty list.")
    ] = None,
) -> Annotated[Any, Out(aliases=("value", "reduced"))]:
    """Make one value of a list: its sum, its greatest item, its average.

    Items that are empty are passed over. The sum of nothing is 0, the product 1, the average and the greatest nothing.
    """
    reduce = REDUCTIONS[as_choice(operation, REDUCTIONS, "operation", _REDUCTION_WORDS)]
    values = [value_at(item, key_path) for item in as_list(list, "list")]
    return reduce([value for value in values if value is not None], initial)
