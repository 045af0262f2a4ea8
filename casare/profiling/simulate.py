"""How long a run takes with a given number of workers: list scheduling, the longest remaining chain first."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from casare.profiling.order import Order


class Schedule(NamedTuple):
    """When each node starts (ms by node number) and in which sequence they were started."""

    start_ms: list[float]
    sequence: list[int]
    wall_ms: float


def simulate(order: Order, weights: Sequence[float], tail_ms: Sequence[float], workers: int) -> Schedule:
    """Return the schedule of `order` on `workers` workers.

    A free worker takes the ready node with the longest chain behind it (`tail_ms`), the first in the document among
    equals, so the same graph always gives the same schedule. A node that takes no time needs no worker. The wall time
    is never below the critical path nor below work / workers, and never above their sum (Graham 1969).
    Raises ValueError for fewer than one worker.
    """
    if workers < 1:
        raise ValueError("a run needs at least one worker")
    count = len(weights)
    by_rank = sorted(range(count), key=tail_ms.__getitem__, reverse=True)
    rank = [0] * count
    for place, number in enumerate(by_rank):
        rank[number] = place
    successors = order.successors
    missing = list(map(len, order.predecessors))
    start = [0.0] * count
    sequence: list[int] = []
    ready = [rank[number] for number in range(count) if not missing[number]]
    heapq.heapify(ready)
    running: list[tuple[float, int]] = []
    now = 0.0
    while ready or running:
        while ready and (len(running) < workers or not weights[by_rank[ready[0]]]):
            number = by_rank[heapq.heappop(ready)]
            start[number] = now
            sequence.append(number)
            if weights[number]:
                heapq.heappush(running, (now + weights[number], number))
                continue
            for successor in successors[number]:
                missing[successor] -= 1
                if not missing[successor]:
                    heapq.heappush(ready, rank[successor])
        if running:
            now, number = heapq.heappop(running)
            for successor in successors[number]:
                missing[successor] -= 1
                if not missing[successor]:
                    heapq.heappush(ready, rank[successor])
    return Schedule(start, sequence, now)
