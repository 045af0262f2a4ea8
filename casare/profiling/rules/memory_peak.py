"""More memory at once than a common machine has to spare.

Why these points: a gigabyte is what a common machine has to spare beside its other programs. Each doubling above
halves the machines it can run on: 2 each, and 12 at most, since memory is the cheapest thing to buy.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.reporting.text import memory_text
from casare.profiling.rules.base import Finding, Rule, Sees, growing, limit_of
from casare.profiling.scoring.rule_choices import Limit

_MUCH_MB = 1024.0


def _check(evidence: Evidence) -> Finding | None:
    much_mb = limit_of(evidence, "memory-peak", _MUCH_MB)
    peak = evidence.peak_memory_mb
    if peak <= much_mb:
        return None
    heavy = [number for number, held in enumerate(evidence.facts) if held.cost.memory_mb >= peak / 10]
    return Finding(2 * growing(peak - much_mb, much_mb), heavy, f"{memory_text(peak)} are in use at the same time.")


RULE = Rule(
    id="memory-peak",
    title="High peak memory",
    severity="warning",
    formula="2 x log2 of the peak in GB, when it is above 1 GB",
    cap=12,
    advice="Stream the data or take it in chunks, and run fewer of these at the same time.",
    check=_check,
    sees=Sees.TIMES,
    timed=True,
    limit=Limit("Peak", "MB", _MUCH_MB, 16, 1_048_576),
)
