"""Two analyses side by side: two versions of a workflow, two runs, or before and after an edit."""

from __future__ import annotations

from typing import NamedTuple

from casare.profiling.reporting.report import NodeReport, Report


class NodeDifference(NamedTuple):
    """One node in both; None where it is missing. Differences are second less first."""

    node_id: str
    first: NodeReport | None
    second: NodeReport | None

    @property
    def runtime_ms(self) -> float:
        """Return how much longer it takes (ms)."""
        return (self.second.runtime_ms if self.second else 0.0) - (self.first.runtime_ms if self.first else 0.0)

    @property
    def memory_mb(self) -> float:
        """Return how much more it holds (MB)."""
        return (self.second.memory_mb if self.second else 0.0) - (self.first.memory_mb if self.first else 0.0)


class Comparison(NamedTuple):
    """What the second has over the first."""

    score: float | None
    """Points gained; None when one of them has no score."""
    grades: tuple[str | None, str | None]
    runtime_ms: float
    wall_ms: float
    peak_memory_mb: float
    critical_path_ms: float
    rules: tuple[tuple[str, float], ...]
    """Rules that take other points now, and how many more they take, most first."""
    nodes: tuple[NodeDifference, ...]
    """Nodes that are new, gone or other, the largest difference of runtime first."""


def compare(first: Report, second: Report) -> Comparison:
    """Return the differences between two reports. Raises ValueError when they are graded by different rules."""
    if first.scoring != second.scoring:
        raise ValueError("two reports graded by different rules cannot be compared")
    one, other = first.totals, second.totals
    points = {entry.rule: -entry.points for entry in first.ledger}
    for entry in second.ledger:
        points[entry.rule] = round(points.get(entry.rule, 0.0) + entry.points, 1)
    before = {node.id: node for node in first.nodes}
    after = {node.id: node for node in second.nodes}
    nodes = [
        NodeDifference(node_id, before.get(node_id), after.get(node_id))
        for node_id in {**before, **after}
        if before.get(node_id) != after.get(node_id)
    ]
    nodes.sort(key=lambda held: -abs(held.runtime_ms))
    return Comparison(
        None if first.score is None or second.score is None else round(second.score - first.score, 1),
        (first.grade, second.grade),
        other.runtime_ms - one.runtime_ms,
        other.wall_ms - one.wall_ms,
        other.peak_memory_mb - one.peak_memory_mb,
        other.critical_path_ms - one.critical_path_ms,
        tuple(sorted(((rule, gone) for rule, gone in points.items() if gone), key=lambda held: -held[1])),
        tuple(nodes),
    )
