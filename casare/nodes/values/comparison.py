"""What equal, less, contains and the like mean between values of any kind, and the node that asks it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Annotated, Any, Literal

from casare.nodes.text import regex_guard
from casare.sdk import Cost, Out, Param, as_text, as_truth, node, number_in, parse_json, shown

Test = Callable[[Any, Any], bool]


def same(a: Any, b: Any) -> bool:
    """Tell whether two values are equal; a number equals the text that spells it, true the word true."""
    if a == b:
        return True
    if isinstance(a, str) == isinstance(b, str):
        return False
    text, other = (a, b) if isinstance(a, str) else (b, a)
    if isinstance(other, bool):
        return bool(text.strip().lower() == str(other).lower())
    return isinstance(other, (int, float)) and number_in(text) == other


def contains(a: Any, b: Any) -> bool:
    """Tell whether text `a` has `b` in it, list `a` as an item, or dict `a` as a key. None has nothing in it."""
    if a is None:
        return False
    if isinstance(a, str):
        return as_text(b) in a
    if isinstance(a, Mapping):
        return as_text(b) in a or b in a
    try:
        return any(same(item, b) for item in a)
    except TypeError:
        raise TypeError(f"contains: expected a text, a list or a dict to look in, got {shown(a)}") from None


def _ordered(compare: Callable[[Any, Any], Any]) -> Test:
    def test(a: Any, b: Any) -> bool:
        numbers = number_in(a), number_in(b)
        left, right = (a, b) if None in numbers else numbers
        try:
            return bool(compare(left, right))
        except TypeError:
            raise TypeError(f"cannot tell which is greater: {shown(a)} or {shown(b)}") from None

    return test


def _inside(a: Any, b: Any) -> bool:
    if isinstance(b, str) and b.lstrip().startswith("["):
        with suppress(ValueError):
            b = parse_json(b)
    return contains(b, a)


def _empty(a: Any, _: Any) -> bool:
    return a is None or (hasattr(a, "__len__") and len(a) == 0)


def _true(a: Any, _: Any) -> bool:
    return as_truth(a, "a")


def _matches(a: Any, b: Any) -> bool:
    return bool(regex_guard.find(as_text(b), as_text(a), most=1))


TESTS: dict[str, Test] = {
    "==": same,
    "!=": lambda a, b: not same(a, b),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "contains": contains,
    "not_contains": lambda a, b: not contains(a, b),
    "in": _inside,
    "not_in": lambda a, b: not _inside(a, b),
    "starts_with": lambda a, b: as_text(a).startswith(as_text(b)),
    "ends_with": lambda a, b: as_text(a).endswith(as_text(b)),
    "matches": _matches,
    "is_none": lambda a, b: a is None,
    "is_not_none": lambda a, b: a is not None,
    "is_empty": _empty,
    "is_not_empty": lambda a, b: not _empty(a, b),
    "is_true": _true,
    "is_false": lambda a, b: not _true(a, b),
    "is_truthy": lambda a, b: bool(a),
    "is_falsy": lambda a, b: not a,
}

WORDS = {
    "=": "==", "===": "==", "eq": "==", "equal": "==", "equals": "==", "is": "==", "equal_to": "==",
    "<>": "!=", "≠": "!=", "!==": "!=", "ne": "!=", "not_equal": "!=", "not_equals": "!=", "is_not": "!=",
    "lt": "<", "less": "<", "less_than": "<",
    "≤": "<=", "le": "<=", "lte": "<=", "less_or_equal": "<=", "less_equal": "<=", "less_than_or_equal": "<=",
    "gt": ">", "greater": ">", "greater_than": ">",
    "≥": ">=", "ge": ">=", "gte": ">=", "greater_or_equal": ">=", "greater_equal": ">=", "greater_than_or_equal": ">=",
    "has": "contains", "includes": "contains", "does_not_contain": "not_contains", "one_of": "in",
    "startswith": "starts_with", "endswith": "ends_with", "regex": "matches",
    "is_null": "is_none", "is_not_null": "is_not_none", "not_none": "is_not_none", "not_empty": "is_not_empty",
}  # fmt: skip


def test_named(word: object, name: str) -> Test:
    """Return the test for an operator or a word for it: `>`, `greater than`, `gt`, `greater than (>)`.

    Raises ValueError for a word that names none.
    """
    wanted = as_text(word).strip().lower()
    inside = wanted[wanted.find("(") + 1 : -1] if wanted.endswith(")") else ""
    wanted = inside.strip() or wanted.replace(" ", "_").replace("-", "_")
    test = TESTS.get(WORDS.get(wanted, wanted))
    if test is None:
        raise ValueError(f"{name}: expected one of {', '.join(TESTS)}; got {shown(word)}")
    return test


@node(
    "ComparisonNode",
    title="Compare",
    category="maths",
    icon="equal",
    cost=Cost(2, 0.01, 0.1),
    headline="{a} {operator} {b}",
    keywords=("equals", "greater", "less", "condition", "if", "test"),
    pure=True,
)
def comparison(
    a: Annotated[Any, Param(help="The value to test.")],
    b: Annotated[Any, Param(help="What to test it against; is none, is empty, is true and the like leave it.")] = None,
    *,
    operator: Annotated[
        Literal[
            "==", "!=", "<", "<=", ">", ">=", "contains", "not_contains", "in", "not_in", "starts_with", "ends_with",
            "matches", "is_none", "is_not_none", "is_empty", "is_not_empty", "is_true", "is_false",
        ],
        Param(aliases=("operation", "comparison"), help="Words work too: equals, greater than, less or equal."),
    ] = "==",
) -> Annotated[bool, Out(aliases=("value",))]:  # fmt: skip
    """Compare two values and tell whether the comparison holds.

    Texts that spell numbers are compared as numbers by <, <=, > and >=. By == a text equals a number that it spells,
    while two texts must be the same letter for letter.
    """
    return test_named(operator, "operator")(a, b)
