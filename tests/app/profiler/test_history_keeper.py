"""Analyses are kept on a thread, each once."""

from __future__ import annotations

from pathlib import Path

from casare.app.profiler.history_keeper import HistoryKeeper, Kept
from casare.catalog import default_catalog
from casare.profiling import analyze
from casare.profiling.scoring.specimens import specimen


def test_each_new_analysis_is_kept_and_told_oldest_first(tmp_path: Path) -> None:
    found: list[Kept] = []
    keeper = HistoryKeeper(tmp_path / "history.sqlite")
    keeper.kept.connect(found.append)
    reports = [analyze(specimen(3, defects), default_catalog()) for defects in (0, 5, 5, 9)]
    for report in reports:
        keeper.keep("a.json", report)
        assert keeper.wait(30)
    keeper.close()
    assert [one.score for one in found[-1].analyses] == [reports[0].score, reports[1].score, reports[3].score]
    assert found[-1].workflow == "a.json"
