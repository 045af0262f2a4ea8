"""Memory over time: what is alive at each moment of the simulated run, and what makes up the peak."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, NamedTuple

from casare.profiling.evidence import Evidence

MOST_POINTS: Final = 240
"""As many as a narrow chart has room for."""
_ROUNDING: Final = 1e-9
MOST_HOLDERS: Final = 8


class Holder(NamedTuple):
    """A node that holds memory at the peak (MB), because it runs or because its output is still to be read."""

    node_id: str
    memory_mb: float
    running: bool


class Alive(NamedTuple):
    """Memory over a run: from each time (ms) on so much is alive (MB), until the next."""

    times_ms: tuple[float, ...]
    sizes_mb: tuple[float, ...]
    peak_ms: float
    peak_mb: float
    holders: tuple[Holder, ...]
    """What is alive at the peak, the largest first; at most eight."""
    end_ms: float


def alive_over_time(evidence: Evidence) -> Alive:
    """Return memory over the simulated run; of very many steps only the highest of each short stretch are kept.

    As in `memory.peak_of_slice`, a node holds its memory from its start until it is done, and its output until the last
    node that reads it is done.
    """
    begins, schedule = evidence.schedule.begins_ms(), evidence.schedule
    sequence = [number for held in schedule.sequences for number in held]
    starts = [
        begins[place] + schedule.start_ms[number] for place, held in enumerate(schedule.sequences) for number in held
    ]
    until = _until(evidence, sequence, starts)
    change = [0.0] * (len(sequence) + 1)
    for number, freed in until.items():
        change[freed] -= evidence.memory_mb[number]
    sizes: list[float] = []
    alive = 0.0
    for position, number in enumerate(sequence):
        alive += change[position] + evidence.memory_mb[number]
        sizes.append(max(alive, 0.0))
    if not sizes:
        return Alive((), (), 0.0, 0.0, (), 0.0)
    at = max(range(len(sizes)), key=sizes.__getitem__)
    times, shown = _thinned(starts, sizes)
    return Alive(times, shown, starts[at], sizes[at], _holders(evidence, sequence, until, starts, at), begins[-1])


def _until(evidence: Evidence, sequence: list[int], starts: list[float]) -> dict[int, int]:
    """Return for each node before which place of the sequence what it holds is let go of."""
    own: dict[int, int] = {}
    for position, number in enumerate(sequence):
        end = starts[position] + evidence.load_ms[number]
        # Sums taken in another order differ in the last digits; what ends as another begins does not overlap it.
        freed = bisect_left(starts, end - _ROUNDING * max(1.0, end), position)
        own[number] = max(freed, position + 1)
    found = dict(own)
    wiring = evidence.shape.order.wiring
    for edges in (wiring.data_in, wiring.reference_in):
        for number in sequence:
            for source in edges[number]:
                if source in found and own[number] > found[source]:
                    found[source] = own[number]
    return found


def _holders(
    evidence: Evidence, sequence: list[int], until: dict[int, int], starts: list[float], at: int
) -> tuple[Holder, ...]:
    held = [
        Holder(
            evidence.ids[number],
            evidence.memory_mb[number],
            starts[position] + evidence.load_ms[number] > starts[at] or position == at,
        )
        for position, number in enumerate(sequence[: at + 1])
        if until[number] > at and evidence.memory_mb[number] > 0
    ]
    return tuple(sorted(held, key=lambda one: -one.memory_mb)[:MOST_HOLDERS])


def _thinned(starts: list[float], sizes: list[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return few steps: of those at one time the highest and what stays; of very many the highest of each stretch."""
    times: list[float] = []
    shown: list[float] = []
    for start, size in zip(starts, sizes, strict=True):
        if not times or times[-1] != start:
            times.append(start)
            shown.append(size)
        elif len(times) > 1 and times[-2] == start:
            shown[-2], shown[-1] = max(shown[-2], shown[-1], size), size
        else:
            times.append(start)
            shown[-1:] = [max(shown[-1], size), size]
    width = -(-len(times) // MOST_POINTS)
    places = range(0, len(times), width)
    return tuple(times[at] for at in places), tuple(max(shown[at : at + width]) for at in places)
