"""Every run, written down in SQLite: what ran, when, how long, what came out. A measured profile can read it."""

from __future__ import annotations

import enum
import json
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from casare.engine.report import RunReport
from casare.engine.showing import Mask, counts_of, shown_value
from casare.engine.state import NOTHING
from casare.engine.step import Mode
from casare.foundation.folders import data_folder

VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, name TEXT, path TEXT, key TEXT, started_at REAL, elapsed_ms REAL, status TEXT,
    nodes INTEGER, metrics TEXT, errors TEXT
);
CREATE TABLE IF NOT EXISTS nodes (
    run_id TEXT, chain TEXT, node_id TEXT, type TEXT, turns TEXT, status TEXT, started_ms REAL, elapsed_ms REAL,
    cpu_ms REAL, wait_ms REAL, memory_bytes INTEGER, rows INTEGER, bytes INTEGER, cached INTEGER, error TEXT, value TEXT
);
CREATE INDEX IF NOT EXISTS nodes_by_run ON nodes (run_id, node_id);
"""
_WITH_VALUE: Final = frozenset({"completed", "cached"})
_HERE: Final = frozenset({Mode.INLINE, Mode.CAREFUL})
_NUMBER_BYTES: Final = 8
_BUDGET: Final = 2_000
"""Bytes of one value that are kept; a run keeps at most a thousand times as many."""


class Metrics(enum.StrEnum):
    """How much of a run is written down: every node, about one in ten, or only the run itself."""

    FULL = "full"
    SAMPLED = "sampled"
    OFF = "off"


class RecordedNode(NamedTuple):
    """One run of a node, as it was written down. What was not measured is None."""

    node_id: str
    type: str
    turns: tuple[int, ...]
    status: str
    started_ms: float
    elapsed_ms: float
    cpu_ms: float | None
    rows: int | None
    bytes: int | None
    error: str
    value: Any


class RecordedRun(NamedTuple):
    """One run, as it was written down."""

    id: str
    name: str
    path: str
    started_at: float
    elapsed_ms: float
    status: str


class RunBook:
    """The book of all runs, one file. Each use opens it anew, so any thread may."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or data_folder() / "runs.sqlite"

    def runs(self, limit: int = 100) -> list[RecordedRun]:
        """Return the last runs, newest first."""
        told = "SELECT id, name, path, started_at, elapsed_ms, status FROM runs ORDER BY started_at DESC LIMIT ?"
        with self._open() as book:
            return [RecordedRun(*row) for row in book.execute(told, (limit,))]

    def nodes(self, run_id: str) -> list[RecordedNode]:
        """Return what was written down of the nodes of a run, in the order they ended."""
        told = (
            "SELECT node_id, type, turns, status, started_ms, elapsed_ms, cpu_ms, rows, bytes, error, value"
            " FROM nodes WHERE run_id = ? ORDER BY rowid"
        )
        with self._open() as book:
            found = book.execute(told, (run_id,)).fetchall()
        return [_recorded(row) for row in found]

    def append(self, report: RunReport, rows: Sequence[tuple[Any, ...]], metrics: Metrics, path: Path | None) -> None:
        """Write a run and its nodes down."""
        errors = json.dumps([{"node": one.node_id, "message": one.message} for one in report.errors])
        told = (
            *(report.run_id, report.name, str(path or ""), "", report.started_at, report.elapsed_ms, report.status),
            *(len(report.nodes), metrics.value, errors),
        )
        with self._open() as book:
            book.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?,?,?,?,?)", told)
            book.executemany(
                f"INSERT INTO nodes VALUES ({','.join('?' * 16)})", ((report.run_id, *row) for row in rows)
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        book = sqlite3.connect(self.path, timeout=10)
        try:
            version = book.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                # Of another version of casare: kept aside, and a new book begun.
                book.close()
                self.path.replace(self.path.with_suffix(f".v{version}.sqlite"))
                book = sqlite3.connect(self.path, timeout=10)
            book.execute("PRAGMA journal_mode=WAL")
            book.executescript(_SCHEMA)
            book.execute(f"PRAGMA user_version={VERSION}")
            with book:
                yield book
        finally:
            book.close()


def _recorded(row: tuple[Any, ...]) -> RecordedNode:
    node_id, type_id, turns, *rest, value = row
    shown = json.loads(value) if value is not None else None
    return RecordedNode._make((node_id, type_id, tuple(json.loads(turns)), *rest, shown))


class Recorder:
    """Take the rows of one run as they come, and keep what is to be written down."""

    def __init__(self, metrics: Metrics, mask: Mask | None = None, *, seed: int = 0) -> None:
        self.metrics = metrics
        self.rows: list[tuple[Any, ...]] = []
        self._mask = mask or Mask()
        self._values_left = _BUDGET * 1000
        self._chance = random.Random(seed)

    def take(self, rows: Sequence[Any], began: int) -> None:
        """Keep rows; the sink of a run."""
        if self.metrics is Metrics.OFF:
            return
        last: dict[tuple[int, int], int] = {}
        for at, row in enumerate(rows):
            if type(row) is tuple:
                last[id(row[0].frame), row[1]] = at
        for at, row in enumerate(rows):
            if type(row) is not tuple or row[4] == "running":
                continue
            if self.metrics is Metrics.SAMPLED and row[4] == "completed" and self._chance.random() >= 0.1:
                continue
            newest = last[id(row[0].frame), row[1]] == at
            self.rows.append(self._record(row, began, newest=newest))

    def _record(self, row: tuple[Any, ...], began: int, *, newest: bool) -> tuple[Any, ...]:
        scope, slot, start, end, status, problem = row
        frame = scope.frame
        workflow = frame.workflow
        node = workflow.nodes[slot] if slot < len(workflow.nodes) else None
        count = size = value = None
        given = frame.outputs[slot]
        # A later turn may have put its value in the place of this one's.
        if newest and given is not NOTHING and given is not None and status in _WITH_VALUE:
            named = workflow.outputs_of(slot, given)
            count, size = counts_of(named)
            if named and self._values_left > 0:
                value = self._shown(named, size)
                self._values_left -= len(value)
        step = workflow.steps[slot]
        elapsed = (end - start) / 1e6
        inline = step is not None and step.mode in _HERE
        return (
            *(json.dumps(frame.chain) if frame.chain else "[]", node.id if node else "", node.type if node else ""),
            *("[]" if scope.parent is None else json.dumps(scope.turns), status, (start - began) / 1e6, elapsed),
            *(elapsed if inline else None, None, None, count, size, int(status == "cached")),
            *(self._mask.text(problem.message) if problem is not None else "", value),
        )

    def _shown(self, named: Mapping[str, Any], size: int) -> str:
        if len(named) == 1 and size == _NUMBER_BYTES:
            name, one = next(iter(named.items()))
            if type(one) in (int, bool) or (type(one) is float and one - one == 0):
                return f'{{"{name}": {json.dumps(one)}}}'
        return json.dumps(shown_value(named, self._mask, _BUDGET), ensure_ascii=False)
