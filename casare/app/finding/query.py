"""What a person types to find something in a graph, taken apart.

Words stand for themselves and must all be found, in any order. `type:http` asks for a node type, `param:url` for a set
parameter, `param:url=example` for its value, `in:orders` for the frame around a node, and `is:` for a state. Quotes
hold words together; a minus sign before a part asks for what does not fit it.
"""

from __future__ import annotations

import enum
import re
from typing import Final, NamedTuple


class Flag(enum.StrEnum):
    """A state that `is:` asks for."""

    PROBLEM = "problem"
    ERROR = "error"
    WARNING = "warning"
    DISABLED = "disabled"
    UNCONNECTED = "unconnected"
    UNKNOWN = "unknown"
    NODE = "node"
    NOTE = "note"
    FRAME = "frame"
    PORTAL = "portal"


class Term(NamedTuple):
    """One part of a query, in lower case. `key` is empty for a word, `value` is empty for a bare `param:name`."""

    key: str
    text: str
    value: str = ""
    negated: bool = False


class Query(NamedTuple):
    """A query taken apart. `complaint` says what of it could not be understood, in words for a person."""

    terms: tuple[Term, ...] = ()
    complaint: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the bare words that must be found, which are what is marked in the results."""
        return tuple(term.text for term in self.terms if not term.key and not term.negated)


FILTERS: Final = ("type", "param", "in", "is")

_PART = re.compile(r'(-?)(?:(\w+):)?("[^"]*"?|\S+)?(?:\s+|$)')
_EXAMPLES: Final = "type:http  param:url=example  in:frame  is:problem"


def parse(text: str) -> Query:
    """Take a query apart. Nothing is an error: what is not understood is searched for as it stands, or left out."""
    terms: list[Term] = []
    complaint = ""
    for minus, name, quoted in _PART.findall(text.strip()):
        key, raw = name.lower(), quoted.strip('"').lower()
        if not (key or raw):
            continue
        if key and key not in FILTERS:
            # An address or a time has a colon too.
            key, raw = "", f"{key}:{raw}"
        if key == "is" and raw not in set(Flag):
            starts = [flag.value for flag in Flag if raw and flag.startswith(raw)]
            if len(starts) != 1:
                complaint = f"is: takes {', '.join(Flag)}" if raw else ""
                continue
            raw = starts[0]
        if key and not raw:
            continue
        value = ""
        if key == "param" and "=" in raw:
            raw, _, value = raw.partition("=")
            value = value.strip('"')
        terms.append(Term(key, raw, value, bool(minus)))
    return Query(tuple(terms), complaint)


def syntax() -> str:
    """Return the filters with an example of each, on one line."""
    return _EXAMPLES
