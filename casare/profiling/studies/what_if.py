"""What a workflow would be like if some of its nodes were faster, cached, gone, or worked in other batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from casare.model import Graph
from casare.profiling.analysis import report_on
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.evidence import Evidence, gather, shape_of
from casare.profiling.incremental.likeness import same_shape, standing
from casare.profiling.incremental.regather import gather_again
from casare.profiling.profiler import Profiler
from casare.profiling.reporting.report import Report
from casare.profiling.rules import RULES
from casare.profiling.scoring.ledger import judge

CACHED_MS: Final = 0.1
"""What it takes to look a result up instead of working it out (ms): one hash and one read from memory."""


class Supposition(NamedTuple):
    """One thing to suppose of one node. Suppositions about the same node add up."""

    node_id: str
    times_faster: float = 1.0
    """How many times as fast; below 1 it is slower."""
    cached: bool = False
    removed: bool = False
    """Whether it does nothing and just passes its turn on."""
    batch_size: int | None = None


def what_if(profiler: Profiler, suppositions: Sequence[Supposition]) -> Report:
    """Return the report that `profiler`'s last one would be if all this were so; the profiler is left as it is.

    Suppositions about speed take about as long as grading again after an edit of a cost.
    Raises ValueError before a first analysis, for an unknown node, and for a speed or a batch not above 0.
    """
    evidence = profiler.evidence
    if evidence is None:
        raise ValueError("there is no analysis to suppose anything of")
    supposed = suppose(evidence, suppositions)
    known = None
    if supposed.shape is evidence.shape and profiler.judgement is not None:
        pairs = [(old, new) for old, new in zip(evidence.facts, supposed.facts, strict=True) if old is not new]
        known = standing(pairs, profiler.judgement, same_costs=False)
    return report_on(supposed, judge(supposed, RULES, known))


def what_if_of(evidence: Evidence, suppositions: Sequence[Supposition]) -> Report:
    """Return what `what_if` does for a profiler, from evidence alone: on any thread, judging every rule anew."""
    supposed = suppose(evidence, suppositions)
    return report_on(supposed, judge(supposed, RULES))


def suppose(evidence: Evidence, suppositions: Sequence[Supposition]) -> Evidence:
    """Return the evidence if all this were so. Raises ValueError as `what_if` does."""
    index = evidence.shape.order.wiring.number
    facts = list(evidence.facts)
    changed: dict[int, None] = {}
    for one in suppositions:
        if one.node_id not in index:
            raise ValueError(f"there is no node {one.node_id}")
        if one.times_faster <= 0 or (one.batch_size is not None and one.batch_size < 1):
            raise ValueError("a speed and a batch have to be above 0")
        number = index[one.node_id]
        facts[number] = _supposed(facts[number], one)
        changed[number] = None
    pairs = [(evidence.facts[number], facts[number]) for number in changed]
    # What is only faster or cached has kept its settings, and so everything but its cost.
    if all(old.node is new.node for old, new in pairs) or same_shape(pairs):
        return gather_again(evidence, evidence.graph, facts, sorted(changed))
    graph = Graph(
        [held.node for held in facts],
        evidence.graph.connections.values(),
        metadata=evidence.graph.metadata,
        variables=evidence.graph.variables,
        settings=evidence.graph.settings,
    )
    return gather(graph, facts, shape_of(graph, facts), evidence.workers, evidence.choices, evidence.nested)


def _supposed(held: NodeFacts, one: Supposition) -> NodeFacts:
    if one.removed:
        return NodeFacts(held.node._replace(config={**held.node.config, "_disabled": True}), held.kind)
    if one.batch_size is not None:
        before = held.cost
        held = NodeFacts(held.node._replace(config={**held.node.config, "batch_size": one.batch_size}), held.kind)
        if before.provenance == "measured":
            held = held.costing(before)
    runtime = min(CACHED_MS, held.cost.runtime_ms) if one.cached else held.cost.runtime_ms
    return held.costing(held.cost._replace(runtime_ms=runtime / one.times_faster))
