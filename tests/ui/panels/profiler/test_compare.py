"""The tab that lays two states of a workflow, two runs, or two files side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete
from casare.app.profiler.sides import Side, SideKind
from casare.app.running.runs import run_file
from casare.app.session import Session
from casare.model import Connection, Graph, Node
from casare.storage import save
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.compare_page import ComparePage
from casare.ui.panels.profiler.side_choice import SideChoice
from tests.ui.panels.profiler.conftest import chain

COMPARE = 4


@pytest.fixture
def page(panel: ProfilerPanel) -> ComparePage:
    """Return the tab, in front."""
    panel.pages.tabs.setCurrentIndex(COMPARE)
    return panel.pages.compare


def _compared(page: ComparePage, qtbot: QtBot) -> dict[str, str]:
    """Wait for a comparison and return what became of each node that differs, by its id."""
    qtbot.waitUntil(lambda: page.settled and page.result is not None)
    assert page.result is not None
    assert page.wait(20)
    return {one.id: one.what for one in page.result.nodes}


def _choose(field: SideChoice, text: str) -> None:
    """Choose by the keyboard the first entry that begins with a text."""
    wanted = next(at for at in range(field.count()) if field.itemText(at).startswith(text))
    field.setFocus()
    for _ in range(field.count()):
        QTest.keyClick(field, Qt.Key.Key_Home if field.currentIndex() > wanted else Qt.Key.Key_Down)
        if field.currentIndex() == wanted:
            return


def test_without_anything_to_compare_with_the_tab_says_what_to_do(page: ComparePage, qtbot: QtBot) -> None:
    assert page.empty.isVisible()
    assert "Pin this state" in page.empty.accessibleDescription()
    page.empty.trigger_action()
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
    page.findChildren(QFileDialog)[0].reject()


def test_a_pinned_state_is_compared_node_by_node(page: ComparePage, document: Document, qtbot: QtBot) -> None:
    QTest.mouseClick(page.pin, Qt.MouseButton.LeftButton)
    assert _compared(page, qtbot) == {}
    assert page.hint.text() == "Nothing differs."
    document.do(delete(document.graph, nodes=["n3"]))
    qtbot.waitUntil(lambda: page.result is not None and any(one.what == "gone" for one in page.result.nodes))
    assert _compared(page, qtbot)["n3"] == "gone"


def test_the_saved_file_is_what_an_edited_document_is_compared_with(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    document.path = tmp_path / "saved.json"
    save(document.graph, document.path)
    document.do(delete(document.graph, nodes=["n3"]))
    panel.pages.tabs.setCurrentIndex(COMPARE)
    page = panel.pages.compare
    assert _compared(page, qtbot) == {"n3": "gone"}
    assert page.first.currentText() == "The file as saved"
    assert page.second.currentText() == "This workflow, now"


def test_another_file_is_compared_and_a_file_that_cannot_be_read_is_said_so(
    page: ComparePage, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    save(chain("QuickNode", "SlowNode", "SlowNode", "NobodyKnowsNode", "QuickNode"), other)
    page.choose_file(other)
    found = _compared(page, qtbot)
    assert found["n4"] == "gone"
    assert found["n2"] == "changed"
    page.choose_file(tmp_path / "missing.json")
    qtbot.waitUntil(page.empty.isVisible)
    qtbot.waitUntil(lambda: page.settled and "Comparing" not in page.empty.accessibleName())
    assert page.wait(20)


def test_a_recent_file_is_offered_and_swapping_turns_the_differences_round(
    session: Session, panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "recent.json"
    save(chain("QuickNode"), other)
    session.recents.add(other)
    panel.pages.tabs.setCurrentIndex(COMPARE)
    page = panel.pages.compare
    _choose(page.first, "recent.json")
    assert _compared(page, qtbot)["n1"] == "new"
    QTest.mouseClick(page.swap, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _compared(page, qtbot).get("n1") == "gone")
    assert page.second.currentText() == "recent.json"


def test_two_runs_are_compared_by_what_they_measured(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "ran.json"
    for nodes in ([Node("a", "StartNode")], [Node("a", "StartNode"), Node("b", "LogNode", {"message": "x"})]):
        wires = [Connection("a", "exec_out", "b", "exec_in")] if len(nodes) > 1 else []
        save(Graph(nodes, wires), path)
        run_file(path)
    document.path = path
    panel.pages.tabs.setCurrentIndex(COMPARE)
    page = panel.pages.compare
    qtbot.waitUntil(lambda: sum(page.first.itemText(at).startswith("Run ") for at in range(page.first.count())) == 2)
    offered = [at for at in range(page.first.count()) if page.first.itemText(at).startswith("Run ")]
    for field, at in ((page.first, offered[1]), (page.second, offered[0])):
        field.setCurrentIndex(at)
        field.activated.emit(at)
    qtbot.waitUntil(lambda: _compared(page, qtbot).get("b") == "new")
    assert isinstance(page.first.side, Side)
    assert page.first.side.kind is SideKind.RUN


def test_the_table_is_sorted_by_the_size_of_a_difference_and_a_click_shows_the_node(
    page: ComparePage, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    save(chain("SlowNode", "QuickNode", "QuickNode", "NobodyKnowsNode"), other)
    page.choose_file(other)
    _compared(page, qtbot)
    model = page.nodes.model()
    names = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert set(names[:2]) == {"Step 0", "Step 1"}
    header = page.nodes.horizontalHeader()
    place = header.sectionViewportPosition(1) + header.sectionSize(1) // 2
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, header.height() // 2))
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == sorted(names)
    cell = page.nodes.visualRect(model.index(0, 1)).center()
    QTest.mouseClick(page.nodes.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert document.selection.nodes == {"n0"}
    QTest.keyClick(page.nodes, Qt.Key.Key_Down)
    QTest.keyClick(page.nodes, Qt.Key.Key_Return)
    assert document.selection.nodes == {"n1"}


def test_selecting_on_the_canvas_selects_the_row_of_a_node_that_differs(
    page: ComparePage, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    save(chain("SlowNode", "QuickNode", "QuickNode", "NobodyKnowsNode"), other)
    page.choose_file(other)
    _compared(page, qtbot)
    document.selection.set(["n1"])
    qtbot.waitUntil(lambda: page.nodes.currentIndex().siblingAtColumn(1).data() == "Step 1")


def test_an_earlier_grade_is_compared_by_its_figures_alone(
    panel: ProfilerPanel, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    document.path = tmp_path / "graded.json"
    panel.analyze_again()
    qtbot.waitUntil(lambda: len(panel.past.of(document)) == 1)
    document.do(delete(document.graph, nodes=["n1"]))
    qtbot.waitUntil(lambda: len(panel.past.of(document)) == 2)
    panel.pages.tabs.setCurrentIndex(COMPARE)
    page = panel.pages.compare
    qtbot.waitUntil(lambda: any(page.first.itemText(at).startswith("Graded") for at in range(page.first.count())))
    _choose(page.first, "Graded")
    qtbot.waitUntil(lambda: _compared(page, qtbot) == {} and "only its figures" in page.hint.text())
    assert page.result is not None
    assert any(line.change for line in page.result.lines)
