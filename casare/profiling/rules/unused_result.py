"""Values that are worked out and then not read.

Why these points: a value nobody reads is work done for nothing, cheap in itself but often the sign of a wire that is
missing: 1.5 a node, and 30 at most.
"""

from __future__ import annotations

from itertools import chain

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted


def _check(evidence: Evidence) -> Finding | None:
    wiring, reachable = evidence.shape.order.wiring, evidence.shape.reach.reachable
    read = set(chain.from_iterable(wiring.data_in))
    read.update(chain.from_iterable([wiring.reference_in[number] for number in evidence.census.referring]))
    pure = evidence.census.where(lambda kind: kind.pure)
    nodes = [number for number in pure if number not in read and reachable[number]]
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
