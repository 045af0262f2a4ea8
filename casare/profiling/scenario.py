"""The run that is graded: everything reachable goes well, and every branch takes its longest way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casare.profiling.facts import NodeFacts
from casare.profiling.order import Order
from casare.profiling.path import Path
from casare.profiling.regions import ROOT, RegionKind, Regions
from casare.sdk import Role


class Reach(NamedTuple):
    """Which nodes run at all."""

    reachable: list[bool]
    entered: bool
    """Whether there is a node to begin at."""


def reach_of(facts: Sequence[NodeFacts], order: Order) -> Reach:
    """Return which nodes a run can get to.

    A run begins at the Start nodes, if there are any, else at every node with control ports that no control wire leads
    to; a trigger begins a run of its own. Nodes without control ports run when their values are there. When there is
    nowhere to begin, nothing is called unreachable, because nothing is certain.
    """
    wiring = order.wiring
    control_in, control_out = wiring.control_in, wiring.control_out
    only_starts = any(held.kind.role is Role.START and not held.free for held in facts)
    reachable = [False] * len(facts)
    entered = False
    for number in order.topological:
        sources = control_in[number]
        if sources:
            reachable[number] = reachable[sources[0]] or any(map(reachable.__getitem__, sources))
            continue
        held = facts[number]
        role = held.kind.role
        in_flow = bool(control_out[number]) or held.kind.has_control_input
        begins = role is Role.START or role is Role.TRIGGER or not only_starts
        reachable[number] = begins or not in_flow or role is Role.COMMENT
        entered = entered or (in_flow and begins)
    if any(control_in) and not entered:
        return Reach([True] * len(facts), False)
    return Reach(reachable, True)


def runtimes(facts: Sequence[NodeFacts], regions: Regions) -> list[float]:
    """Return what each node takes in all (ms), the turns of its loops multiplied; 0 for what does nothing."""
    trips = [region.trips for region in regions.regions]
    if len(trips) == 1:
        return [held.cost.runtime_ms for held in facts]
    return [held.cost.runtime_ms * trips[region] for held, region in zip(facts, regions.of_node, strict=True)]


def planned(runtime_ms: Sequence[float], regions: Regions, reach: Reach) -> list[float]:
    """Return the runtimes (ms) with 0 for what no good run gets to: unreachable nodes and the ways of failure."""
    failing = [region.failing for region in regions.regions]
    if not any(failing) and all(reach.reachable):
        return list(runtime_ms)
    return [
        taken if reached and not failing[region] else 0.0
        for taken, reached, region in zip(runtime_ms, reach.reachable, regions.of_node, strict=True)
    ]


def not_taken(order: Order, regions: Regions, path: Path) -> set[int]:
    """Return the nodes on ways that the graded run does not take.

    Of the ways of one branch the one with the longest chain behind it is taken, the first among equals. What lies on
    the critical path is always taken.
    """
    branches = {
        (region.owner, region.port): number
        for number, region in enumerate(regions.regions)
        if region.kind is RegionKind.BRANCH
    }
    if not branches:
        return set()
    length = dict.fromkeys(branches.values(), 0.0)
    for (source, target), ports in order.wiring.ports.items():
        for port in ports:
            way = branches.get((source, port))
            if way is not None and path.tail_ms[target] > length[way]:
                length[way] = path.tail_ms[target]
    best: dict[int, int] = {}
    for (owner, _), way in branches.items():
        if owner not in best or length[way] > length[best[owner]]:
            best[owner] = way
    left_out = [False] * len(regions.regions)
    for number, region in enumerate(regions.regions):
        # Parents come before their children in the list.
        chosen = region.kind is not RegionKind.BRANCH or best[region.owner] == number
        left_out[number] = number != ROOT and (left_out[region.parent] or not chosen)
    skipped = {number for number, region in enumerate(regions.of_node) if left_out[region]}
    return skipped.difference(path.critical)
