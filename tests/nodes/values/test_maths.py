"""The node that calculates."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.nodes.values import maths
from casare.nodes.values.maths import OPERATIONS, calculate, math_operation
from casare.sdk import Context, declared_types


class Run:
    """A run that keeps variables, and nothing else."""

    node_id = "calculate"
    desktop = None

    def __init__(self) -> None:
        self.variables: dict[str, Any] = {}

    def get_variable(self, name: str, default: Any = None) -> Any:
        return self.variables.get(name, default)

    def set_variable(self, name: str, value: Any) -> None:
        self.variables[name] = value

    def log(self, message: str, *, level: str = "info", data: Any = None) -> None:
        raise AssertionError("calculating writes no log")

    def path(self, text: str) -> Path:
        raise AssertionError("calculating touches no file")


@pytest.fixture
def run() -> Run:
    """Return a run without variables."""
    return Run()


@pytest.mark.parametrize(
    ("operation", "a", "b", "expected"),
    [
        ("add", 1, 2, 3),
        ("add", "10", "2.5", 12.5),
        ("subtract", 45, 5, 40),
        ("multiply", 10, 2, 20),
        ("divide", 50, 2, 25.0),
        ("divide", 1, 4, 0.25),
        ("floor_divide", -7, 2, -4),
        ("modulo", -7, 3, 2),
        ("power", 2, 10, 1024),
        ("power", 2, -1, 0.5),
        ("power", 0, 0, 1),
        ("power", 4, 0.5, 2.0),
        ("root", 27, 3, 3.0),
        ("root", -27, 3, -3.0),
        ("abs", -3, None, 3),
        ("negate", 3, None, -3),
        ("sign", -2.5, None, -1),
        ("square", 9, None, 81),
        ("sqrt", 9, None, 3.0),
        ("reciprocal", 4, None, 0.25),
        ("round", 2.567, None, 3),
        ("round", 2.567, 1, 2.6),
        ("round", 2.5, None, 2),
        ("round", 1234, -2, 1200),
        ("floor", -1.5, None, -2),
        ("ceil", -1.5, None, -1),
        ("truncate", -1.5, None, -1),
        ("min", 3, 2, 2),
        ("max", 3, 2.5, 3),
        ("average", 1, 2, 1.5),
        ("percent", 200, 15, 30.0),
        ("hypot", 3, 4, 5.0),
        ("exp", 0, None, 1.0),
        ("log", math.e, None, 1.0),
        ("log", math.e, 0, 1.0),
        ("log", 8, 2, 3.0),
        ("log10", 1000, None, 3.0),
        ("log2", 8, None, 3.0),
        ("sin", 0, None, 0.0),
        ("cos", 0, None, 1.0),
        ("tan", 0, None, 0.0),
        ("asin", 1, None, math.pi / 2),
        ("acos", 1, None, 0.0),
        ("atan", 0, None, 0.0),
        ("atan2", 0, -1, math.pi),
        ("degrees", math.pi, None, 180.0),
        ("radians", 180, None, math.pi),
        ("gcd", 12, "18", 6),
        ("lcm", 4, 6, 12),
        ("factorial", 5, None, 120),
        ("+", 1, 2, 3),
        ("MINUS", 1, 2, -1),
        ("×", 2, 3, 6),
        ("//", 7, 2, 3),
        ("**", 2, 3, 8),
        ("mod", 7, 4, 3),
    ],
)
def test_every_operation_calculates(run: Run, operation: Any, a: Any, b: Any, expected: float) -> None:
    result = math_operation(run, a, b, operation=operation)
    assert result == pytest.approx(expected)
    assert type(result) is type(expected)


def test_adding_is_what_it_does_by_default(run: Run) -> None:
    assert math_operation(run, 1, 2) == 3
    assert run.variables == {}
    assert isinstance(run, Context)


def test_every_operation_offered_is_known_and_none_is_hidden() -> None:
    (declared,) = declared_types(maths)
    operation = declared.param("operation")
    assert operation is not None
    assert set(operation.choices) == set(OPERATIONS)
    assert operation.choices[0] == operation.default


@pytest.mark.parametrize(
    ("operation", "a", "b", "match"),
    [
        ("divide", 1, 0, r"divide: cannot divide by zero \(a is 1, b is 0\)"),
        ("floor_divide", 1.5, 0.0, "floor_divide: cannot divide by zero"),
        ("modulo", 1, 0, "modulo: cannot divide by zero"),
        ("power", 0, -1, "power: cannot divide by zero"),
        ("reciprocal", 0, None, "reciprocal: cannot divide by zero"),
        ("add", 1, None, "b: add needs a second number"),
        ("add", 1, "", "b: add needs a second number"),
        ("add", None, 1, "a: expected a number, got nothing"),
        ("add", "one", 1, "a: expected a number, got text 'one'"),
        ("add", 1, [2], "b: expected a number, got list of 1"),
        ("add", float("nan"), 1, "a: expected a finite number"),
        ("power", -8, 1 / 3, "power: -8 has no real power"),
        ("root", -8, 2, "root: -8 has no real root 2"),
        ("sqrt", -1, None, "sqrt: not defined for -1"),
        ("log", 0, 10, "log: not defined for 0 and 10"),
        ("log", 5, 1, "log: cannot divide by zero"),
        ("asin", 2, None, "asin: not defined for 2"),
        ("power", 10, 1_000_000_000, "power: the result is too large"),
        ("power", 10.0, 400, "power: the result is too large"),
        ("power", 7, 5_000, "power: the result is too large"),
        ("multiply", 10**3000, 10**3000, "multiply: the result is too large"),
        ("multiply", 1e300, 1e300, "multiply: the result is too large"),
        ("exp", 1000, None, "exp: the result is too large"),
        ("sqrt", 10**3000, None, "sqrt: the result is too large"),
        ("factorial", 1001, None, "factorial: expected a whole number from 0 to 1,000, got 1001"),
        ("factorial", -1, None, "factorial: expected a whole number from 0"),
        ("factorial", 2.5, None, "a: expected a whole number"),
        ("gcd", 2.5, 5, "a: expected a whole number"),
        ("round", 2.5, 40, "b: expected -15 to 15 digits, got 40"),
        ("conjure", 1, 2, "operation: expected one of add, subtract"),
    ],
)
def test_what_cannot_be_calculated_says_why(run: Run, operation: Any, a: Any, b: Any, match: str) -> None:
    with pytest.raises((ValueError, TypeError), match=match):
        math_operation(run, a, b, operation=operation, output_var="kept")
    assert run.variables == {}


@pytest.mark.parametrize(("digits", "expected"), [(2, 0.67), ("0", 1.0), (None, 2 / 3), ("", 2 / 3), (-1, 0.0)])
def test_the_result_is_rounded_when_digits_are_given(run: Run, digits: Any, expected: float) -> None:
    assert math_operation(run, 2, 3, operation="divide", round_digits=digits) == expected


def test_too_many_digits_are_refused(run: Run) -> None:
    with pytest.raises(ValueError, match="round_digits: expected -15 to 15 digits, got 99"):
        math_operation(run, 1, 2, round_digits=99)


def test_the_result_is_kept_in_the_output_variable(run: Run) -> None:
    assert math_operation(run, 2, 3, operation="multiply", output_var=" total ") == 6
    assert run.variables == {"total": 6}


def test_whole_numbers_stay_exact(run: Run) -> None:
    assert math_operation(run, 2**60 + 1, 1) == 2**60 + 2


@settings(max_examples=50)
@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_adding_and_taking_away_again_gives_the_number(a: int, b: int) -> None:
    assert calculate("subtract", calculate("add", a, b), b) == a
    assert calculate("min", a, b) + calculate("max", a, b) == a + b
    if b:
        assert calculate("multiply", calculate("floor_divide", a, b), b) + calculate("modulo", a, b) == a


@given(
    st.sampled_from(OPERATIONS),
    st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_every_calculation_ends_in_a_finite_number_or_a_value_error(operation: str, a: float, b: float | None) -> None:
    try:
        result = calculate(operation, a, b)
    except ValueError:
        return
    assert isinstance(result, int) or math.isfinite(result)
    assert len(str(result)) < 4_300
