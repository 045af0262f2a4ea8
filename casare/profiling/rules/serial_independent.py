"""Independent work that waits for its turn."""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import Finding, Rule, growing
from casare.profiling.text import duration_text


def _check(evidence: Evidence) -> Finding | None:
    runs = evidence.serial
    if not runs:
        return None
    nodes = sorted({number for run in runs for number in run.nodes})
    saved = sum(run.saved_ms for run in runs)
    points = sum(4 + 2 * growing(run.saved_ms, 100) for run in runs)
    return Finding(
        points,
        nodes,
        f"{len(nodes)} nodes run one after another although none needs the other: "
        f"{duration_text(saved)} could be saved.",
    )


RULE = Rule(
    id="serial-independent",
    title="Independent work runs one after another",
    severity="warning",
    formula="4 + 2 x log2(1 + time saved / 100 ms) for each line of such work",
    cap=30,
    advice="Wire independent nodes side by side, from the same output, and bring them together with a Merge or Join.",
    check=_check,
)
