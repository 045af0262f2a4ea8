"""Single nodes that do too much."""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, counted

_COMPLEX = 10.0


def _check(evidence: Evidence) -> Finding | None:
    nodes = [number for number, held in enumerate(evidence.facts) if held.cost.complexity > _COMPLEX]
    if not nodes:
        return None
    points = sum((evidence.facts[number].cost.complexity - _COMPLEX) / 2 for number in nodes)
    return Finding(points, nodes, f"{counted(len(nodes), 'node does', 'nodes do')} too much in one step.")


RULE = Rule(
    id="hot-spot",
    title="Complex node",
    severity="info",
    formula="half of what its complexity is above 10, for each node",
    cap=10,
    advice="Break the step into smaller ones, or lower its iterations and batch size.",
    check=_check,
    timed=True,
    wired=False,
)
