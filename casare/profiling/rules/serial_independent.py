"""Independent work that waits for its turn.

Why these points: two calls one after the other that could run together are the most common loss, and twice the time is
about half a grade. So 3 points when there is any, and for each node that waits 1.5 x log2(1 + its wait / 100 ms): a
wait of 100 ms costs 1.5 points more, and each doubling after that 1.5 again, because ten times the wait is worse, but
not ten times as bad. The sum is over nodes and never over lines, so that joining two bad lines into one is no way out.
"""

from __future__ import annotations

from math import fsum

from casare.profiling.evidence import Evidence
from casare.profiling.reporting.text import duration_text
from casare.profiling.rules.base import Finding, Rule, Sees, growing


def _check(evidence: Evidence) -> Finding | None:
    runs = evidence.serial
    if not runs:
        return None
    nodes = sorted({number for run in runs for number in run.nodes})
    saved = sum(run.saved_ms for run in runs)
    points = 3 + 1.5 * fsum(growing(wait, 100) for run in runs for wait in run.waits_ms)
    waiting = sum(len(run.waits_ms) for run in runs)
    told = f"{duration_text(saved)} could be saved" if saved >= 1 else "each waits for no reason"
    return Finding(
        points,
        nodes,
        f"{waiting} of these {len(nodes)} nodes run after others although none needs the other: {told}.",
    )


RULE = Rule(
    id="serial-independent",
    title="Independent work runs one after another",
    severity="warning",
    formula="3, and 1.5 x log2(1 + wait / 100 ms) for each node that waits for no reason",
    cap=45,
    advice="Wire independent nodes side by side, from the same output, and bring them together with a Merge or Join.",
    check=_check,
    sees=Sees.SERIAL,
    timed=True,
)
