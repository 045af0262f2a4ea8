"""Loops that nothing is sure to end.

Why these points: a loop without a limit ends well until the day it does not: 6. One whose condition always holds
never ends at all, which no other virtue makes up for: 15, a whole grade.
"""

from __future__ import annotations

from typing import Any

from casare.profiling.costs.cost import number_of
from casare.profiling.costs.kinds import TypeKind
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted, limit_of
from casare.profiling.scoring.rule_choices import Limit
from casare.profiling.structure.regions import RegionKind
from casare.sdk import Role

_LIMIT = 1000
"""A limit above this is no limit in practice."""


def _check(evidence: Evidence) -> Finding | None:
    most_turns = limit_of(evidence, "unbounded-loop", _LIMIT)
    left = _left_by_break(evidence)
    nodes: list[int] = []
    points = 0.0
    for number in evidence.census.where(_by_condition):
        held = evidence.facts[number]
        limit = number_of(held.node.config.get("max_iterations"))
        if limit is not None and 0 < limit <= most_turns:
            continue
        endless = number not in left and _always(held.node.config)
        points += 15 if endless else 6
        nodes.append(number)
    if not nodes:
        return None
    return Finding(points, nodes, f"{counted(len(nodes), 'loop')} may run without end.")


def _by_condition(kind: TypeKind) -> bool:
    return kind.role is Role.LOOP_START and kind.spec is not None and kind.spec.param("max_iterations") is not None


def _always(config: Any) -> bool:
    value = config.get("condition", config.get("expression"))
    return value is True or value == 1 or (isinstance(value, str) and value.strip("{} ").casefold() in ("true", "1"))


def _left_by_break(evidence: Evidence) -> set[int]:
    regions = evidence.shape.regions
    return {
        regions.regions[region].owner
        for number in evidence.census.where(lambda kind: kind.role is Role.BREAK)
        for region in regions.chain(regions.of_node[number])
        if regions.regions[region].kind is RegionKind.LOOP
    }


RULE = Rule(
    id="unbounded-loop",
    title="Loop without a limit",
    severity="error",
    formula="6 for each loop on a condition without a limit of at most 1000 turns; 15 when its condition always holds",
    cap=45,
    advice="Set max_iterations to the most turns that can be right.",
    check=_check,
    sees=Sees.REGIONS,
    watches=(
        "max_iterations",
        "condition",
        "expression",
    ),
    limit=Limit("Turns", "", _LIMIT, 1, 1_000_000),
)
