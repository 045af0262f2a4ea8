"""Evidence after an edit of a few wires: only the slices and trees around them are worked out again.

What comes out equals what a full analysis gives, to the last digit; where it would not, the answer is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from casare.model import Graph, WireKey
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.evidence import Evidence, Shape, overlaps_of
from casare.profiling.incremental.rewiring import Ends, ends_of, reach_again, rewired
from casare.profiling.incremental.window import Window, sliced_again, window_of
from casare.profiling.schedule.memory import Memory, Readers, carried, pairs_in, peak_of_slice
from casare.profiling.schedule.scenario import chosen_way, placed_again
from casare.profiling.schedule.simulate import Schedule, run_slice
from casare.profiling.scoring.serial import renewed
from casare.profiling.structure.lifted import Lifted
from casare.profiling.structure.order import Order
from casare.profiling.structure.path import Path, work_through
from casare.profiling.structure.regions import Regions, regions_of, stay
from casare.profiling.structure.slices import Slices
from casare.sdk import Role


class _Reshaped(NamedTuple):
    """A shape, the slices that are others in it, and what else differs."""

    shape: Shape
    window: Window
    stale: set[int]
    """Slices whose memory is held by others now."""
    moved: list[int]
    """Nodes that a run gets to now or not any more, or that are in another region."""
    roots: set[int]
    """Trees that gained or lost nodes, by their root before or now."""
    touched: frozenset[int]
    """Nodes at the ends of what was rewired, and those that stand elsewhere among the trees."""


def gather_rewired(last: Evidence, graph: Graph, wires: Iterable[WireKey]) -> Evidence | None:
    """Return what `gather` would of `graph`, whose `wires` alone came or went; None when that is no small matter.

    Time goes with the nodes of the slices around the wires, and with copies of columns.
    """
    found = _reshaped(last.shape, graph, last.facts, wires)
    return None if found is None else _gathered(last, graph, found)


def _reshaped(last: Shape, graph: Graph, facts: Sequence[NodeFacts], wires: Iterable[WireKey]) -> _Reshaped | None:
    if not last.order.plain or not last.reach.entered:
        return None
    ends = ends_of(wires, facts, last.order.wiring)
    order = rewired(graph, facts, last.census, last.order, ends) if ends is not None else None
    if ends is None or order is None:
        return None
    regions = last.regions
    if not stay(ends.targets, facts, order, regions):
        regions = regions_of(graph, facts, order, last.census.writers)
        if regions.regions != last.regions.regions:
            return None
    reach = reach_again(facts, order, last.reach, ends, last.census.of_role(Role.START, Role.TRIGGER))
    if reach is None:
        return None
    now = reach.reachable
    moved = [] if reach is last.reach else _differing(now, last.reach.reachable)
    if regions is not last.regions:
        moved = sorted({*moved, *_differing(regions.of_node, last.regions.of_node)})
    window = window_of(order, facts, now, last.slices, ends.both.union(moved))
    if window is None:
        return None
    running = last.running if not moved else last.running.copy()
    for number in moved:
        failing = regions.regions[regions.of_node[number]].failing
        running[number] = now[number] and not failing and not facts[number].free
    slices = sliced_again(order, last.slices, window)
    readers, stale = _readers_again(order, slices, last, window)
    lifted, roots, touched = _lifted_again(last.lifted, order, regions, ends)
    shape = replace(
        last,
        order=order,
        regions=regions,
        reach=reach,
        slices=slices,
        ways=last.ways if _in_place(last.slices, slices, window) else placed_again(last.ways, slices),
        readers=readers,
        running=running,
        lifted=lifted,
    )
    return _Reshaped(shape, window, stale, moved, roots, touched)


def _differing(now: Sequence[object], then: Sequence[object]) -> list[int]:
    return [number for number, (one, other) in enumerate(zip(now, then, strict=True)) if one != other]


def _lifted_again(last: Lifted, order: Order, regions: Regions, ends: Ends) -> tuple[Lifted, set[int], frozenset[int]]:
    """Return the trees, the roots of those that are others now, and the nodes that stand elsewhere among them."""
    if regions is last.regions:
        lifted, roots = last.rewired(order, ends.targets)
        return lifted, roots, ends.both
    lifted = Lifted(order, regions, last.keys)
    held, before = lifted.members, last.members
    roots = {root for root in held.keys() | before.keys() if held.get(root) != before.get(root)}
    inside, was = lifted.inside, last.inside
    touched = {owner for owner in inside.keys() | was.keys() if inside.get(owner) != was.get(owner)}
    resettled = _differing(regions.of_node, last.regions.of_node)
    touched.update(ends.both, resettled, _differing(lifted.parent, last.parent))
    # What reads a value of a node in another region may need something else on its own level now.
    touched.update(other for number in resettled for other in order.successors[number])
    return lifted, roots, frozenset(touched)


def _in_place(last: Slices, slices: Slices, window: Window) -> bool:
    """Tell whether every node lies in the slice it lay in."""
    if len(last.slices) != len(slices.slices) or window.gone:
        return False
    return all(last.of_node[number] == slices.of_node[number] for number in window.nodes)


def _readers_again(order: Order, slices: Slices, last: Shape, window: Window) -> tuple[Readers, set[int]]:
    """Return who keeps whose output alive, and the slices where that, or what holds memory, is another matter now."""
    wiring, of_node = order.wiring, slices.of_node
    more = len(window.fresh) - (window.end - window.begin)
    until = [place + more if place >= window.end else place for place in last.readers.last]
    nodes = [*window.nodes, *window.gone]
    before = last.order.wiring
    affected = set(nodes)
    for number in nodes:
        for edges in (wiring.data_in, wiring.reference_in, before.data_in):
            affected.update(edges[number])
    stale = set(window.places)
    for number in affected:
        reading = [
            of_node[other]
            for other in order.successors[number]
            if number in wiring.data_in[other] or number in wiring.reference_in[other]
        ]
        now = max([of_node[number], *reading])
        stale.update((until[number], now))
        until[number] = now
    stale.discard(-1)
    stale.intersection_update(range(len(slices.slices)))
    pairs = [*last.readers.pairs[: window.begin], *[[] for _ in window.fresh], *last.readers.pairs[window.end :]]
    for at in stale:
        pairs[at] = pairs_in(slices.slices[at].nodes, at, order, until, of_node)
    spanning = [number for number in last.readers.spanning if number not in affected]
    spanning += [number for number in affected if until[number] > of_node[number] >= 0]
    return Readers(until, pairs, sorted(spanning)), stale


def _gathered(last: Evidence, graph: Graph, found: _Reshaped) -> Evidence | None:
    shape, window = found.shape, found.window
    runtime, weights, load, memory = last.runtime_ms, last.weights_ms, last.load_ms, last.memory_mb
    if found.moved:
        of_node, was = shape.regions.of_node, last.shape.regions.of_node
        if any(last.left_out[of_node[one]] != last.left_out[was[one]] for one in found.moved):
            return None
        runtime, weights, load, memory = runtime.copy(), weights.copy(), load.copy(), memory.copy()
        for number in found.moved:
            region = of_node[number]
            failing = shape.regions.regions[region].failing
            runtime[number] = last.facts[number].cost.runtime_ms * shape.multipliers[region]
            weights[number] = runtime[number] if shape.reach.reachable[number] and not failing else 0.0
            skipped = number in last.skipped
            load[number] = 0.0 if skipped else weights[number]
            memory[number] = last.facts[number].cost.memory_mb if shape.running[number] and not skipped else 0.0
    path = _path_again(last, found, weights)
    branches = {branch for place in window.places for branch in shape.ways.branches_of.get(place, ())}
    branches.update(one for at in range(window.begin, window.end) for one in last.shape.ways.branches_of.get(at, ()))
    if any(chosen_way(branch, shape.ways, shape.slices, path) != last.chosen[branch] for branch in branches):
        return None
    before = {number for at in range(window.begin, window.end) for number in last.path.chains[at]}
    after = {number for at in window.places for number in path.chains[at]}
    regions = shape.regions.of_node
    if any(last.left_out[regions[number]] for number in before ^ after) or any(path.length_ms) != any(
        last.path.length_ms
    ):
        return None
    schedule, held = _scheduled_again(last, found, path, load, memory)
    changed = {*found.touched, *found.moved}
    return replace(
        last,
        graph=graph,
        shape=shape,
        runtime_ms=runtime,
        weights_ms=weights,
        load_ms=load,
        memory_mb=memory,
        path=path,
        schedule=schedule,
        memory=held,
        serial_state=renewed(last.serial_state, changed, last.facts, shape.lifted, weights, found.roots),
        beside=overlaps_of(shape, last.facts, last.skipped),
    )


def _path_again(last: Evidence, found: _Reshaped, weights: Sequence[float]) -> Path:
    begin, end, fresh, gone = found.window
    finish, tail = last.path.finish_ms.copy(), last.path.tail_ms.copy()
    for number in gone:
        finish[number] = tail[number] = 0.0
    path = Path(
        finish,
        tail,
        [*last.path.length_ms[:begin], *[0.0] * len(fresh), *last.path.length_ms[end:]],
        [*last.path.chains[:begin], *[()] * len(fresh), *last.path.chains[end:]],
    )
    for at, held in zip(found.window.places, fresh, strict=True):
        path.length_ms[at], path.chains[at] = work_through(found.shape.slices, held, weights, path)
    return path


def _scheduled_again(
    last: Evidence, found: _Reshaped, path: Path, load: Sequence[float], memory: Sequence[float]
) -> tuple[Schedule, Memory]:
    begin, end, fresh, gone = found.window
    slices, readers = found.shape.slices, found.shape.readers
    start = last.schedule.start_ms.copy()
    for number in gone:
        start[number] = 0.0
    sequences: list[list[int]] = []
    lengths: list[float] = []
    for at, held in zip(found.window.places, fresh, strict=True):
        ran, took = run_slice(slices, held, load, path.tail_ms, last.workers, start, path.length_ms[at])
        sequences.append(ran)
        lengths.append(took)
    schedule = Schedule(
        start,
        [*last.schedule.sequences[:begin], *sequences, *last.schedule.sequences[end:]],
        [*last.schedule.length_ms[:begin], *lengths, *last.schedule.length_ms[end:]],
    )
    own = [*last.memory.own_mb[:begin], *[0.0] * len(fresh), *last.memory.own_mb[end:]]
    for at in found.stale:
        own[at] = peak_of_slice(slices, readers, schedule, load, memory, at)
    return schedule, Memory(own, carried(slices, readers, memory))
