"""Keeping values under a name for the length of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

from casare.sdk import (
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_dict,
    as_float,
    as_integer,
    as_items,
    as_text,
    as_truth,
    node,
)

_NAME = Param(widget=Widget.VARIABLE, placeholder="total", help="The name of the variable.")

_KINDS: dict[str, Callable[[Any, str], Any]] = {
    "any": lambda value, _: value,
    "string": lambda value, _: as_text(value),
    "boolean": as_truth,
    "int32": as_integer,
    "integer": as_integer,
    "float": as_float,
    "filepath": lambda value, _: as_text(value),
    "object": as_dict,
    "dict": as_dict,
    "array": as_items,
    "list": as_items,
    "datatable": as_items,
}


class VariableValue(NamedTuple):
    """The value a variable has now."""

    value: Annotated[Any, Out(aliases=("result",))]


@node(
    "SetVariableNode",
    title="Set variable",
    category="variables",
    icon="variable",
    cost=Cost(1, 0.02, 0.1),
    headline="variable_name",
    keywords=("store", "assign", "remember", "let"),
)
def set_variable(
    value: Annotated[Any, Param(help="What to keep.")] = None,
    variable_name: Annotated[str, _NAME] = "",
    *,
    context: Context,
    default_value: Annotated[Any, Param(visibility=Visibility.ADVANCED, help="Kept when there is no value.")] = None,
    variable_type: Annotated[
        Literal[
            "Any", "String", "Boolean", "Int32", "Float", "FilePath", "Object", "Dict", "Array", "List", "DataTable"
        ],
        Param(visibility=Visibility.ADVANCED, help="What to turn the value into; Any keeps it as it is."),
    ] = "Any",
) -> VariableValue:
    """Keep a value under a name, for every node that runs later."""
    name = _checked(variable_name)
    kind = _KINDS.get(str(variable_type).partition("/")[0].casefold())
    if kind is None:
        raise NodeError(f"there is no variable type “{variable_type}”", mend="Choose one of the list, such as Any.")
    kept = default_value if value is None else value
    if kept is not None:
        kept = kind(kept, name)
    context.set_variable(name, kept)
    return VariableValue(kept)


@node(
    "GetVariableNode",
    title="Get variable",
    category="variables",
    icon="variable",
    cost=Cost(1, 0.02, 0.1),
    headline="variable_name",
    keywords=("read", "recall", "use"),
)
def get_variable(
    variable_name: Annotated[str, _NAME] = "",
    *,
    context: Context,
    default_value: Annotated[Any, Param(help="Given when the variable is not set.")] = None,
) -> VariableValue:
    """Give the value kept under a name.

    One that is not set gives the default, and the log says so when there is none.
    """
    name = _checked(variable_name)
    unset = object()
    found = context.get_variable(name, unset)
    if found is unset:
        if default_value is None:
            context.log(f"the variable “{name}” is not set", level="warning")
        return VariableValue(default_value)
    return VariableValue(found)


class Incremented(NamedTuple):
    """The value after the change."""

    value: Annotated[float, Out(aliases=("result", "new_value"))]


@node(
    "IncrementVariableNode",
    title="Increment variable",
    category="variables",
    icon="plus",
    cost=Cost(1, 0.03, 0.1),
    headline="{variable_name} + {increment}",
    keywords=("count", "add", "counter", "plus one"),
)
def increment_variable(
    variable_name: Annotated[str, _NAME] = "",
    increment: Annotated[float, Param(help="How much to add; below 0 takes away.")] = 1.0,
    *,
    context: Context,
) -> Incremented:
    """Add to a number kept under a name; one that is not set counts from 0."""
    name = _checked(variable_name)
    current = context.get_variable(name)
    total = (0.0 if current is None else as_float(current, name)) + as_float(increment, "increment")
    # A counter that went up by whole steps stays a whole number.
    value = int(total) if total.is_integer() and not isinstance(current, float) else total
    context.set_variable(name, value)
    return Incremented(value)


def _checked(name: Any) -> str:
    text = as_text(name).strip()
    if not text:
        raise NodeError("the variable has no name", mend="Give the node the name of a variable.")
    return text
