"""Memory, rules, what-if and history: each follows the document and leads to its nodes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete
from casare.app.running.runs import run_file
from casare.app.session import Session
from casare.ui.panels.profiler import ProfilerPanel

MEMORY, RULES = 3, 5


def _settle(panel: ProfilerPanel, qtbot: QtBot) -> None:
    profile = panel.profile
    assert profile is not None
    qtbot.waitUntil(lambda: not profile.stale and panel.header.chip.grade == (profile.report and profile.report.grade))


def test_memory_marks_its_peak_and_names_what_is_alive_there(panel: ProfilerPanel, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(MEMORY)
    qtbot.waitUntil(lambda: panel.pages.memory.settled and panel.pages.memory.chart is not None)
    assert panel.pages.memory.total.text().startswith("Peak 200 MB")
    shown = [row for row in panel.pages.memory.holders if row.isVisible()]
    assert shown[0].accessibleName().startswith("Step 0")
    with qtbot.waitSignal(panel.pages.memory.nodes_chosen) as chosen:
        QTest.keyClick(shown[0], Qt.Key.Key_Return)
    assert chosen.args == [("n0",)]
    assert panel.pages.memory.wait(20)


def test_switching_a_rule_off_grades_anew_and_is_remembered(
    session: Session, panel: ProfilerPanel, qtbot: QtBot
) -> None:
    panel.pages.tabs.setCurrentIndex(RULES)
    profile = panel.profile
    assert profile is not None
    assert profile.report is not None
    before = profile.report.score
    assert "unknown-type" in {entry.rule for entry in profile.report.ledger}
    panel.pages.rules.rows["unknown-type"].on.click()
    qtbot.waitUntil(lambda: profile.report is not None and profile.report.score != before and not profile.stale)
    assert session.settings.current.profile_rules_off == ("unknown-type",)
    assert "16 of 17" in panel.pages.rules.summary.text()
    panel.pages.rules.rows["hot-spot"].limit.setValue(4)
    qtbot.waitUntil(lambda: session.settings.current.profile_rule_limits == {"hot-spot": 4.0})
    panel.pages.rules.reset.click()
    qtbot.waitUntil(lambda: profile.report is not None and profile.report.score == before and not profile.stale)
    assert session.settings.current.profile_rules_off == ()


def test_supposing_a_node_faster_tells_grade_and_time_until_it_is_cleared(
    panel: ProfilerPanel, document: Document, qtbot: QtBot
) -> None:
    bar = panel.what_if
    assert not bar.isVisible()
    document.selection.set(["n1"])
    qtbot.waitUntil(bar.isVisible)
    assert "Step 1" in bar.title.text()
    told: list[object] = []
    panel.critical_shown.connect(told.append)
    bar.choice.setCurrentIndex(bar.choice.findData("10"))
    qtbot.waitUntil(lambda: bar.settled and bar.outcome.isVisible())
    assert "→" in bar.outcome.text()
    assert told
    document.selection.set(["n0"])
    qtbot.waitUntil(lambda: "and 1 more" in bar.title.text())
    document.do(delete(document.graph, nodes=["n1"]))
    qtbot.waitUntil(lambda: "more" not in bar.title.text())
    bar.choice.setCurrentIndex(bar.choice.findData("cached"))
    qtbot.waitUntil(lambda: bar.settled and bar.outcome.isVisible())
    QTest.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.outcome.isVisible())
    assert bar.wait(20)


def test_a_workflow_without_runs_says_so_and_one_that_ran_is_measured(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    from casare.model import Connection, Graph, Node
    from casare.storage import save

    path = tmp_path / "ran.json"
    nodes = [Node("a", "StartNode"), Node("b", "LogNode", {"message": "x"})]
    save(Graph(nodes, [Connection("a", "exec_out", "b", "exec_in")]), path)
    document.path = path
    panel.header.source.setCurrentIndex(1)
    panel.header.measured_asked.emit(True)
    qtbot.waitUntil(panel.failure.isVisible)
    assert panel.header.source.currentIndex() == 0
    run_file(path)
    profile = panel.profile
    assert profile is not None
    panel.header.measured_asked.emit(True)
    qtbot.waitUntil(lambda: profile.measured is not None and not profile.stale)
    qtbot.waitUntil(lambda: panel.header.provenance.text().startswith("Run of"))
    panel.header.measured_asked.emit(False)
    qtbot.waitUntil(lambda: profile.measured is None and not profile.stale)
    assert panel.past.measuring.wait(20)


def test_past_analyses_of_a_file_are_lines_on_the_cards(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    document.path = tmp_path / "kept.json"
    panel.analyze_again()
    qtbot.waitUntil(lambda: len(panel.past.of(document)) == 1)
    document.do(delete(document.graph, nodes=["n3"]))
    qtbot.waitUntil(lambda: len(panel.pages.overview.cards[0].history.values) == 2)
    assert panel.pages.overview.cards[0].history.isVisible()
    document.undo()
    qtbot.waitUntil(lambda: len(panel.pages.overview.cards[0].history.values) == 3)
    values = panel.pages.overview.cards[0].history.values
    assert values[0] == values[2] != values[1]
    assert panel.past.keeper.wait(20)


@pytest.mark.parametrize(("width", "named"), [(280, 1), (900, 6)])
def test_as_many_tabs_are_named_as_there_is_room_for(panel: ProfilerPanel, width: int, named: int) -> None:
    panel.resize(width, 700)
    QTest.qWait(0)
    assert sum(bool(panel.pages.tabs.tabText(at)) for at in range(panel.pages.tabs.count())) == named
    assert panel.pages.tabs.tabRect(5).right() <= width
    assert panel.pages.tabs.accessibleTabName(5) == "Rules"
