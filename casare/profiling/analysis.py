"""From a graph to a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casare.catalog import Catalog
from casare.model import Graph
from casare.profiling.evidence import Evidence
from casare.profiling.reporting.node_reports import NodeReports
from casare.profiling.reporting.report import Report, Scoring, Totals
from casare.profiling.scoring.grade import grade_of
from casare.profiling.scoring.ledger import Judgement

DEFAULT_WORKERS: Final = 4
MOST_BOTTLENECKS: Final = 5
BOTTLENECK_SHARE: Final = 0.1
"""A node is a bottleneck when it alone makes up so much of the critical path."""
BOTTLENECK_MS: Final = 10.0
"""And takes at least this long."""


def analyze(graph: Graph, catalog: Catalog, *, workers: int = DEFAULT_WORKERS, scoring: Scoring = "casare") -> Report:
    """Return the report on `graph`: costs, critical path, bottlenecks, score and advice.

    The same graph and catalog always give the same report. Keep a `Profiler` instead to analyse again after edits.
    Raises ValueError for fewer than one worker or an unknown scoring.
    """
    from casare.profiling.profiler import Profiler

    return Profiler(catalog, workers=workers, scoring=scoring).analyze(graph)


def report_on(evidence: Evidence, judgement: Judgement, last: Report | None = None) -> Report:
    """Return the report that follows from `evidence`, graded by casare's own rules.

    `last` is the report before an edit: of its rows on nodes, those that say the same are taken over.
    """
    before = last.nodes if last is not None and isinstance(last.nodes, NodeReports) else None
    ids = evidence.ids
    critical, makespan = evidence.critical, evidence.makespan_ms
    graded = not evidence.census.empty
    return Report(
        scoring="casare",
        score=judgement.score if graded else None,
        grade=grade_of(judgement.score) if graded else None,
        totals=Totals(
            runtime_ms=sum(evidence.load_ms),
            wall_ms=evidence.schedule.wall_ms,
            peak_memory_mb=evidence.peak_memory_mb,
            critical_path_ms=makespan,
            parallel_opportunities=sum(len(run.nodes) for run in evidence.serial),
        ),
        critical_path=tuple(map(ids.__getitem__, critical)),
        bottlenecks=tuple([ids[number] for number in bottlenecks(critical, evidence.load_ms, makespan)]),
        nodes=NodeReports(evidence, judgement, before) if evidence.facts else (),
        ledger=judgement.entries if graded else (),
        suggestions=judgement.suggestions if graded else (),
    )


def bottlenecks(critical: Sequence[int], load_ms: Sequence[float], makespan_ms: float) -> list[int]:
    """Return the nodes of a critical path that make it long, worst first."""
    least = max(makespan_ms * BOTTLENECK_SHARE, BOTTLENECK_MS)
    heavy = [number for number in critical if load_ms[number] >= least]
    return sorted(heavy, key=lambda number: (-load_ms[number], number))[:MOST_BOTTLENECKS]
