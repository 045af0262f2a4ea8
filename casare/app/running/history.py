"""Runs of the past: what the book of runs holds of a workflow, and what a person had asked for each time.

The book is the engine's and knows nothing of editors. Here a second file keeps, for each run started from one, what was
asked for and from which document.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from casare.app.running.board import NodeView, StatusBoard
from casare.app.running.places import nested_in, path_of
from casare.app.running.turns import Turn
from casare.app.subgraphs import inlined
from casare.catalog import Catalog
from casare.engine import RunReport
from casare.engine.keeping.records import MOST_RUNS, RecordedNode, Recorder, RunBook
from casare.foundation.errors import CasareError
from casare.foundation.folders import data_folder
from casare.model import Graph
from casare.storage import encode, load_bytes

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS asked (run_id TEXT PRIMARY KEY, at REAL, place TEXT, what TEXT);
CREATE INDEX IF NOT EXISTS asked_by_time ON asked (at);
"""
_ELSEWHERE: Final = "Command line"


class PastRun(NamedTuple):
    """A run that can be looked at again. `what` says what was asked for, or where it was started."""

    id: str
    started_at: float
    elapsed_ms: float
    status: str
    what: str


class RunHistory:
    """The runs of the past, in two files. Each use opens them anew, so any thread may."""

    def __init__(self, book: RunBook | None = None, path: Path | None = None) -> None:
        self.book = book or RunBook()
        self.path = path or self.book.path.with_name("run-graphs.sqlite")

    def append(
        self, report: RunReport, recorder: Recorder, what: str, path: Path | None, place: str, graph: Graph
    ) -> None:
        """Write a run down. A book that cannot be written must not cost the result of a run, so nothing is raised."""
        try:
            self.book.append(report, recorder.rows, recorder.metrics, path, snapshot=encode(graph))
            with self._open() as beside:
                told = (report.run_id, report.started_at, place, what)
                beside.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)", told)
                oldest = "SELECT run_id FROM asked ORDER BY at DESC LIMIT -1 OFFSET ?"
                beside.execute(f"DELETE FROM asked WHERE run_id IN ({oldest})", (MOST_RUNS,))
        except (OSError, CasareError, sqlite3.Error):
            return

    def runs(self, path: Path | None, place: str, limit: int = 100) -> list[PastRun]:
        """Return the last runs of a workflow, newest first: those of its file, and those from the document `place`."""
        if not self.book.path.exists():
            return []
        asked = self._asked()
        wanted = str(path.absolute()) if path is not None else None
        found: list[PastRun] = []
        for one in self.book.runs(limit * 20):
            told = asked.get(one.id)
            if (wanted is not None and one.path == wanted) or (told is not None and told[0] == place):
                what = told[1] if told is not None else _ELSEWHERE
                found.append(PastRun(one.id, one.started_at, one.elapsed_ms, one.status, what))
        return found[:limit]

    def graph(self, run_id: str, catalog: Catalog) -> Graph | None:
        """Return the graph as it was when a run began, or None where it was not kept. Raises FileError."""
        packed = self.book.snapshot(run_id)
        return load_bytes(packed, catalog).graph if packed is not None else None

    def board(self, run_id: str, graph: Graph) -> StatusBoard:
        """Return how the nodes of `graph` stood at the end of a run."""
        flat = inlined(graph)
        views: dict[str, NodeView] = {path: NodeView("skipped") for path in (*flat.nodes, *nested_in(flat))}
        rows = [(path, one) for one in self.book.nodes(run_id) if (path := path_of(one.chain, one.node_id)) in views]
        for path, one in rows:
            views[path] = _after(views[path], one)
        board = StatusBoard()
        board.restore(views)
        ran: dict[str, int] = {}
        for path, one in rows:
            number = ran[path] = ran.get(path, -1) + 1
            board.turns.add(path, _turn(one, number), _values(one))
        return board

    def delete(self, run_id: str) -> None:
        """Forget a run."""
        self.book.delete(run_id)
        with self._open() as beside:
            beside.execute("DELETE FROM asked WHERE run_id = ?", (run_id,))

    def _asked(self) -> dict[str, tuple[str, str]]:
        with self._open() as beside:
            rows = beside.execute("SELECT run_id, place, what FROM asked").fetchall()
        return {run_id: (place, what) for run_id, place, what in rows}

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=10)) as beside:
            beside.execute("PRAGMA journal_mode=WAL")
            beside.executescript(_SCHEMA)
            with beside:
                yield beside


def default_history() -> RunHistory:
    """Return the history of this person."""
    return RunHistory(RunBook(data_folder() / "runs.sqlite"))


def _after(before: NodeView, one: RecordedNode) -> NodeView:
    ran = one.status in ("completed", "failed", "cached")
    return NodeView(
        "completed" if one.status == "bypassed" and before.runs else one.status,
        before.runs + ran,
        one.elapsed_ms,
        before.total_ms + (one.elapsed_ms if ran else 0.0),
        one.error or before.error,
    )


def _turn(one: RecordedNode, run: int) -> Turn:
    began = one.started_ms / 1000
    made = Turn(run, one.turns, one.status, began, began + one.elapsed_ms / 1000, one.error)
    made.inputs = one.inputs if isinstance(one.inputs, Mapping) else None
    return made


def _values(one: RecordedNode) -> Mapping[str, Any] | None:
    return one.outputs if isinstance(one.outputs, Mapping) else None
