"""Make texts, numbers, lists and dicts of what arrives at a port.

A value comes over a wire as it is, or from a field as text: `[1, 2]`, `{"a": 1}` and `42` typed by a person mean a
list, a dict and a number. Anything else is an error that names the input and says what was expected.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Annotated, Any

from casare.sdk import Param

ListInput = Annotated[list[Any] | None, Param(help="The list to work on: a wire, or JSON such as [1, 2, 3].")]
DictInput = Annotated[dict[str, Any] | None, Param(help='The dict to work on: a wire, or JSON such as {"a": 1}.')]
TextInput = Annotated[str, Param(help="The text to work on.")]

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_REFERENCE = re.compile(r"\s*\{\{.*\}\}\s*", re.DOTALL)
_LONGEST_NUMBER = 400
_FLAGS = {
    "true": True, "yes": True, "on": True, "1": True,
    "false": False, "no": False, "off": False, "0": False, "": False, "none": False,
}  # fmt: skip


def as_text(value: object) -> str:
    """Return a text as it is, None as the empty text, anything else as Python writes it."""
    if isinstance(value, str):
        return value
    return "" if value is None else str(value)


def as_list(value: object, name: str) -> list[Any]:
    """Return a list; nothing counts as the empty list, a JSON text as what it says.

    Raises TypeError or ValueError when `value` is no list.
    """
    if isinstance(value, list):
        return value
    if value is None:
        return []
    if isinstance(value, str):
        return _from_json(value, list, "a list", name) if value.strip() else []
    if isinstance(value, Iterable) and not isinstance(value, (Mapping, bytes, bytearray)):
        return list(value)
    raise TypeError(_unexpected(value, "a list", name))


def as_dict(value: object, name: str) -> dict[str, Any]:
    """Return a dict; nothing counts as the empty dict, a JSON text as what it says.

    Raises TypeError or ValueError when `value` is no dict.
    """
    if isinstance(value, dict):
        return value
    if value is None:
        return {}
    if isinstance(value, str):
        return _from_json(value, dict, "a dict", name) if value.strip() else {}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(_unexpected(value, "a dict", name))


def number_in(value: object) -> int | float | None:
    """Return the number that `value` is or spells, None when it is neither."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
            return int(text) if _WHOLE.fullmatch(text) else float(text)
    return None


def as_number(value: object, name: str) -> int | float:
    """Return a finite number; a text that spells one counts. Raises TypeError or ValueError otherwise."""
    number = number_in(value)
    if number is None:
        if isinstance(value, str):
            raise ValueError(_unexpected(value, "a number", name))
        raise TypeError(_unexpected(value, "a number", name))
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueError(f"{name}: expected a finite number, got {number}")
    return number


def as_integer(value: object, name: str) -> int:
    """Return a whole number; 3.0 and "3" count. Raises TypeError or ValueError otherwise."""
    number = as_number(value, name)
    if isinstance(number, float) and not number.is_integer():
        raise ValueError(_unexpected(value, "a whole number", name))
    return int(number)


def as_index(value: object, name: str) -> int | None:
    """Return a whole number, or None when nothing was given."""
    return None if value is None or value == "" else as_integer(value, name)


def as_flag(value: object, name: str) -> bool:
    """Return a yes or no; the words true, yes, on, 1 and their opposites count. Raises ValueError for other texts."""
    if isinstance(value, str):
        flag = _FLAGS.get(value.strip().lower())
        if flag is None:
            raise ValueError(_unexpected(value, "true or false", name))
        return flag
    return bool(value)


def as_choice(value: object, choices: Iterable[str], name: str, words: Mapping[str, str] | None = None) -> str:
    """Return the choice that `value` names, also through one of the other `words` for it. Raises ValueError."""
    wanted = as_text(value).strip().lower()
    wanted = (words or {}).get(wanted, wanted)
    known = {choice.lower(): choice for choice in choices}
    if wanted not in known:
        raise ValueError(f"{name}: expected one of {', '.join(known.values())}; got {shown(value)}")
    return known[wanted]


def shown(value: object) -> str:
    """Return a short form of a value for a message, with the kind of thing it is."""
    if value is None:
        return "nothing"
    kind = {"str": "text", "bool": "flag", "int": "number", "float": "number"}.get(type(value).__name__)
    kind = kind or type(value).__name__
    if isinstance(value, (Mapping, Sequence, Set)) and not isinstance(value, str):
        return f"{kind} of {len(value)}"
    text = repr(value) if isinstance(value, str) else str(value)
    return f"{kind} {text if len(text) <= 40 else text[:39] + '…'}"


def _from_json(text: str, wanted: type[Any], what: str, name: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(_unexpected(text, what, name)) from None
    if not isinstance(value, wanted):
        raise TypeError(_unexpected(value, what, name))
    return value


def _unexpected(value: object, what: str, name: str) -> str:
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        return f"{name}: expected {what}, but {value.strip()} refers to nothing that has a value here"
    return f"{name}: expected {what}, got {shown(value)}"
