"""What the profiler panel shows and does."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import add_node, delete, set_disabled
from casare.app.profiler import live_profile
from casare.app.session import Session
from casare.model import Graph
from casare.storage.synthetic.generate import generate
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.nodes_model import ID_ROLE, NAME, SHARE, SHARE_ROLE, TIME


def ids(panel: ProfilerPanel) -> list[str]:
    model = panel.pages.nodes.model
    return [model.index(row, 0).data(ID_ROLE) for row in range(model.rowCount())]


def settled(panel: ProfilerPanel, qtbot: QtBot, nodes: int) -> None:
    """Wait until the report on so many nodes is shown."""
    qtbot.waitUntil(lambda: panel.pages.tabs.name(1) == f"Nodes {nodes:,}")


def test_a_hidden_panel_analyses_nothing(session: Session, document: Document, qtbot: QtBot) -> None:
    panel = ProfilerPanel(session)
    qtbot.addWidget(panel)
    assert panel.profile is None
    assert document.grade is None


def test_the_panel_shows_the_grade_when_it_is_first_seen(panel: ProfilerPanel, document: Document) -> None:
    assert panel.profile is not None
    report = panel.profile.report
    assert report is not None
    assert panel.header.chip.grade == report.grade == document.grade
    assert panel.header.score.text() == f"{report.score:g} of 100"
    assert panel.header.provenance.text() == "Declared estimates, 1 assumed · 4 workers"
    assert panel.pages.overview.cards[0].accessibleName().startswith("Runtime: 2.")
    assert panel.pages.overview.cards[2].accessibleDescription() == "4 of 4 nodes"


def test_an_edit_is_graded_again(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    before = panel.header.score.text()
    document.do(delete(document.graph, nodes=["n3"]))
    settled(panel, qtbot, 3)
    assert panel.header.score.text() != before
    document.undo()
    settled(panel, qtbot, 4)
    assert panel.header.score.text() == before


def test_an_empty_workflow_says_what_to_do(panel: ProfilerPanel, session: Session, qtbot: QtBot) -> None:
    document = session.new()
    assert panel.empty.isVisible()
    assert panel.header.isHidden()
    document.do(add_node(document.graph, "SlowNode", (0, 0)).change)
    qtbot.waitUntil(panel.header.isVisible)
    assert not panel.empty.isVisible()


def test_without_a_document_nothing_is_shown(panel: ProfilerPanel, session: Session) -> None:
    session.activate(None)
    assert panel.empty.isVisible()
    assert panel.profile is None


def test_a_hidden_panel_lets_go_and_catches_up_when_it_is_shown(
    panel: ProfilerPanel, session: Session, document: Document, qtbot: QtBot
) -> None:
    panel.hide()
    other = session.new()
    assert panel.profile is None
    other.do(add_node(other.graph, "SlowNode", (0, 0)).change)
    assert other.grade is None
    panel.show()
    panel.pages.tabs.setCurrentIndex(1)
    assert panel.profile is not None
    assert ids(panel) == ["slow"]


def test_a_click_on_a_ledger_entry_shows_its_nodes(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    entry = next(row for row in panel.pages.overview.ledger if row.nodes == ("n3",))
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert revealed == [("n3",)]
    assert document.selection.nodes == {"n3"}


def test_every_row_can_be_pressed_by_keyboard(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    overview = panel.pages.overview
    for row in (overview.ledger[0], overview.steps[0], overview.costs[0], overview.path[0]):
        document.selection.clear()
        qtbot.keyClick(row, Qt.Key.Key_Return)
        assert document.selection.nodes == set(row.nodes)
        assert row.accessibleName()


def test_where_the_time_goes_begins_with_the_slowest(panel: ProfilerPanel) -> None:
    assert panel.pages.overview.costs[0].nodes == ("n1",)


def test_the_critical_path_is_told_when_it_is_wanted_and_follows_edits(
    panel: ProfilerPanel, document: Document, qtbot: QtBot
) -> None:
    told: list[tuple[str, ...]] = []
    panel.critical_shown.connect(told.append)
    qtbot.mouseClick(panel.heat.critical, Qt.MouseButton.LeftButton)
    assert told == [("n0", "n1", "n2", "n3")]
    document.do(delete(document.graph, nodes=["n3"]))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == ("n0", "n1", "n2")
    qtbot.mouseClick(panel.heat.critical, Qt.MouseButton.LeftButton)
    assert told[-1] == ()


def test_a_long_path_is_cut_and_the_rest_is_in_the_table(panel: ProfilerPanel, session: Session, qtbot: QtBot) -> None:
    from casare.model import Connection, Node

    count = 30
    wires = [Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(count - 1)]
    graph = Graph([Node(f"n{at}", "QuickNode") for at in range(count)] + [Node("aside", "QuickNode")], wires)
    session._show(Document(graph, catalog=session.catalog))
    assert sum(not row.isHidden() for row in panel.pages.overview.path) == 8
    assert panel.pages.overview._more.text() == "and 22 more"
    qtbot.mouseClick(panel.pages.overview._more, Qt.MouseButton.LeftButton)
    assert panel.pages.tabs.currentIndex() == 1
    assert panel.pages.nodes.model.rowCount() == count
    panel.pages.nodes.clear_filter()
    assert panel.pages.nodes.model.rowCount() == count + 1


def test_the_table_is_sorted_by_time_first_and_by_any_column_after(panel: ProfilerPanel) -> None:
    panel.pages.tabs.setCurrentIndex(1)
    assert ids(panel)[:2] == ["n1", "n3"]
    panel.pages.nodes.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert ids(panel) == ["n0", "n1", "n2", "n3"]
    panel.pages.nodes.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert ids(panel)[:2] == ["n0", "n2"]


def test_figures_stand_at_the_right_with_digits_of_one_width(panel: ProfilerPanel) -> None:
    panel.pages.tabs.setCurrentIndex(1)
    index = panel.pages.nodes.model.index(0, TIME)
    assert index.data() == "2.0 s"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert index.data(Qt.ItemDataRole.FontRole) is not None
    assert panel.pages.nodes.model.index(0, SHARE).data(SHARE_ROLE) == pytest.approx(2000 / 2120)


def test_the_filter_wants_all_words_in_any_order(panel: ProfilerPanel, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(1)
    qtbot.keyClicks(panel.pages.nodes.field, "quick step 2")
    assert ids(panel) == ["n2"]
    panel.pages.nodes.field.setText("nothing like it")
    assert panel.pages.nodes._empty.isVisible()
    panel.pages.nodes._empty.trigger_action()
    assert len(ids(panel)) == 4


def test_a_click_in_the_table_shows_the_node(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(1)
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    view = panel.pages.nodes.view
    place = view.visualRect(panel.pages.nodes.model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert revealed == [(ids(panel)[2],)]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert revealed[-1] == (ids(panel)[3],)


def test_selecting_on_the_canvas_selects_the_row(panel: ProfilerPanel, document: Document, qtbot: QtBot) -> None:
    revealed: list[tuple[str, ...]] = []
    document.reveal_requested.connect(revealed.append)
    panel.pages.tabs.setCurrentIndex(1)
    document.selection.set(["n2", "n0"])
    qtbot.waitUntil(lambda: set(panel.pages.nodes.view.selected_ids()) == {"n0", "n2"})
    document.selection.clear()
    qtbot.waitUntil(lambda: panel.pages.nodes.view.selected_ids() == [])
    assert revealed == []


def test_an_edit_keeps_place_and_selection_of_the_table(panel: ProfilerPanel, session: Session, qtbot: QtBot) -> None:
    from casare.model import Node

    document = Document(Graph([Node(f"n{at}", "QuickNode") for at in range(100)]), catalog=session.catalog)
    session._show(document)
    panel.pages.tabs.setCurrentIndex(1)
    document.selection.set(["n60"])
    qtbot.waitUntil(lambda: panel.pages.nodes.view.selected_ids() == ["n60"])
    bar = panel.pages.nodes.view.verticalScrollBar()
    bar.setValue(20)
    document.do(delete(document.graph, nodes=["n99"]))
    settled(panel, qtbot, 99)
    assert bar.value() == 20
    assert panel.pages.nodes.view.selected_ids() == ["n60"]
    document.do(set_disabled(document.graph, ["n3"], True))
    qtbot.waitUntil(lambda: panel.pages.nodes.model.index(98, TIME).data() == "0 ms")
    assert bar.value() == 20
    assert panel.pages.nodes.view.selected_ids() == ["n60"]


def test_ten_thousand_nodes_make_no_widgets_and_few_calls(panel: ProfilerPanel, session: Session, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    panel.pages.tabs.setCurrentIndex(1)
    before = len(panel.findChildren(QWidget))
    document = Document(generate(10_000, seed=1), catalog=session.catalog)
    session._show(document)
    assert panel.profile is not None
    assert panel.profile.stale
    assert panel.header.provenance.text() == "Analysing…"
    assert panel.profile.wait(60)
    settled(panel, qtbot, 10_000)
    assert len(panel.findChildren(QWidget)) < before + 60
    document.selection.set(list(document.graph.nodes)[:1500])
    qtbot.waitUntil(lambda: len(panel.pages.nodes.view.selected_ids()) == 1500)


def test_a_report_from_another_thread_arrives_on_this_one(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_profile, "AT_ONCE_MS", -1.0)
    document.do(delete(document.graph, nodes=["n3"]))
    settled(panel, qtbot, 3)
    qtbot.waitUntil(lambda: panel.header.provenance.text() == "Declared estimates · 4 workers")


def test_the_button_analyses_again(panel: ProfilerPanel, qtbot: QtBot) -> None:
    assert panel.profile is not None
    profile, before = panel.profile, panel.profile.report
    qtbot.mouseClick(panel.header.refresh, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: profile.report is not before)
    assert panel.profile.report == before


def test_the_report_is_exported_as_json_and_csv(panel: ProfilerPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.export_to(tmp_path / "r.json", "json")
    panel.export_to(tmp_path / "r.csv", "csv")
    qtbot.waitUntil(lambda: not panel.exporting)
    assert panel.profile is not None
    assert panel.profile.report is not None
    told = json.loads((tmp_path / "r.json").read_text())
    assert told["grade"] == panel.profile.report.grade
    with (tmp_path / "r.csv").open() as file:
        assert [line["id"] for line in csv.DictReader(file)] == ["n0", "n1", "n2", "n3"]


def test_a_failed_export_is_told_in_the_panel(panel: ProfilerPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.export_to(tmp_path / "missing" / "r.json", "json")
    qtbot.waitUntil(panel.failure.isVisible)
    assert panel.failure.isVisible()
    assert "r.json" in panel.failure.accessibleName()


def test_the_export_dialog_does_not_block(panel: ProfilerPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.export("csv")
    dialog = next(iter(panel.findChildren(QFileDialog)), None)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "r.csv"))
    dialog.close()
    qtbot.waitUntil(lambda: not panel.findChildren(QFileDialog))
    qtbot.waitUntil((tmp_path / "r.csv").exists)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [280, 420])
def test_it_fits_a_narrow_dock_and_draws_in_both_themes(
    panel: ProfilerPanel, look: Any, theme: str, width: int
) -> None:
    look.mode = theme
    panel.resize(width, 800)
    assert panel.minimumSizeHint().width() <= 280
    content = panel.pages.overview.widget()
    assert content.minimumSizeHint().width() <= 280
    overview = panel.pages.overview
    for row in (*overview.ledger, *overview.steps, *overview.costs, *overview.path):
        if row.isVisible():
            assert row.geometry().right() <= content.width()
    assert not panel.grab().isNull()


def apart(panel: ProfilerPanel) -> bool:
    """Tell whether no row lies over the next."""
    overview = panel.pages.overview
    groups = (overview.ledger, overview.steps, overview.costs, overview.path)
    shown = [[row.geometry() for row in rows if row.isVisible()] for rows in groups]
    return all(low.top() > high.bottom() for boxes in shown for high, low in pairwise(boxes))


def test_rows_that_follow_each_other_do_not_overlap_at_any_width(panel: ProfilerPanel, qtbot: QtBot) -> None:
    for width in (280, 340, 420, 290):
        panel.resize(width, 1200)
        qtbot.waitUntil(lambda: apart(panel))


def test_a_step_leads_to_the_score_that_mending_it_brings(panel: ProfilerPanel) -> None:
    assert panel.profile is not None
    report = panel.profile.report
    assert report is not None
    assert report.score is not None
    entry = next(one for one in report.ledger if one.nodes == ("n3",))
    gains = [row.accessibleName() for row in panel.pages.overview.steps if row.nodes == entry.nodes]
    assert any(f"→ {round(report.score + entry.points, 1):g}" in gain for gain in gains)


def test_showing_the_panel_imports_neither_pyqtgraph_nor_numpy() -> None:
    code = "import sys, casare.ui.panels.profiler; print({'pyqtgraph', 'numpy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_a_copied_selection_is_a_table_as_text(panel: ProfilerPanel, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    panel.pages.tabs.setCurrentIndex(1)
    view = panel.pages.nodes.view
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(panel.pages.nodes.model.index(0, 0), flags.ClearAndSelect | flags.Rows)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Node", "Time"]
    assert lines[1].split("\t")[:2] == ["Step 1", "2.0 s"]


def test_the_page_behind_is_brought_up_to_date_when_it_is_looked_at(
    panel: ProfilerPanel, document: Document, qtbot: QtBot
) -> None:
    panel.pages.tabs.setCurrentIndex(1)
    assert len(ids(panel)) == 4
    panel.pages.tabs.setCurrentIndex(0)
    document.do(delete(document.graph, nodes=["n3"]))
    settled(panel, qtbot, 3)
    assert len(ids(panel)) == 4
    panel.pages.tabs.setCurrentIndex(1)
    assert len(ids(panel)) == 3
