"""Nodes that nobody declared, whose figures are guesses.

Why these points: a run stops at a node nobody knows, but a missing plugin is mended in a minute and its figures are
guesses: 2 a node, and 36 at most, so that a file full of them is never taken for a good one.
"""

from __future__ import annotations

from casare.profiling.evidence import Evidence
from casare.profiling.rules.base import NOTHING, Finding, Rule, counted


def _check(evidence: Evidence) -> Finding | None:
    nodes = evidence.census.where(lambda kind: kind.spec is None)
    if not nodes:
        return None
    return Finding(
        2.0 * len(nodes),
        nodes,
        f"{counted(len(nodes), 'node')} of unknown type: a run stops there, and the cost is a guess.",
    )


RULE = Rule(
    id="unknown-type",
    title="Unknown node type",
    severity="error",
    formula="2 for each node",
    cap=36,
    advice="Install the plugin these nodes come from, or replace them.",
    check=_check,
    sees=NOTHING,
)
