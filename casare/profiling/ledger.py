"""From findings to a score: which rule takes how many points, and from which nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casare.profiling.evidence import Evidence
from casare.profiling.report import LedgerEntry
from casare.profiling.rules.base import Rule


class Judgement(NamedTuple):
    """The ledger with the most expensive entry first, the score, and each node's advice by number."""

    entries: tuple[LedgerEntry, ...]
    score: float
    advice: dict[int, list[str]]
    suggestions: tuple[str, ...]


def judge(evidence: Evidence, rules: Sequence[Rule]) -> Judgement:
    """Return what `rules` make of `evidence`. Points are kept to one decimal, so that they add up on paper."""
    ids = evidence.ids
    entries: list[LedgerEntry] = []
    advice: dict[int, list[str]] = {}
    titles: dict[str, str] = {}
    for rule in rules:
        finding = rule.check(evidence)
        if finding is None:
            continue
        points = round(min(finding.points, rule.cap), 1)
        nodes = tuple([ids[number] for number in finding.nodes])
        entries.append(LedgerEntry(rule.id, points, nodes, finding.message))
        titles[rule.id] = rule.advice
        for number in finding.nodes:
            advice.setdefault(number, []).append(rule.advice)
    entries.sort(key=lambda entry: -entry.points)
    score = round(max(0.0, 100.0 - sum(entry.points for entry in entries)), 1)
    suggestions = tuple([f"{entry.message} {titles[entry.rule]}" for entry in entries])
    return Judgement(tuple(entries), score, advice, suggestions)
