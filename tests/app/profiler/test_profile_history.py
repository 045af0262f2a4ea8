"""Past analyses are kept, bounded, and never in the way."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

import pytest

from casare.app.profiler import profile_history
from casare.app.profiler.profile_history import ProfileHistory
from casare.catalog import Catalog
from casare.model import Graph, Node
from casare.profiling import Report, analyze


def _report(catalog: Catalog, nodes: int) -> Report:
    return analyze(Graph([Node(f"n{number}", "LogNode") for number in range(nodes)]), catalog)


def _history(path: Path) -> ProfileHistory:
    ticks = count(100)
    return ProfileHistory(path / "profiles.sqlite", clock=lambda: float(next(ticks)))


def test_analyses_of_a_workflow_come_back_oldest_first_in_a_later_run(tmp_path: Path, catalog: Catalog) -> None:
    history = _history(tmp_path)
    reports = [_report(catalog, nodes) for nodes in (1, 2, 3)]
    assert [history.add("a.json", report) for report in reports] == [True] * 3
    history.close()
    later = _history(tmp_path)
    found = later.of("a.json")
    assert [(one.at, one.nodes, one.grade, one.score) for one in found] == [
        (100 + place, place + 1, report.grade, report.score) for place, report in enumerate(reports)
    ]
    assert found[2].runtime_ms == reports[2].totals.runtime_ms
    assert later.latest("a.json") == found[2]
    assert later.of("b.json") == []
    later.close()


def test_the_same_report_twice_is_kept_once_and_going_back_is_kept(tmp_path: Path, catalog: Catalog) -> None:
    history = _history(tmp_path)
    one, two = _report(catalog, 1), _report(catalog, 2)
    assert [history.add("a", report) for report in (one, one, two, one)] == [True, False, True, True]
    assert not history.add("a", analyze(Graph(), catalog))
    history.forget("a")
    assert history.of("a") == []
    history.close()


def test_the_history_is_bounded(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_history, "MOST_PER_WORKFLOW", 3)
    monkeypatch.setattr(profile_history, "MOST_WORKFLOWS", 2)
    history = _history(tmp_path)
    for nodes in range(1, 7):
        history.add("a", _report(catalog, nodes))
    assert [one.nodes for one in history.of("a")] == [4, 5, 6]
    for name in "bc":
        history.add(name, _report(catalog, 1))
    assert [len(history.of(name)) for name in "abc"] == [0, 1, 1]
    history.close()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 20, None])
def test_a_damaged_or_newer_file_is_left_as_it_is(tmp_path: Path, catalog: Catalog, content: bytes | None) -> None:
    path = tmp_path / "profiles.sqlite"
    if content is None:
        database = sqlite3.connect(path)
        database.execute("pragma user_version = 99")
        database.commit()
        database.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    history = _history(tmp_path)
    assert not history.add("a", _report(catalog, 1))
    assert history.of("a") == []
    history.close()
    assert path.read_bytes() == before
