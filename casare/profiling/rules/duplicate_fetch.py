"""The same thing fetched or worked out twice.

Why these points: a call that is made again costs time, money and somebody's quota, and may bring another answer: 4, as
much as a wire to nothing. Working out again what is at hand costs only time: 1. A repetition stands unless some node
writes exactly what is read; a writer of something else, or of nobody knows what, does not excuse it.
"""

from __future__ import annotations

from collections.abc import Hashable

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, Sees, counted


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
    regions, written = evidence.shape.regions, evidence.shape.written
    found: dict[Hashable, list[int]] = {}
    for group in alike(evidence):
        for number in group:
            held = evidence.facts[number]
            # What names no single thing (a file in a template, any host) is not called changed by a node that may
            # mean another one: else a single such writer anywhere would excuse every repetition.
            if not written.isdisjoint(held.effects.reads):
                continue
            same = found.setdefault((held.sameness, inputs_of(evidence, number)), [])
            if not any(regions.exclusive(regions.of_node[number], regions.of_node[other]) for other in same):
                same.append(number)
    return list(found.values())


def alike(evidence: Evidence) -> list[list[int]]:
    """Return the groups of several nodes that are set to do the same work."""
    found: dict[Hashable, list[int]] = {}
    for number in evidence.census.where(lambda kind: kind.repeatable):
        same = evidence.facts[number].sameness
        if same is not None and evidence.shape.reach.reachable[number]:
            found.setdefault(same, []).append(number)
    return [group for group in found.values() if len(group) > 1]


def inputs_of(evidence: Evidence, number: int) -> Hashable:
    """Return what data wires bring a node: input port, and output port and number of the source."""
    if not evidence.shape.order.wiring.data_in[number]:
        return ()
    graph, index = evidence.graph, evidence.shape.order.wiring.number
    data = set(evidence.shape.order.wiring.data_in[number])
    wires = graph.incoming(evidence.ids[number])
    return tuple(sorted((key[3], key[1], index[key[0]]) for key in wires if index[key[0]] in data))


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
    sees=Sees.DATA | Sees.REACH | Sees.REGIONS,
    compares=True,
)
