"""Nodes that no run gets to.

Why these points: what never runs is read, kept and understood for nothing, and is most often a wire that got lost: 3
a node. A workflow without any beginning does nothing at all: 25, two grades.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted


def _check(evidence: Evidence) -> Finding | None:
    reach = evidence.shape.reach
    if not reach.entered:
        every = [number for number, held in enumerate(evidence.facts) if not held.free]
        return Finding(25, every, "Nothing begins this workflow: every node waits for another.")
    if all(reach.reachable):
        return None
    nodes = [
        number
        for number, (reached, held) in enumerate(zip(reach.reachable, evidence.facts, strict=True))
        if not reached and not held.free
    ]
    if not nodes:
        return None
    return Finding(3.0 * len(nodes), nodes, f"{counted(len(nodes), 'node')} can never run.")


RULE = Rule(
    id="unreachable",
    title="Never runs",
    severity="warning",
    formula="3 for each node that no entry leads to; 25 when there is no entry at all",
    cap=25,
    advice="Wire these nodes to what should run them, or remove them.",
    check=_check,
    sees=Sees.REACH,
)
