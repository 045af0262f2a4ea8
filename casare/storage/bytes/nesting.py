"""How deep lists and objects stand inside one another, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from casare.foundation.errors import LimitError

_TEXT: Final = re.compile(rb'"(?:[^"\\]+|\\.)*+"', re.DOTALL)
_NO_BRACKET: Final = bytes(set(range(256)) - set(b"[]{}"))


def depth_of_text(text: bytes) -> int:
    """Return the nesting depth of JSON text, brackets inside texts not counted. The text need not be valid."""
    if text.count(b"[") + text.count(b"{") <= 1:
        return text.count(b"[") + text.count(b"{")
    depth = deepest = 0
    for byte in _TEXT.sub(b"", text).translate(None, _NO_BRACKET):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def containers_in(values: Iterable[Any]) -> list[Any]:
    """Return the lists and objects among `values`."""
    return [value for value in values if type(value) is dict or type(value) is list]


def check_depth(values: Iterable[Any], limit: int, *, above: int = 0, where: str = "") -> None:
    """Raise LimitError when `values`, which stand `above` levels deep themselves, are nested past `limit`."""
    level = containers_in(values)
    depth = above
    while level:
        depth += 1
        if depth > limit:
            raise too_deep(limit, where)
        level = [
            inner
            for value in level
            for inner in (value.values() if type(value) is dict else value)
            if type(inner) is dict or type(inner) is list
        ]


def too_deep(limit: int, where: str) -> LimitError:
    """Return the error for nesting past the limit."""
    return LimitError(
        f"Lists and objects are nested more than {limit} deep.",
        where=where,
        mend="Check where the file comes from; no workflow needs such nesting.",
    )
