"""What a report can be compared with: contents a file had, runs that were measured, other files."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from casare.app.profiler.basis import Basis
from casare.app.profiler.inner_files import InnerFiles, embedded
from casare.app.profiler.measured import measured_run, measured_runs
from casare.catalog import Catalog
from casare.foundation.errors import UsageError
from casare.foundation.folders import data_folder

if TYPE_CHECKING:
    from casare.engine.keeping.records import RunBook
    from casare.model import Graph
    from casare.profiling import Report

MOST_OF_A_KIND: Final = 10
"""So many versions, and so many runs, are offered."""
_MOST_KEPT: Final = 4


class SideKind(StrEnum):
    """What a side of a comparison is."""

    NOW = "now"
    PINNED = "pinned"
    PAST = "past"
    """An earlier analysis, of which only the figures are known."""
    SAVED = "saved"
    VERSION = "version"
    RUN = "run"
    FILE = "file"


class Side(NamedTuple):
    """One side of a comparison."""

    kind: SideKind
    title: str
    key: str = ""
    """Tells it from others of its kind."""
    path: Path | None = None
    """The file that is read for it."""
    folder: Path | None = None
    """Where the workflows it runs are looked for; None beside `path`."""

    @property
    def identity(self) -> tuple[SideKind, str, Path | None]:
        """Return what makes it the same side, whatever it is called by now."""
        return (self.kind, self.key, self.path)


def file_side(path: Path) -> Side:
    """Return another file as a side."""
    return Side(SideKind.FILE, path.name, path=path.absolute())


def past_sides(path: Path | None, catalog: Catalog, book: RunBook | None = None) -> tuple[Side, ...]:
    """Return what is kept of a workflow's file: it as saved, earlier contents, runs, each newest first.

    Reads the disk, so that it is for a thread.
    """
    if path is None:
        return ()
    from casare.storage.keeping.generations import Generations

    versions = Generations(data_folder() / "generations", catalog).versions(path)
    # The first is what the file holds now.
    return (
        Side(SideKind.SAVED, "The file as saved", path=path),
        *(
            Side(
                SideKind.VERSION,
                f"{_when(one.saved_at)} · {one.node_count:,} node{'' if one.node_count == 1 else 's'}",
                one.sha256,
                one.file,
                path.parent,
            )
            for one in versions[1 : MOST_OF_A_KIND + 1]
        ),
        *run_sides(path, book),
    )


def run_sides(path: Path, book: RunBook | None = None) -> Iterable[Side]:
    """Yield the runs of a workflow's file that were written down, newest first."""
    from casare.profiling import duration_text

    for run in measured_runs(path, book, MOST_OF_A_KIND):
        failed = "" if run.status == "completed" else f", {run.status}"
        yield Side(SideKind.RUN, f"{_when(run.started_at)} · {duration_text(run.elapsed_ms)}{failed}", run.id, path)


class SideReader:
    """Make the reports on sides that are read from the disk. What was read last is kept for as long as it stays so."""

    def __init__(self, catalog: Catalog, book: RunBook | None = None) -> None:
        self._catalog = catalog
        self._book = book
        self._kept: OrderedDict[object, tuple[Basis, Report]] = OrderedDict()

    def report(self, side: Side, basis: Basis) -> Report:
        """Return the report on a side, resting on `basis`, and for a run on what it measured above all.

        For one thread at a time. Raises FileError, and UsageError for a run of which nothing is left.
        """
        basis = replace(basis, resolve=None)
        key = (side.identity, _tag(side))
        held = self._kept.get(key)
        if held is None or held[0] != basis:
            held = self._kept[key] = (basis, self._made(side, basis))
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return held[1]

    def _made(self, side: Side, basis: Basis) -> Report:
        path = side.path
        if side.kind is SideKind.RUN:
            from casare.profiling.studies.records import measured_tables

            graph = self._graph_of_run(side)
            records = measured_run(side.key, path, self._book).records
            basis = replace(basis, tables=measured_tables(records).over(basis.tables))
        else:
            from casare.storage import load

            assert path is not None
            graph = load(path, self._catalog).graph
        folder = side.folder or (path.parent if path is not None else None)
        basis = replace(basis, resolve=InnerFiles(folder, self._catalog, embedded(graph)))
        report = basis.profiler(self._catalog).analyze(graph)
        # Its nodes are read on the window's thread; here is the time to make them.
        len(list(report.nodes))
        return report

    def _graph_of_run(self, side: Side) -> Graph:
        from casare.engine.keeping.records import RunBook
        from casare.storage import load_bytes

        body = (self._book or RunBook()).snapshot(side.key)
        if body is None:
            raise UsageError(
                "the workflow of this run was not kept", where=f"run {side.key}", mend="Compare with a newer run."
            )
        return load_bytes(body, self._catalog).graph


def _tag(side: Side) -> tuple[int, int]:
    """Return what changes when the file of a side does."""
    if side.path is None or side.kind is SideKind.RUN:
        return (0, 0)
    try:
        facts = side.path.stat()
    except OSError:
        # Reading it will say what is wrong.
        return (0, 0)
    return (facts.st_mtime_ns, facts.st_size)


def _when(seconds: float) -> str:
    return time.strftime("%d %b, %H:%M", time.localtime(seconds))
