"""Reading and writing JSON with errors that say where and why; strict, so NaN is none."""

from __future__ import annotations

import datetime
import json
from collections.abc import Set
from typing import Any

LONGEST_JSON = 50_000_000
"""Characters."""


def parse(text: str, name: str) -> Any:
    """Return the value that a JSON text stands for. Raises ValueError with line and column when it is none."""
    if not text.strip():
        raise ValueError(f"{name}: expected JSON, got an empty text")
    if len(text) > LONGEST_JSON:
        raise ValueError(f"{name}: expected at most {LONGEST_JSON:,} characters of JSON, got {len(text):,}")
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        near = text[max(0, error.pos - 15) : error.pos + 15]
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"{name}: not JSON at {place}: {error.msg} near {near!r}") from None
    except RecursionError:
        raise ValueError(f"{name}: the JSON is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"{name}: not JSON: {error}") from None


def write(value: Any, name: str, *, indent: int | None = None, sort_keys: bool = False, ascii_only: bool = True) -> str:
    """Return a value as JSON; dates as ISO text, sets as lists, other objects as their text.

    Raises ValueError for NaN and infinity, for a value that contains itself, and for keys that cannot be sorted.
    """
    try:
        return json.dumps(
            value, indent=indent or None, sort_keys=sort_keys, ensure_ascii=ascii_only, allow_nan=False, default=_plain
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"{name}: cannot be written as JSON: {error}") from None


def list_in(value: Any) -> Any:
    """Return the list that a JSON text spells, any other value as it is."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return list(value) if isinstance(value, Set) else str(value)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")
