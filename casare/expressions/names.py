"""What an expression may look up, and how what exists is told to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, Protocol

from casare.expressions.errors import UnknownNameError

_MOST_NAMES: Final = 12


class _Unknown:
    """The answer to a name that does not exist."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class Absent:
    """Something that exists and has no value yet, such as a node that was bypassed: every path into it gives nothing.

    `parts` are the names that may be asked for, so that a misspelt one is told apart; empty when any may be.
    """

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[str] = ()) -> None:
        self.parts = tuple(parts)


class Repeated(Mapping[str, Any]):
    """Something that has run several times: `[*]` and `[2]` are about its runs, a name is about the last of them."""

    def runs(self) -> list[Any]:
        """Return what each run gave, in order."""
        return [self.whole()]

    def turn(self, index: int) -> Any:
        """Return what one run gave, counted from 0, or from the end below that. Raises IndexError."""
        return self.runs()[index]

    def whole(self) -> Any:
        """Return what it stands for when nothing is taken out of it."""
        return dict(self)


class Names(Protocol):
    """The names around an expression: variables, nodes with their outputs, and the system's own (`$currentDate`)."""

    def value(self, root: str) -> Any:
        """Return the value of a name, `UNKNOWN` when there is none, an `Absent` when it has no value yet."""

    def known(self) -> Mapping[str, str]:
        """Return every name with a word for its type, for messages."""


class NoNames:
    """Nothing can be looked up: an expression of constants."""

    def value(self, root: str) -> Any:
        """Return `UNKNOWN`."""
        return UNKNOWN

    def known(self) -> Mapping[str, str]:
        """Return nothing."""
        return {}


def unknown_name(root: str, names: Names) -> UnknownNameError:
    """Return the error for a name that does not exist: what exists, of which type, and what is spelled most like it."""
    return UnknownNameError(f"there is no variable or node called “{root}”", mend=listing(root, names.known()))


def missing_part(part: object, value: Any, place: str) -> UnknownNameError:
    """Return the error for a part that a value does not have. `place` is the path so far."""
    if isinstance(value, Mapping):
        return UnknownNameError(
            f"“{place}” has no “{part}”", mend=listing(str(part), {str(key): word_for(value[key]) for key in value})
        )
    if isinstance(value, (list, tuple, str)):
        count = len(value)
        held = "is empty" if not count else f"has {count} item{'' if count == 1 else 's'}, numbered 0 to {count - 1}"
        return UnknownNameError(f"“{place}” has no item {part}", mend=f"It {held}.")
    return UnknownNameError(
        f"“{place}” is {word_for(value)}, so it has no “{part}”", mend="Only dictionaries and lists have parts."
    )


def listing(wanted: str, known: Mapping[str, str]) -> str:
    """Return a sentence with the nearest name, and the names that exist with their types."""
    if not known:
        return "Nothing exists at this point."
    near = get_close_matches(wanted, known, n=1, cutoff=0.6)
    nearest = f"Did you mean “{near[0]}”? " if near else ""
    shown = [f"{name} ({kind})" for name, kind in list(known.items())[:_MOST_NAMES]]
    more = len(known) - len(shown)
    return f"{nearest}There is: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}."


def word_for(value: Any) -> str:
    """Return a word for the type of a value."""
    if value is None or isinstance(value, Absent):
        return "nothing"
    for kind, word in _WORDS:
        if isinstance(value, kind):
            return word
    return type(value).__name__


_WORDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, "yes/no"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
    (bytes, "bytes"),
    ((list, tuple), "list"),
    (Mapping, "dictionary"),
)
