"""The functions an expression may call. Every one ends soon, whatever it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from casare.expressions.errors import ExpressionError

LONGEST: Final = 1_000_000
"""How many characters or items a result may have."""
MOST_BITS: Final = 16_384
"""How many bits a whole number may have."""


def bounded(value: Any) -> Any:
    """Return `value`, or raise ExpressionError when it is larger than an expression may make things."""
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise ExpressionError("the number has too many digits", mend=f"At most {MOST_BITS} bits are worked out.")
    if isinstance(value, (str, bytes, list, tuple)) and len(value) > LONGEST:
        raise ExpressionError("the result is too long", mend=f"At most {LONGEST:,} characters or items are made.")
    return value


def number_of(value: Any) -> int | float:
    """Return a number, also from the text of one. Raises ValueError for anything else."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return float(value)
    raise ValueError(f"{value!r:.60} is not a number")


def _items(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return list(value)
    raise TypeError("expected a list")


def _spread(values: tuple[Any, ...]) -> list[Any]:
    return _items(values[0]) if len(values) == 1 and not isinstance(values[0], (int, float, str)) else list(values)


def _round(value: Any, digits: Any = None) -> Any:
    number = number_of(value)
    if digits is None:
        return round(number)
    return round(number, max(-400, min(400, int(digits))))


def _integer(value: Any) -> int:
    number = number_of(value)
    return bounded(int(number))  # type: ignore[no-any-return]


def _text(value: Any = "") -> str:
    return "" if value is None else str(value)


def _sum(*values: Any) -> Any:
    numbers = [bounded(number_of(value)) for value in _spread(values)]
    if all(isinstance(number, int) for number in numbers):
        return bounded(sum(numbers))
    try:
        # Rounded once, at the end: 0.1 and 0.2 make 0.3, on every version of Python.
        return math.fsum(numbers)
    except OverflowError:
        raise ExpressionError("the sum is too large", mend="Numbers reach to about 1e308.") from None


def _average(*values: Any) -> Any:
    held = _spread(values)
    return _sum(held) / len(held) if held else None


def _replace(text: Any, old: Any, new: Any) -> str:
    whole, gone, put = _text(text), _text(old), _text(new)
    if whole.count(gone) * max(0, len(put) - len(gone)) > LONGEST:
        raise ExpressionError("the result is too long", mend="Replace with something shorter.")
    return whole.replace(gone, put)


def _join(items: Any, separator: Any = "") -> str:
    parts, between = [_text(item) for item in _items(items)], _text(separator)
    bounded(" " * min(LONGEST + 1, sum(map(len, parts)) + len(between) * len(parts)))
    return between.join(parts)


def _split(text: Any, separator: Any = None) -> list[str]:
    return _text(text).split(_text(separator) if separator else None)


def _contains(whole: Any, part: Any) -> bool:
    return _text(part) in whole if isinstance(whole, str) else part in whole


def _get(whole: Any, key: Any, default: Any = None) -> Any:
    if isinstance(whole, Mapping):
        return whole.get(key, default)
    return whole[key] if isinstance(key, int) and -len(whole) <= key < len(whole) else default


def _unique(items: Any) -> list[Any]:
    found: list[Any] = []
    seen: set[str] = set()
    for item in _items(items):
        key = repr(item)
        if key not in seen:
            seen.add(key)
            found.append(item)
    return found


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "len": len,
    "count": lambda items, *wanted: _items(items).count(wanted[0]) if wanted else len(items),
    "min": lambda *values: min(_spread(values)),
    "max": lambda *values: max(_spread(values)),
    "sum": _sum,
    "avg": _average,
    "average": _average,
    "round": _round,
    "abs": lambda value: abs(number_of(value)),
    "int": _integer,
    "float": lambda value: float(number_of(value)),
    "str": _text,
    "bool": bool,
    "lower": lambda text: _text(text).lower(),
    "upper": lambda text: _text(text).upper(),
    "title": lambda text: _text(text).title(),
    "strip": lambda text: _text(text).strip(),
    "trim": lambda text: _text(text).strip(),
    "replace": _replace,
    "split": _split,
    "join": _join,
    "startswith": lambda text, start: _text(text).startswith(_text(start)),
    "endswith": lambda text, end: _text(text).endswith(_text(end)),
    "contains": _contains,
    "first": lambda items: _items(items)[0] if len(items) else None,
    "last": lambda items: _items(items)[-1] if len(items) else None,
    "sorted": lambda items: sorted(_items(items)),
    "reversed": lambda items: _items(items)[::-1],
    "unique": _unique,
    "keys": lambda value: list(value.keys() if isinstance(value, Mapping) else range(len(value))),
    "values": _items,
    "get": _get,
    "any": lambda items: any(_items(items)),
    "all": lambda items: all(_items(items)),
    "default": lambda value, other: other if value is None or value == "" else value,
}
"""By name. What is first in a call may also stand before a dot: `{{name.upper()}}`."""
