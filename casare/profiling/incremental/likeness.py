"""What an edit leaves standing of the last analysis."""

from __future__ import annotations

from collections.abc import Sequence

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.evidence import Evidence
from casare.profiling.rules import RULES, WATCHED_KEYS
from casare.profiling.rules.base import NOTHING, Sees
from casare.profiling.scoring.ledger import Judged, Judgement

Pairs = Sequence[tuple[NodeFacts, NodeFacts]]
"""The facts of a node before and after, for each node that is another value now."""


def same_shape(pairs: Pairs) -> bool:
    """Tell whether these nodes wait for the same things, and run as often, as before."""
    return all(
        old.kind is new.kind
        and old.free == new.free
        and old.references == new.references
        and old.effects == new.effects
        and not old.kind.steers
        # What is written to a variable may be what a loop runs over, and so decides how often it runs.
        and not any(resource.startswith("var:") for resource in old.effects.writes)
        for old, new in pairs
    )


def same_costs(pairs: Pairs) -> bool:
    """Tell whether these nodes cost what they did before."""
    return all(old.cost == new.cost for old, new in pairs)


def blind_to_wires(judgement: Judgement, before: Evidence, after: Evidence) -> dict[str, Judged | None]:
    """Return what is left of the findings after an edit of wires: those of rules that can see no difference."""
    old, new = before.shape, after.shape
    changed = {
        Sees.CONTROL: old.order.wiring.control_in is not new.order.wiring.control_in,
        Sees.DATA: old.order.wiring.data_in is not new.order.wiring.data_in,
        Sees.REACH: old.reach is not new.reach,
        Sees.REGIONS: old.regions is not new.regions,
        Sees.TIMES: before.path is not after.path,
        Sees.SERIAL: old.regions is not new.regions or before.serial_state.runs != after.serial_state.runs,
    }
    seen = NOTHING
    for one, differs in changed.items():
        seen |= one if differs else NOTHING
    return {rule.id: judgement.by_rule[rule.id] for rule in RULES if not rule.sees & seen}


def standing(pairs: Pairs, judgement: Judgement, *, same_costs: bool) -> dict[str, Judged | None]:
    """Return what is left of the findings, given the same shape: those of rules that can see no difference."""
    if any(old.kind.spec is None for old, _ in pairs):
        return {}
    edited = {key for old, new in pairs for key in WATCHED_KEYS if old.node.config.get(key) != new.node.config.get(key)}
    same_work = all(old.sameness == new.sameness for old, new in pairs)
    return {
        rule.id: judgement.by_rule[rule.id]
        for rule in RULES
        if (same_costs or not rule.timed) and edited.isdisjoint(rule.watches) and (same_work or not rule.compares)
    }
