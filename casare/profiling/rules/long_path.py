"""A workflow that takes long however many workers it gets.

Why these points: ten seconds are about as long as a person waits without turning away. From there each doubling costs
the same, 2, because twice ten minutes is felt like twice ten seconds; 14 is most of a grade.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.reporting.text import duration_text
from casare.profiling.rules.base import Finding, Rule, Sees, growing, limit_of
from casare.profiling.scoring.rule_choices import Limit

_LONG_MS = 10_000.0


def _check(evidence: Evidence) -> Finding | None:
    long_ms = limit_of(evidence, "long-critical-path", _LONG_MS)
    makespan = evidence.makespan_ms
    if makespan <= long_ms:
        return None
    heavy = [number for number in evidence.critical if evidence.load_ms[number] >= makespan / 10]
    return Finding(
        2 * growing(makespan - long_ms, long_ms),
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
    sees=Sees.TIMES,
    timed=True,
    limit=Limit("Critical path", "ms", _LONG_MS, 100, 86_400_000),
)
