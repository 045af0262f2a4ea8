"""The workflow cut into stretches that run one after another, whatever any node takes.

A *gate* is a node that everything else is either before or after. All that is earlier is done when a gate begins, and
all that is later waits for it, so times, schedules and memory on its two sides have nothing to do with each other. The
order is therefore cut behind gates, into slices of some length; an edit of what a node costs only touches its slice.
Which node is a gate follows from the order alone, never from times.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from casare.profiling.facts import NodeFacts
from casare.profiling.order import Order
from casare.profiling.wiring import Edges

LEAST_LENGTH: Final = 48
"""Below this, cutting costs more than it spares."""


class Slice(NamedTuple):
    """A stretch of the order: its nodes in topological order, and whether each just waits for the one before."""

    nodes: list[int]
    is_chain: bool


class Slices(NamedTuple):
    """All slices in the order they run in, and the slice of each node; -1 for what takes no part in the order."""

    slices: list[Slice]
    of_node: list[int]
    before: Edges
    """For each node the nodes of its own slice that it waits for. Those of earlier slices are done when its begins."""
    after: Edges
    """For each node the nodes of its own slice that wait for it."""


def slices_of(order: Order, facts: Sequence[NodeFacts]) -> Slices:
    """Cut `order` into slices. O(V + E)."""
    predecessors, successors = order.predecessors, order.successors
    # What does nothing and waits for nothing (a comment) would be beside everything and leave no gate at all.
    line = [
        number for number in order.topological if predecessors[number] or successors[number] or not facts[number].free
    ]
    gates = gates_of(order, line)
    of_node = [-1] * len(facts)
    slices: list[Slice] = []
    begun = 0
    last = len(line) - 1
    for position, is_gate in enumerate(gates):
        if position == last or (is_gate and position - begun >= LEAST_LENGTH - 1):
            nodes = line[begun : position + 1]
            chain = all(gates[begun:position]) and (is_gate or position == last)
            for number in nodes:
                of_node[number] = len(slices)
            slices.append(Slice(nodes, chain))
            begun = position + 1
    return Slices(slices, of_node, _inside(predecessors, slices, of_node), _inside(successors, slices, of_node))


def _inside(edges: Edges, slices: Sequence[Slice], of_node: Sequence[int]) -> Edges:
    """Return edges without those that lead out of a slice. In a chain nobody asks, so those stay as they are."""
    found = edges.copy()
    for here, (nodes, is_chain) in enumerate(slices if len(slices) > 1 else ()):
        for number in nodes if not is_chain else ():
            others = edges[number]
            for other in others:
                if of_node[other] != here:
                    found[number] = [other for other in others if of_node[other] == here]
                    break
    return found


def gates_of(order: Order, line: Sequence[int]) -> list[bool]:
    """Return for each place of a topological `line` whether its node is ordered against all others there.

    Everything earlier leads to it exactly when nothing earlier has its first successor behind it; everything later is
    behind it exactly when nothing later has its last predecessor before it. O(V + E).
    """
    predecessors, successors = order.predecessors, order.successors
    count = len(line)
    place = [count] * len(predecessors)
    for position, number in enumerate(line):
        place[number] = position
    at = place.__getitem__
    first = [
        (at(others[0]) if len(others) == 1 else min(map(at, others))) if others else count
        for others in map(successors.__getitem__, line)
    ]
    latest = [
        (at(others[0]) if len(others) == 1 else max(map(at, others))) if others else -1
        for others in map(predecessors.__getitem__, line)
    ]
    latest.reverse()
    furthest = accumulate(first, max, initial=0)
    nearest = list(accumulate(latest, min, initial=count))
    nearest.pop()
    nearest.reverse()
    # What is accumulated has one more than there are places.
    both = zip(furthest, nearest, strict=False)
    return [ahead <= position <= behind for position, (ahead, behind) in enumerate(both)]
