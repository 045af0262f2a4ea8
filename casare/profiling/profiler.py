"""A profiler that remembers: what has not changed since the last analysis is not worked out again."""

from __future__ import annotations

from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.model import Graph
from casare.profiling.analysis import DEFAULT_WORKERS, report_on
from casare.profiling.evidence import Shape, gather, shape_of
from casare.profiling.facts import FactsBook, NodeFacts
from casare.profiling.nodetool import nodetool_report
from casare.profiling.report import Report, Scoring


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
        self._facts: list[NodeFacts] = []
        self._shape: Shape | None = None
        self._report: Report | None = None

    def analyze(self, graph: Graph) -> Report:
        """Return the report on `graph`."""
        return self._again(graph, shape=None)

    def regrade(self, graph: Graph, changed: GraphChanged) -> Report:
        """Return the report on `graph`, which is what the last one was about but for what `changed` names.

        The result is what `analyze` would give.
        """
        if self._report is None or self._revision != self._catalog.revision:
            return self._again(graph, shape=None)
        if not changed.structural:
            return self._report
        keeps_shape = not changed.wires and "variables" not in changed.sections
        return self._again(graph, self._shape if keeps_shape else None)

    def _again(self, graph: Graph, shape: Shape | None) -> Report:
        if self._revision != self._catalog.revision:
            self._revision = self._catalog.revision
            self._book = FactsBook(self._catalog)
        if self._scoring == "nodetool":
            self._report = nodetool_report(graph)
            return self._report
        facts = self._book.facts(graph.nodes)
        if shape is None or not _same_shape(self._facts, facts):
            shape = shape_of(graph, facts)
        self._facts, self._shape = facts, shape
        self._report = report_on(gather(graph, facts, shape, self._workers))
        return self._report


def _same_shape(before: list[NodeFacts], after: list[NodeFacts]) -> bool:
    """Tell whether the nodes that changed wait for the same things in the same way as before."""
    if len(before) != len(after):
        return False
    return all(
        old is new
        or (
            old.node.id == new.node.id
            and old.kind is new.kind
            and old.free == new.free
            and old.references == new.references
            and old.effects == new.effects
            and not old.kind.steers
            # What is written to a variable may be what a loop runs over, and so decides how often it runs.
            and not any(resource.startswith("var:") for resource in old.effects.writes)
        )
        for old, new in zip(before, after, strict=True)
    )
