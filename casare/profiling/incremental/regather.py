"""Evidence after an edit of what some nodes cost: only the slices and trees that hold them are worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from casare.model import Graph
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.evidence import Evidence, gather
from casare.profiling.schedule.memory import Memory, carried, peak_of_slice
from casare.profiling.schedule.scenario import chosen_way
from casare.profiling.schedule.simulate import Schedule, run_slice
from casare.profiling.scoring.serial import renewed
from casare.profiling.structure.path import Path, work_through


class _Columns(NamedTuple):
    """Fresh copies of what an edit of costs changes."""

    runtime: list[float]
    weights: list[float]
    load: list[float]
    memory: list[float]


def gather_again(last: Evidence, graph: Graph, facts: Sequence[NodeFacts], changed: Sequence[int]) -> Evidence:
    """Return what `gather` would, knowing that only the costs of `changed` are others than in `last`."""
    shape = last.shape
    columns = _recost(last, facts, changed)
    places = sorted({shape.slices.of_node[number] for number in changed} - {-1})
    path = Path(
        last.path.finish_ms.copy(), last.path.tail_ms.copy(), last.path.length_ms.copy(), last.path.chains.copy()
    )
    for place in places:
        held = shape.slices.slices[place]
        path.length_ms[place], path.chains[place] = work_through(shape.slices, held, columns.weights, path)
    branches = {branch for place in places for branch in shape.ways.branches_of.get(place, ())}
    if any(chosen_way(branch, shape.ways, shape.slices, path) != last.chosen[branch] for branch in branches):
        return gather(graph, facts, shape, last.workers, last.choices, last.nested)
    if _touches_skipped(last, path, places):
        return gather(graph, facts, shape, last.workers, last.choices, last.nested)
    schedule, memory = _reschedule(last, path, columns, changed, places)
    return replace(
        last,
        graph=graph,
        facts=facts,
        runtime_ms=columns.runtime,
        weights_ms=columns.weights,
        load_ms=columns.load,
        memory_mb=columns.memory,
        path=path,
        schedule=schedule,
        memory=memory,
        serial_state=renewed(last.serial_state, changed, facts, shape.lifted, columns.weights),
    )


def _recost(last: Evidence, facts: Sequence[NodeFacts], changed: Sequence[int]) -> _Columns:
    shape = last.shape
    columns = _Columns(last.runtime_ms.copy(), last.weights_ms.copy(), last.load_ms.copy(), last.memory_mb.copy())
    regions, reachable = shape.regions, shape.reach.reachable
    for number in changed:
        cost, region = facts[number].cost, regions.of_node[number]
        columns.runtime[number] = taken = cost.runtime_ms * shape.multipliers[region]
        columns.weights[number] = taken if reachable[number] and not regions.regions[region].failing else 0.0
        skipped = number in last.skipped
        columns.load[number] = 0.0 if skipped else columns.weights[number]
        columns.memory[number] = cost.memory_mb if shape.running[number] and not skipped else 0.0
    return columns


def _touches_skipped(last: Evidence, path: Path, places: Sequence[int]) -> bool:
    """Tell whether a node on a way that is not taken came onto the critical path, or left it."""
    regions, left_out = last.shape.regions.of_node, last.left_out
    return any(
        left_out[regions[number]]
        for place in places
        for number in set(path.chains[place]).symmetric_difference(last.path.chains[place])
    )


def _reschedule(
    last: Evidence, path: Path, columns: _Columns, changed: Sequence[int], places: Sequence[int]
) -> tuple[Schedule, Memory]:
    shape = last.shape
    slices, readers = shape.slices, shape.readers
    schedule = Schedule(last.schedule.start_ms.copy(), last.schedule.sequences.copy(), last.schedule.length_ms.copy())
    for place in places:
        schedule.sequences[place], schedule.length_ms[place] = run_slice(
            slices,
            slices.slices[place],
            columns.load,
            path.tail_ms,
            last.workers,
            schedule.start_ms,
            path.length_ms[place],
        )
    resized = [number for number in changed if columns.memory[number] != last.memory_mb[number]]
    # What a node holds counts in its own slice and in the one where its output ends; all between carry it.
    stale = set(places).union(readers.last[number] for number in resized if readers.last[number] >= 0)
    own = last.memory.own_mb.copy()
    for place in stale:
        own[place] = peak_of_slice(slices, readers, schedule, columns.load, columns.memory, place)
    through = carried(slices, readers, columns.memory) if resized else last.memory.carried_mb
    return schedule, Memory(own, through)
