"""The person at the window of a run: what nodes may ask them, tell them, and put on their clipboard."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, NamedTuple, Protocol

from casare.sdk.specs import Param


class Question(NamedTuple):
    """Something to ask: a text, values to fill in, and buttons, of which the last is the one under Enter."""

    title: str
    message: str = ""
    fields: tuple[Param, ...] = ()
    buttons: tuple[str, ...] = ("Cancel", "OK")
    icon: str = "message-square"
    values: Mapping[str, Any] = {}
    """What the fields hold at first, by their names."""
    seconds: float = 0.0
    """After so long it answers itself with the last button; 0 waits as long as it takes."""


class Reply(NamedTuple):
    """What the person answered; no button when they closed the question."""

    button: str
    values: Mapping[str, Any] = {}
    """By the names of the fields; what was left empty is not among them."""


class Desktop(Protocol):
    """The window a run was started from. Callable from any thread; a cancelled future takes the question away."""

    def ask(self, question: Question) -> Future[Reply]:
        """Ask the person; other questions wait until this one is answered."""

    def tell(self, message: str) -> Future[None]:
        """Show a message that goes away by itself."""

    def copy(self, text: str) -> Future[None]:
        """Put a text on the clipboard; an empty one clears it."""

    def paste(self) -> Future[str]:
        """Return the text on the clipboard."""
