"""Dependencies after an edit of a few wires: only what hangs on those is worked out again.

Answers None where an edit is not a matter of a few nodes: it closes a cycle, opens or shuts a region, touches an entry,
or reorders a large part of the workflow. Then the whole is analysed, which gives the same in more time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from casare.model import Graph, WireKey
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.kinds import Pass
from casare.profiling.schedule.scenario import Reach, reached
from casare.profiling.structure.census import Census
from casare.profiling.structure.order import Order, places_in, sorted_by_need
from casare.profiling.structure.wiring import Edges, Wiring, return_edges
from casare.sdk import Role

MOST_WIRES: Final = 64
MOST_MOVED: Final = 4000
"""Nodes that are put into another order, or that a run gets to or not any more."""
_ENTRIES: Final = (Role.START, Role.TRIGGER)


class Ends(NamedTuple):
    """The nodes at both ends of the wires of an edit, by number."""

    sources: frozenset[int]
    targets: frozenset[int]

    @property
    def both(self) -> frozenset[int]:
        """Return all of them."""
        return self.sources | self.targets


def ends_of(wires: Iterable[WireKey], facts: Sequence[NodeFacts], wiring: Wiring) -> Ends | None:
    """Return the ends of these wires, or None when one of them decides more than who waits for whom."""
    sources: set[int] = set()
    targets: set[int] = set()
    for source_id, port, target_id, _ in wires:
        source, target = wiring.number.get(source_id), wiring.number.get(target_id)
        if source is None or target is None or (source, target) in wiring.ports:
            return None
        kind = facts[source].kind
        use = kind.passes.get(port) or kind.learn(port)
        if use is Pass.STEERING or kind.role in _ENTRIES or facts[target].kind.role in _ENTRIES:
            return None
        if source != target:
            sources.add(source)
            targets.add(target)
    return Ends(frozenset(sources), frozenset(targets)) if len(targets) <= MOST_WIRES else None


def rewired(graph: Graph, facts: Sequence[NodeFacts], census: Census, last: Order, ends: Ends) -> Order | None:
    """Return the order of `graph`, whose wires are those of `last` but for some between `ends`."""
    wiring = _wired_again(graph, facts, last.wiring, ends)
    returning = wiring.return_in
    again = return_edges(facts, census, wiring.number, wiring.control_out, wiring.ports) if wiring.open_loops else None
    if again is not None and again[0] != returning:
        # Another node ends the body of a loop, which everything behind the loop waits for.
        return None
    predecessors, successors = last.predecessors.copy(), last.successors.copy()
    for number in ends.targets:
        predecessors[number] = [
            *wiring.control_in[number], *wiring.data_in[number], *wiring.reference_in[number], *returning[number]
        ]  # fmt: skip
    for number in ends.sources:
        found = list(wiring.control_out[number])
        for other in {*successors[number], *ends.targets}:
            for edges in (wiring.data_in, wiring.reference_in, returning):
                found += [other] * edges[other].count(number)
        successors[number] = found
    topological = _sorted_again(last, predecessors, successors, ends.targets)
    if topological is None:
        return None
    place = last.place if topological is last.topological else places_in(topological)
    return Order(wiring, predecessors, successors, topological, place, plain=True)


def _wired_again(graph: Graph, facts: Sequence[NodeFacts], last: Wiring, ends: Ends) -> Wiring:
    ids, number = last.ids, last.number
    sources, targets = {ids[one] for one in ends.sources}, {ids[one] for one in ends.targets}
    control_in, control_out, data_in = last.control_in.copy(), last.control_out.copy(), last.data_in.copy()
    for one in ends.targets:
        control_in[one], data_in[one] = [], []
    for one in ends.sources:
        control_out[one] = []
    # All wires of these nodes are read again, so that they stand in the order of the document.
    near = [wire for wire in graph.connections.values() if wire[2] in targets or wire[0] in sources]
    for source_id, port, target_id, _, _ in near:
        source, target = number[source_id], number[target_id]
        if source == target:
            continue
        kind = facts[source].kind
        if (kind.passes.get(port) or kind.learn(port)) is Pass.DATA:
            if target_id in targets:
                data_in[target].append(source)
            continue
        if target_id in targets:
            control_in[target].append(source)
        if source_id in sources:
            control_out[source].append(target)
    return last._replace(
        control_in=control_in,
        control_out=control_out,
        data_in=last.data_in if data_in == last.data_in else data_in,
    )


def _sorted_again(order: Order, predecessors: Edges, successors: Edges, targets: Iterable[int]) -> list[int] | None:
    """Return the order with the stretch sorted again that new edges contradict; None for a cycle or a long stretch."""
    last, place = order.topological, order.place
    first, end = len(last), -1
    for number in targets:
        for other in predecessors[number]:
            if place[other] > place[number]:
                first, end = min(first, place[number]), max(end, place[other])
    if end < 0:
        return last
    if end - first > MOST_MOVED:
        return None
    stretch = last[first : end + 1]
    at = {number: position for position, number in enumerate(stretch)}
    found = sorted_by_need(_among(predecessors, stretch, at), _among(successors, stretch, at))
    if len(found) < len(stretch):
        return None
    return [*last[:first], *[stretch[position] for position in found], *last[end + 1 :]]


def _among(edges: Edges, stretch: Sequence[int], at: dict[int, int]) -> Edges:
    return [[at[other] for other in edges[number] if other in at] for number in stretch]


def reach_again(
    facts: Sequence[NodeFacts], order: Order, last: Reach, ends: Ends, entries: Sequence[int]
) -> Reach | None:
    """Return which nodes a run gets to now; None when that differs for very many."""
    wiring = order.wiring
    active = [number for number in entries if not facts[number].free]
    only_starts = any(facts[number].kind.role is Role.START for number in active)
    if only_starts and not any(
        wiring.control_out[number] or facts[number].kind.has_control_input
        for number in entries
        if not wiring.control_in[number]
    ):
        return None
    reachable = last.reachable.copy()
    waiting = list(ends.both)
    moved = 0
    while waiting:
        number = waiting.pop()
        now = reached(number, facts, wiring, reachable, only_starts=only_starts)
        if now != reachable[number]:
            reachable[number] = now
            moved += 1
            if moved > MOST_MOVED:
                return None
            waiting += wiring.control_out[number]
    return Reach(reachable, True) if moved else last
