"""Follow a dotted path such as `user.tags[0].name` into nested dicts and lists. Data only: never an attribute."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from casare.sdk import as_text

_STEP = re.compile(r"""\.?(?:([^.\[\]]+)|\[\s*(-?\d+)\s*\]|\["([^"]*)"\]|\['([^']*)'\])""")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


@lru_cache(maxsize=512)
def steps(path: str) -> tuple[str, ...]:
    """Return the keys and indexes a path is made of; `a.0`, `a[0]` and `a["x.y"]` are understood.

    Raises ValueError for a path that ends in a dot, or has a bracket too many.
    """
    found: list[str] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError(f"key path {path!r}: cannot read it from {path[position:]!r} on; write a.b[0].c")
        found.append(next(group for group in match.groups() if group is not None))
        position = match.end()
    return tuple(found)


def follow(value: Any, path: str) -> tuple[bool, Any]:
    """Return whether `path` leads anywhere in `value`, and what is there. An empty path leads to `value` itself."""
    if isinstance(value, Mapping) and path in value:
        return True, value[path]
    for step in steps(path):
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and _WHOLE.fullmatch(step):
            index = int(step)
            if not -len(value) <= index < len(value):
                return False, None
            value = value[index]
        else:
            return False, None
    return True, value


def value_at(value: Any, path: object) -> Any:
    """Return what is at `path` in `value`, None when nothing is, `value` itself for an empty path."""
    text = as_text(path).strip()
    return follow(value, text)[1] if text else value
