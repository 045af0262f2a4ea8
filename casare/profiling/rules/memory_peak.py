"""More memory at once than a common machine has to spare."""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, growing
from casare.profiling.text import memory_text

_MUCH_MB = 1024.0


def _check(evidence: Evidence) -> Finding | None:
    peak = evidence.peak_memory_mb
    if peak <= _MUCH_MB:
        return None
    heavy = [number for number, held in enumerate(evidence.facts) if held.cost.memory_mb >= peak / 10]
    return Finding(2 * growing(peak - _MUCH_MB, _MUCH_MB), heavy, f"{memory_text(peak)} are in use at the same time.")


RULE = Rule(
    id="memory-peak",
    title="High peak memory",
    severity="warning",
    formula="2 x log2 of the peak in GB, when it is above 1 GB",
    cap=12,
    advice="Stream the data or take it in chunks, and run fewer of these at the same time.",
    check=_check,
    timed=True,
)
