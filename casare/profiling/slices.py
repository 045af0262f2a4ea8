"""The workflow cut into stretches that run one after another, whatever any node takes.

A *gate* is a node that everything else is either before or after. All that is earlier is done when a gate begins, and
all that is later waits for it, so times, schedules and memory on its two sides have nothing to do with each other. The
order is therefore cut behind gates, into slices of some length; an edit of what a node costs only touches its slice.
Which node is a gate follows from the order alone, never from times.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    before = [_within(others, here, of_node) for here, others in zip(of_node, predecessors, strict=True)]
    after = [_within(others, here, of_node) for here, others in zip(of_node, successors, strict=True)]
    return Slices(slices, of_node, before, after)


def _within(others: list[int], here: int, of_node: Sequence[int]) -> list[int]:
    for other in others:
        if of_node[other] != here:
            return [other for other in others if of_node[other] == here]
    return others


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
    gates = [True] * count
    furthest = 0
    for position, number in enumerate(line):
        if furthest > position:
            gates[position] = False
        others = successors[number]
        if len(others) == 1:
            first = place[others[0]]
        elif others:
            first = min([place[other] for other in others])
        else:
            first = count
        furthest = first if first > furthest else furthest
    place = [-1 if position == count else position for position in place]
    nearest = count
    for position in range(count - 1, -1, -1):
        if nearest < position:
            gates[position] = False
        others = predecessors[line[position]]
        if len(others) == 1:
            latest = place[others[0]]
        elif others:
            latest = max([place[other] for other in others])
        else:
            latest = -1
        nearest = latest if latest < nearest else nearest
    return gates
