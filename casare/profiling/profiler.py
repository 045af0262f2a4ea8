"""A profiler that remembers: what has not changed since the last analysis is not worked out again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.model import Graph
from casare.profiling.analysis import DEFAULT_WORKERS, renamed, report_on
from casare.profiling.evidence import Evidence, gather, shape_of
from casare.profiling.facts import FactsBook
from casare.profiling.likeness import pairs_of, same_costs, same_judgement, same_shape
from casare.profiling.nodetool import nodetool_report
from casare.profiling.report import Report, Scoring

_UNSEEN_SECTIONS: Final = frozenset(("metadata",))
"""Sections of a document that no figure depends on."""


class Profiler:
    """Analyse workflows, and analyse one again cheaply after an edit. One thread at a time."""

    def __init__(self, catalog: Catalog, *, workers: int = DEFAULT_WORKERS, scoring: Scoring = "casare") -> None:
        """Raise ValueError for fewer than one worker or an unknown scoring."""
        if workers < 1:
            raise ValueError("a run needs at least one worker")
        if scoring not in ("casare", "nodetool"):
            raise ValueError(f"there is no scoring called {scoring}")
        self._catalog = catalog
        self._revision = catalog.revision
        self._workers = workers
        self._scoring: Scoring = scoring
        self._book = FactsBook(catalog)
        self._evidence: Evidence | None = None
        self._report: Report | None = None

    def analyze(self, graph: Graph) -> Report:
        """Return the report on `graph`."""
        self._renew_after_catalog()
        if self._scoring == "nodetool":
            self._report = nodetool_report(graph)
            return self._report
        with _collector_paused():
            facts = self._book.facts(graph.nodes)
            return self._conclude(gather(graph, facts, shape_of(graph, facts), self._workers))

    def regrade(self, graph: Graph, changed: GraphChanged) -> Report:
        """Return the report on `graph`, which is what the last one was about but for what `changed` names.

        The result is what `analyze` would give. An edit of places costs nothing; one that no sum and no rule can see
        costs a copy of the list of nodes; one of costs leaves the order as it was; any other is a whole analysis, but
        for what is known of each node.
        """
        last, report = self._evidence, self._report
        if self._renew_after_catalog() or report is None or last is None:
            return self.analyze(graph)
        if not changed.structural:
            return report
        if changed.wires or not changed.sections <= _UNSEEN_SECTIONS:
            return self.analyze(graph)
        with _collector_paused():
            return self._after_nodes(graph, changed, last, report)

    def _after_nodes(self, graph: Graph, changed: GraphChanged, last: Evidence, report: Report) -> Report:
        """Return the report when nothing but the settings and names of some nodes can be different."""
        facts = self._book.after(last.facts, graph.nodes, changed.nodes)
        pairs = pairs_of(last.facts, facts)
        if pairs is None or not same_shape(pairs):
            return self._conclude(gather(graph, facts, shape_of(graph, facts), self._workers))
        if not same_costs(pairs):
            return self._conclude(gather(graph, facts, last.shape, self._workers))
        evidence = replace(last, graph=graph, facts=facts)
        if not same_judgement(pairs):
            return self._conclude(evidence)
        self._evidence = evidence
        self._report = renamed(report, evidence, [new.node.id for _, new in pairs])
        return self._report

    def _conclude(self, evidence: Evidence) -> Report:
        self._evidence = evidence
        self._report = report_on(evidence)
        return self._report

    def _renew_after_catalog(self) -> bool:
        """Forget everything when the catalog has changed, and tell whether it had."""
        if self._revision == self._catalog.revision:
            return False
        self._revision = self._catalog.revision
        self._book = FactsBook(self._catalog)
        return True


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cycle collector from looking through the whole document several times over.

    An analysis makes containers by the ten thousand and no cycles, so there is nothing for it to find.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
