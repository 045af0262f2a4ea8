"""All that is known about a workflow once it has been worked through: what the rules judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casare.model import Graph
from casare.profiling.census import Census
from casare.profiling.facts import NodeFacts
from casare.profiling.memory import peak_memory
from casare.profiling.order import Order, order_of
from casare.profiling.overlap import overlapping
from casare.profiling.path import Path, path_through
from casare.profiling.regions import Regions, regions_of
from casare.profiling.scenario import Reach, not_taken, planned, reach_of, runtimes
from casare.profiling.serial import SerialRun, serial_runs
from casare.profiling.simulate import Schedule, simulate


@dataclass(frozen=True, slots=True)
class Shape:
    """What depends on wires, references and kinds alone, and outlives an edit that changes none of them."""

    order: Order
    regions: Regions
    reach: Reach


@dataclass(frozen=True, slots=True)
class Evidence:
    """A workflow worked through. Sequences are by node number, times in ms, sizes in MB."""

    graph: Graph
    facts: Sequence[NodeFacts]
    census: Census
    shape: Shape
    runtime_ms: list[float]
    """All turns of a node together, whether the graded run gets to it or not."""
    load_ms: list[float]
    """What a node takes in the graded run: 0 where it does not get to."""
    path: Path
    schedule: Schedule
    peak_memory_mb: float
    overlaps: list[bool]
    serial: list[SerialRun]
    workers: int

    @property
    def ids(self) -> list[str]:
        """Return the node ids by number."""
        return self.shape.order.ids


def shape_of(graph: Graph, facts: Sequence[NodeFacts]) -> Shape:
    """Return the order, the regions and the reach of `graph`."""
    order = order_of(graph, facts)
    return Shape(order, regions_of(graph, facts, order), reach_of(facts, order))


def gather(graph: Graph, facts: Sequence[NodeFacts], shape: Shape, workers: int) -> Evidence:
    """Work through `graph`: runtimes, critical path, schedule, memory, and what could run together."""
    order, regions, reach = shape.order, shape.regions, shape.reach
    runtime = runtimes(facts, regions)
    weights = planned(runtime, regions, reach)
    path = path_through(order, weights)
    skipped = not_taken(order, regions, path)
    load = [0.0 if number in skipped else taken for number, taken in enumerate(weights)] if skipped else weights
    schedule = simulate(order, load, path.tail_ms, workers)
    failing = [region.failing for region in regions.regions]
    running = [
        reached and not failing[region] and not held.free
        for reached, region, held in zip(reach.reachable, regions.of_node, facts, strict=True)
    ]
    for number in skipped:
        running[number] = False
    memory = [held.cost.memory_mb if runs else 0.0 for held, runs in zip(facts, running, strict=True)]
    peak = peak_memory(order, schedule, load, memory)
    # A node that is switched off still passes its turn on, so only one that nothing passes through is left out.
    active = [
        runs or (held.free and reached and bool(before) and bool(after))
        for runs, held, reached, before, after in zip(
            running, facts, reach.reachable, order.predecessors, order.successors, strict=True
        )
    ]
    serial = serial_runs(facts, order, regions, path, weights)
    return Evidence(
        graph,
        facts,
        Census(facts),
        shape,
        runtime,
        load,
        path,
        schedule,
        peak,
        overlapping(order, active),
        serial,
        workers,
    )
