"""Peak memory: what is alive at once while a schedule runs."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from casare.profiling.order import Order
from casare.profiling.simulate import Schedule


def peak_memory(order: Order, schedule: Schedule, weights: Sequence[float], memory_mb: Sequence[float]) -> float:
    """Return the most memory (MB) alive at any moment of `schedule`.

    A node holds its memory from its start until it is done, and its output until the last node that reads it, by wire
    or by reference, is done. Never below the largest single node nor above the sum of all.
    """
    start, sequence = schedule.start_ms, schedule.sequence
    finish = [begun + taken for begun, taken in zip(start, weights, strict=True)]
    place = [0] * len(weights)
    for position, number in enumerate(sequence):
        place[number] = position
    starts = [start[number] for number in sequence]
    # Starts only grow along the sequence, so "freed before the n-th start" is a place in it; what takes no time is
    # still there when it starts itself.
    freed_at = [
        at if (at := bisect_left(starts, done)) > position else position + 1
        for done, position in zip(finish, place, strict=True)
    ]
    lives = freed_at.copy()
    for edges in (order.wiring.data_in, order.wiring.reference_in):
        for number, sources in enumerate(edges):
            for source in sources:
                until = freed_at[number]
                lives[source] = until if until > lives[source] else lives[source]
    freed = [0.0] * (len(weights) + 1)
    for size, position in zip(memory_mb, lives, strict=True):
        freed[position] += size
    alive = peak = 0.0
    for position, number in enumerate(sequence):
        alive += memory_mb[number] - freed[position]
        peak = alive if alive > peak else peak
    # Adding and taking away leaves rounding behind, which must not show as more than there is.
    return min(max(peak, max(memory_mb, default=0.0)), math.fsum(memory_mb))
