"""The book of runs, in SQLite: what ran, when, how long, what went in and came out. A measured profile can read it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from casare.engine.keeping.recording import Metrics, Recorder
from casare.engine.keeping.report import RunReport
from casare.foundation.folders import data_folder

__all__ = ["VERSION", "Metrics", "RecordedNode", "RecordedRun", "RecordedValues", "Recorder", "RunBook"]

VERSION: Final = 2
MOST_RUNS: Final = 500
"""Older runs are forgotten."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, name TEXT, path TEXT, key TEXT, started_at REAL, elapsed_ms REAL, status TEXT,
    nodes INTEGER, metrics TEXT, errors TEXT
);
CREATE TABLE IF NOT EXISTS nodes (
    run_id TEXT, chain TEXT, node_id TEXT, type TEXT, turns TEXT, status TEXT, started_ms REAL, elapsed_ms REAL,
    cpu_ms REAL, wait_ms REAL, memory_bytes INTEGER, rows INTEGER, bytes INTEGER, cached INTEGER, error TEXT,
    outputs TEXT, inputs TEXT
);
CREATE TABLE IF NOT EXISTS workflows (key TEXT PRIMARY KEY, body BLOB);
CREATE INDEX IF NOT EXISTS nodes_by_run ON nodes (run_id, node_id);
CREATE INDEX IF NOT EXISTS runs_by_path ON runs (path, started_at);
"""
_RUN: Final = "SELECT id, name, path, started_at, elapsed_ms, status, nodes, metrics, errors FROM runs"
_NODE: Final = (
    "SELECT node_id, type, chain, turns, status, started_ms, elapsed_ms, cpu_ms, wait_ms, memory_bytes, rows, bytes,"
    " cached, error, outputs, inputs FROM nodes WHERE run_id = ?"
)


class RecordedNode(NamedTuple):
    """One run of a node, as it was written down. What was not measured, or not kept, is None."""

    node_id: str
    type: str
    chain: tuple[str, ...]
    """The nodes that led into the nested workflow it is in, outermost first."""
    turns: tuple[int, ...]
    """The numbers of the turns around it, outermost first: its iteration."""
    status: str
    started_ms: float
    elapsed_ms: float
    cpu_ms: float | None
    wait_ms: float | None
    """How long it was ready before there was room for it."""
    memory_bytes: int | None
    """The most memory of the process that ran it, where it had one of its own."""
    rows: int | None
    """Items of the longest list it gave."""
    bytes: int | None
    cached: bool
    error: str
    outputs: Any
    """What it gave, by the names of its outputs, cut to a first page."""
    inputs: Any


class RecordedRun(NamedTuple):
    """One run, as it was written down. `errors` are pairs of a node's id and a message."""

    id: str
    name: str
    path: str
    started_at: float
    elapsed_ms: float
    status: str
    nodes: int
    metrics: str
    errors: tuple[tuple[str, str], ...]


class RecordedValues(NamedTuple):
    """The sampled inputs and outputs of one run of a node; None where they were not kept."""

    inputs: Any
    outputs: Any


class RunBook:
    """The book of all runs, one file. Each use opens it anew, so any thread may."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or data_folder() / "runs.sqlite"

    def runs(self, limit: int = 100, *, offset: int = 0, path: Path | None = None) -> list[RecordedRun]:
        """Return the last runs, newest first: of all workflows, or of the file at `path`."""
        where, given = ("", ()) if path is None else (" WHERE path = ?", (str(path.absolute()),))
        with self._open() as book:
            told = f"{_RUN}{where} ORDER BY started_at DESC, rowid DESC LIMIT ? OFFSET ?"
            return [_run(row) for row in book.execute(told, (*given, limit, offset))]

    def last_run(self, path: Path) -> RecordedRun | None:
        """Return the newest run of the file at `path`, or None when it never ran."""
        return next(iter(self.runs(1, path=path)), None)

    def run(self, run_id: str) -> RecordedRun | None:
        """Return a run, or None when it is not in the book."""
        with self._open() as book:
            row = book.execute(f"{_RUN} WHERE id = ?", (run_id,)).fetchone()
        return _run(row) if row is not None else None

    def nodes(
        self,
        run_id: str,
        node_id: str | None = None,
        *,
        chain: tuple[str, ...] | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> list[RecordedNode]:
        """Return what was written down of the nodes of a run, in the order they ended.

        `node_id` and `chain` narrow it to one node, whose iterations these then are; `limit` and `offset` to a page.
        """
        told, given = _NODE, [run_id]
        if node_id is not None:
            told, given = f"{told} AND node_id = ?", [*given, node_id]
        if chain is not None:
            told, given = f"{told} AND chain = ?", [*given, json.dumps(chain)]
        with self._open() as book:
            rows = book.execute(f"{told} ORDER BY rowid LIMIT {int(limit)} OFFSET {int(offset)}", given)
            return [_node(row) for row in rows]

    def values(
        self, run_id: str, node_id: str, turns: tuple[int, ...] | None = None, *, chain: tuple[str, ...] = ()
    ) -> RecordedValues | None:
        """Return the inputs and outputs of one run of a node: of these turns, else of the last of which any are kept.

        None when the node did not run there.
        """
        told, given = f"{_NODE} AND node_id = ? AND chain = ?", [run_id, node_id, json.dumps(chain) if chain else "[]"]
        if turns is not None:
            told, given = f"{told} AND turns = ?", [*given, str(list(turns))]
        with self._open() as book:
            rows = f"{told} ORDER BY (outputs IS NULL AND inputs IS NULL), rowid DESC LIMIT 1"
            row = book.execute(rows, given).fetchone()
        return RecordedValues(_node(row).inputs, _node(row).outputs) if row is not None else None

    def snapshot(self, run_id: str) -> bytes | None:
        """Return the file of the workflow as it was when it ran, or None when it was not kept."""
        told = "SELECT body FROM workflows JOIN runs ON runs.key = workflows.key WHERE runs.id = ?"
        with self._open() as book:
            row = book.execute(told, (run_id,)).fetchone()
        return zlib.decompress(row[0]) if row is not None else None

    def append(
        self,
        report: RunReport,
        rows: Sequence[tuple[Any, ...]],
        metrics: Metrics,
        path: Path | None,
        *,
        snapshot: bytes = b"",
    ) -> None:
        """Write a run and its nodes down, and the file of the workflow as it was; forget the oldest runs."""
        errors = json.dumps([[one.node_id, one.message] for one in report.errors])
        key = hashlib.blake2b(snapshot, digest_size=16).hexdigest() if snapshot else ""
        told = (
            *(report.run_id, report.name, str(path.absolute()) if path else "", key, report.started_at),
            *(report.elapsed_ms, report.status, len(report.nodes), metrics.value, errors),
        )
        with self._open() as book:
            book.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?,?,?,?,?)", told)
            if snapshot and book.execute("SELECT 1 FROM workflows WHERE key = ?", (key,)).fetchone() is None:
                book.execute("INSERT INTO workflows VALUES (?, ?)", (key, zlib.compress(snapshot, 3)))
            book.executemany(
                f"INSERT INTO nodes VALUES ({','.join('?' * 17)})", ((report.run_id, *row) for row in rows)
            )
            _forget(book, "id IN (SELECT id FROM runs ORDER BY started_at DESC LIMIT -1 OFFSET ?)", MOST_RUNS)

    def delete(self, run_id: str) -> None:
        """Forget a run."""
        with self._open() as book:
            _forget(book, "id = ?", run_id)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # The workflows in it are as their files are, secrets that somebody typed into one included: for nobody else.
        self.path.touch(mode=0o600)
        book = sqlite3.connect(self.path, timeout=10)
        try:
            version = book.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                # Of another version of casare: kept aside, and a new book begun.
                book.close()
                self.path.replace(self.path.with_suffix(f".v{version}.sqlite"))
                book = sqlite3.connect(self.path, timeout=10)
            if version != VERSION:
                book.execute("PRAGMA journal_mode=WAL")
                book.executescript(_SCHEMA)
                book.execute(f"PRAGMA user_version={VERSION}")
            with book:
                yield book
        finally:
            book.close()


def _forget(book: sqlite3.Connection, which: str, given: object) -> None:
    gone = book.execute(f"SELECT id FROM runs WHERE {which}", (given,)).fetchall()
    if gone:
        book.executemany("DELETE FROM nodes WHERE run_id = ?", gone)
        book.executemany("DELETE FROM runs WHERE id = ?", gone)
        book.execute("DELETE FROM workflows WHERE key NOT IN (SELECT key FROM runs)")


def _run(row: tuple[Any, ...]) -> RecordedRun:
    *told, errors = row
    return RecordedRun._make((*told, tuple((node, message) for node, message in json.loads(errors))))


def _node(row: tuple[Any, ...]) -> RecordedNode:
    found = RecordedNode._make(row)
    return found._replace(
        chain=tuple(json.loads(found.chain)),  # type: ignore[arg-type]
        turns=tuple(json.loads(found.turns)),  # type: ignore[arg-type]
        cached=bool(found.cached),
        outputs=json.loads(found.outputs) if found.outputs is not None else None,
        inputs=json.loads(found.inputs) if found.inputs is not None else None,
    )
