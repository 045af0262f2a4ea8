"""What more workers would buy: the makespan for each number of them, with a cap on memory if there is one."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casare.profiling.evidence import Evidence
from casare.profiling.schedule.memory import memory_of
from casare.profiling.schedule.simulate import simulate
from casare.profiling.structure.path import Path
from casare.profiling.studies.records import Record


class CurvePoint(NamedTuple):
    """What so many workers take: wall time in ms, and the most memory alive in MB."""

    workers: int
    wall_ms: float
    peak_memory_mb: float


class Span(NamedTuple):
    """One node on a time line (ms), and the lane it is drawn in: the worker that runs it."""

    node_id: str
    begin_ms: float
    end_ms: float
    lane: int


def makespan_curve(
    evidence: Evidence, most_workers: int, *, memory_cap_mb: float | None = None
) -> tuple[CurvePoint, ...]:
    """Return what 1 to `most_workers` workers take. It never rises: a worker that does not help stays idle.

    Raises ValueError for fewer than one worker.
    """
    if most_workers < 1:
        raise ValueError("a run needs at least one worker")
    found: list[CurvePoint] = []
    for workers in range(1, most_workers + 1):
        if found and memory_cap_mb is None and found[-1].wall_ms <= evidence.makespan_ms:
            # Nothing is faster than the critical path.
            found.append(found[-1]._replace(workers=workers))
            continue
        if memory_cap_mb is None:
            schedule = simulate(evidence.shape.slices, evidence.load_ms, evidence.path, workers)
            memory = memory_of(
                evidence.shape.slices, evidence.shape.readers, schedule, evidence.load_ms, evidence.memory_mb
            )
            point = CurvePoint(workers, schedule.wall_ms, memory.peak(evidence.memory_mb))
        else:
            point = under_cap(evidence, workers, memory_cap_mb)
        best = found[-1] if found else point
        found.append(point if point.wall_ms <= best.wall_ms else best._replace(workers=workers))
    return tuple(found)


def time_line(evidence: Evidence) -> tuple[Span, ...]:
    """Return the simulated run on the evidence's workers: what takes time, in the order of starting, with lanes."""
    begins = evidence.schedule.begins_ms()
    spans: list[tuple[float, float, int]] = []
    for place, sequence in enumerate(evidence.schedule.sequences):
        for number in sequence:
            taken = evidence.load_ms[number]
            if taken > 0:
                begin = begins[place] + evidence.schedule.start_ms[number]
                spans.append((begin, begin + taken, number))
    return tuple(Span(evidence.ids[number], begin, end, lane) for begin, end, number, lane in _on_lanes(spans))


def measured_line(evidence: Evidence, records: Iterable[Record]) -> tuple[Span, ...]:
    """Return the run that was measured: each time a node of the workflow ran, on lanes as few as there is room on."""
    number = evidence.shape.order.wiring.number
    spans = [(one.start_ms, one.end_ms, number[one.node_id]) for one in records if one.node_id in number]
    return tuple(Span(evidence.ids[held], begin, end, lane) for begin, end, held, lane in _on_lanes(spans))


def _on_lanes(spans: list[tuple[float, float, int]]) -> list[tuple[float, float, int, int]]:
    """Return spans in the order of starting, each with the first lane that is free by then."""
    spans.sort()
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    lanes = 0
    found: list[tuple[float, float, int, int]] = []
    for begin, end, number in spans:
        while busy and busy[0][0] <= begin + 1e-9:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
        else:
            lane, lanes = lanes, lanes + 1
        heapq.heappush(busy, (end, lane))
        found.append((begin, end, number, lane))
    return found


def under_cap(evidence: Evidence, workers: int, cap_mb: float) -> CurvePoint:
    """Return what a run takes when a node only starts while what is alive stays below a cap.

    When nothing runs, the next node starts whatever it needs: a single one above the cap has to run some time.
    """
    order, load, sizes = evidence.shape.order, evidence.load_ms, evidence.memory_mb
    tail = _whole_tails(evidence.path, evidence.shape.slices.of_node)
    by_rank = sorted(range(len(load)), key=tail.__getitem__, reverse=True)
    rank = [0] * len(load)
    for place, number in enumerate(by_rank):
        rank[number] = place
    missing = list(map(len, order.predecessors))
    readers = _reader_counts(evidence)
    ready = sorted(rank[number] for number, count in enumerate(missing) if not count)
    running: list[tuple[float, int]] = []
    now = alive = peak = 0.0
    while ready or running:
        fitting = [at for at, held in enumerate(ready) if not running or alive + sizes[by_rank[held]] <= cap_mb]
        if fitting and len(running) < workers:
            number = by_rank[ready.pop(fitting[0])]
            alive += sizes[number]
            peak = max(peak, alive)
            heapq.heappush(running, (now + load[number], number))
            continue
        now, done = heapq.heappop(running)
        alive -= _freed(evidence, done, readers, sizes)
        for successor in order.successors[done]:
            missing[successor] -= 1
            if not missing[successor]:
                ready.append(rank[successor])
        ready.sort()
    return CurvePoint(workers, now, peak)


def _freed(evidence: Evidence, number: int, readers: list[int], sizes: Sequence[float]) -> float:
    """Return what the end of a node lets go of: its own memory if nobody reads it, and outputs it reads last."""
    freed = sizes[number] if not readers[number] else 0.0
    wiring = evidence.shape.order.wiring
    for source in (*wiring.data_in[number], *wiring.reference_in[number]):
        readers[source] -= 1
        if not readers[source]:
            freed += sizes[source]
    return freed


def _reader_counts(evidence: Evidence) -> list[int]:
    found = [0] * len(evidence.facts)
    wiring = evidence.shape.order.wiring
    for edges in (wiring.data_in, wiring.reference_in):
        for sources in edges:
            for source in sources:
                found[source] += 1
    return found


def _whole_tails(path: Path, of_node: Sequence[int]) -> list[float]:
    rest = [0.0] * (len(path.length_ms) + 1)
    for place in range(len(path.length_ms) - 1, -1, -1):
        rest[place] = rest[place + 1] + path.length_ms[place]
    return [tail + (rest[held + 1] if held >= 0 else 0.0) for tail, held in zip(path.tail_ms, of_node, strict=True)]
