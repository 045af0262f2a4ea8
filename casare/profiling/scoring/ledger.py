"""From findings to a score: which rule takes how many points, and from which nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casare.profiling.evidence import Evidence
from casare.profiling.reporting.report import LedgerEntry
from casare.profiling.rules.base import Finding, Rule


class Judged(NamedTuple):
    """What one rule found, and the ledger's entry for it."""

    finding: Finding
    entry: LedgerEntry


class Judgement(NamedTuple):
    """The ledger with the most expensive entry first, the score, what to do, and what each rule found."""

    entries: tuple[LedgerEntry, ...]
    score: float
    suggestions: tuple[str, ...]
    by_rule: Mapping[str, Judged | None]


def judge(evidence: Evidence, rules: Sequence[Rule], known: Mapping[str, Judged | None] | None = None) -> Judgement:
    """Return what `rules` make of `evidence`. Points are kept to one decimal, so that they add up on paper.

    `known` holds what some rules are known to find, by id; those are not asked.
    """
    known, off = known or {}, evidence.choices.off
    by_rule = {
        rule.id: known[rule.id] if rule.id in known else None if rule.id in off else _ask(rule, evidence)
        for rule in rules
    }
    told = [(held.entry, rule.advice) for rule in rules if (held := by_rule[rule.id]) is not None]
    told.sort(key=lambda pair: -pair[0].points)
    entries = tuple([entry for entry, _ in told])
    score = round(max(0.0, 100.0 - sum(entry.points for entry in entries)), 1)
    return Judgement(entries, score, tuple([f"{entry.message} {advice}" for entry, advice in told]), by_rule)


def advice_of(judgement: Judgement, rules: Sequence[Rule]) -> dict[int, list[str]]:
    """Return each node's advice by number, in the order of the rules."""
    advice: dict[int, list[str]] = {}
    for rule in rules:
        held = judgement.by_rule[rule.id]
        for number in held.finding.nodes if held is not None else ():
            advice.setdefault(number, []).append(rule.advice)
    return advice


def _ask(rule: Rule, evidence: Evidence) -> Judged | None:
    finding = rule.check(evidence)
    if finding is None:
        return None
    ids = evidence.ids
    nodes = tuple([ids[number] for number in finding.nodes])
    return Judged(finding, LedgerEntry(rule.id, round(min(finding.points, rule.cap), 1), nodes, finding.message))
