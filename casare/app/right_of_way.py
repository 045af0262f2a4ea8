"""Right of way for the window over threads of this process that draw for it.

Each call into Qt gives the interpreter away. A painting makes a hundred of them, and a thread in pure Python hands it
back after half a millisecond at the earliest: a frame of 5 ms would take 20 to 50. So such a thread asks between
small steps whether the window is at work, and waits until it is done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Final, Self, TypeVar

Thing = TypeVar("Thing")

_LONGEST_WAIT_S: Final = 0.1
"""After so long a thread goes on all the same, so that a window that never rests gets its pictures too."""
_STEP: Final = 50


class RightOfWay:
    """Held by the window while it handles an event: `with right_of_way: ...`. It may be taken within itself."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self._depth = 0
        self._holder = 0
        """The thread of the window; it never waits for itself."""

    def __enter__(self) -> Self:
        self._depth += 1
        self._holder = threading.get_ident()
        self._free.clear()
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._free.set()

    def give(self) -> None:
        """Wait until the window is done with what it is at; return at once on its own thread."""
        if not self._free.is_set() and threading.get_ident() != self._holder:
            self._free.wait(_LONGEST_WAIT_S)

    def giving(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Go through things, giving way every few of them."""
        for number, thing in enumerate(things):
            if not number % _STEP:
                self.give()
            yield thing


WINDOW: Final = RightOfWay()
"""That of the window of this process, which has one interpreter. Without a window nobody ever takes it."""
