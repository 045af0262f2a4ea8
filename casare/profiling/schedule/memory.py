"""Peak memory: what is alive at once while a schedule runs.

A node holds its memory from its start until it is done, and its output until the last node that reads it, by wire or by
reference, is done. What is read in a later slice is alive all through the slices between.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from casare.profiling.schedule.simulate import Schedule
from casare.profiling.structure.order import Order
from casare.profiling.structure.slices import Slices

_SURELY_LESS: Final = 0.99
"""Below this share of a sum no rounding reaches it, and the exact sum, which takes five times as long, is not asked."""


class Readers(NamedTuple):
    """Who reads whose output, where that keeps it alive. Follows from the wires alone."""

    last: list[int]
    """By node number, the last slice its output is alive in."""
    pairs: list[list[tuple[int, int]]]
    """For each slice (source, reader) for the outputs that end there."""
    spanning: list[int]
    """Nodes whose output is read in a later slice than their own."""


class Memory(NamedTuple):
    """Peak memory (MB) of each slice by its own nodes, and what is carried through each from earlier ones."""

    own_mb: list[float]
    carried_mb: list[float]

    def peak(self, sizes: Sequence[float]) -> float:
        """Return the most alive at any moment: never below the largest single node nor above the sum of all."""
        found = max(map(float.__add__, self.own_mb, self.carried_mb), default=0.0)
        found = max(found, max(sizes, default=0.0))
        # Adding and taking away leaves rounding behind, which must not show as more than there is.
        return found if found < _SURELY_LESS * sum(sizes) else min(found, math.fsum(sizes))


def readers_of(order: Order, slices: Slices) -> Readers:
    """Return who keeps whose output alive, and until which slice."""
    of_node = slices.of_node
    last = of_node.copy()
    read: list[tuple[int, int]] = []
    for edges in (order.wiring.data_in, order.wiring.reference_in):
        for number, sources in enumerate(edges):
            if sources and of_node[number] >= 0:
                here = of_node[number]
                for source in sources:
                    read.append((source, number))
                    last[source] = max(last[source], here)
    pairs: list[list[tuple[int, int]]] = [[] for _ in slices.slices]
    for pair in read:
        until = last[pair[0]]
        if until == of_node[pair[1]] and of_node[pair[0]] >= 0:
            pairs[until].append(pair)
    spanning = [number for number, until in enumerate(last) if until > of_node[number] >= 0]
    return Readers(last, pairs, spanning)


def pairs_in(
    nodes: Sequence[int], at: int, order: Order, last: Sequence[int], of_node: Sequence[int]
) -> list[tuple[int, int]]:
    """Return (source, reader) for the outputs that end at these nodes of slice `at`."""
    return [
        (source, number)
        for edges in (order.wiring.data_in, order.wiring.reference_in)
        for number in sorted(nodes)
        for source in edges[number]
        if last[source] == at and of_node[source] >= 0
    ]


def memory_of(
    slices: Slices, readers: Readers, schedule: Schedule, weights: Sequence[float], sizes: Sequence[float]
) -> Memory:
    """Return the memory of a schedule in which each node takes `weights` ms and holds `sizes` MB."""
    own = [peak_of_slice(slices, readers, schedule, weights, sizes, place) for place in range(len(slices.slices))]
    return Memory(own, carried(slices, readers, sizes))


def carried(slices: Slices, readers: Readers, sizes: Sequence[float]) -> list[float]:
    """Return what is alive at the begin of each slice (MB)."""
    change = [0.0] * (len(slices.slices) + 1)
    for number in readers.spanning:
        change[slices.of_node[number] + 1] += sizes[number]
        change[readers.last[number] + 1] -= sizes[number]
    alive, found = 0.0, []
    for step in change[:-1]:
        alive += step
        found.append(alive)
    return found


def peak_of_slice(
    slices: Slices,
    readers: Readers,
    schedule: Schedule,
    weights: Sequence[float],
    sizes: Sequence[float],
    at: int,
) -> float:
    """Return the most that is alive in one slice (MB), over what was alive when it began."""
    start, sequence = schedule.start_ms, schedule.sequences[at]
    starts = [start[number] for number in sequence]
    # Starts only grow along the sequence, so "freed before the n-th start" is a place in it; what takes no time is
    # still there when it starts itself.
    until: dict[int, int] = {}
    for position, number in enumerate(sequence):
        freed = bisect_left(starts, starts[position] + weights[number], position)
        until[number] = freed if freed > position else position + 1
    lives = dict(until) if readers.pairs[at] else until
    for source, reader in readers.pairs[at]:
        if until[reader] > lives.get(source, 0):
            lives[source] = until[reader]
    change = [0.0] * (len(sequence) + 1)
    last = readers.last
    for number, freed in lives.items():
        if last[number] == at:
            change[freed] -= sizes[number]
    alive = peak = 0.0
    for position, number in enumerate(sequence):
        alive += sizes[number] + change[position]
        peak = max(peak, alive)
    return peak
