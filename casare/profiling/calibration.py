"""Estimates set right by what runs on this machine took, and how far off they were.

A type is calibrated by the median over all measured nodes of the factor between measurement and estimate, so that one
slow day or one odd node does not decide. The factor is for the base cost of a type: what parameters add stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from casare.profiling.evidence import Evidence
from casare.profiling.records import Record, measured_tables
from casare.profiling.tables import CostTables, TypeFigures

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


def calibrated(runs: Iterable[tuple[Evidence, Iterable[Record]]]) -> CostTables:
    """Return what types take on this machine, from past runs of analysed workflows.

    The evidence has to be made without measured figures. Types measured fewer than three times are left out.
    """
    factors: dict[str, list[tuple[float, float | None]]] = {}
    for evidence, records in runs:
        index, facts = evidence.shape.order.wiring.number, evidence.facts
        for record in records:
            number = index.get(record.node_id)
            if number is None or record.cached or facts[number].free or facts[number].kind.waits:
                continue
            held = facts[number]
            type_id, base = held.node.type, held.kind.base.runtime_ms
            scale = held.cost.runtime_ms / base if base else 1.0
            if scale > 0:
                factors.setdefault(type_id, []).append((record.runtime_ms / scale, record.peak_memory_mb))
    types = {}
    for type_id, held_factors in factors.items():
        if len(held_factors) >= LEAST_RECORDS:
            sizes = [size for _, size in held_factors if size is not None]
            runtime = median(taken for taken, _ in held_factors)
            types[type_id] = TypeFigures(runtime, median(sizes) if sizes else None, None, "calibrated")
    return CostTables(types=types)


def _distance(error: EstimateError) -> float:
    least = 1e-3
    return abs(math.log(max(error.measured_ms, least) / max(error.estimated_ms, least)))
