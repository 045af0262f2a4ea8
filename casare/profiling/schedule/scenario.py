"""The run that is graded: everything reachable goes well, and every branch takes its longest way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.order import Order
from casare.profiling.structure.path import Path
from casare.profiling.structure.regions import ROOT, RegionKind, Regions
from casare.profiling.structure.slices import Slices
from casare.profiling.structure.wiring import Wiring
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
        reachable[number] = reached(number, facts, wiring, reachable, only_starts=only_starts)
        begins = not only_starts or facts[number].kind.role in (Role.START, Role.TRIGGER)
        entered = entered or (begins and (bool(control_out[number]) or facts[number].kind.has_control_input))
    if any(control_in) and not entered:
        return Reach([True] * len(facts), False)
    return Reach(reachable, True)


def reached(
    number: int, facts: Sequence[NodeFacts], wiring: Wiring, reachable: Sequence[bool], *, only_starts: bool
) -> bool:
    """Tell whether a run gets to a node, when that is known of all before it."""
    sources = wiring.control_in[number]
    if sources:
        return any(map(reachable.__getitem__, sources))
    kind = facts[number].kind
    if not only_starts or kind.role in (Role.START, Role.TRIGGER, Role.COMMENT):
        return True
    return not wiring.control_out[number] and not kind.has_control_input


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


class Ways(NamedTuple):
    """The ways of all branches. Follows from wires and regions alone."""

    targets: dict[int, list[int]]
    """For each region that is a way of a branch the nodes that its control wires lead to."""
    of_branch: dict[int, list[int]]
    """For each branch its ways."""
    branches_of: dict[int, list[int]]
    """For each slice the branches whose ways begin there, or before and behind it."""


def ways_of(order: Order, regions: Regions, slices: Slices) -> Ways:
    """Return the ways of all branches of a workflow."""
    ways = Ways({}, {}, {})
    by_port: dict[tuple[int, str], int] = {}
    for number, region in enumerate(regions.regions):
        if region.kind is RegionKind.BRANCH:
            by_port[region.owner, region.port] = number
            ways.targets[number] = []
            ways.of_branch.setdefault(region.owner, []).append(number)
    if by_port:
        for (source, target), ports in order.wiring.ports.items():
            for port in ports:
                way = by_port.get((source, port))
                if way is not None:
                    ways.targets[way].append(target)
        for held in ways.of_branch.values():
            # By name, so that which of two equal ways is taken does not depend on the order they were found in.
            held.sort(key=lambda way: regions.regions[way].port)
    return placed_again(ways, slices)


def placed_again(ways: Ways, slices: Slices) -> Ways:
    """Return the ways of all branches with the slices that they begin in now."""
    found: dict[int, list[int]] = {}
    of_node = slices.of_node
    for branch, held in ways.of_branch.items():
        places = [place for way in held for target in ways.targets[way] if (place := of_node[target]) >= 0]
        for place in range(min(places), max(places) + 1) if places else ():
            if place in found:
                found[place].append(branch)
            else:
                found[place] = [branch]
    return ways._replace(branches_of=found)


def chosen_way(branch: int, ways: Ways, slices: Slices, path: Path) -> int:
    """Return the way of a branch that the graded run takes: the one with the longest chain, the first among equals."""
    held = ways.of_branch[branch]
    places = [slices.of_node[target] for way in held for target in ways.targets[way]]
    horizon = max(places, default=0)
    best, longest = held[0], -1.0
    for way in held:
        length = 0.0
        for target in ways.targets[way]:
            place = slices.of_node[target]
            if place < 0:
                continue
            # Counted to the end of the last slice that any way begins in; behind it all ways are alike.
            rest = path.tail_ms[target] + sum(path.length_ms[place:horizon])
            length = rest if rest > length else length
        if length > longest:
            best, longest = way, length
    return best


def left_out(regions: Regions, chosen: Mapping[int, int]) -> list[bool]:
    """Return for each region whether the graded run leaves it out; `chosen` is the way taken of each branch."""
    found = [False] * len(regions.regions)
    if chosen:
        for number, region in enumerate(regions.regions):
            # Parents come before their children in the list.
            taken = region.kind is not RegionKind.BRANCH or chosen[region.owner] == number
            found[number] = number != ROOT and (found[region.parent] or not taken)
    return found
