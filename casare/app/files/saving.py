"""Save documents on threads of their own: what is saved is the state at the moment it was asked for.

The snapshot is a copy of the graph's tables, which takes less than a frame for 10,000 nodes; encoding, compressing and
writing happen on a thread of the document, one save after another. What came of them is taken up by `settle`, on the
thread that owns the documents.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casare.foundation.errors import CasareError, FileError
from casare.foundation.signal import Signal
from casare.model import Graph
from casare.storage import Packed, Saved, prepare, write

if TYPE_CHECKING:
    from casare.app.documents.document import Document

Write = Callable[[Packed, Path], Saved]

_log = logging.getLogger(__name__)


class SaveResult(NamedTuple):
    """How a save went: what was written, or why nothing was."""

    document: Document
    path: Path
    saved: Saved | None
    error: CasareError | None


class _Job(NamedTuple):
    document: Document
    path: Path
    graph: Graph
    grade: str | None
    was_saved: bool
    """Whether the state that is saved was in the document's file already, so that a failure takes nothing away."""


class _Lane:
    """The saves of one document, in order."""

    def __init__(self) -> None:
        self.waiting: deque[_Job] = deque()
        self.unsettled = 0


class Saves:
    """Save documents without holding up whoever edits them.

    `save`, `settle`, `wait` and `close` belong to the thread that owns the documents. `wake` is called on a saving
    thread each time there is something to settle. `finished` is emitted by `settle`, once for each save.
    """

    def __init__(self, wake: Callable[[], object] = lambda: None, *, write: Write = write) -> None:
        self.finished: Signal[[SaveResult]] = Signal()
        self._wake = wake
        self._write = write
        self._condition = threading.Condition()
        self._lanes: dict[Hashable, _Lane] = {}
        self._threads: dict[Hashable, threading.Thread] = {}
        self._done: deque[tuple[_Job, SaveResult]] = deque()

    def save(self, document: Document, path: Path | None = None) -> None:
        """Begin to save a document as it is now to `path`, or to the file it came from.

        The state counts as saved from here on, so that edits made meanwhile are told from it; a failure takes that
        back. Raises ValueError without any path.
        """
        target = path or document.path
        if target is None:
            raise ValueError("a document without a file needs a path to save to")
        graph = document.graph.copy()
        with self._condition:
            lane = self._lanes.setdefault(document, _Lane())
            was_saved = document.history.is_clean and not lane.unsettled
            lane.unsettled += 1
            lane.waiting.append(_Job(document, target.absolute(), graph, document.grade, was_saved))
            if document not in self._threads:
                # No daemon: the program may not end in the middle of somebody's save.
                thread = threading.Thread(target=self._work, args=(document,), name="casare-save")
                self._threads[document] = thread
                thread.start()
        # However quick the thread is, what it did is settled on this thread, after this.
        document.history.mark_clean()

    def is_saving(self, document: Document) -> bool:
        """Tell whether a save of this document is under way or not yet settled."""
        with self._condition:
            lane = self._lanes.get(document)
            return lane is not None and lane.unsettled > 0

    @property
    def busy(self) -> bool:
        """Tell whether any save is under way or not yet settled."""
        with self._condition:
            return bool(self._lanes)

    def settle(self) -> list[SaveResult]:
        """Take up what the saves have come to: paths, marks, and the word to whoever listens. Returns what was new."""
        settled: list[SaveResult] = []
        while True:
            with self._condition:
                if not self._done:
                    return settled
                job, result = self._done.popleft()
                lane = self._lanes[job.document]
                lane.unsettled -= 1
                last = not lane.unsettled
                if last:
                    del self._lanes[job.document]
            self._take_up(job, result, last=last)
            settled.append(result)
            self.finished.emit(result)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until all saves are through, and settle them; tell whether that came to pass in time."""
        with self._condition:
            through = self._condition.wait_for(lambda: not self._threads, timeout_s)
        self.settle()
        return through

    def close(self) -> None:
        """Wait for every save that was begun, however long the disk takes, and settle it."""
        self.wait()

    def _take_up(self, job: _Job, result: SaveResult, *, last: bool) -> None:
        document = job.document
        if result.saved is not None:
            document.path, document.stamp = result.path, result.saved.stamp
            document.state_changed.emit()
        elif last and not job.was_saved:
            # No state of it is known to be in its file.
            document.history.mark_unsaved()

    def _work(self, document: Document) -> None:
        while (job := self._next(document)) is not None:
            result = self._outcome(job)
            with self._condition:
                self._done.append((job, result))
            self._tell()

    def _next(self, document: Document) -> _Job | None:
        with self._condition:
            lane = self._lanes.get(document)
            if lane is not None and lane.waiting:
                return lane.waiting.popleft()
            del self._threads[document]
            self._condition.notify_all()
            return None

    def _outcome(self, job: _Job) -> SaveResult:
        document, path = job.document, job.path
        try:
            packed = prepare(job.graph, path, catalog=document.catalog, grade=job.grade)
            return SaveResult(document, path, self._write(packed, path), None)
        except CasareError as error:
            return SaveResult(document, path, None, error)
        except Exception as error:
            # Whoever saved must hear of it, whatever went wrong.
            _log.exception("a save failed")
            told = FileError(
                f"The document could not be saved: {type(error).__name__}: {error}",
                where=str(path),
                mend="The file on disk is as it was. Save somewhere else, and report this defect.",
            )
            return SaveResult(document, path, None, told)

    def _tell(self) -> None:
        try:
            self._wake()
        except Exception:
            _log.exception("nobody heard of a finished save")
