"""Values that are worked out and then not read.

Why these points: a value nobody reads is work done for nothing, cheap in itself but often the sign of a wire that is
missing: 1.5 a node, and 30 at most.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted


def _check(evidence: Evidence) -> Finding | None:
    wiring = evidence.shape.order.wiring
    read = {source for sources in wiring.data_in for source in sources}
    read.update(source for sources in wiring.reference_in for source in sources)
    nodes = [
        number
        for number in evidence.census.where(lambda kind: kind.pure)
        if number not in read and evidence.shape.reach.reachable[number]
    ]
    if not nodes:
        return None
    return Finding(
        1.5 * len(nodes), nodes, f"{counted(len(nodes), 'node works', 'nodes work')} out something that nothing reads."
    )


RULE = Rule(
    id="unused-result",
    title="Result is not used",
    severity="info",
    formula="1.5 for each node that only computes a value, and whose value no wire and no template reads",
    cap=30,
    advice="Use the result, or remove the node.",
    check=_check,
    sees=Sees.DATA | Sees.REACH,
)
