"""All that is known about a workflow once it has been worked through: what the rules judge."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casare.model import Graph
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.nesting import Nested
from casare.profiling.schedule.memory import Memory, Readers, memory_of, readers_of
from casare.profiling.schedule.scenario import Reach, Ways, chosen_way, left_out, planned, reach_of, runtimes, ways_of
from casare.profiling.schedule.simulate import Schedule, simulate
from casare.profiling.scoring.rule_choices import NO_CHOICES, RuleChoices
from casare.profiling.scoring.serial import Serial, SerialRun, serial_runs
from casare.profiling.structure.census import Census
from casare.profiling.structure.lifted import Lifted
from casare.profiling.structure.order import Order, order_of
from casare.profiling.structure.overlap import Overlaps
from casare.profiling.structure.path import Path, path_through, slack_of
from casare.profiling.structure.regions import Regions, regions_of
from casare.profiling.structure.slices import Slices, slices_of
from casare.profiling.structure.touched import Keys


@dataclass(frozen=True)
class Shape:
    """What depends on wires, references and kinds alone, and outlives an edit that changes none of them."""

    order: Order
    regions: Regions
    reach: Reach
    census: Census
    slices: Slices
    ways: Ways
    readers: Readers
    running: list[bool]
    """Whether a good run gets to a node that does something."""
    written: frozenset[str]
    """All that any node writes besides its outputs."""
    keys: Keys
    """How the names of what nodes touch are split, once for all trees; grows as names are met."""
    lifted: Lifted
    """The workflow as one level of each region."""

    @cached_property
    def multipliers(self) -> list[float]:
        """Return how often each region runs."""
        return [region.trips for region in self.regions.regions]


@dataclass(frozen=True)
class Evidence:
    """A workflow worked through. Sequences are by node number, times in ms, sizes in MB; none is changed once made."""

    graph: Graph
    facts: Sequence[NodeFacts]
    shape: Shape
    runtime_ms: list[float]
    """All turns of a node together, whether the graded run gets to it or not."""
    weights_ms: list[float]
    """The same, with 0 for what no good run gets to."""
    load_ms: list[float]
    """What a node takes in the graded run: 0 too on the ways of branches that are not taken."""
    memory_mb: list[float]
    """What a node holds in the graded run."""
    path: Path
    chosen: dict[int, int]
    """The way taken of each branch."""
    left_out: list[bool]
    """By region, whether it lies on a way that is not taken."""
    skipped: set[int]
    """The nodes in such regions, but for those of the critical path."""
    schedule: Schedule
    memory: Memory
    serial_state: Serial
    beside: Overlaps
    """Which nodes can run beside another, by the order as it is drawn."""
    workers: int
    choices: RuleChoices = NO_CHOICES
    """What a person wants of the rules."""
    nested: Mapping[str, Nested] = field(default_factory=dict)
    """By the id of the node that runs it, what is known of each workflow inside this one."""

    @property
    def ids(self) -> list[str]:
        """Return the node ids by number."""
        return self.shape.order.ids

    @property
    def census(self) -> Census:
        """Return the nodes by kind."""
        return self.shape.census

    @cached_property
    def peak_memory_mb(self) -> float:
        """Return the most memory alive at any moment (MB)."""
        return self.memory.peak(self.memory_mb)

    @cached_property
    def makespan_ms(self) -> float:
        """Return what the whole takes with a worker for every node (ms)."""
        return self.path.makespan_ms

    @cached_property
    def critical(self) -> tuple[int, ...]:
        """Return one longest path."""
        return self.path.critical

    @cached_property
    def serial(self) -> list[SerialRun]:
        """Return the work that waits for no reason."""
        return self.serial_state.in_order()

    @cached_property
    def slack_ms(self) -> list[float]:
        """Return how much later each node could be done (ms)."""
        return slack_of(self.path, self.shape.slices, self.weights_ms)


def shape_of(graph: Graph, facts: Sequence[NodeFacts], last: Shape | None = None) -> Shape:
    """Return the order, the regions and the reach of `graph`; `last` is its shape before an edit of wires alone."""
    census = last.census if last else Census(facts)
    order = order_of(graph, facts, census)
    regions = regions_of(graph, facts, order, census.writers)
    reach = reach_of(facts, order)
    slices = slices_of(order, facts, reach.reachable)
    keys = last.keys if last else {}
    failing = [region.failing for region in regions.regions]
    running = [
        reached and not failing[region] and not held.free
        for reached, region, held in zip(reach.reachable, regions.of_node, facts, strict=True)
    ]
    written = last.written if last else {name for number in census.writers for name in facts[number].effects.writes}
    return Shape(
        order,
        regions,
        reach,
        census,
        slices,
        ways_of(order, regions, slices),
        readers_of(order, slices),
        running,
        frozenset(written),
        keys,
        Lifted(order, regions, keys),
    )


def overlaps_of(shape: Shape, facts: Sequence[NodeFacts], skipped: Container[int]) -> Overlaps:
    """Return which nodes can run beside another, without those on ways that are not taken."""
    order, reach = shape.order, shape.reach

    def active() -> list[bool]:
        # A node that is switched off still passes its turn on, so only one that nothing passes through is left out.
        return [
            (runs and number not in skipped) or (held.free and reached and bool(before) and bool(after))
            for number, (runs, held, reached, before, after) in enumerate(
                zip(shape.running, facts, reach.reachable, order.predecessors, order.successors, strict=True)
            )
        ]

    return Overlaps(order, active)


def gather(
    graph: Graph,
    facts: Sequence[NodeFacts],
    shape: Shape,
    workers: int,
    choices: RuleChoices = NO_CHOICES,
    nested: Mapping[str, Nested] | None = None,
) -> Evidence:
    """Work through `graph`: runtimes, critical path, schedule, memory, and what could run together."""
    slices = shape.slices
    runtime = runtimes(facts, shape.regions)
    weights = planned(runtime, shape.regions, shape.reach)
    path = path_through(slices, weights)
    chosen = {branch: chosen_way(branch, shape.ways, slices, path) for branch in shape.ways.of_branch}
    out = left_out(shape.regions, chosen)
    skipped = {number for number, region in enumerate(shape.regions.of_node) if out[region]} if chosen else set()
    skipped.difference_update(path.critical)
    load = [0.0 if number in skipped else taken for number, taken in enumerate(weights)] if skipped else weights
    memory = [held.cost.memory_mb if runs else 0.0 for held, runs in zip(facts, shape.running, strict=True)]
    for number in skipped:
        memory[number] = 0.0
    schedule = simulate(slices, load, path, workers)
    return Evidence(
        graph=graph,
        facts=facts,
        shape=shape,
        runtime_ms=runtime,
        weights_ms=weights,
        load_ms=load,
        memory_mb=memory,
        path=path,
        chosen=chosen,
        left_out=out,
        skipped=skipped,
        schedule=schedule,
        memory=memory_of(slices, shape.readers, schedule, load, memory),
        serial_state=serial_runs(facts, shape.lifted, weights),
        beside=overlaps_of(shape, facts, skipped),
        workers=workers,
        choices=choices,
        nested=nested or {},
    )
