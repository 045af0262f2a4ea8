"""Make of what arrives at a port what a node needs: a text, a number, a yes or no, a list, a dict, a choice.

A value comes over a wire as it is, or from a field as text: `[1, 2]`, `{"a": 1}` and `42` typed by a person mean a
list, a dict and a number. What cannot be meant is a TypeError (a thing of another kind) or a ValueError (a text that
says something else), with a message that begins with `name`, the input or setting it is about.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final

from casare.sdk.json_text import parse_json

_NO: Final = frozenset({"", "false", "no", "off", "none", "null", "n", "f"})
_YES: Final = frozenset({"true", "yes", "on", "y", "t"})
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d+", re.ASCII)
_REFERENCE: Final = re.compile(r"\s*\{\{.*\}\}\s*", re.DOTALL)
_LONGEST_NUMBER: Final = 400
_KINDS: Final = {"str": "text", "bool": "flag", "int": "number", "float": "number"}


def as_text(value: Any) -> str:
    """Return a value as people read it: nothing as empty text, true and false, lists and dicts as JSON. Never fails."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, (list, tuple, Mapping)):
        return _as_json(value)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return str(value)


def as_truth(value: Any, name: str = "condition") -> bool:
    """Return whether a condition holds. The words false, no, off, none and null, 0 and nothing mean no, other text yes.

    Raises ValueError for a reference such as `{{flag}}` that nothing has replaced.
    """
    if not isinstance(value, str):
        return bool(value)
    said = _yes_or_no(value)
    if said is None and _REFERENCE.fullmatch(value):
        raise ValueError(_unexpected(value, "true or false", name))
    return said is not False


def as_flag(value: Any, name: str = "") -> bool:
    """Return a setting that is on or off. Text must say so: true, yes, on or a number, false, no, off, none or 0.

    Unlike `as_truth`, raises ValueError for any other text.
    """
    if not isinstance(value, str):
        return bool(value)
    said = _yes_or_no(value)
    if said is None:
        raise ValueError(_unexpected(value, "true or false", name))
    return said


def number_in(value: Any) -> int | float | None:
    """Return the number that a value is or spells, None when it is neither."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
            return int(text) if _WHOLE.fullmatch(text) else float(text)
    return None


def as_number(value: Any, name: str = "") -> int | float:
    """Return a finite number, whole where it is written so. Raises TypeError or ValueError when the value is none."""
    number = number_in(value)
    if number is None:
        raise _refused(value, "a number", name)
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueError(_unexpected(value, "a finite number", name))
    return number


def as_float(value: Any, name: str = "") -> float:
    """Return a finite number as a float. Raises TypeError or ValueError when the value is none."""
    try:
        return float(as_number(value, name))
    except OverflowError:
        raise ValueError(_unexpected(value, "a number below 1e308", name)) from None


def as_integer(value: Any, name: str = "") -> int:
    """Return a whole number; 3.0 and "3" count, 2.5 does not. Raises TypeError or ValueError when the value is none."""
    number = as_number(value, name)
    if isinstance(number, float) and not number.is_integer():
        raise ValueError(_unexpected(value, "a whole number", name))
    return int(number)


def as_integer_or_none(value: Any, name: str = "") -> int | None:
    """Return a whole number, or None for nothing and an empty field. Raises what `as_integer` raises."""
    return None if value is None or value == "" else as_integer(value, name)


def as_list(value: Any, name: str = "") -> list[Any]:
    """Return a list: itself, what can be gone through, or what JSON text says; nothing is the empty list.

    Raises TypeError or ValueError for anything else, a dict and a single value among it: see `as_items`.
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


def as_items(value: Any, name: str = "", *, commas: bool = True) -> list[Any]:
    """Return a new list of what somebody lists: a list, JSON text, lines of text, or (with `commas`) text with commas.

    A single value, a dict among it, is a list of one; nothing is the empty list. Raises ValueError for text that begins
    like a JSON list and is none, and for a reference such as `{{rows}}` that nothing has replaced.
    """
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        raise ValueError(_unexpected(value, "a list", name))
    if isinstance(value, str) and not value.lstrip().startswith("["):
        text = value.strip()
        if "\n" in text:
            return [line.strip() for line in text.splitlines() if line.strip()]
        if commas:
            return [part.strip() for part in text.split(",") if part.strip()]
        return [text] if text else []
    if isinstance(value, Mapping) or not (value is None or isinstance(value, Iterable)):
        return [value]
    return [value] if isinstance(value, (bytes, bytearray)) else [*as_list(value, name)]


def as_dict(value: Any, name: str = "") -> dict[Any, Any]:
    """Return a dict: itself, any mapping, or what JSON text says; nothing is the empty dict.

    Raises TypeError or ValueError for anything else.
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


def as_choice(value: Any, choices: Iterable[str], name: str = "", words: Mapping[str, str] | None = None) -> str:
    """Return the choice that a value names, whatever its capitals, also through one of the other `words` for it.

    Raises ValueError when it names none.
    """
    wanted = as_text(value).strip().lower()
    wanted = (words or {}).get(wanted, wanted)
    choices = tuple(choices)
    if wanted in choices:
        return wanted
    known = {choice.lower(): choice for choice in choices}
    if wanted not in known:
        raise ValueError(f"{_start(name)}expected one of {', '.join(known.values())}; got {shown(value)}")
    return known[wanted]


def shown(value: Any) -> str:
    """Return a short form of a value for a message, with the kind of thing it is."""
    if value is None:
        return "nothing"
    kind = _KINDS.get(type(value).__name__, type(value).__name__)
    if isinstance(value, (Mapping, Sequence, Set)) and not isinstance(value, str):
        return f"{kind} of {len(value)}"
    if isinstance(value, int) and value.bit_length() > 200:
        # Python refuses to write numbers of more than 4,300 digits, and nobody reads one of a hundred.
        return f"{kind} of about {round(value.bit_length() * math.log10(2)):,} digits"
    text = repr(value[:80]) if isinstance(value, str) else str(value)
    return f"{kind} {text if len(text) <= 40 else text[:39] + '…'}"


def _as_json(value: Any) -> str:
    import json

    def plain(item: Any) -> Any:
        return dict(item) if isinstance(item, Mapping) else as_text(item)

    try:
        return json.dumps(value, ensure_ascii=False, default=plain)
    except (TypeError, ValueError, RecursionError):
        return str(value)


def _yes_or_no(text: str) -> bool | None:
    word = text.strip().casefold()
    if word in _NO or word in _YES:
        return word in _YES
    number = number_in(word)
    return None if number is None else number != 0


def _from_json(text: str, wanted: type[Any], what: str, name: str) -> Any:
    if _REFERENCE.fullmatch(text):
        raise ValueError(_unexpected(text, what, name))
    try:
        value = parse_json(text)
    except ValueError as error:
        why = f" ({error})" if text.lstrip().startswith(("[", "{")) else ""
        raise ValueError(_unexpected(text, what, name) + why) from None
    if not isinstance(value, wanted):
        raise TypeError(_unexpected(value, what, name))
    return value


def _refused(value: Any, what: str, name: str) -> Exception:
    kind = ValueError if isinstance(value, str) else TypeError
    return kind(_unexpected(value, what, name))


def _unexpected(value: Any, what: str, name: str) -> str:
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        return f"{_start(name)}expected {what}, but {value.strip()} refers to nothing that has a value here"
    return f"{_start(name)}expected {what}, got {shown(value)}"


def _start(name: str) -> str:
    return f"{name}: " if name else ""
