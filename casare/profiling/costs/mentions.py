"""Which names the templates of a configuration mention, fast for the templates that people write most.

Most templates are `{{node.port}}` or `{{name}}` with plain names. Those are cut out by hand, which is several times as
fast as the full grammar; anything else goes to `casare.expressions.references`, which always has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from casare.expressions import Reference, references

_NO_REFERENCES: Final[tuple[Reference, ...]] = ()
_WORDS: Final = frozenset(
    ("and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None", "true", "false", "null")
)


_PLAIN: Final = re.compile(r"[^{}%$]*\{\{[ \t]*([A-Za-z_]\w*)(\.[A-Za-z_]\w*)?[ \t]*\}\}[^{}%$]*", re.ASCII).fullmatch
"""A text with one template that holds nothing but `name` or `name.name`."""


def mentions(config: Mapping[str, Any]) -> tuple[Reference, ...]:
    """Return every reference in the values of a configuration once, in the order they stand."""
    found: tuple[Reference, ...] = _NO_REFERENCES
    for value in config.values():
        kind = value.__class__
        if kind is str:
            if "{" in value or "%" in value:
                found = found + in_text(value) if found else in_text(value)
        elif kind is list or kind is dict or kind is tuple:
            held = tuple(references(value))
            found = found + held if found else held
    return tuple(dict.fromkeys(found)) if len(found) > 1 else found


def in_text(text: str) -> tuple[Reference, ...]:
    """Return what one text mentions, in the order it stands; a name that occurs twice may come twice."""
    plain = _PLAIN(text)
    if plain is None:
        return tuple(references(text))
    root, rest = plain.groups("")
    return tuple(references(text)) if root in _WORDS else (Reference(root, rest),)
