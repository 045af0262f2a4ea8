"""Runs that were written down, as the records the profiler reads."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from casare.engine.keeping.records import RecordedNode, RecordedRun, RunBook
from casare.foundation.errors import UsageError
from casare.profiling.studies.records import Record

LAST = "last"
"""Stands for the last run of a workflow instead of the id of one."""
_LOOKED_AT = 500
_RAN = frozenset(("completed", "cached"))


class MeasuredRun(NamedTuple):
    """A run of a workflow with what its nodes took."""

    run: RecordedRun
    records: tuple[Record, ...]

    @property
    def title(self) -> str:
        """Return the run as a person would tell it from others: when it began."""
        return f"Run of {time.strftime('%d %b, %H:%M', time.localtime(self.run.started_at))}"


def measured_runs(path: Path | None, book: RunBook | None = None, limit: int = 20) -> list[RecordedRun]:
    """Return the runs of a workflow's file that came to an end, newest first; none when nothing was written down."""
    held = book or RunBook()
    if path is None or not held.path.exists():
        return []
    wanted = str(path.absolute())
    return [run for run in held.runs(_LOOKED_AT) if run.path == wanted and run.status != "cancelled"][:limit]


def measured_run(which: str, path: Path | None, book: RunBook | None = None) -> MeasuredRun:
    """Return a run by its id, or the last one of a workflow's file for `last`.

    Raises UsageError when there is none, or when nothing was written down of its nodes.
    """
    held = book or RunBook()
    if which == LAST:
        found = next(iter(measured_runs(path, held, 1)), None)
    else:
        known = held.runs(_LOOKED_AT) if held.path.exists() else []
        found = next((run for run in known if run.id == which), None)
    if found is None:
        raise UsageError(
            "there is no such run" if which != LAST else "this workflow has no run that was written down",
            where=f"--measured {which}",
            mend="Run the workflow once, or give the id of a run.",
        )
    # Without the nodes of workflows inside of it, which may have the same ids.
    records = tuple(records_of(held.nodes(found.id, chain=())))
    if not records:
        raise UsageError(
            "nothing was written down of the nodes of this run",
            where=f"run {found.id}",
            mend="Run the workflow again with its measurements on.",
        )
    return MeasuredRun(found, records)


def records_of(nodes: Iterable[RecordedNode]) -> list[Record]:
    """Return what the engine wrote down of nodes as the profiler reads it; what did not come to its end is left out."""
    return [
        Record(
            node.node_id,
            node.started_ms,
            node.started_ms + max(node.elapsed_ms, 0.0),
            cpu_ms=node.cpu_ms,
            wait_ms=node.wait_ms,
            rows=node.rows,
            bytes=node.bytes,
            cached=node.status == "cached",
            iteration=node.turns[-1] if node.turns else None,
        )
        for node in nodes
        if node.status in _RAN and node.node_id
    ]
