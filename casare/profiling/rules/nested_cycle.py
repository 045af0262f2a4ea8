"""Workflows that run themselves.

Why these points: a workflow that gets back to itself runs until something gives way, like a loop that never ends, so it
is as bad as one: 15. One that lies too deep to be looked into may be right, but nobody can tell what it costs: 3.
"""

from __future__ import annotations

from casare.profiling.costs.nesting import CYCLE_RULE
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import NOTHING, Finding, Rule, counted


def _check(evidence: Evidence) -> Finding | None:
    index = evidence.shape.order.wiring.number
    bad = {index[one]: held for one, held in evidence.nested.items() if held.cyclic or held.too_deep}
    if not bad:
        return None
    points = sum(15.0 if held.cyclic else 3.0 for held in bad.values())
    circles = sum(held.cyclic for held in bad.values())
    told = f"{counted(circles, 'node runs', 'nodes run')} this workflow again, without end."
    return Finding(points, sorted(bad), told if circles else "Workflows lie inside each other too deep to look into.")


RULE = Rule(
    id=CYCLE_RULE,
    title="Runs itself",
    severity="error",
    formula="15 for each node that runs a workflow it lies in, 3 for each workflow nested deeper than 8",
    cap=45,
    advice="Let the inner workflow end instead, or turn the repetition into a loop with a limit.",
    check=_check,
    sees=NOTHING,
)
