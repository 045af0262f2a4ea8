"""A person decides which rules count and how strict they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.catalog import default_catalog
from casare.events import GraphChanged
from casare.profiling import Profiler
from casare.profiling.rules import RULES
from casare.profiling.scoring.rule_choices import RuleChoices
from casare.profiling.scoring.specimens import specimen


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 5000), defects=st.integers(0, 12), off=st.sets(st.sampled_from([r.id for r in RULES])))
def test_a_rule_that_is_off_takes_no_points_and_the_others_take_theirs(seed: int, defects: int, off: set[str]) -> None:
    graph = specimen(seed, defects)
    every = {e.rule: e.points for e in Profiler(default_catalog()).analyze(graph).ledger}
    chosen = Profiler(default_catalog(), choices=RuleChoices(frozenset(off))).analyze(graph)
    assert {e.rule: e.points for e in chosen.ledger} == {rule: p for rule, p in every.items() if rule not in off}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.limit is not None], ids=lambda rule: rule.id)
def test_a_stricter_limit_never_takes_fewer_points(rule: object) -> None:
    assert hasattr(rule, "limit")
    for seed in range(12):
        graph = specimen(seed, 8)
        strict = RuleChoices(limits={rule.id: rule.limit.least})  # type: ignore[attr-defined]
        lax = RuleChoices(limits={rule.id: rule.limit.most})  # type: ignore[attr-defined]
        points = []
        for choices in (strict, RuleChoices(), lax):
            ledger = Profiler(default_catalog(), choices=choices).analyze(graph).ledger
            points.append(sum(e.points for e in ledger if e.rule == rule.id))  # type: ignore[attr-defined]
        assert points == sorted(points, reverse=True)


def test_every_limit_has_its_default_within_its_range() -> None:
    for rule in RULES:
        if rule.limit is not None:
            assert rule.limit.least <= rule.limit.default <= rule.limit.most


def test_rules_say_why_they_take_the_points_they_take() -> None:
    import importlib
    import pkgutil

    import casare.profiling.rules as package

    reasons = {}
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if hasattr(module, "RULE"):
            reasons[module.RULE.id] = module.__doc__ or ""
    assert set(reasons) == {rule.id for rule in RULES}
    assert all("Why these points" in doc for doc in reasons.values())


def test_what_a_pulse_raises_ends_the_analysis_and_the_last_one_stands() -> None:
    calls = 0

    class EndedError(Exception):
        pass

    def pulse() -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise EndedError

    graph = specimen(3, 4)
    profiler = Profiler(default_catalog(), pulse=pulse)
    before = profiler.analyze(graph)
    evidence = profiler.evidence
    with pytest.raises(EndedError):
        profiler.analyze(graph)
    assert profiler.evidence is evidence
    assert profiler.regrade(graph, GraphChanged()) == before
