"""Setting, getting and counting variables."""

from __future__ import annotations

from typing import Any

import pytest

from casare.nodes.flow.variables import get_variable, increment_variable, set_variable
from casare.sdk import NodeError


@pytest.mark.parametrize("value", [75, "text", [1, 2], {"a": 1}, False, 0, ""])
def test_a_value_is_kept_as_it_is_unless_a_type_is_asked_for(run: Any, value: Any) -> None:
    assert set_variable(value, "x", context=run).value == value
    assert run.variables == {"x": value}
    assert get_variable("x", context=run).value == value


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("String", 5, "5"),
        ("Boolean", "no", False),
        ("Int32", "7", 7),
        ("INTEGER", "7", 7),
        ("Float", "1.5", 1.5),
        ("FilePath", "a/b", "a/b"),
        ("Object/Dict", '{"a": 1}', {"a": 1}),
        ("Array/List", "[1]", [1]),
        ("DataTable", [{"a": 1}], [{"a": 1}]),
    ],
)
def test_a_value_is_turned_into_the_type_asked_for(run: Any, kind: Any, value: Any, kept: Any) -> None:
    assert set_variable(value, "x", context=run, variable_type=kind).value == kept


def test_a_value_that_cannot_be_turned_and_a_type_nobody_knows_are_refused(run: Any) -> None:
    with pytest.raises(ValueError, match="x: expected a number, got text 'many'"):
        set_variable("many", "x", context=run, variable_type="Int32")
    with pytest.raises(NodeError, match="no variable type"):
        set_variable(1, "x", context=run, variable_type="Colour")  # type: ignore[arg-type]
    assert run.variables == {}


def test_the_default_stands_in_for_no_value(run: Any) -> None:
    assert set_variable(None, "x", context=run, default_value=3).value == 3
    assert set_variable(None, "y", context=run, variable_type="Int32").value is None


def test_a_variable_that_is_not_set_gives_the_default_and_is_told_without_one(run: Any) -> None:
    assert get_variable("x", context=run, default_value=4).value == 4
    assert run.lines == []
    assert get_variable("x", context=run).value is None
    assert run.lines == ["warning: the variable “x” is not set"]
    run.variables["x"] = None
    assert get_variable("x", context=run, default_value=4).value is None


@pytest.mark.parametrize(
    "call", [get_variable, increment_variable, lambda n, context: set_variable(1, n, context=context)]
)
@pytest.mark.parametrize("name", ["", "  ", None])
def test_a_variable_without_a_name_is_refused(run: Any, call: Any, name: Any) -> None:
    with pytest.raises(NodeError, match="no name"):
        call(name, context=run)


@pytest.mark.parametrize(
    ("current", "increment", "total"),
    [(None, 1.0, 1), (5, 1.0, 6), ("5", "2", 7), (1.5, 0.5, 2.0), (1, 0.25, 1.25), (3, -4, -1)],
)
def test_a_counter_goes_up_and_whole_numbers_stay_whole(run: Any, current: Any, increment: Any, total: Any) -> None:
    if current is not None:
        run.variables["n"] = current
    value = increment_variable("n", increment, context=run).value
    assert (value, type(value)) == (total, type(total))
    assert run.variables["n"] == total


def test_what_is_no_number_cannot_be_counted(run: Any) -> None:
    run.variables["n"] = "many"
    with pytest.raises(ValueError, match="n: expected a number"):
        increment_variable("n", context=run)
    assert run.variables["n"] == "many"
