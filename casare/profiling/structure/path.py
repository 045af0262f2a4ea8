"""The critical path: the longest chain of dependencies, and how much time every other node has to spare.

Each slice of the order is worked out on its own; the whole is the slices one after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

from casare.profiling.structure.slices import Slice, Slices
from casare.profiling.structure.wiring import Edges

# Sums of floats taken from two ends differ in the last digits; what is within this share of the whole is no slack.
_ROUNDING: Final = 1e-9


class Path(NamedTuple):
    """Times in ms, as if there were a worker for every node."""

    finish_ms: list[float]
    """When a node is done at the earliest, counted from the begin of its slice."""
    tail_ms: list[float]
    """The longest chain from the start of a node to the end of its slice."""
    length_ms: list[float]
    """What each slice takes."""
    chains: list[tuple[int, ...]]
    """One longest chain of each slice; empty when nothing in it takes any time."""

    @property
    def makespan_ms(self) -> float:
        """Return what the whole takes."""
        return sum(self.length_ms)

    @property
    def critical(self) -> tuple[int, ...]:
        """Return one longest path, each node waiting for the one before; empty when nothing takes any time."""
        return tuple(chain.from_iterable(self.chains)) if any(self.length_ms) else ()

    def begins_ms(self) -> list[float]:
        """Return when each slice begins, and last when the whole is done."""
        return list(accumulate(self.length_ms, initial=0.0))


def path_through(slices: Slices, weights: Sequence[float]) -> Path:
    """Return the longest path through all slices with these runtimes (ms by node number). O(V + E)."""
    count = len(weights)
    path = Path([0.0] * count, [0.0] * count, [], [])
    for held in slices.slices:
        length, longest = work_through(slices, held, weights, path)
        path.length_ms.append(length)
        path.chains.append(longest)
    return path


def work_through(slices: Slices, held: Slice, weights: Sequence[float], path: Path) -> tuple[float, tuple[int, ...]]:
    """Put the times of one slice into `path`; return its length and one longest chain."""
    nodes, is_chain = held
    finish, tail = path.finish_ms, path.tail_ms
    if is_chain:
        taken = [weights[number] for number in nodes]
        for number, done in zip(nodes, accumulate(taken), strict=True):
            finish[number] = done
        taken.reverse()
        for number, rest in zip(reversed(nodes), accumulate(taken), strict=True):
            tail[number] = rest
        length = finish[nodes[-1]]
        return length, tuple(nodes)
    before, after = slices.before, slices.after
    for number in nodes:
        others = before[number]
        if len(others) == 1:
            finish[number] = finish[others[0]] + weights[number]
        elif others:
            finish[number] = max([finish[other] for other in others]) + weights[number]
        else:
            finish[number] = weights[number]
    for number in reversed(nodes):
        others = after[number]
        if len(others) == 1:
            tail[number] = tail[others[0]] + weights[number]
        elif others:
            tail[number] = max([tail[other] for other in others]) + weights[number]
        else:
            tail[number] = weights[number]
    length = max([finish[number] for number in nodes])
    return length, _longest_chain(before, after, nodes, finish, length)


def slack_of(path: Path, slices: Slices, weights: Sequence[float]) -> list[float]:
    """Return how much later (ms) each node could be done without the whole taking longer; 0 on the critical path."""
    length, finish, tail = path.length_ms, path.finish_ms, path.tail_ms
    whole = path.makespan_ms
    rounding = whole * _ROUNDING
    slack = [
        (spare if (spare := length[held] - done - rest + own) > rounding else 0.0) if held >= 0 else whole
        for held, done, rest, own in zip(slices.of_node, finish, tail, weights, strict=True)
    ]
    for number in path.critical:
        slack[number] = 0.0
    return slack


def _longest_chain(
    before: Edges, after: Edges, nodes: Sequence[int], finish: Sequence[float], length: float
) -> tuple[int, ...]:
    # The gate at the end, so that the chain of the next slice goes on from it; in the last slice what ends latest.
    found = [min([number for number in nodes if not after[number] and finish[number] == length])]
    while others := before[found[-1]]:
        found.append(others[0] if len(others) == 1 else max(others, key=finish.__getitem__))
    found.reverse()
    return tuple(found)
