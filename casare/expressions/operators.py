"""The operators of expressions: Python's, with bounds, and with text that reads as a number taken for one.

Existing files were written for an engine that pastes values into the text of a condition, where `{{x}} > 50` holds for
the text "75" too.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from casare.expressions.errors import ExpressionError
from casare.expressions.functions import LONGEST, MOST_BITS, bounded

_YES_NO: Final = {"true": True, "false": False, "yes": True, "no": False}


def meet(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both values, a text turned into the number or the yes/no that the other one is, where it reads as one."""
    if isinstance(left, str) and isinstance(right, (int, float)):
        return _as_other(left, right), right
    if isinstance(right, str) and isinstance(left, (int, float)):
        return left, _as_other(right, left)
    return left, right


def _as_other(text: str, other: float) -> Any:
    if isinstance(other, bool):
        return _YES_NO.get(text.strip().casefold(), text)
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, str) != isinstance(right, str):
        left, right = meet(left, right)
    if isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
        _room(len(left) + len(right))
    return left + right


def _multiply(left: Any, right: Any) -> Any:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (str, bytes, list, tuple)) and isinstance(other, int):
            _room(len(one) * other)
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MOST_BITS + 1:
        raise ExpressionError("the number has too many digits")
    return left * right


def _power(left: Any, right: Any) -> Any:
    left, right = meet(left, right)
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * max(right, 0) > MOST_BITS:
        raise ExpressionError("the number has too many digits", mend="Use a smaller power.")
    result = left**right
    if isinstance(result, complex):
        raise ExpressionError("the result is no real number")
    return result


def _modulo(left: Any, right: Any) -> Any:
    if isinstance(left, (str, bytes)):
        raise ExpressionError("a text cannot be divided", mend="To put values into a text, write them as {{name}}.")
    return left % right


def _numeric(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: work(*_numbers(left, right))


def _numbers(left: Any, right: Any) -> tuple[Any, Any]:
    return meet(left, right) if not (isinstance(left, str) and isinstance(right, str)) else (left, right)


def _room(size: int) -> None:
    if size > LONGEST:
        raise ExpressionError("the result is too long", mend=f"At most {LONGEST:,} characters or items are made.")


def _held(left: Any, right: Any) -> bool:
    if isinstance(right, str) and not isinstance(left, str):
        left = str(left)
    return left in right


BINARY: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: _add,
    ast.Sub: _numeric(operator.sub),
    ast.Mult: _multiply,
    ast.Div: _numeric(operator.truediv),
    ast.FloorDiv: _numeric(operator.floordiv),
    ast.Mod: _modulo,
    ast.Pow: _power,
}
UNARY: Final[Mapping[type[ast.unaryop], Callable[[Any], Any]]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
COMPARE: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: _numeric(operator.eq),
    ast.NotEq: _numeric(operator.ne),
    ast.Lt: _numeric(operator.lt),
    ast.LtE: _numeric(operator.le),
    ast.Gt: _numeric(operator.gt),
    ast.GtE: _numeric(operator.ge),
    ast.In: _held,
    ast.NotIn: lambda left, right: not _held(left, right),
    ast.Is: lambda left, right: left is right,
    ast.IsNot: lambda left, right: left is not right,
}


def binary(kind: type[ast.operator], left: Any, right: Any) -> Any:
    """Return what an operator makes of two values. Raises what Python raises, and ExpressionError past a bound."""
    return bounded(BINARY[kind](left, right))
