"""Branches that lead nowhere for some answers.

Why these points: an answer nobody thought of makes a run stop silently, which is wrong now and then rather than
always: 1.5, a tenth of a grade. Ten such branches are one habit and not ten faults, so 9 is the most.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted
from casare.sdk import Role


def _check(evidence: Evidence) -> Finding | None:
    wiring = evidence.shape.order.wiring
    nodes = []
    for number in evidence.census.where(lambda kind: kind.role is Role.BRANCH):
        held = evidence.facts[number]
        wired = {port for target in wiring.control_out[number] for port in wiring.ports[number, target]}
        offered = held.kind.control_outputs
        # A switch has a port for every case; only the way for everything else has to be there.
        if "default" not in wired if "default" in offered else bool(offered - wired):
            nodes.append(number)
    if not nodes:
        return None
    return Finding(1.5 * len(nodes), nodes, f"{counted(len(nodes), 'branch ends', 'branches end')} for some answers.")


RULE = Rule(
    id="dead-end",
    title="Branch with a missing way",
    severity="info",
    formula="1.5 for each If without both ways wired and each Switch without a default",
    cap=9,
    advice="Wire the missing way too, to the Merge behind the branch when there is nothing to do.",
    check=_check,
    # A wire out of a branch opens or shuts a region, and no other wire matters here.
    sees=Sees.REGIONS,
)
