"""Past analyses of each workflow, kept in a small database: the grade over time, and what to compare with.

The history is a convenience: a file that is damaged or cannot be written is left alone and nothing is kept, rather than
an editor that does not start.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from casare.foundation.folders import data_folder
from casare.profiling import Report
from casare.profiling.reporting.digest import digest_of

MOST_PER_WORKFLOW: Final = 200
MOST_WORKFLOWS: Final = 500
_VERSION: Final = 1
_TABLE: Final = """
create table if not exists analyses (
    number integer primary key, workflow text not null, at real not null, digest text not null, scoring text not null,
    score real, grade text, nodes integer not null, runtime_ms real not null, wall_ms real not null,
    peak_memory_mb real not null, critical_path_ms real not null, parallel_opportunities integer not null);
create index if not exists by_workflow on analyses (workflow, number);
"""


class Analysis(NamedTuple):
    """One past analysis. `at` is seconds since the epoch; times in ms, memory in MB."""

    at: float
    digest: str
    scoring: str
    score: float | None
    grade: str | None
    nodes: int
    runtime_ms: float
    wall_ms: float
    peak_memory_mb: float
    critical_path_ms: float
    parallel_opportunities: int


class ProfileHistory:
    """The analyses of all workflows, at most 200 for each and 500 workflows. One thread at a time."""

    def __init__(self, file: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._file = file or data_folder() / "profiles.sqlite"
        self._clock = clock
        self._database: sqlite3.Connection | None = None
        self._broken = False

    def add(self, workflow: str, report: Report) -> bool:
        """Keep an analysis of `workflow` (its path, or any name); tell whether it was kept.

        One that says the same as the last is not kept again, so that undoing nothing leaves no trace.
        """
        last = self.latest(workflow)
        digest = digest_of(report)
        if report.score is None or (last is not None and last.digest == digest):
            return False
        row = Analysis(
            self._clock(), digest, report.scoring, report.score, report.grade, len(report.nodes), *report.totals
        )
        return self._write(workflow, row)

    def of(self, workflow: str) -> list[Analysis]:
        """Return the analyses of a workflow, oldest first."""
        return self._read("where workflow = ? order by number", (workflow,))

    def latest(self, workflow: str) -> Analysis | None:
        """Return the last analysis of a workflow, or None."""
        found = self._read("where workflow = ? order by number desc limit 1", (workflow,))
        return found[0] if found else None

    def forget(self, workflow: str) -> None:
        """Remove what is known of a workflow."""
        database = self._open()
        if database is not None:
            with database:
                database.execute("delete from analyses where workflow = ?", (workflow,))

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _read(self, rest: str, values: tuple[str, ...]) -> list[Analysis]:
        database = self._open()
        if database is None:
            return []
        columns = ", ".join(Analysis._fields)
        with closing(database.execute(f"select {columns} from analyses {rest}", values)) as rows:
            return [Analysis(*row) for row in rows]

    def _write(self, workflow: str, row: Analysis) -> bool:
        database = self._open()
        if database is None:
            return False
        columns = ", ".join(("workflow", *Analysis._fields))
        holes = ", ".join("?" * (1 + len(row)))
        try:
            with database:
                database.execute(f"insert into analyses ({columns}) values ({holes})", (workflow, *row))
                database.execute(
                    "delete from analyses where workflow = ? and number not in "
                    "(select number from analyses where workflow = ? order by number desc limit ?)",
                    (workflow, workflow, MOST_PER_WORKFLOW),
                )
                database.execute(
                    "delete from analyses where workflow not in (select workflow from analyses "
                    "group by workflow order by max(number) desc limit ?)",
                    (MOST_WORKFLOWS,),
                )
        except sqlite3.Error:
            return False
        return True

    def _open(self) -> sqlite3.Connection | None:
        if self._database is None and not self._broken:
            database = None
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                database = sqlite3.connect(self._file, check_same_thread=False)
                if database.execute("pragma user_version").fetchone()[0] not in (0, _VERSION):
                    raise sqlite3.DatabaseError("written by a later version")
                database.executescript(_TABLE)
                database.execute(f"pragma user_version = {_VERSION}")
                self._database = database
            except (sqlite3.Error, OSError):
                if database is not None:
                    database.close()
                self._broken = True
        return self._database
