"""The same thing fetched or worked out twice."""

from __future__ import annotations

from collections.abc import Hashable

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, counted


def _check(evidence: Evidence) -> Finding | None:
    groups = [group for group in _groups(evidence) if len(group) > 1]
    if not groups:
        return None
    nodes = sorted(number for group in groups for number in group[1:])
    points = sum(4.0 if _fetches(evidence, group[0]) else 1.0 for group in groups for _ in group[1:])
    return Finding(
        points, nodes, f"{counted(len(nodes), 'node repeats', 'nodes repeat')} work that another node has already done."
    )


def _groups(evidence: Evidence) -> list[list[int]]:
    """Return nodes of the same work with the same inputs, without those that something may have changed in between."""
    wiring = evidence.shape.order.wiring
    regions = evidence.shape.regions
    sources: dict[int, list[tuple[str, str, int]]] = {}
    found: dict[Hashable, list[int]] = {}
    alike: dict[Hashable, list[int]] = {}
    for number in evidence.census.where(lambda kind: kind.repeatable):
        same = evidence.facts[number].sameness
        if same is not None and evidence.shape.reach.reachable[number]:
            alike.setdefault(same, []).append(number)
    candidates = {number for group in alike.values() if len(group) > 1 for number in group}
    if not candidates:
        return []
    for source, port, target, into, _ in evidence.graph.connections.values():
        number = wiring.number[target]
        if number in candidates and wiring.number[source] in wiring.data_in[number]:
            sources.setdefault(number, []).append((into, port, wiring.number[source]))
    written = {name for held in evidence.facts if not held.free for name in held.effects.writes}
    families = {name[: name.index(":") + 1] for name in written}
    for number in sorted(candidates):
        held = evidence.facts[number]
        if any(_changes(name, written, families) for name in held.effects.reads):
            continue
        key = (held.sameness, tuple(sorted(sources.get(number, ()))))
        group = found.setdefault(key, [])
        if not any(regions.exclusive(regions.of_node[number], regions.of_node[other]) for other in group):
            group.append(number)
    return list(found.values())


def _changes(name: str, written: set[str], families: set[str]) -> bool:
    family = name[: name.index(":") + 1]
    return name in written or family + "*" in written or (name == family + "*" and family in families)


def _fetches(evidence: Evidence, number: int) -> bool:
    return evidence.facts[number].kind.outside


RULE = Rule(
    id="duplicate-fetch",
    title="The same work twice",
    severity="warning",
    formula="4 for each node that reads again what another has read, 1 for each that computes again what another has",
    cap=20,
    advice="Read the result of the first node instead, or keep it in a variable.",
    check=_check,
)
