"""How long a run takes with a given number of workers: list scheduling, the longest remaining chain first."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import accumulate, permutations
from typing import Final, NamedTuple

from casare.profiling.structure.path import Path
from casare.profiling.structure.slices import Slice, Slices

MOST_TIMED_EXACT: Final = 6
"""Of so many nodes that take time, every order is tried."""
MOST_NODES_EXACT: Final = 12
_ROUNDING: Final = 1e-9


class Schedule(NamedTuple):
    """When each node starts and in which sequence they are started, slice by slice."""

    start_ms: list[float]
    """By node number, counted from the begin of the node's slice."""
    sequences: list[list[int]]
    """For each slice its nodes in the order they are started in."""
    length_ms: list[float]
    """What each slice takes."""

    @property
    def wall_ms(self) -> float:
        """Return what the whole takes (ms)."""
        return sum(self.length_ms)

    def begins_ms(self) -> list[float]:
        """Return when each slice begins, and last when the whole is done."""
        return list(accumulate(self.length_ms, initial=0.0))


def simulate(slices: Slices, weights: Sequence[float], path: Path, workers: int) -> Schedule:
    """Return the schedule on `workers` workers.

    A free worker takes the ready node with the longest chain behind it, the first in the document among equals, so the
    same graph always gives the same schedule. A node that takes no time needs no worker. The wall time is never below
    the critical path nor below work / workers, and never above their sum (Graham 1969).
    Raises ValueError for fewer than one worker.
    """
    if workers < 1:
        raise ValueError("a run needs at least one worker")
    schedule = Schedule([0.0] * len(weights), [], [])
    for place, held in enumerate(slices.slices):
        sequence, length = run_slice(
            slices, held, weights, path.tail_ms, workers, schedule.start_ms, path.length_ms[place]
        )
        schedule.sequences.append(sequence)
        schedule.length_ms.append(length)
    return schedule


def run_slice(
    slices: Slices,
    held: Slice,
    weights: Sequence[float],
    tail_ms: Sequence[float],
    workers: int,
    start: list[float],
    longest_ms: float,
) -> tuple[list[int], float]:
    """Put the start times of one slice into `start`; return its sequence and how long it takes (ms).

    `longest_ms` is the longest chain of the slice. A slice of a few nodes is scheduled in the best way there is, by
    trying every order of preference; a larger one by the longest remaining chain.
    """
    nodes = held.nodes
    if held.is_chain:
        now = 0.0
        for number in nodes:
            start[number] = now
            now += weights[number]
        return nodes, now
    by_rank = sorted(sorted(nodes), key=tail_ms.__getitem__, reverse=True)
    sequence, length = _run(slices, by_rank, weights, workers, start)
    timed = [number for number in by_rank if weights[number]]
    if len(nodes) > MOST_NODES_EXACT or len(timed) > MOST_TIMED_EXACT:
        return sequence, length
    least = max(longest_ms, sum([weights[number] for number in timed]) / workers)
    if length <= least + _ROUNDING * least:
        return sequence, length
    rest = [number for number in by_rank if not weights[number]]
    for preference in permutations(timed):
        trial = start.copy()
        tried, took = _run(slices, [*rest, *preference], weights, workers, trial)
        if took < length - _ROUNDING * length:
            sequence, length = tried, took
            start[:] = trial
    return sequence, length


def _run(
    slices: Slices, by_rank: Sequence[int], weights: Sequence[float], workers: int, start: list[float]
) -> tuple[list[int], float]:
    """Schedule nodes by preference: the first of those that are ready is started whenever a worker is free."""
    rank = {number: place for place, number in enumerate(by_rank)}
    before, successors = slices.before, slices.after
    missing = {number: len(before[number]) for number in by_rank}
    ready = [rank[number] for number in by_rank if not missing[number]]
    push, pop = heapq.heappush, heapq.heappop
    sequence: list[int] = []
    running: list[tuple[float, int]] = []
    now = 0.0
    while ready or running:
        while ready and (len(running) < workers or not weights[by_rank[ready[0]]]):
            number = by_rank[pop(ready)]
            start[number] = now
            sequence.append(number)
            if weights[number]:
                push(running, (now + weights[number], number))
                continue
            for successor in successors[number]:
                missing[successor] -= 1
                if not missing[successor]:
                    push(ready, rank[successor])
        if running:
            now, number = pop(running)
            for successor in successors[number]:
                missing[successor] -= 1
                if not missing[successor]:
                    push(ready, rank[successor])
    return sequence, now
