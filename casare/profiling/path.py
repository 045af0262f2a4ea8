"""The critical path: the longest chain of dependencies, and how much time every other node has to spare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casare.profiling.order import Order

# Sums of floats taken from two ends differ in the last digits; what is within this share of the whole is no slack.
_ROUNDING = 1e-9


class Path(NamedTuple):
    """Times in ms by node number, as if there were a worker for every node."""

    finish_ms: list[float]
    """When a node is done at the earliest."""
    tail_ms: list[float]
    """The longest chain from the start of a node to the end of the workflow."""
    slack_ms: list[float]
    """How much later a node could be done without the whole taking longer; 0 on a critical path."""
    makespan_ms: float
    critical: tuple[int, ...]
    """One longest path, each node waiting for the one before; empty when nothing takes any time."""


def path_through(order: Order, weights: Sequence[float]) -> Path:
    """Return the longest path through `order` with these runtimes (ms by node number). O(V + E)."""
    predecessors, successors = order.predecessors, order.successors
    count = len(predecessors)
    finish = [0.0] * count
    for number in order.topological:
        others = predecessors[number]
        if len(others) == 1:
            finish[number] = finish[others[0]] + weights[number]
        else:
            begin = 0.0
            for other in others:
                done = finish[other]
                begin = done if done > begin else begin
            finish[number] = begin + weights[number]
    tail = [0.0] * count
    for number in reversed(order.topological):
        others = successors[number]
        if len(others) == 1:
            tail[number] = tail[others[0]] + weights[number]
        else:
            longest = 0.0
            for other in others:
                rest = tail[other]
                longest = rest if rest > longest else longest
            tail[number] = longest + weights[number]
    makespan = max(finish, default=0.0)
    rounding = makespan * _ROUNDING
    slack = [
        spare if (spare := makespan - done - rest + own) > rounding else 0.0
        for done, rest, own in zip(finish, tail, weights, strict=True)
    ]
    critical = _critical(order, finish, makespan)
    for number in critical:
        slack[number] = 0.0
    return Path(finish, tail, slack, makespan, critical)


def _critical(order: Order, finish: Sequence[float], makespan: float) -> tuple[int, ...]:
    if not makespan:
        return ()
    last = next(number for number in order.topological if finish[number] == makespan)
    path = [last]
    while before := order.predecessors[path[-1]]:
        path.append(max(before, key=finish.__getitem__))
    return tuple(reversed(path))
