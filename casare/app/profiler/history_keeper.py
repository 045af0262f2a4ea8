"""Keep the analyses of open documents, on a thread: the grade over time without a moment's wait for it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from casare.app.latest import Latest
from casare.app.profiler.profile_history import Analysis, ProfileHistory
from casare.foundation.signal import Signal
from casare.profiling import Report

SHOWN: Final = 30
"""So many of the last analyses of a workflow are told."""


class Kept(NamedTuple):
    """The last analyses of a workflow, oldest first."""

    workflow: str
    analyses: tuple[Analysis, ...]


class HistoryKeeper:
    """Keep one analysis after another; `kept` is emitted **on the thread that wrote**, for the newest only."""

    def __init__(self, file: Path | None = None) -> None:
        self.kept: Signal[[Kept]] = Signal()
        self._file = file
        self._latest: Latest[Kept] = Latest(self.kept.emit, "casare-history")

    def keep(self, workflow: str, report: Report) -> None:
        """Keep an analysis of a workflow, unless it says what the last one did."""

        def work() -> Kept:
            history = ProfileHistory(self._file)
            try:
                history.add(workflow, report)
                return Kept(workflow, tuple(history.of(workflow)[-SHOWN:]))
            finally:
                history.close()

        self._latest.submit(work)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being written; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def close(self) -> None:
        """Write what is being written to its end, and tell nothing more."""
        self._latest.close()
