"""What happened in this run of the editor, for the log panel: a bounded book that any thread may write in."""

from __future__ import annotations

import enum
import logging
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass

from casare.foundation.signal import Signal

LIMIT = 5000
"""How many entries are kept; the oldest go first."""


class Level(enum.IntEnum):
    """How much an entry matters; the numbers are those of `logging`."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40

    @property
    def title(self) -> str:
        """Return the level as a word."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `at` is in seconds since the epoch, `details` may hold a traceback."""

    number: int
    at: float
    level: Level
    source: str
    message: str
    details: str = ""

    def as_text(self) -> str:
        """Return the entry as it is copied: time, level, source, message, then the details."""
        moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.at))
        line = f"{moment}  {self.level.title:<7}  {self.source}  {self.message}"
        return f"{line}\n{self.details.rstrip()}" if self.details else line


class LogBook:
    """Keep the last entries and tell who listens. `added` and `cleared` are emitted on the thread that caused them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.added: Signal[[Entry]] = Signal()
        self.cleared: Signal[[]] = Signal()
        self._entries: deque[Entry] = deque(maxlen=limit)
        self._lock = threading.Lock()
        self._number = 0

    def entries(self) -> list[Entry]:
        """Return what is kept, oldest first."""
        with self._lock:
            return list(self._entries)

    def add(self, level: Level, source: str, message: str, details: str = "") -> Entry:
        """Write an entry and return it."""
        with self._lock:
            self._number += 1
            entry = Entry(self._number, time.time(), level, source, message, details)
            self._entries.append(entry)
        self.added.emit(entry)
        return entry

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
        self.cleared.emit()


class LogBookHandler(logging.Handler):
    """Carry what goes to `logging` over into a LogBook."""

    def __init__(self, book: LogBook, level: int = logging.INFO) -> None:
        super().__init__(level)
        self._book = book

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; one that cannot be formatted is reported the way `logging` does."""
        try:
            details = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
            self._book.add(_level(record.levelno), record.name, record.getMessage(), details)
        except Exception:
            self.handleError(record)


def _level(number: int) -> Level:
    return max((level for level in Level if level <= number), default=Level.DEBUG)
