"""The workflow cut into stretches that run one after another, whatever any node takes.

A *gate* is a node that everything else is either before or after. All that is earlier is done when a gate begins, and
all that is later waits for it, so times, schedules and memory on its two sides have nothing to do with each other. The
order is therefore cut behind gates, into slices of some length; an edit of what a node costs only touches its slice.
Which node is a gate follows from the order alone, never from times. Whether the order is cut behind one depends on its
number and on how far the gate before it is, so that an edit of a wire moves no cut but those around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.order import Order
from casare.profiling.structure.wiring import Edges

_ONE_IN: Final = 32
"""The order is cut behind one of so many gates: shorter slices cost more than they spare."""
_WIDE: Final = 24
"""And behind every gate that is so many places after the one before."""
_SCATTER: Final = 2_654_435_761
"""Spreads numbers evenly: the golden ratio in 32 bits (Knuth, The Art of Computer Programming, 6.4)."""


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


def slices_of(order: Order, facts: Sequence[NodeFacts], reachable: Sequence[bool]) -> Slices:
    """Cut `order` into slices. O(V + E)."""
    # What does nothing and waits for nothing (a comment) would be beside everything and leave no gate at all; so would
    # what no run gets to, which takes neither time nor memory.
    line = [number for number in order.topological if takes_part(number, order, facts, reachable)]
    of_node = [-1] * len(facts)
    slices = cut(line, gates_of(order, line))
    for place, (nodes, _) in enumerate(slices):
        for number in nodes:
            of_node[number] = place
    return Slices(
        slices, of_node, _inside(order.predecessors, slices, of_node), _inside(order.successors, slices, of_node)
    )


def takes_part(number: int, order: Order, facts: Sequence[NodeFacts], reachable: Sequence[bool]) -> bool:
    """Tell whether a node has a place in the order of a run."""
    if not reachable[number]:
        return False
    return bool(order.predecessors[number] or order.successors[number]) or not facts[number].free


def cut(line: Sequence[int], gates: Sequence[bool]) -> list[Slice]:
    """Return a `line` of nodes cut behind some of its gates, and at its end in any case."""
    slices: list[Slice] = []
    begun, before, last = 0, -1, len(line) - 1
    for position, is_gate in enumerate(gates):
        if not is_gate and position != last:
            continue
        if position == last or is_cut(line[position], position - before):
            chain = all(gates[begun:position])
            slices.append(Slice(list(line[begun : position + 1]), chain))
            begun = position + 1
        before = position
    return slices


def is_cut(gate: int, distance: int) -> bool:
    """Tell whether the order is cut behind a gate that is so many places after the one before."""
    return distance >= _WIDE or (gate * _SCATTER >> 7) % _ONE_IN == 0


def inside(others: list[int], here: int, of_node: Sequence[int]) -> list[int]:
    """Return those of some nodes that are in one slice."""
    for other in others:
        if of_node[other] != here:
            return [other for other in others if of_node[other] == here]
    return others


def _inside(edges: Edges, slices: Sequence[Slice], of_node: Sequence[int]) -> Edges:
    """Return edges without those that lead out of a slice. In a chain nobody asks, so those stay as they are."""
    found = edges.copy()
    for here, (nodes, is_chain) in enumerate(slices):
        if not is_chain:
            for number in nodes:
                others = edges[number]
                if others:
                    found[number] = inside(others, here, of_node)
    return found


def gates_of(order: Order, line: Sequence[int]) -> list[bool]:
    """Return for each place of a topological `line` whether its node is ordered against all others there.

    Everything earlier leads to it exactly when nothing earlier has its first successor behind it; everything later is
    behind it exactly when nothing later has its last predecessor before it. O(V + E).
    """
    predecessors, successors = order.predecessors, order.successors
    count = len(line)
    # What is not on the line is further away than all that is.
    place, behind = [count] * len(predecessors), [-1] * len(predecessors)
    for position, number in enumerate(line):
        place[number] = behind[number] = position
    at, after = place.__getitem__, behind.__getitem__
    first = [
        (at(others[0]) if len(others) == 1 else min(map(at, others))) if others else count
        for others in map(successors.__getitem__, line)
    ]
    latest = [
        (after(others[0]) if len(others) == 1 else max(map(after, others))) if others else -1
        for others in map(predecessors.__getitem__, line)
    ]
    latest.reverse()
    furthest = accumulate(first, max, initial=0)
    nearest = list(accumulate(latest, min, initial=count))
    nearest.pop()
    nearest.reverse()
    # What is accumulated has one more than there are places.
    both = zip(furthest, nearest, strict=False)
    return [ahead <= position <= back for position, (ahead, back) in enumerate(both)]
