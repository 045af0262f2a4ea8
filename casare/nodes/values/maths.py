"""The node that calculates."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal

from casare.sdk import (
    Context,
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_choice,
    as_integer,
    as_integer_or_none,
    as_number,
    as_text,
    node,
)

Number = int | float

MOST_BITS = 13_000
"""Whole numbers up to about 3,900 digits; Python refuses to print more than 4,300."""
LARGEST_FACTORIAL = 1_000


def _power(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int) and b > 0 and a.bit_length() * b > 2 * MOST_BITS:
        raise OverflowError
    result: Any = a**b
    if isinstance(result, (int, float)):
        return result
    raise ValueError(f"power: {a} has no real power {b}")


def _root(a: Number, b: Number) -> Number:
    if a < 0 and float(b) % 2 == 1:
        return -float(float(-a) ** (1 / b))
    if a < 0:
        raise ValueError(f"root: {a} has no real root {b}")
    return float(float(a) ** (1 / b))


def _factorial(a: Number) -> Number:
    whole = as_integer(a, "a")
    if not 0 <= whole <= LARGEST_FACTORIAL:
        raise ValueError(f"factorial: expected a whole number from 0 to {LARGEST_FACTORIAL:,}, got {whole}")
    return math.factorial(whole)


def _sign(a: Number) -> Number:
    return (a > 0) - (a < 0)


_OF_TWO: dict[str, Callable[[Number, Number], Number]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "floor_divide": lambda a, b: a // b,
    "modulo": lambda a, b: a % b,
    "power": _power,
    "root": _root,
    "min": min,
    "max": max,
    "average": lambda a, b: (a + b) / 2,
    "percent": lambda a, b: a * b / 100,
    "hypot": math.hypot,
    "atan2": math.atan2,
    "gcd": lambda a, b: math.gcd(as_integer(a, "a"), as_integer(b, "b")),
    "lcm": lambda a, b: math.lcm(as_integer(a, "a"), as_integer(b, "b")),
}
_OF_ONE: dict[str, Callable[[Number], Number]] = {
    "abs": abs,
    "negate": lambda a: -a,
    "sign": _sign,
    "square": lambda a: _power(a, 2),
    "sqrt": math.sqrt,
    "reciprocal": lambda a: 1 / a,
    "floor": math.floor,
    "ceil": math.ceil,
    "truncate": math.trunc,
    "exp": math.exp,
    "log10": math.log10,
    "log2": math.log2,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "degrees": math.degrees,
    "radians": math.radians,
    "factorial": _factorial,
}
_OF_ONE_OR_TWO: dict[str, Callable[[Number, Number | None], Number]] = {
    "round": lambda a, b: round(a) if b is None else round(a, _digits(b, "b")),
    # A base of 0 is how older files say that there is none.
    "log": lambda a, b: math.log(a, b) if b else math.log(a),
}
OPERATIONS = (*_OF_TWO, *_OF_ONE, *_OF_ONE_OR_TWO)
_WORDS = {
    "+": "add", "plus": "add", "sum": "add", "addition": "add",
    "-": "subtract", "minus": "subtract", "sub": "subtract", "subtraction": "subtract",
    "*": "multiply", "×": "multiply", "times": "multiply", "mul": "multiply", "multiplication": "multiply",
    "/": "divide", "÷": "divide", "div": "divide", "division": "divide",
    "//": "floor_divide", "floordiv": "floor_divide", "integer_divide": "floor_divide",
    "%": "modulo", "mod": "modulo", "remainder": "modulo", "**": "power", "^": "power", "pow": "power",
    "absolute": "abs", "square_root": "sqrt", "ceiling": "ceil", "trunc": "truncate", "negative": "negate",
    "ln": "log", "minimum": "min", "maximum": "max", "mean": "average",
}  # fmt: skip


@node(
    "MathOperationNode",
    title="Calculate",
    category="maths",
    icon="calculator",
    cost=Cost(2, 0.01, 0.1),
    headline="{a} {operation} {b}",
    keywords=("add", "subtract", "multiply", "divide", "plus", "minus", "maths", "arithmetic", "round", "power"),
)
def math_operation(
    context: Context,
    a: Annotated[float, Param(help="The first number.")],
    b: Annotated[
        float | None, Param(help="The second number: the digits for round, the base for log; most others need it.")
    ] = None,
    *,
    operation: Annotated[
        Literal[
            "add", "subtract", "multiply", "divide", "floor_divide", "modulo", "power", "root", "abs", "negate", "sign",
            "square", "sqrt", "reciprocal", "round", "floor", "ceil", "truncate", "min", "max", "average", "percent",
            "exp", "log", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "hypot", "degrees",
            "radians", "gcd", "lcm", "factorial",
        ],
        Param(aliases=("operator",), help="Angles are in radians. Percent gives b per cent of a."),
    ] = "add",
    round_digits: Annotated[
        int | None,
        Param(
            minimum=-15, maximum=15, unit="digits", help="Round the result; empty leaves it."
        ),
    ] = None,
    output_var: Annotated[
        str,
        Param(
            label="Output variable",
            widget=Widget.VARIABLE,
            visibility=Visibility.ADVANCED,
            help="Also keep the result in this variable.",
        ),
    ] = "",
) -> Annotated[float, Out(aliases=("value",))]:  # fmt: skip
    """Calculate with one or two numbers.

    Whole numbers stay whole and exact where the operation allows. Halves are rounded to the even neighbour. A result
    that is no finite number, or has more than about 3,900 digits, is an error.
    """
    chosen = as_choice(operation, OPERATIONS, "operation", _WORDS)
    result = calculate(chosen, as_number(a, "a"), None if b is None or as_text(b) == "" else as_number(b, "b"))
    digits = as_integer_or_none(round_digits, "round_digits")
    if digits is not None:
        result = round(result, _digits(digits, "round_digits"))
    if as_text(output_var).strip():
        context.set_variable(as_text(output_var).strip(), result)
    return result


def calculate(operation: str, a: Number, b: Number | None) -> Number:
    """Return what `operation` makes of `a` and `b`.

    Raises ValueError when `b` is missing, when it divides by zero, or when the result is not a finite number.
    """
    try:
        if operation in _OF_ONE:
            result = _OF_ONE[operation](a)
        elif operation in _OF_ONE_OR_TWO:
            result = _OF_ONE_OR_TWO[operation](a, b)
        elif b is None:
            raise ValueError(f"b: {operation} needs a second number")
        else:
            result = _OF_TWO[operation](a, b)
    except ZeroDivisionError:
        raise ValueError(f"{operation}: cannot divide by zero (a is {a}, b is {b})") from None
    except OverflowError:
        raise ValueError(f"{operation}: the result is too large") from None
    except ValueError as error:
        if str(error).partition(" ")[0] != "math":
            raise
        raise ValueError(f"{operation}: not defined for {a}" + ("" if b is None else f" and {b}")) from None
    if isinstance(result, float) and not math.isfinite(result):
        raise ValueError(f"{operation}: the result is too large")
    if isinstance(result, int) and result.bit_length() > MOST_BITS:
        raise ValueError(f"{operation}: the result is too large")
    return result


def _digits(value: Number, name: str) -> int:
    digits = as_integer(value, name)
    if not -15 <= digits <= 15:
        raise ValueError(f"{name}: expected -15 to 15 digits, got {digits}")
    return digits
