"""How sure an estimate is: low, likely and high, and what to expect when branches are weighted by probability.

The spread of a node follows from what its figure rests on. A measured one varies by a quarter; a calibrated one by
half; a declared one by a factor of two, or of four when it waits for something outside; a default by ten. A loop whose
turns only a run can tell turns once at best and a hundred times at worst. A branch takes each of its ways as often,
unless the node says otherwise in `_probability`: a number for the first way, or one for each port.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from casare.profiling.costs.cost import number_of
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.trips import ASSUMED_TRIPS
from casare.profiling.evidence import Evidence
from casare.profiling.structure.path import path_through
from casare.profiling.structure.regions import ROOT, RegionKind

FEWEST_TURNS: Final = 1
MOST_TURNS: Final = 100
_SPREAD: Final = {"measured": 1.25, "calibrated": 1.5, "declared": 2.0, "default": 10.0}
_OUTSIDE: Final = 4.0


class Outlook(NamedTuple):
    """What a run may take (ms) with a worker for every node; every branch on its longest way but for `expected`."""

    low_ms: float
    likely_ms: float
    high_ms: float
    expected_work_ms: float
    """All work of a run on average, branches weighted by probability."""
    worst_work_ms: float
    """All work when every branch takes its longest way."""


def outlook(evidence: Evidence) -> Outlook:
    """Return how sure the figures of a workflow are."""
    factors = [spread_of(held) for held in evidence.facts]
    turns = _turn_factors(evidence)
    of_node, slices = evidence.shape.regions.of_node, evidence.shape.slices
    low = [
        weight / factor * turns[region][0]
        for weight, factor, region in zip(evidence.weights_ms, factors, of_node, strict=True)
    ]
    high = [
        weight * factor * turns[region][1]
        for weight, factor, region in zip(evidence.weights_ms, factors, of_node, strict=True)
    ]
    chances = probabilities(evidence)
    return Outlook(
        path_through(slices, low).makespan_ms,
        evidence.makespan_ms,
        path_through(slices, high).makespan_ms,
        sum(weight * chances[region] for weight, region in zip(evidence.weights_ms, of_node, strict=True)),
        sum(evidence.load_ms),
    )


def spread_of(held: NodeFacts) -> float:
    """Return the factor that a node may take more, or less, than its figure says."""
    if held.kind.waits and held.cost.provenance == "declared":
        return 1.0
    if held.kind.outside and held.cost.provenance == "declared":
        return _OUTSIDE
    return _SPREAD[held.cost.provenance]


def probabilities(evidence: Evidence) -> list[float]:
    """Return for each region how likely a run gets there, by the branches around it alone."""
    ways = evidence.shape.ways.of_branch
    found = [1.0] * len(evidence.shape.regions.regions)
    for number, region in enumerate(evidence.shape.regions.regions):
        if number == ROOT:
            continue
        own = 1.0
        if region.kind is RegionKind.BRANCH:
            offered = sorted(evidence.facts[region.owner].kind.control_outputs) or [region.port]
            config = evidence.facts[region.owner].node.config
            own = _stated(config, region.port) or 1 / max(len(offered), len(ways.get(region.owner, ())), 1)
        found[number] = found[region.parent] * own
    return found


def _stated(config: Mapping[str, object], port: str) -> float | None:
    stated = config.get("_probability")
    if isinstance(stated, Mapping):
        return _share(stated.get(port))
    first = _share(stated)
    if first is None:
        return None
    return first if port in ("true", "case_0") else 1 - first if port == "false" else None


def _share(value: object) -> float | None:
    number = number_of(value)
    return number if number is not None and 0 <= number <= 1 else None


def _turn_factors(evidence: Evidence) -> list[tuple[float, float]]:
    """Return for each region how much less and more often it may run than is assumed."""
    known = evidence.shape.regions.regions
    found = [(1.0, 1.0)] * len(known)
    for number, region in enumerate(known):
        if number == ROOT:
            continue
        low, high = found[region.parent]
        if region.kind is RegionKind.LOOP and region.assumed:
            low, high = low * FEWEST_TURNS / ASSUMED_TRIPS, high * MOST_TURNS / ASSUMED_TRIPS
        found[number] = (low, high)
    return found
