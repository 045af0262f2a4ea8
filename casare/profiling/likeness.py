"""What an edit leaves standing of the last analysis."""

from __future__ import annotations

from collections.abc import Sequence

from casare.profiling.facts import NodeFacts
from casare.profiling.rules import WATCHED_KEYS

Pairs = Sequence[tuple[NodeFacts, NodeFacts]]
"""The facts of a node before and after, for each node that is another value now."""


def pairs_of(before: Sequence[NodeFacts], after: Sequence[NodeFacts]) -> Pairs | None:
    """Return the nodes that differ; None when nodes came, went or changed places."""
    if len(before) != len(after):
        return None
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
    return pairs if all(old.node.id == new.node.id for old, new in pairs) else None


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


def same_judgement(pairs: Pairs) -> bool:
    """Tell whether no rule can see a difference, given the same shape and the same costs."""
    return all(
        old.sameness == new.sameness
        and old.kind.spec is not None
        and all(old.node.config.get(key) == new.node.config.get(key) for key in WATCHED_KEYS)
        for old, new in pairs
    )
