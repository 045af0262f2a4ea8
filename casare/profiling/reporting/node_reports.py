"""The reports on single nodes, made when somebody first looks at one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from casare.foundation.collection import without_collection
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.costs.gpu_memory import gpu_memory_mb
from casare.profiling.evidence import Evidence
from casare.profiling.reporting.report import NodeReport
from casare.profiling.rules import RULES
from casare.profiling.scoring.ledger import Judgement, advice_of


class NodeReports(Sequence[NodeReport]):
    """The reports on all nodes in the order of the document. Equal to any sequence of the same reports.

    Most analyses are made while a person edits, and only their score and totals are looked at. So the ten thousand rows
    are made on first access, all at once; what they are made from never changes. Safe to read on any thread.
    """

    __slots__ = ("_before", "_evidence", "_judgement", "_made")

    def __init__(self, evidence: Evidence, judgement: Judgement, before: NodeReports | None = None) -> None:
        """`before` are the reports before an edit, whose rows are taken over where they still hold."""
        self._evidence = evidence
        self._judgement = judgement
        self._made: tuple[NodeReport, ...] | None = None
        # Of rows that nobody looked at, those they would have been made from are kept, and never a row of such rows.
        self._before: NodeReports | None = before if before is None or before._made is not None else before._before

    @overload
    def __getitem__(self, place: int) -> NodeReport: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[NodeReport, ...]: ...

    def __getitem__(self, place: int | slice) -> NodeReport | tuple[NodeReport, ...]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._evidence.facts)

    def __iter__(self) -> Iterator[NodeReport]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (NodeReports, tuple, list)):
            return self._all() == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return f"<{len(self)} node reports>"

    def _all(self) -> tuple[NodeReport, ...]:
        if self._made is None:
            with without_collection():
                self._made = self._make()
            self._before = None
        return self._made

    def _make(self) -> tuple[NodeReport, ...]:
        before, rows = self._before, _Rows(self._evidence, self._judgement)
        kept = before._made if before is not None else None
        if before is None or kept is None or not rows.is_like(before._evidence):
            return tuple(rows.of(range(len(self))))
        changed = rows.differing(_Rows(before._evidence, before._judgement))
        made = list(kept)
        for number, row in zip(changed, rows.of(changed), strict=True):
            made[number] = row
        return tuple(made)


class _Rows:
    """Makes rows from one analysis."""

    def __init__(self, evidence: Evidence, judgement: Judgement) -> None:
        self._evidence = evidence
        self._judgement = judgement
        self._serial = {number for run in evidence.serial for number in run.nodes}

    def is_like(self, before: Evidence) -> bool:
        """Tell whether order, regions and what overlaps are those of another analysis, the very same values."""
        return before.shape is self._evidence.shape and before.beside is self._evidence.beside

    def differing(self, other: _Rows) -> list[int]:
        """Return the nodes whose rows are others than those of an analysis that is like this one."""
        mine, theirs = self._evidence, other._evidence
        found = {n for n, (one, two) in enumerate(zip(mine.facts, theirs.facts, strict=True)) if one is not two}
        found.update(n for n, (one, two) in enumerate(zip(mine.slack_ms, theirs.slack_ms, strict=True)) if one != two)
        found.update(self._serial ^ other._serial)
        for rule in RULES:
            now, then = self._judgement.by_rule[rule.id], other._judgement.by_rule[rule.id]
            if now is not then:
                found.update(set(now.finding.nodes if now else ()) ^ set(then.finding.nodes if then else ()))
        return sorted(found)

    def of(self, numbers: Sequence[int]) -> Iterator[NodeReport]:
        """Make the rows of some nodes."""
        evidence, shape, advice = self._evidence, self._evidence.shape, advice_of(self._judgement, RULES)
        facts = [evidence.facts[number] for number in numbers]
        regions = [shape.regions.of_node[number] for number in numbers]
        assumed = [region.assumed for region in shape.regions.regions]
        beside, serial, trips = evidence.beside.nodes, self._serial, shape.multipliers
        columns = zip(
            map(evidence.ids.__getitem__, numbers),
            [held.node.type for held in facts],
            map(_name, facts),
            [held.cost.complexity for held in facts],
            map(evidence.runtime_ms.__getitem__, numbers),
            [held.cost.memory_mb for held in facts],
            _distinct(shape.order.predecessors, numbers),
            _distinct(shape.order.successors, numbers),
            [beside[number] or number in serial for number in numbers],
            map(evidence.slack_ms.__getitem__, numbers),
            [_provenance(held, assumed[region]) for held, region in zip(facts, regions, strict=True)],
            [tuple(advice.get(number, ())) for number in numbers],
            [0.0 if held.free else trips[region] for held, region in zip(facts, regions, strict=True)],
            map(_gpu_memory_mb, facts),
            strict=True,
        )
        return map(NodeReport._make, columns)


def _provenance(held: NodeFacts, assumed: bool) -> str:
    """Return what a figure rests on: nothing better than a default when the number of turns is assumed."""
    return "default" if assumed and not held.free and held.cost.provenance != "measured" else held.cost.provenance


def _name(held: NodeFacts) -> str:
    node, spec = held.node, held.kind.spec
    return node.name or (spec.title if spec else node.type)


def _gpu_memory_mb(held: NodeFacts) -> float | None:
    config = held.node.config
    return gpu_memory_mb(config) if "model" in config and not held.free else None


def _distinct(edges: Sequence[Sequence[int]], numbers: Sequence[int]) -> list[int]:
    """Return how many different nodes are at the other ends of the edges of each of these nodes."""
    held = [edges[number] for number in numbers]
    return [len(set(others)) if len(others) > 1 else len(others) for others in held]
