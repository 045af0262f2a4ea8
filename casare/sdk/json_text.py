"""JSON text to values and back, the one place for it: strict, limited in length, with errors that say where."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, Final

LONGEST_JSON: Final = 50_000_000
"""Characters."""


def parse_json(text: str, name: str = "") -> Any:
    """Return the value that a JSON text stands for.

    Raises ValueError, naming `name`, for what is no JSON (with line and column), NaN and infinity among it, and for
    text that is empty, nested too deep or longer than `LONGEST_JSON`.
    """
    import json

    start = f"{name}: " if name else ""
    if not text.strip():
        raise ValueError(f"{start}expected JSON, got an empty text")
    if len(text) > LONGEST_JSON:
        raise ValueError(f"{start}expected at most {LONGEST_JSON:,} characters of JSON, got {len(text):,}")
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        near = text[max(0, error.pos - 15) : error.pos + 15]
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"{start}not JSON at {place}: {error.msg} near {near!r}") from None
    except RecursionError:
        raise ValueError(f"{start}the JSON is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"{start}not JSON: {error}") from None


def write_json(
    value: Any, name: str = "", *, indent: int = 0, sort_keys: bool = False, ascii_only: bool = False
) -> str:
    """Return a value as JSON, `indent` spaces a level (0: one line); dates as ISO text, sets as lists, bytes as text.

    Other objects are written as their text. Raises ValueError, naming `name`, for NaN and infinity, for a value that
    contains itself, and for keys that JSON does not have or that cannot be sorted.
    """
    import json

    try:
        return json.dumps(
            value,
            indent=indent if indent > 0 else None,
            sort_keys=sort_keys,
            ensure_ascii=ascii_only,
            allow_nan=False,
            default=_plain,
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"{f'{name}: ' if name else ''}cannot be written as JSON: {error}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        # In an order of its own, so that the same set is always the same text.
        return sorted(value, key=str)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")
