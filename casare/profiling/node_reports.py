"""The reports on single nodes, made when somebody first looks at one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from casare.profiling.evidence import Evidence
from casare.profiling.facts import NodeFacts
from casare.profiling.ledger import Judgement, advice_of
from casare.profiling.report import NodeReport
from casare.profiling.rules import RULES


class NodeReports(Sequence[NodeReport]):
    """The reports on all nodes in the order of the document. Equal to any sequence of the same reports.

    Most analyses are made while a person edits, and only their score and totals are looked at. So the ten thousand rows
    are made on first access, all at once; what they are made from never changes. Safe to read on any thread.
    """

    __slots__ = ("_evidence", "_judgement", "_made")

    def __init__(self, evidence: Evidence, judgement: Judgement) -> None:
        self._evidence = evidence
        self._judgement = judgement
        self._made: tuple[NodeReport, ...] | None = None

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
            self._made = _made(self._evidence, self._judgement)
        return self._made


def _made(evidence: Evidence, judgement: Judgement) -> tuple[NodeReport, ...]:
    facts, shape = evidence.facts, evidence.shape
    regions = shape.regions
    assumed = [region.assumed for region in regions.regions]
    could = evidence.overlaps.copy()
    for run in evidence.serial:
        for number in run.nodes:
            could[number] = True
    advice = {number: tuple(held) for number, held in advice_of(judgement, RULES).items()}
    trips = shape.multipliers
    of_node = regions.of_node
    columns = zip(
        evidence.ids,
        [held.node.type for held in facts],
        [_name(held) for held in facts],
        [held.cost.complexity for held in facts],
        evidence.runtime_ms,
        [held.cost.memory_mb for held in facts],
        _distinct(shape.order.predecessors),
        _distinct(shape.order.successors),
        could,
        evidence.slack_ms,
        [_provenance(held, assumed[region]) for held, region in zip(facts, of_node, strict=True)],
        [advice.get(number, ()) for number in range(len(facts))],
        [0.0 if held.free else trips[region] for held, region in zip(facts, of_node, strict=True)],
        strict=True,
    )
    return tuple(map(NodeReport._make, columns))


def _provenance(held: NodeFacts, assumed: bool) -> str:
    """Return what a figure rests on: nothing better than a default when the number of turns is assumed."""
    return "default" if assumed and not held.free and held.cost.provenance != "measured" else held.cost.provenance


def _name(held: NodeFacts) -> str:
    node, spec = held.node, held.kind.spec
    return node.name or (spec.title if spec else node.type)


def _distinct(edges: Sequence[Sequence[int]]) -> list[int]:
    return [len(set(others)) if len(others) > 1 else len(others) for others in edges]
