"""Work of which only the newest result matters, done on a thread that exists only while there is some."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from casare.app.running.fairness import fair_turns

Result = TypeVar("Result")


class Latest(Generic[Result]):
    """Do the work handed in last; what was waiting before it is dropped, what was running before it is not delivered.

    `deliver` is called on the working thread. After `close` nothing is delivered.
    """

    def __init__(self, deliver: Callable[[Result], object], name: str) -> None:
        self._deliver = deliver
        self._name = name
        self._condition = threading.Condition()
        self._waiting: Callable[[], Result] | None = None
        self._running = False
        self._closed = False
        self._wish = 0
        """Counts what was asked for, dropping included, so that a result knows whether it is still wanted."""

    def submit(self, work: Callable[[], Result]) -> None:
        """Do `work` as soon as what runs now has ended."""
        with self._condition:
            if self._closed:
                return
            self._wish += 1
            self._waiting = work
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def drop(self) -> None:
        """Want nothing any more of what was handed in."""
        with self._condition:
            self._wish += 1
            self._waiting = None

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is under way; tell whether that came to pass in time."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._running, timeout_s)

    def close(self) -> None:
        """Deliver nothing more, and wait for what runs now."""
        with self._condition:
            self._closed, self._waiting = True, None
        self.wait()

    def _run(self) -> None:
        while True:
            with self._condition:
                work, self._waiting = self._waiting, None
                wish = self._wish
                if work is None or self._closed:
                    self._running = False
                    self._condition.notify_all()
                    return
            with fair_turns():
                result = work()
            with self._condition:
                wanted = wish == self._wish and not self._closed
            if wanted:
                self._deliver(result)
