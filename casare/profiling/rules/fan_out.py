"""More at once than anything can take.

Why these points: past sixteen at once, services throttle and machines swap, and each doubling of the crowd above that
makes it worse by about as much again: 2 x log2. It cannot cost more than 12, because the work itself is not wrong.
"""

from __future__ import annotations

from casare.profiling.costs.cost import number_of
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted, growing, limit_of
from casare.profiling.scoring.rule_choices import Limit
from casare.sdk import Role

_MANY = 16


def _check(evidence: Evidence) -> Finding | None:
    many = limit_of(evidence, "fan-out-without-limit", _MANY)
    nodes: list[int] = []
    points = 0.0
    wires = evidence.shape.order.wiring.control_out
    degrees = list(map(len, wires))
    wide = [number for number, degree in enumerate(degrees) if degree > many] if max(degrees, default=0) > many else ()
    loops = evidence.census.where(lambda kind: kind.role is Role.PARALLEL_EACH)
    for number in sorted({*wide, *loops}):
        held, targets = evidence.facts[number], wires[number]
        at_once = len(targets) if len(targets) > many and held.kind.role is not Role.BRANCH else 0
        if held.kind.role is Role.PARALLEL_EACH:
            stated = number_of(held.node.config.get("batch_size")) or 0
            at_once = max(at_once, int(stated) if stated > many else 0)
        if at_once and not held.free:
            points += 2 * growing(at_once - many, 8)
            nodes.append(number)
    if not nodes:
        return None
    told = f"{counted(len(nodes), 'node starts', 'nodes start')} more than {many:g} things at the same time."
    return Finding(points, nodes, told)


RULE = Rule(
    id="fan-out-without-limit",
    title="Too many at once",
    severity="warning",
    formula="2 x log2(1 + (wires or turns at once - 16) / 8) for each node",
    cap=12,
    advice="Put the work in a parallel loop with a limit of a few at once.",
    check=_check,
    sees=Sees.CONTROL,
    watches=("batch_size",),
    limit=Limit("At once", "", _MANY, 2, 1000),
)
