"""A profiler that remembers: what has not changed since the last analysis is not worked out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.collection import without_collection
from casare.model import Graph
from casare.profiling.analysis import DEFAULT_WORKERS, report_on
from casare.profiling.costs.facts import FactsBook, NodeFacts
from casare.profiling.costs.nesting import Inner, Nesting, Resolve
from casare.profiling.costs.tables import NO_TABLES, CostTables
from casare.profiling.evidence import Evidence, gather, shape_of
from casare.profiling.incremental.likeness import blind_to_wires, same_costs, same_shape, standing
from casare.profiling.incremental.regather import gather_again
from casare.profiling.incremental.reshape import gather_rewired
from casare.profiling.reporting.report import Report, Scoring
from casare.profiling.rules import RULES
from casare.profiling.scoring.ledger import Judged, Judgement, judge
from casare.profiling.scoring.nodetool import nodetool_report
from casare.profiling.scoring.rule_choices import NO_CHOICES, RuleChoices
from casare.sdk import Role

_UNSEEN_SECTIONS: Final = frozenset(("metadata",))
"""Sections of a document that no figure depends on."""


class Profiler:
    """Analyse workflows, and analyse one again cheaply after an edit. One thread at a time."""

    def __init__(
        self,
        catalog: Catalog,
        *,
        workers: int = DEFAULT_WORKERS,
        scoring: Scoring = "casare",
        tables: CostTables = NO_TABLES,
        choices: RuleChoices = NO_CHOICES,
        resolve: Resolve | None = None,
        pulse: Callable[[], None] | None = None,
    ) -> None:
        """Raise ValueError for fewer than one worker or an unknown scoring.

        `tables` stand above declared costs, `choices` above the defaults of the rules; `resolve` finds the workflows
        that nodes run, without it those are taken to cost what their types declare. `pulse` is called every few
        tens of ms; what it raises ends the analysis, and the next one begins afresh.
        """
        if workers < 1:
            raise ValueError("a run needs at least one worker")
        if scoring not in ("casare", "nodetool"):
            raise ValueError(f"there is no scoring called {scoring}")
        self._catalog = catalog
        self._revision = catalog.revision
        self._workers = workers
        self._scoring: Scoring = scoring
        self._tables = tables
        self._choices = choices
        self._resolve = resolve
        self._pulse = pulse or _no_pulse
        self._book = self._new_book()
        self._evidence: Evidence | None = None
        self._judgement: Judgement | None = None
        self._report: Report | None = None

    def analyze(self, graph: Graph) -> Report:
        """Return the report on `graph`."""
        self._renew_after_catalog()
        if self._scoring == "nodetool":
            self._report = nodetool_report(graph)
            return self._report
        with without_collection():
            facts = self._book.facts(graph.nodes)
            self._pulse()
            return self._afresh(graph, facts)

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
        if not changed.sections <= _UNSEEN_SECTIONS:
            return self.analyze(graph)
        if changed.wires:
            return self._after_wires(graph, changed, last)
        with without_collection():
            return self._after_nodes(graph, changed, last, report)

    @property
    def evidence(self) -> Evidence | None:
        """Return what the last report was made from, or None before the first one and for the compatible score."""
        return self._evidence

    @property
    def judgement(self) -> Judgement | None:
        """Return what the rules made of the evidence, or None before the first analysis."""
        return self._judgement

    def _after_wires(self, graph: Graph, changed: GraphChanged, last: Evidence) -> Report:
        """Return the report when wires are other ones: what is known of nodes and what rests on that alone stands."""
        judgement = self._judgement
        if changed.nodes or judgement is None or last.ids != list(graph.nodes):
            return self.analyze(graph)
        with without_collection():
            evidence = gather_rewired(last, graph, changed.wires)
            if evidence is None:
                shape = shape_of(graph, last.facts, last.shape)
                self._pulse()
                evidence = gather(graph, last.facts, shape, self._workers, self._choices, last.nested)
            return self._conclude(evidence, blind_to_wires(judgement, last, evidence))

    def _after_nodes(self, graph: Graph, changed: GraphChanged, last: Evidence, report: Report) -> Report:
        """Return the report when nothing but the settings and names of some nodes can be different."""
        index, nodes = last.shape.order.wiring.number, graph.nodes
        judgement = self._judgement
        if judgement is None or last.ids != list(nodes):
            return self._afresh(graph, self._book.facts(nodes))
        places = {node_id: index[node_id] for node_id in changed.nodes}
        facts = self._book.after(last.facts, nodes, places)
        numbers = sorted(place for place in places.values() if facts[place] is not last.facts[place])
        pairs = [(last.facts[place], facts[place]) for place in numbers]
        if not same_shape(pairs) or any(held.kind.role is Role.SUBFLOW for held, _ in pairs):
            return self._afresh(graph, facts)
        as_costly = same_costs(pairs)
        known = standing(pairs, judgement, same_costs=as_costly)
        if as_costly:
            return self._conclude(replace(last, graph=graph, facts=facts), known)
        return self._conclude(gather_again(last, graph, facts, numbers), known)

    def _afresh(self, graph: Graph, facts: Sequence[NodeFacts]) -> Report:
        shape = shape_of(graph, facts)
        self._pulse()
        return self._conclude(gather(graph, facts, shape, self._workers, self._choices, dict(self._book.nested)))

    def _conclude(self, evidence: Evidence, known: Mapping[str, Judged | None] | None = None) -> Report:
        # Only what belongs together is kept: after an analysis that was ended here, the last one still stands.
        self._pulse()
        judgement = judge(evidence, RULES, known)
        self._evidence, self._judgement = evidence, judgement
        self._report = report_on(evidence, judgement, self._report)
        return self._report

    def _renew_after_catalog(self) -> bool:
        """Forget everything when the catalog has changed, and tell whether it had."""
        if self._revision == self._catalog.revision:
            return False
        self._revision = self._catalog.revision
        self._book = self._new_book()
        return True

    def _new_book(self) -> FactsBook:
        nesting = Nesting(self._resolve, self._inner_report) if self._resolve is not None else None
        return FactsBook(self._catalog, self._tables, nesting)

    def _inner_report(self, inner: Inner, nesting: Nesting) -> Report:
        """Return the report on a workflow inside the one at hand; what was measured there is not known here."""
        inside = FactsBook(self._catalog, CostTables(self._tables.types), nesting)
        facts = inside.facts(inner.graph.nodes)
        shape = shape_of(inner.graph, facts)
        evidence = gather(inner.graph, facts, shape, self._workers, self._choices, inside.nested)
        return report_on(evidence, judge(evidence, RULES))


def _no_pulse() -> None:
    """Let the analysis go on."""
