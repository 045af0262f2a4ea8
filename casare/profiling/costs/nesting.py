"""Workflows inside workflows: each is analysed as a workflow of its own, and its totals are the cost of the node.

The node that runs it waits for the whole of it, so its runtime is the inner wall time, its memory the inner peak and
its complexity that of the most complex inner node. Where an inner workflow comes from is for the caller to say; it is
read at most `DEEPEST` levels down, and one that runs itself, at any depth, is told and not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final, NamedTuple

from casare.model import Graph, Node
from casare.profiling.costs.tables import NodeCost, Provenance

if TYPE_CHECKING:
    from casare.profiling.reporting.report import Report

DEEPEST: Final = 8
"""Levels of nesting that are followed."""
_WORST_FIRST: Final[tuple[Provenance, ...]] = ("default", "declared", "calibrated", "measured")


class Inner(NamedTuple):
    """A workflow to look into: what tells it apart from all others, its graph, and how to resolve what it runs."""

    key: Hashable
    graph: Graph
    resolve: Resolve


CYCLE_RULE: Final = "nested-cycle"

Resolve = Callable[[Node], "Inner | None"]
"""Return the workflow that a node runs, or None when it cannot be found."""


class Nested(NamedTuple):
    """What became of one inner workflow: its report, or why there is none."""

    report: Report | None
    cyclic: bool = False
    """Whether it runs itself."""
    too_deep: bool = False

    @property
    def cost(self) -> NodeCost | None:
        """Return what running it costs; None without a report."""
        report = self.report
        if report is None or report.score is None:
            return None
        found = {node.provenance for node in report.nodes}
        provenance: Provenance = next((one for one in _WORST_FIRST if one in found), "declared")
        complexity = max((node.complexity for node in report.nodes), default=1.0)
        return NodeCost(complexity, report.totals.wall_ms, report.totals.peak_memory_mb, provenance)


Analyse = Callable[[Inner, "Nesting"], "Report"]


class Nesting:
    """Where an analysis stands among those around it. One for each level; reports are shared by all."""

    def __init__(
        self,
        resolve: Resolve,
        analyse: Analyse,
        around: tuple[Hashable, ...] = (),
        known: dict[Hashable, Nested] | None = None,
    ) -> None:
        """`analyse` makes the report on an inner workflow; `around` are the keys of the workflows it lies in."""
        self._resolve = resolve
        self._analyse = analyse
        self._around = around
        self._known = {} if known is None else known

    def look_into(self, node: Node) -> Nested | None:
        """Return what is known of the workflow that `node` runs; None when it cannot be found."""
        inner = self._resolve(node)
        if inner is None:
            return None
        if inner.key in self._around:
            return Nested(None, cyclic=True)
        if len(self._around) >= DEEPEST:
            return Nested(None, too_deep=True)
        found = self._known.get(inner.key)
        if found is None:
            below = Nesting(inner.resolve, self._analyse, (*self._around, inner.key), self._known)
            report = self._analyse(inner, below)
            # One that runs itself further down is as endless as if it did so at once.
            cyclic = any(entry.rule == CYCLE_RULE for entry in report.ledger)
            found = self._known[inner.key] = Nested(report, cyclic)
        return found
