"""One value in, one value out: turning it into something else, and checking what it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sized
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from casare.nodes.text import regex_guard
from casare.sdk import (
    Branch,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    as_dict,
    as_float,
    as_integer,
    as_items,
    as_number,
    as_text,
    as_truth,
    node,
    parse_json,
    write_json,
)


def _pick(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping):
        if key in value:
            return value[key]
        raise NodeError(f"there is no key “{key}”")
    items = as_items(value, "value")
    at = as_integer(key, "param")
    if not -len(items) <= at < len(items):
        raise NodeError(f"there is no item {at} in a list of {len(items)}")
    return items[at]


def _replace(value: Any, param: Any) -> str:
    old, arrow, new = as_text(param).partition("=>")
    if not arrow or not old:
        raise NodeError("nothing to replace is given", mend="Write old=>new in the parameter.")
    return as_text(value).replace(old, new)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, Sized) else len(as_text(value))


def _split(value: Any, separator: Any) -> list[str]:
    text = as_text(separator)
    return as_text(value).split(text) if text else as_text(value).split()


def _to_list(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, Mapping) else as_items(value, "value")


TransformType = Literal[
    "to_string",
    "to_integer",
    "to_float",
    "to_boolean",
    "to_list",
    "to_dict",
    "to_json",
    "from_json",
    "uppercase",
    "lowercase",
    "title_case",
    "trim",
    "replace",
    "split",
    "join",
    "length",
    "get_item",
    "round",
    "default",
]

_TRANSFORMS: dict[str, Callable[[Any, Any], Any]] = {
    "to_string": lambda value, _: as_text(value),
    "to_integer": lambda value, _: math.trunc(as_number(value, "value")),
    "to_float": lambda value, _: as_float(value, "value"),
    "to_boolean": lambda value, _: as_truth(value, "value"),
    "to_list": lambda value, _: _to_list(value),
    "to_dict": lambda value, _: as_dict(value, "value"),
    "to_json": lambda value, _: write_json(value, "value"),
    "from_json": lambda value, _: parse_json(as_text(value), "value"),
    "uppercase": lambda value, _: as_text(value).upper(),
    "lowercase": lambda value, _: as_text(value).lower(),
    "title_case": lambda value, _: as_text(value).title(),
    "trim": lambda value, param: as_text(value).strip(as_text(param) or None),
    "replace": _replace,
    "split": _split,
    "join": lambda value, param: as_text(param).join(as_text(item) for item in _to_list(value)),
    "length": lambda value, _: _length(value),
    "get_item": _pick,
    "round": lambda value, param: round(as_float(value, "value"), as_integer(param or 0, "param")),
    "default": lambda value, param: param if value in (None, "") else value,
}


class Transformed(NamedTuple):
    """The new value, or why there is none."""

    result: Annotated[Any, Out(aliases=("value",))]
    success: bool
    error: str


@node(
    "TransformNode",
    title="Transform",
    category="data",
    icon="arrow-right-left",
    cost=Cost(2, 0.1, 0.5),
    headline="transform_type",
    keywords=("convert", "cast", "change", "to text", "to number"),
)
def transform(
    value: Annotated[Any, Param(help="What to turn into something else.")] = None,
    param: Annotated[
        Any,
        Param(label="Parameter", help="A separator, a key, a number of digits, old=>new: what the transform needs."),
    ] = None,
    *,
    context: Context,
    transform_type: Annotated[TransformType, Param(label="Transform", help="What to do with the value.")] = "to_string",
    transform_param: Annotated[
        Any, Param(visibility=Visibility.ADVANCED, label="Parameter in the field", help="Used when none is wired.")
    ] = None,
    variable_name: Annotated[
        str, Param(visibility=Visibility.ADVANCED, label="Variable", help="Also keeps the result; empty: does not.")
    ] = "transformed",
) -> Transformed:
    """Turn a value into another kind or shape.

    A value that cannot be turned is told in *error* and fails nothing.
    """
    change = _TRANSFORMS.get(transform_type)
    if change is None:
        raise NodeError(f"there is no transform “{transform_type}”", mend=f"Choose {', '.join(_TRANSFORMS)}.")
    try:
        result = change(value, transform_param if param is None else param)
    except (NodeError, TypeError, ValueError, OverflowError) as error:
        return Transformed(None, False, getattr(error, "what", str(error)))
    if variable_name:
        context.set_variable(variable_name, result)
    return Transformed(result, True, "")


ValidationType = Literal[
    "not_empty",
    "is_string",
    "is_number",
    "is_integer",
    "is_boolean",
    "is_list",
    "is_dict",
    "is_email",
    "is_url",
    "matches",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "equals",
    "one_of",
]
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _reads_as(convert: Callable[[Any], Any]) -> Callable[[Any, Any], bool]:
    def check(value: Any, _: Any) -> bool:
        if isinstance(value, bool):
            return False
        try:
            convert(value)
        except (TypeError, ValueError):
            return False
        return True

    return check


def _is_url(value: Any, _: Any) -> bool:
    try:
        parts = urlsplit(as_text(value).strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp", "ftps", "ws", "wss") and bool(parts.netloc)


def _one_of(value: Any, allowed: Any) -> bool:
    return as_text(value) in [as_text(item) for item in as_items(allowed, "validation_param")]


def _matches(value: Any, pattern: Any) -> bool:
    try:
        return bool(regex_guard.find(as_text(pattern), as_text(value), most=1))
    except ValueError as error:
        # What cannot be asked is a fault of the node, not of the value.
        raise NodeError(f"the pattern cannot be used: {error}", mend="Mend the parameter.") from error


_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "not_empty": lambda value, _: (
        value is not None and (not isinstance(value, Sized) or bool(_length(_stripped(value))))
    ),
    "is_string": lambda value, _: isinstance(value, str),
    "is_number": _reads_as(as_float),
    "is_integer": _reads_as(as_integer),
    "is_boolean": lambda value, _: isinstance(value, bool) or as_text(value).casefold() in ("true", "false"),
    "is_list": lambda value, _: isinstance(value, (list, tuple)),
    "is_dict": lambda value, _: isinstance(value, Mapping),
    "is_email": lambda value, _: _EMAIL.fullmatch(as_text(value).strip()) is not None,
    "is_url": _is_url,
    "matches": _matches,
    "min_length": lambda value, param: _length(value) >= as_integer(param, "validation_param"),
    "max_length": lambda value, param: _length(value) <= as_integer(param, "validation_param"),
    "min_value": lambda value, param: as_float(value, "value") >= as_float(param, "validation_param"),
    "max_value": lambda value, param: as_float(value, "value") <= as_float(param, "validation_param"),
    "equals": lambda value, param: as_text(value) == as_text(param),
    "one_of": _one_of,
}


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class Validated(NamedTuple):
    """Whether the value passed, and what to say when it did not."""

    branch: Branch
    is_valid: bool
    error_message: str


@node(
    "ValidateNode",
    title="Validate",
    category="data",
    icon="shield-check",
    cost=Cost(2, 0.1, 0.1),
    control_out=("valid", "invalid"),
    headline="validation_type",
    keywords=("check", "verify", "valid", "email", "empty"),
)
def validate(
    value: Annotated[Any, Param(help="What to check.")] = None,
    *,
    validation_type: Annotated[ValidationType, Param(label="Check", help="What the value must be.")] = "not_empty",
    validation_param: Annotated[
        Any, Param(label="Parameter", help="A length, a limit, a pattern, a list: what the check compares with.")
    ] = None,
    error_message: Annotated[str, Param(label="Message", help="What to say when the value does not pass.")] = "",
) -> Validated:
    """Check a value and go one way when it passes, the other way when it does not."""
    check = _CHECKS.get(validation_type)
    if check is None:
        raise NodeError(f"there is no check “{validation_type}”", mend=f"Choose {', '.join(_CHECKS)}.")
    try:
        passed = check(value, validation_param)
        reason = f"the value does not pass “{validation_type.replace('_', ' ')}”"
    except (TypeError, ValueError) as error:
        passed, reason = False, str(error)
    if passed:
        return Validated(Branch("valid"), True, "")
    return Validated(Branch("invalid"), False, error_message or reason)
