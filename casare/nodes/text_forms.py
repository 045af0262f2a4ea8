"""Lists that a person wrote as lines or with commas, and JSON that says where it is wrong."""

from __future__ import annotations

import json
from typing import Any

from casare.nodes.coerce import as_list


def list_of(value: object, what: str, *, commas: bool = True) -> list[Any]:
    """Return a new list from a list, JSON text, lines of text or (with `commas`) text with commas.

    Raises TypeError or ValueError naming `what` when the value is no list.
    """
    if not isinstance(value, str):
        return list(as_list(value, what))
    text = value.strip()
    if text.startswith("["):
        found = parse_json(text, what)
        return found if isinstance(found, list) else [found]
    if "\n" in text:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if not text:
        return []
    return [part.strip() for part in text.split(",")] if commas else [text]


def parse_json(text: str, what: str) -> Any:
    """Return what JSON text means; raise ValueError naming `what`, the line and the column when it is not JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{what} is not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise ValueError(f"{what} is nested too deeply to read as JSON") from None
