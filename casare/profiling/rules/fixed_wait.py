"""Pauses of a fixed length.

Why these points: a pause costs its own length in every run and is either too short or too long: 1 for being there,
and one more for each doubling of its seconds. Pauses are sometimes asked for by a service, so 10 is the most.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.reporting.text import duration_text
from casare.profiling.rules.base import Finding, Rule, Sees, counted, growing


def _check(evidence: Evidence) -> Finding | None:
    nodes = [number for number in evidence.census.where(lambda kind: kind.waits) if evidence.runtime_ms[number] > 0]
    if not nodes:
        return None
    waited = sum(evidence.runtime_ms[number] for number in nodes)
    points = sum(1 + growing(evidence.runtime_ms[number], 1000) for number in nodes)
    return Finding(points, nodes, f"{counted(len(nodes), 'pause')} of fixed length, {duration_text(waited)} in all.")


RULE = Rule(
    id="fixed-wait",
    title="Fixed pause",
    severity="info",
    formula="1 + log2(1 + seconds) for each pause, its turns in loops added up",
    cap=10,
    advice="Wait for what is to happen instead of for a time.",
    check=_check,
    sees=Sees.REGIONS,
    timed=True,
)
