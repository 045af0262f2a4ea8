"""From a graph to a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casare.catalog import Catalog
from casare.model import Graph
from casare.profiling.evidence import Evidence
from casare.profiling.facts import NodeFacts
from casare.profiling.grade import grade_of
from casare.profiling.ledger import Judgement, judge
from casare.profiling.report import NodeReport, Report, Scoring, Totals
from casare.profiling.rules import RULES

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


def report_on(evidence: Evidence) -> Report:
    """Return the report that follows from `evidence`, graded by casare's own rules."""
    judgement = judge(evidence, RULES)
    ids, path = evidence.ids, evidence.path
    graded = not evidence.census.empty
    return Report(
        scoring="casare",
        score=judgement.score if graded else None,
        grade=grade_of(judgement.score) if graded else None,
        totals=Totals(
            runtime_ms=sum(evidence.load_ms),
            wall_ms=evidence.schedule.wall_ms,
            peak_memory_mb=evidence.peak_memory_mb,
            critical_path_ms=path.makespan_ms,
            parallel_opportunities=sum(len(run.nodes) for run in evidence.serial),
        ),
        critical_path=tuple([ids[number] for number in path.critical]),
        bottlenecks=tuple([ids[number] for number in bottlenecks(path.critical, evidence.load_ms, path.makespan_ms)]),
        nodes=_node_reports(evidence, judgement),
        ledger=judgement.entries if graded else (),
        suggestions=judgement.suggestions if graded else (),
    )


def renamed(report: Report, evidence: Evidence, node_ids: Sequence[str]) -> Report:
    """Return `report` with the names that these nodes have now, everything else being as it was."""
    nodes = list(report.nodes)
    for node_id in node_ids:
        place = evidence.shape.order.wiring.number[node_id]
        nodes[place] = nodes[place]._replace(name=_name(evidence.facts[place]))
    return replace(report, nodes=tuple(nodes))


def bottlenecks(critical: Sequence[int], load_ms: Sequence[float], makespan_ms: float) -> list[int]:
    """Return the nodes of a critical path that make it long, worst first."""
    least = max(makespan_ms * BOTTLENECK_SHARE, BOTTLENECK_MS)
    heavy = [number for number in critical if load_ms[number] >= least]
    return sorted(heavy, key=lambda number: (-load_ms[number], number))[:MOST_BOTTLENECKS]


def _node_reports(evidence: Evidence, judgement: Judgement) -> tuple[NodeReport, ...]:
    facts, shape = evidence.facts, evidence.shape
    regions = shape.regions
    trips = [region.trips for region in regions.regions]
    assumed = [region.assumed for region in regions.regions]
    could = evidence.overlaps.copy()
    for run in evidence.serial:
        for number in run.nodes:
            could[number] = True
    advice = judgement.advice
    empty: tuple[str, ...] = ()
    nodes = evidence.graph.nodes.values()
    columns = zip(
        evidence.ids,
        [node.type for node in nodes],
        [_name(held) for held in facts],
        [held.cost.complexity for held in facts],
        evidence.runtime_ms,
        [held.cost.memory_mb for held in facts],
        _distinct(shape.order.predecessors),
        _distinct(shape.order.successors),
        could,
        evidence.path.slack_ms,
        [
            "default" if assumed[region] and not held.free else held.cost.provenance
            for held, region in zip(facts, regions.of_node, strict=True)
        ],
        [tuple(advice[number]) if number in advice else empty for number in range(len(facts))],
        [0.0 if held.free else trips[region] for held, region in zip(facts, regions.of_node, strict=True)],
        strict=True,
    )
    return tuple(map(NodeReport._make, columns))


def _name(held: NodeFacts) -> str:
    node, spec = held.node, held.kind.spec
    return node.name or (spec.title if spec else node.type)


def _distinct(edges: Sequence[Sequence[int]]) -> list[int]:
    return [len(set(others)) if len(others) > 1 else len(others) for others in edges]
