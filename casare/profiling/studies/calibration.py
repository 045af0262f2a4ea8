"""Estimates set right by what runs on this machine took, and how far off they were.

A type is calibrated by the median over all measured nodes of the factor between measurement and estimate, so that one
slow day or one odd node does not decide. The factor is for the base cost of a type: what parameters add stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

from casare.profiling.costs.tables import CostTables, TypeFigures
from casare.profiling.evidence import Evidence
from casare.profiling.studies.records import Record, measured_tables

LEAST_RECORDS: Final = 3
"""Fewer measurements of a type are no basis."""


class EstimateError(NamedTuple):
    """How far an estimate (ms) was off: `factor` is what was measured for each ms that was estimated."""

    node_id: str
    type: str
    estimated_ms: float
    measured_ms: float

    @property
    def factor(self) -> float:
        """Return measured / estimated; infinite when nothing was estimated."""
        return self.measured_ms / self.estimated_ms if self.estimated_ms else math.inf


def estimate_errors(evidence: Evidence, records: Iterable[Record]) -> list[EstimateError]:
    """Return for each measured node of the workflow how far its estimate was off, worst first."""
    index, facts = evidence.shape.order.wiring.number, evidence.facts
    found = []
    for node_id, figures in measured_tables(records).nodes.items():
        number = index.get(node_id)
        if number is not None and figures.runtime_ms is not None and not facts[number].free:
            held = facts[number]
            found.append(EstimateError(node_id, held.node.type, held.cost.runtime_ms, figures.runtime_ms))
    return sorted(found, key=lambda error: (-_distance(error), error.node_id))


def typical_error(errors: Sequence[EstimateError]) -> float | None:
    """Return the factor that half of the estimates are off by at most, in either direction; None without any."""
    return math.exp(median(map(_distance, errors))) if errors else None


class Sample(NamedTuple):
    """What one measured run of a node says about its type: base runtime (ms), and memory (MB) where it was measured."""

    runtime_ms: float
    memory_mb: float | None = None


def samples_of(evidence: Evidence, records: Iterable[Record]) -> dict[str, list[Sample]]:
    """Return by type what a run says; `evidence` has to be made without measured and calibrated figures.

    What parameters add is taken out again, so that what is left can be said of every node of the type.
    """
    index, facts = evidence.shape.order.wiring.number, evidence.facts
    found: dict[str, list[Sample]] = {}
    for record in records:
        number = index.get(record.node_id)
        if number is None or record.cached or facts[number].free or facts[number].kind.waits:
            continue
        held = facts[number]
        base = held.kind.base.runtime_ms
        scale = held.cost.runtime_ms / base if base else 1.0
        if scale > 0:
            found.setdefault(held.node.type, []).append(Sample(record.runtime_ms / scale, record.peak_memory_mb))
    return found


def figures_of(samples: Mapping[str, Sequence[Sample]]) -> CostTables:
    """Return what types take, from samples; types measured fewer than three times are left out."""
    types = {}
    for type_id, held in samples.items():
        if len(held) >= LEAST_RECORDS:
            sizes = [one.memory_mb for one in held if one.memory_mb is not None]
            runtime = median(one.runtime_ms for one in held)
            types[type_id] = TypeFigures(runtime, median(sizes) if sizes else None, None, "calibrated")
    return CostTables(types=types)


def calibrated(runs: Iterable[tuple[Evidence, Iterable[Record]]]) -> CostTables:
    """Return what types take on this machine, from past runs of analysed workflows; see `samples_of`."""
    samples: dict[str, list[Sample]] = {}
    for evidence, records in runs:
        for type_id, held in samples_of(evidence, records).items():
            samples.setdefault(type_id, []).extend(held)
    return figures_of(samples)


def _distance(error: EstimateError) -> float:
    least = 1e-3
    return abs(math.log(max(error.measured_ms, least) / max(error.estimated_ms, least)))
