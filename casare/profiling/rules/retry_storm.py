"""Retries that hammer what is already failing.

Why these points: five attempts catch nearly all that passes by itself; from there each doubling of the attempts adds
load to what is failing already: 2 each. Trying again without a pause turns a hiccup into an outage: 2 more.
"""

from __future__ import annotations

from casare.profiling.costs.cost import number_of, retries_of
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted, growing, limit_of
from casare.profiling.scoring.rule_choices import Limit
from casare.profiling.structure.regions import Regions
from casare.sdk import Role

_MANY = 5


def _check(evidence: Evidence) -> Finding | None:
    many = limit_of(evidence, "retry-storm", _MANY)
    regions = evidence.shape.regions
    nodes: list[int] = []
    points = 0.0
    facts = evidence.facts
    # A cost that no parameter has changed is that of a node without retries.
    retried = [
        number
        for number in evidence.census.where(lambda kind: kind.role is Role.WORK)
        if (held := facts[number]).cost is not held.kind.base
    ]
    for number in sorted((*retried, *evidence.census.where(lambda kind: kind.role is Role.RETRY))):
        held = facts[number]
        own = _attempts(held)
        if own <= 1:
            continue
        attempts = own * _attempts_around(evidence, regions, number)
        impatient = held.kind.role is Role.RETRY and number_of(held.node.config.get("initial_delay")) == 0
        if attempts > many or impatient:
            points += 2 * growing(attempts, many) + (2 if impatient else 0)
            nodes.append(number)
    if not nodes:
        return None
    return Finding(points, nodes, f"{counted(len(nodes), 'node')} may be tried again too often or too soon.")


def _attempts(held: NodeFacts) -> float:
    config = held.node.config
    if held.kind.role is Role.RETRY:
        stated = number_of(config.get("max_attempts", config.get("max_retries")))
        return 3 if stated is None else max(stated, 1)
    return 1 + retries_of(config) if held.kind.role is Role.WORK else 1


def _attempts_around(evidence: Evidence, regions: Regions, number: int) -> float:
    product = 1.0
    for region in regions.chain(regions.of_node[number]):
        owner = regions.regions[region].owner
        if evidence.facts[owner].kind.role is Role.RETRY and regions.regions[region].port == "retry_body":
            product *= _attempts(evidence.facts[owner])
    return product


RULE = Rule(
    id="retry-storm",
    title="Too many retries",
    severity="warning",
    formula="2 x log2(1 + attempts / 5) for each node tried more than 5 times, nested retries multiplied; 2 more "
    "without a pause",
    cap=16,
    advice="Try at most five times in all, on one level only, and wait longer before each attempt.",
    check=_check,
    sees=Sees.REGIONS,
    watches=(
        "retry_count",
        "max_retries",
        "retries",
        "max_attempts",
        "initial_delay",
    ),
    limit=Limit("Attempts", "", _MANY, 1, 100),
)
