"""Work that can fail for outside reasons, with nothing to catch it.

Why these points: what is outside fails one time in ten or a hundred, and an uncaught error throws away all that was
done before it: 1.5 a node. It is a habit of a whole file, so it cannot take more than a grade, 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casare.profiling.costs.kinds import TypeKind
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted
from casare.profiling.structure.regions import Region, RegionKind
from casare.sdk import Role

_GUARDED: Final = (RegionKind.GUARD, RegionKind.FAILURE)


def _check(evidence: Evidence) -> Finding | None:
    regions, wiring, facts = evidence.shape.regions, evidence.shape.order.wiring, evidence.facts
    if _retried_as_a_whole(evidence) or evidence.census.where(lambda kind: kind.id == "ErrorTriggerNode"):
        return None
    safe = _safe(regions.regions)
    failing = {region.owner for region in regions.regions if region.failing}
    nodes = [
        number
        for number in evidence.census.where(_can_fail)
        if not safe[regions.of_node[number]]
        and number not in failing
        and ((held := facts[number]).kind.spec is not None or wiring.control_in[number] or wiring.control_out[number])
        and held.node.config.get("continue_on_error") is not True
    ]
    if not nodes:
        return None
    return Finding(1.5 * len(nodes), nodes, f"{counted(len(nodes), 'node')} may fail, and nothing catches the error.")


def _safe(regions: Sequence[Region]) -> list[bool]:
    """Return for each region whether it, or one around it, catches errors or comes after one."""
    safe = [region.kind in _GUARDED for region in regions]
    if any(safe):
        # Parents come before their children in the list.
        for number, region in enumerate(regions[1:], start=1):
            safe[number] = safe[number] or safe[region.parent]
    return safe


def _can_fail(kind: TypeKind) -> bool:
    return kind.spec is None or kind.outside or kind.role is Role.SUBFLOW


def _retried_as_a_whole(evidence: Evidence) -> bool:
    settings = evidence.graph.settings
    retries = settings.get("retry_count")
    return settings.get("stop_on_error") is False or (isinstance(retries, int) and retries > 0)


RULE = Rule(
    id="unguarded-io",
    title="Errors are not caught",
    severity="warning",
    formula="1.5 for each node that reads or calls something outside, without a Try, a Retry or an error output",
    cap=15,
    advice="Put it inside a Try or a Retry, or wire its error output.",
    check=_check,
    sees=Sees.CONTROL | Sees.REGIONS,
    watches=("continue_on_error",),
)
