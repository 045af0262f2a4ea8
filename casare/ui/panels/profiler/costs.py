"""What the canvas may ask about single nodes and about groups of them. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from casare.profiling import NodeReport, Report, duration_text, memory_text
from casare.ui.panels.profiler.remembered import remembered

BASES: Final = {
    "default": "Assumed: nobody has said what this type costs",
    "declared": "Estimated from what its type declares",
    "calibrated": "Estimated from earlier runs on this machine",
    "measured": "Measured in the last run",
}
"""Where figures come from, by provenance."""


class CostsPicture(NamedTuple):
    """What nodes cost: of one in lines, of several together; `stale` when it is about an earlier state."""

    tell: Callable[[str], Sequence[str]]
    total: Callable[[Iterable[str]], str]
    stale: bool


def costs_of(report: Report, *, stale: bool) -> CostsPicture:
    """Return what is to be known of the nodes of a report."""
    return fresh_costs(report)._replace(stale=stale)


@remembered
def fresh_costs(report: Report) -> CostsPicture:
    """Return the picture of a report that is not stale."""
    nodes = {node.id: node for node in report.nodes}
    critical = frozenset(report.critical_path)

    def tell(node_id: str) -> Sequence[str]:
        node = nodes.get(node_id)
        return cost_lines(node, report.totals.runtime_ms, critical=node_id in critical) if node is not None else ()

    return CostsPicture(tell, lambda node_ids: _total(nodes, node_ids), False)


def cost_lines(node: NodeReport, whole_ms: float, *, critical: bool) -> tuple[str, ...]:
    """Return what a node costs, in a few lines; `whole_ms` is the work of the whole workflow."""
    if not node.runtime_ms and not node.memory_mb:
        return ("Costs nothing",)
    times = f" in {node.runs:g} runs" if node.runs not in (0, 1) else ""
    share = f" · {round(node.runtime_ms / whole_ms * 100)} % of the work" if whole_ms > 0 else ""
    place = "on the critical path" if critical else f"slack {duration_text(node.slack_ms) if node.slack_ms else 'none'}"
    return (
        f"{duration_text(node.runtime_ms)}{times}{share}",
        f"{memory_text(node.memory_mb)} · {place}",
        BASES.get(node.provenance, ""),
    )


def _total(nodes: Mapping[str, NodeReport], node_ids: Iterable[str]) -> str:
    """Return the work of nodes together and the most memory one of them takes; nothing for none that is known."""
    known = [nodes[one] for one in node_ids if one in nodes]
    if not known:
        return ""
    most = max(node.memory_mb for node in known)
    # They need not be alive at once, so their sizes must not be added up.
    memory = f" · {'up to ' if len(known) > 1 else ''}{memory_text(most)}" if most > 0 else ""
    return f"{duration_text(sum(node.runtime_ms for node in known))}{memory}"
