"""Understand a value that arrives as something else: text typed into a field, a number wired to a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from casare.sdk.errors import NodeError

_FALSE: Final = frozenset({"", "false", "no", "off", "none", "null", "n", "f"})
_TRUE: Final = frozenset({"true", "yes", "on", "y", "t"})
_REFERENCE: Final = re.compile(r"\{\{[^{}]*\}\}")


def as_truth(value: Any) -> bool:
    """Return whether a value means yes. Text is read: "false", "no", "off", "0" and nothing at all mean no.

    Raises NodeError for a reference such as `{{flag}}` that nothing has replaced.
    """
    if not isinstance(value, str):
        return bool(value)
    word = value.strip().casefold()
    if word in _FALSE or word in _TRUE:
        return word in _TRUE
    if _REFERENCE.fullmatch(word):
        raise NodeError(
            f"the condition {value.strip()} names nothing that exists at this point",
            mend="Check the name, and that what it refers to runs before this node.",
        )
    try:
        return float(word) != 0
    except ValueError:
        return True


def as_integer(value: Any) -> int:
    """Return a whole number. Raises NodeError when the value is none, also for 2.5."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        value = _number(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise NodeError(f"{_shown(value)} is not a whole number")


def as_float(value: Any) -> float:
    """Return a number. Raises NodeError when the value is none."""
    if isinstance(value, str):
        value = _number(value)
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            pass
    raise NodeError(f"{_shown(value)} is not a number")


def as_text(value: Any) -> str:
    """Return a value as people read it: nothing as empty text, true and false, lists and dictionaries as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict, tuple)):
        import json

        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def as_list(value: Any) -> list[Any]:
    """Return a list: of a JSON array in text, of what can be gone through, else of the value alone; None is empty."""
    if value is None:
        return []
    if isinstance(value, str):
        found = _json(value)
        return found if isinstance(found, list) else [value]
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return list(value)
    return [value]


def as_dict(value: Any) -> dict[Any, Any]:
    """Return a dictionary, also from a JSON object in text. Raises NodeError for anything else."""
    if isinstance(value, str):
        value = _json(value)
    if isinstance(value, Mapping):
        return dict(value)
    if value is None:
        return {}
    raise NodeError(f"{_shown(value)} is not a dictionary", mend='Write it as JSON, such as {"name": "value"}.')


def _number(text: str) -> int | float | None:
    cleaned = text.strip()
    try:
        return int(cleaned)
    except ValueError:
        pass
    try:
        number = float(cleaned)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _json(text: str) -> Any:
    if not text.lstrip().startswith(("[", "{")):
        return None
    import json

    try:
        return json.loads(text)
    except ValueError:
        return None


def _shown(value: Any) -> str:
    if value is None:
        return "no value"
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
