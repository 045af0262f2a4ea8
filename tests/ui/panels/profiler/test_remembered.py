"""What was made of a report is made once, and never mistaken for that of another."""

from __future__ import annotations

from casare.catalog import default_catalog
from casare.profiling import Report, analyze
from casare.profiling.scoring.specimens import specimen
from casare.ui.panels.profiler.remembered import MOST_KEPT, remembered


def test_each_report_is_looked_at_once_for_each_way_to_look() -> None:
    looked: list[tuple[int, int]] = []

    @remembered
    def score(report: Report, digits: int) -> float:
        looked.append((id(report), digits))
        return round(report.score or 0.0, digits)

    reports = [analyze(specimen(seed, 4), default_catalog()) for seed in range(3)]
    for _ in range(3):
        assert [score(one, 1) for one in reports] == [round(one.score or 0.0, 1) for one in reports]
    assert len(looked) == 3
    score(reports[0], 0)
    assert len(looked) == 4


def test_only_the_last_few_are_kept() -> None:
    looked: list[str] = []

    @remembered
    def grade(report: Report) -> str | None:
        looked.append(report.grade or "")
        return report.grade

    reports = [analyze(specimen(seed, 2), default_catalog()) for seed in range(MOST_KEPT + 1)]
    for one in reports:
        grade(one)
    grade(reports[0])
    assert len(looked) == MOST_KEPT + 2
