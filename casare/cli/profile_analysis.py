"""What `casare profile` analyses and on which basis, apart from how it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casare.foundation.errors import FileError

if TYPE_CHECKING:
    from casare.app.profiler.basis import Basis
    from casare.catalog import Catalog
    from casare.model import Graph
    from casare.profiling import Report
    from casare.profiling.evidence import Evidence
    from casare.profiling.scoring.budget import Check
    from casare.profiling.studies.compare import Comparison


@dataclass(frozen=True)
class Wishes:
    """What the report is to rest on."""

    workers: int
    memory_mb: float | None = None
    """The memory a run may take; None for as much as it likes."""
    costs: Path | None = None
    """A file with costs of types; None for the one in the folder for settings."""
    measured: str | None = None
    """The id of a run whose measurements count, or `last`."""


@dataclass(frozen=True)
class Profiled:
    """A workflow with its report."""

    title: str
    graph: Graph
    report: Report
    evidence: Evidence | None
    """None for the compatible score."""
    error: float | None = None
    """The factor by which half of the estimates were off at most, going by a measured run."""


def profiled(file: Path, catalog: Catalog, wishes: Wishes, *, nodetool: bool = False) -> Profiled:
    """Return the report on a file. Raises FileError, and UsageError for a run that is not there."""
    from casare.profiling import analyze
    from casare.storage import load

    graph = load(file, catalog).graph
    title = graph.name or file.name
    if nodetool:
        return Profiled(title, graph, analyze(graph, catalog, workers=wishes.workers, scoring="nodetool"), None)
    basis, error = _basis(file, graph, catalog, wishes)
    profiler = basis.profiler(catalog)
    report, evidence = profiler.analyze(graph), profiler.evidence
    if wishes.memory_mb is not None and evidence is not None:
        from casare.profiling.schedule.workers import under_cap

        point = under_cap(evidence, wishes.workers, wishes.memory_mb)
        totals = report.totals._replace(wall_ms=point.wall_ms, peak_memory_mb=point.peak_memory_mb)
        report = replace(report, totals=totals)
    return Profiled(title, graph, report, evidence, error)


def _basis(file: Path, graph: Graph, catalog: Catalog, wishes: Wishes) -> tuple[Basis, float | None]:
    from casare.app.profiler.basis import Basis
    from casare.app.profiler.calibration_file import CalibrationFile
    from casare.app.profiler.inner_files import InnerFiles, embedded
    from casare.profiling.costs.user_costs import user_costs

    if wishes.costs is not None and not wishes.costs.is_file():
        raise FileError("there is no such file of costs", where=str(wishes.costs), mend="Check the path.")
    calibration = CalibrationFile()
    tables = user_costs(catalog, wishes.costs).over(calibration.tables)
    resolve = InnerFiles(file.absolute().parent, catalog, embedded(graph))
    basis = Basis(wishes.workers, tables, resolve=resolve)
    if wishes.measured is None:
        return basis, None
    from casare.app.profiler.measured import measured_run
    from casare.app.profiler.measuring import learn
    from casare.profiling.studies.records import measured_tables

    found = learn(measured_run(wishes.measured, file), graph, catalog, calibration, basis)
    return replace(basis, tables=measured_tables(found.measured.records).over(tables)), found.error


def gates(held: Profiled, min_grade: str | None) -> tuple[Check, ...]:
    """Return the lines of the workflow's budget, with a least grade from outside above its own.

    Raises CasareError for a budget that cannot be understood.
    """
    from casare.profiling.scoring.budget import budget_of, checks

    return checks(held.report, budget_of(held.graph.settings, min_grade))


def compared(other: Path, held: Profiled, catalog: Catalog, wishes: Wishes) -> Comparison:
    """Return what the workflow has over another version of it, analysed alike but for measurements."""
    from casare.profiling.studies.compare import compare

    first = profiled(other, catalog, replace(wishes, measured=None), nodetool=held.evidence is None)
    return compare(first.report, held.report)
