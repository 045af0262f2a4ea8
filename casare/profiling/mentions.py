"""Which names the templates of a configuration mention, fast for the templates that people write most.

Most templates are `{{node.port}}` or `{{name}}` with plain names. Those are cut out by hand, which is several times as
fast as the full grammar; anything else goes to `casare.expressions.references`, which always has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casare.expressions import Reference, references

_NO_REFERENCES: Final[tuple[Reference, ...]] = ()
_WORDS: Final = frozenset(
    ("and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None", "true", "false", "null")
)


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
    opened = text.find("{{")
    if opened < 0 or "%" in text or "$" in text:
        return tuple(references(text))
    closed = text.find("}}", opened)
    inner = text[opened + 2 : closed].strip()
    if closed < 0 or "{" in text[closed:]:
        return tuple(references(text))
    root, dot, rest = inner.partition(".")
    if not root.isidentifier() or not root.isascii() or (dot and not rest.isidentifier()) or "{" in text[:opened]:
        return tuple(references(text))
    if root in _WORDS or "}" in text[:opened] or text[closed + 2 : closed + 3] == "}" or not rest.isascii():
        return tuple(references(text))
    return (Reference(root, dot + rest),)
