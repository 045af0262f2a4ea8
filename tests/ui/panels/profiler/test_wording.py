"""The words around the figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.model import Graph
from casare.profiling import analyze, grade_of
from casare.storage.synthetic.generate import generate
from casare.ui.panels.profiler.wording import costs, figures, next_grade, score_text, steps, way_up_text


@pytest.mark.parametrize(
    ("score", "text", "way"),
    [
        (71.0, "71 of 100", "4 points to B"),
        (74.9, "74.9 of 100", "0.1 points to B"),
        (74.0, "74 of 100", "1 point to B"),
        (0.0, "0 of 100", "40 points to D"),
        (95.0, "95 of 100", "The best grade there is"),
        (None, "No score yet", "There is nothing to grade"),
    ],
)
def test_a_score_says_how_far_it_is_to_the_next_grade(score: float | None, text: str, way: str) -> None:
    assert score_text(score) == text
    assert way_up_text(score) == way


@given(st.integers(0, 1000))
def test_the_next_grade_begins_where_the_grade_changes(tenth: int) -> None:
    score = tenth / 10
    following = next_grade(score)
    if following is None:
        assert grade_of(score) == "A"
    else:
        letter, least = following
        assert grade_of(least) == letter != grade_of(score)
        assert grade_of(least - 0.1) == grade_of(score)


@pytest.mark.parametrize("seed", range(5))
def test_each_step_promises_what_its_entry_of_the_ledger_costs(catalog: Catalog, seed: int) -> None:
    report = analyze(generate(60, seed=seed), catalog)
    made = steps(report)
    assert [step.nodes for step in made] == [entry.nodes for entry in report.ledger]
    for step, entry in zip(made, report.ledger, strict=True):
        assert report.score is not None
        lost = sum(one.points for one in report.ledger)
        fresh = round(max(0.0, 100 - lost + entry.points), 1)
        assert f"→ {fresh:g}" in step.gain
        assert step.reaches == (grade_of(fresh) != report.grade)


def test_where_the_time_goes_is_sorted_and_its_shares_are_of_all_the_work(catalog: Catalog) -> None:
    report = analyze(generate(80, seed=1), catalog)
    found = costs(report)
    assert 0 < len(found) <= 6
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert sum(one.share for one in found) <= 1.0001
    assert set(report.bottlenecks) <= {one.id for one in found}


def test_an_empty_workflow_has_figures_without_a_failure(catalog: Catalog) -> None:
    report = analyze(Graph(), catalog)
    assert [figure.caption for figure in figures(report, 4)] == [
        "Runtime",
        "Peak memory",
        "Critical path",
        "Could run together",
    ]
    assert costs(report) == []
    assert steps(report) == []
