"""What would make a workflow better: ordinary edits, each with the grade that it really leads to.

Every proposal is carried out on a copy and analysed before it is offered, so the promise is never a guess. Nothing here
edits a document: hand `Improvement.change` to `Document.do`, and one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from casare.app.improving.proposals import Proposal, proposals
from casare.app.profiler.basis import Basis
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model import Change, Graph
from casare.profiling import Report

DEFAULT: Final = Basis()

MOST_TRIED: Final = 48
"""So many proposals are tried out at most."""
LARGE: Final = 2000
"""From so many nodes on, fewer are tried, because each trial is an analysis."""
MOST_TRIED_LARGE: Final = 12
MOST_STEPS: Final = 8
_LEAST_SAVED_MS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Improvement:
    """An edit that makes a workflow better, and by how much."""

    kind: str
    """`parallel`, `loop-limit`, `fewer-retries`, `share-result`, `limit-fan-out`, `loop-fan-out`, `limit-load`,
    `smaller-batch`, `remove-dead`, `correct-name`, `wire-branch`, `retry-run`, `guard`."""
    title: str
    """What to do, as a button would say it."""
    detail: str
    """What to know before doing it."""
    nodes: tuple[str, ...]
    change: Change
    score_before: float
    grade_before: str
    score: float
    """The score that applying it leads to, exactly."""
    grade: str
    saved_ms: float
    """How much shorter the critical path gets; time saved in slack does not count."""

    @property
    def gain(self) -> float:
        """Return the points gained."""
        return round(self.score - self.score_before, 1)


@dataclass(frozen=True, slots=True)
class Way:
    """Steps to a better grade. Each is to be applied after those before it."""

    steps: tuple[Improvement, ...]
    grade: str | None
    """The grade behind the last step."""
    reached: bool
    """Whether it is better than the grade now."""


def improvements(
    graph: Graph,
    catalog: Catalog,
    report: Report | None = None,
    *,
    basis: Basis = DEFAULT,
    pulse: Callable[[], None] | None = None,
) -> tuple[Improvement, ...]:
    """Return the edits that raise the score, or shorten the critical path at the same score, best first.

    `report` is the report on `graph`, if there is one; without a grade there is nothing to improve. `basis` is to
    be that of the report, so that the promise is about the same figures. `pulse` is called every few tens of ms; what
    it raises ends the search.
    """
    if report is not None and (report.scoring != "casare" or report.score is None or not report.ledger):
        return ()
    return _Trial(graph.copy(), catalog, basis, pulse).improvements()


def way_to_next_grade(graph: Graph, catalog: Catalog, *, basis: Basis = DEFAULT) -> Way:
    """Return a short way to a better grade: the best edit, then the best after that, until the grade is better.

    When no way leads there, the steps that come nearest are returned.
    """
    steps: list[Improvement] = []
    copy = graph.copy()
    before = basis.profiler(catalog).analyze(copy).grade
    while len(steps) < MOST_STEPS:
        found = _Trial(copy, catalog, basis).improvements()
        better = [one for one in found if one.gain > 0]
        if not better:
            break
        steps.append(better[0])
        copy.apply(better[0].change)
        if better[0].grade != before:
            break
    last = steps[-1].grade if steps else before
    return Way(tuple(steps), last, last != before)


class _Trial:
    """A copy of a graph on which proposals are tried one after another."""

    def __init__(self, graph: Graph, catalog: Catalog, basis: Basis, pulse: Callable[[], None] | None = None) -> None:
        self._graph = graph
        self._profiler = basis.profiler(catalog, pulse)
        self._before = self._profiler.analyze(graph)
        self._pending = GraphChanged()

    def improvements(self) -> tuple[Improvement, ...]:
        """Return what helps, best first."""
        evidence, judgement = self._profiler.evidence, self._profiler.judgement
        if self._before.score is None or evidence is None or judgement is None:
            return ()
        most = MOST_TRIED_LARGE if len(self._graph.nodes) >= LARGE else MOST_TRIED
        found = [one for one in map(self._tried, _first(proposals(evidence, judgement), most)) if one is not None]
        found.sort(key=lambda one: (-one.gain, -one.saved_ms, one.title))
        return tuple(found)

    def _tried(self, proposal: Proposal) -> Improvement | None:
        before = self._before
        try:
            inverse, fact = proposal.change.carry_out(self._graph)
        except ChangeRefusedError:
            return None
        after = self._profiler.regrade(self._graph, self._pending.merged(fact))
        _, back = inverse.carry_out(self._graph)
        self._pending = fact.merged(back)
        if after.score is None or after.grade is None or before.score is None or before.grade is None:
            return None
        saved = before.totals.critical_path_ms - after.totals.critical_path_ms
        if after.score < before.score or (after.score == before.score and saved < _LEAST_SAVED_MS):
            return None
        return Improvement(
            kind=proposal.kind,
            title=proposal.title,
            detail=proposal.detail,
            nodes=proposal.nodes,
            change=proposal.change,
            score_before=before.score,
            grade_before=before.grade,
            score=after.score,
            grade=after.grade,
            saved_ms=max(saved, 0.0),
        )


def _first(found: Iterable[Proposal], most: int) -> list[Proposal]:
    kept: list[Proposal] = []
    for proposal in found:
        kept.append(proposal)
        if len(kept) == most:
            break
    return kept
