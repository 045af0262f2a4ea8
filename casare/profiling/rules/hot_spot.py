"""Single nodes that do too much.

Why these points: complexity runs to 20; what is above 10 is hard to test, to cache and to run beside anything. Half
of the excess keeps a single hard step from deciding the grade, and 10 all of them together.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import NOTHING, Finding, Rule, counted, limit_of
from casare.profiling.scoring.rule_choices import Limit

_COMPLEX = 10.0


def _check(evidence: Evidence) -> Finding | None:
    complex_above = limit_of(evidence, "hot-spot", _COMPLEX)
    nodes = [number for number, held in enumerate(evidence.facts) if held.cost.complexity > complex_above]
    if not nodes:
        return None
    points = sum((evidence.facts[number].cost.complexity - complex_above) / 2 for number in nodes)
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
    sees=NOTHING,
    limit=Limit("Complexity", "", _COMPLEX, 1, 20),
)
