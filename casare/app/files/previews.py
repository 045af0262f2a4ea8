"""Read the previews of workflow files on threads of their own, so that a slow drive never holds a window up.

The service knows what is wanted now: asking for other files lets go of those that nobody looks at any more. What comes
back is handed to one callback, on the reading thread; a window takes it over to its own (see `ui.background`).
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.storage import Loaded, Preview, PreviewCache, correct_preview, preview

WORKERS = 2
LIMIT = 256
"""How many files may be waiting; the least wanted are let go of."""


class Seen(NamedTuple):
    """What was read of a file: its preview, and how many of its node types casare does not know."""

    preview: Preview
    unknown_types: int = 0


Reader = Callable[[Path], Seen]


class State(enum.Enum):
    """How reading a file went."""

    READY = "ready"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PreviewResult:
    """What is known of a file now: its preview, or why there is none."""

    path: Path
    state: State
    seen: Seen | None = None
    reason: str = ""


class PreviewService:
    """Read previews with a few threads, started when first needed and ended by `close`."""

    def __init__(self, read: Reader, deliver: Callable[[PreviewResult], object], *, workers: int = WORKERS) -> None:
        self._read = read
        self._deliver = deliver
        self._workers = workers
        self._threads: list[threading.Thread] = []
        self._work = threading.Condition()
        self._wanted: list[Path] = []
        self._reading: dict[Path, int] = {}
        self._round = 0
        self._closed = False

    def want(self, paths: Iterable[Path]) -> None:
        """Ask for exactly these files, the first ones first; what was asked for before and is not here is let go of.

        A file that is being read already is not read again, and what is found of it is delivered only while it is
        wanted: the latest question wins.
        """
        with self._work:
            if self._closed:
                return
            self._round += 1
            wanted = list(dict.fromkeys(paths))[:LIMIT]
            for path in wanted:
                if path in self._reading:
                    self._reading[path] = self._round
            self._wanted = [path for path in wanted if path not in self._reading]
            self._start_threads()
            self._work.notify(len(self._wanted))

    @property
    def waiting(self) -> int:
        """Return how many files have not been looked at yet."""
        with self._work:
            return len(self._wanted)

    def close(self) -> None:
        """Let go of everything and end the threads; nothing is delivered any more. A second call does nothing."""
        with self._work:
            self._closed = True
            self._wanted.clear()
            self._work.notify_all()
        for thread in self._threads:
            # A dead network drive may hold a read for minutes; the thread is a daemon and cannot hold the exit.
            thread.join(timeout=2)
        self._threads.clear()

    def _start_threads(self) -> None:
        # Those that are busy count too: a file that takes its time must not hold up the one asked for next.
        while len(self._threads) < min(self._workers, len(self._wanted) + len(self._reading)):
            name = f"casare-preview-{len(self._threads) + 1}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while (path := self._next()) is not None:
            result = read_result(self._read, path)
            with self._work:
                still_wanted = self._reading.pop(path) == self._round and not self._closed
            if still_wanted:
                self._deliver(result)

    def _next(self) -> Path | None:
        with self._work:
            while not self._wanted and not self._closed:
                self._work.wait()
            if self._closed:
                return None
            path = self._wanted.pop(0)
            self._reading[path] = self._round
            return path


def read_result(read: Reader, path: Path) -> PreviewResult:
    """Read one file and say how it went; never raises, as a broken file is a card like any other."""
    try:
        if not path.exists():
            return PreviewResult(path, State.MISSING, reason="The file is not there any more.")
        return PreviewResult(path, State.READY, read(path))
    except CasareError as error:
        return PreviewResult(path, State.BROKEN, reason=error.what)
    except Exception as error:
        return PreviewResult(path, State.BROKEN, reason=f"{type(error).__name__}: {error}")


def correct_picture(loaded: Loaded, catalog: Catalog) -> None:
    """Let previews of a file show what opening it found, when the preview it carries belongs to another content."""
    if any(problem.code == "stale-skeleton" for problem in loaded.problems):
        correct_preview(loaded, catalog, PreviewCache())


def preview_reader(catalog: Catalog) -> Reader:
    """Return a reader that uses the user's preview cache."""
    cache = PreviewCache()

    def read(path: Path) -> Seen:
        found = preview(path, catalog, cache)
        return Seen(found, sum(catalog.find(type_id) is None for type_id in found.node_types))

    return read
