"""The regions of a workflow: loop bodies, the ways of a branch, what is protected, what only runs after a failure.

A node belongs to the innermost region that all its control wires come from. So the node where the ways of an If meet
again is outside of it, and what follows a loop's *completed* port is outside of the loop, without any pairing of nodes.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from casare.model import Graph
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.kinds import FAILING_PORTS, GUARDING_PORTS
from casare.profiling.costs.trips import Lookup, trips_of, variable_lookup
from casare.profiling.structure.order import Order
from casare.sdk import Role

ROOT: Final = 0
_OUTSIDE: Final = -1


class RegionKind(enum.Enum):
    """What being inside a region means."""

    ROOT = enum.auto()
    LOOP = enum.auto()
    BRANCH = enum.auto()
    GUARD = enum.auto()
    FAILURE = enum.auto()


_KINDS_BY_PORT: Final = {
    **dict.fromkeys(GUARDING_PORTS, RegionKind.GUARD),
    **dict.fromkeys(FAILING_PORTS, RegionKind.FAILURE),
}


class Region(NamedTuple):
    """A part of the workflow that hangs on one control port of one node."""

    kind: RegionKind
    owner: int
    """Number of the node whose port opens the region; -1 for the whole workflow."""
    port: str
    parent: int
    depth: int
    trips: float
    """How often it runs in all, turns of the loops around it multiplied."""
    assumed: bool
    """Whether a trip count of it or around it is assumed."""
    failing: bool
    """Whether it only runs after a failure."""


class Regions(NamedTuple):
    """All regions (the first is the whole workflow) and the region of each node by number."""

    regions: list[Region]
    of_node: list[int]

    def chain(self, region: int) -> list[int]:
        """Return a region and those around it, innermost first, without the whole workflow."""
        found = []
        while region > ROOT:
            found.append(region)
            region = self.regions[region].parent
        return found

    def exclusive(self, one: int, other: int) -> bool:
        """Tell whether two regions lie on different ways of the same branch, so that never both run."""
        ports = {(held.owner, held.port) for held in map(self.regions.__getitem__, self.chain(one)) if _chooses(held)}
        owners = dict(ports)
        others = map(self.regions.__getitem__, self.chain(other))
        return any(_chooses(held) and owners.get(held.owner, held.port) != held.port for held in others)


def regions_of(graph: Graph, facts: Sequence[NodeFacts], order: Order, writers: Sequence[int]) -> Regions:
    """Return the regions of `graph`. O(V + E x depth of nesting)."""
    growing = _Growing(variable_lookup(graph, facts, writers), facts, order)
    wiring = order.wiring
    of_node = growing.of_node
    steering = {source for source, _ in wiring.ports}
    control_in, data_in, reference_in = wiring.control_in, wiring.data_in, wiring.reference_in
    for number in order.topological:
        sources = control_in[number]
        if len(sources) == 1 and sources[0] not in steering:
            region = of_node[sources[0]]
            of_node[number] = region if region > ROOT else ROOT
        elif sources or data_in[number] or reference_in[number]:
            of_node[number] = growing.place(number)
        else:
            of_node[number] = ROOT
    return Regions(growing.regions, of_node)


def stay(numbers: Iterable[int], facts: Sequence[NodeFacts], order: Order, last: Regions) -> bool:
    """Tell whether all of these nodes are still in the region they were in, given that no region was opened or shut."""
    growing = _Growing(_nothing, facts, order)
    growing.resume(last)
    return all(growing.place(number) == last.of_node[number] for number in numbers)


def _nothing(_name: str) -> None:
    """Look no variable up: only a new loop would ask for one."""


class _Growing:
    """Regions while they are being found, in topological order."""

    def __init__(self, lookup: Lookup, facts: Sequence[NodeFacts], order: Order) -> None:
        self.regions = [Region(RegionKind.ROOT, -1, "", -1, 0, 1.0, False, False)]
        self.of_node = [_OUTSIDE] * len(facts)
        self._facts = facts
        self._wiring = order.wiring
        self._by_port: dict[tuple[int, str], int] = {}
        self._lookup = lookup

    def resume(self, last: Regions) -> None:
        """Go on where all regions are known."""
        self.regions, self.of_node = last.regions, last.of_node
        for number, region in enumerate(last.regions):
            self._by_port[region.owner, region.port] = number

    def place(self, number: int) -> int:
        """Return the region of a node whose sources all have theirs."""
        wiring = self._wiring
        found = ROOT
        if wiring.control_in[number]:
            sources = wiring.control_in[number]
            found = self.common([entered for source in sources for entered in self.entered(source, number)])
        elif wiring.data_in[number] or wiring.reference_in[number]:
            # A node that only waits for values is worked out where the innermost of them is made.
            made = [self.inside(source) for source in (*wiring.data_in[number], *wiring.reference_in[number])]
            found = max(made, key=lambda region: self.regions[max(region, ROOT)].depth)
        return max(found, ROOT)

    def entered(self, source: int, target: int) -> list[int]:
        """Return the regions that the wires from `source` to `target` lead into; none for a wire out of a cycle."""
        region = self.of_node[source]
        if region == _OUTSIDE:
            return []
        ports = self._wiring.ports.get((source, target))
        return [region] if ports is None else [self._behind(source, port, region) for port in ports]

    def common(self, regions: list[int]) -> int:
        """Return the innermost region that all of these lie in."""
        found = regions[0] if regions else ROOT
        for other in regions[1:]:
            while found != other:
                if self.regions[found].depth >= self.regions[other].depth:
                    found = self.regions[found].parent
                else:
                    other = self.regions[other].parent  # noqa: PLW2901
        return found

    def inside(self, source: int) -> int:
        """Return the region where a value of `source` is new: for the start of a loop, its body."""
        body = self._by_port.get((source, "body"))
        return self.of_node[source] if body is None else body

    def _behind(self, source: int, port: str, around: int) -> int:
        held = self._facts[source]
        role = held.kind.role
        if held.free:
            return around
        if role is Role.LOOP_END:
            start = self._wiring.number.get(str(held.node.config.get("paired_start_id")), source)
            return max(self.of_node[start], ROOT) if start != source else around
        if role is Role.LOOP_START or role is Role.PARALLEL_EACH:
            return around if port == "completed" else self._open(RegionKind.LOOP, source, port, around)
        kind = RegionKind.BRANCH if role is Role.BRANCH else _KINDS_BY_PORT.get(port)
        return around if kind is None else self._open(kind, source, port, around)

    def _open(self, kind: RegionKind, owner: int, port: str, parent: int) -> int:
        found = self._by_port.get((owner, port))
        if found is not None:
            return found
        around = self.regions[parent]
        trips, assumed = around.trips, around.assumed
        if kind is RegionKind.LOOP:
            own = trips_of(self._facts[owner], self._lookup)
            trips, assumed = trips * own.turns, assumed or own.assumed
        failing = around.failing or kind is RegionKind.FAILURE
        self.regions.append(Region(kind, owner, port, parent, around.depth + 1, trips, assumed, failing))
        self._by_port[owner, port] = len(self.regions) - 1
        return len(self.regions) - 1


def _chooses(region: Region) -> bool:
    return region.kind is RegionKind.BRANCH
