"""A workflow that takes long however many workers it gets."""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, growing
from casare.profiling.text import duration_text

_LONG_MS = 10_000.0


def _check(evidence: Evidence) -> Finding | None:
    makespan = evidence.makespan_ms
    if makespan <= _LONG_MS:
        return None
    heavy = [number for number in evidence.critical if evidence.load_ms[number] >= makespan / 10]
    return Finding(
        2 * growing(makespan - _LONG_MS, _LONG_MS),
        heavy,
        f"The critical path takes {duration_text(makespan)}, with any number of workers.",
    )


RULE = Rule(
    id="long-critical-path",
    title="Long critical path",
    severity="info",
    formula="2 x log2 of the critical path in units of 10 s, when it is longer than that",
    cap=14,
    advice="Shorten these nodes first; nothing else makes the whole faster.",
    check=_check,
    timed=True,
)
