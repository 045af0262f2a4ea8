"""The window by keyboard alone: from area to area and back, and out of the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from casare.model import AddNodes, AddNotes, Node, Note
from casare.ui.shell.frame.areas import areas
from casare.ui.shell.frame.docks import DATA, INSPECTOR, OUTLINE, PALETTE
from casare.ui.shell.frame.main_window import MainWindow


def area_in_focus(window: MainWindow) -> QWidget | None:
    now = QApplication.focusWidget()
    return next((one for one in areas(window) if now is one or (now is not None and one.isAncestorOf(now))), None)


def test_every_area_is_reached_and_the_round_ends_where_it_began(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    window.show_dock(PALETTE)
    window.show_dock(INSPECTOR)
    window.show_dock(DATA)
    assert window.canvas is not None
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)
    seen = []
    for _ in areas(window):
        window.actions_table.run("go.next_area")
        seen.append(area_in_focus(window))
    assert set(seen) == set(areas(window))
    assert seen[-1] is window.canvas
    window.actions_table.run("go.previous_area")
    assert area_in_focus(window) is seen[-2]


def test_a_split_is_two_areas(window: MainWindow) -> None:
    window.session.new()
    before = len(areas(window))
    window.actions_table.run("view.split")
    assert len(areas(window)) == before + 1


def test_the_start_page_is_an_area_of_its_own(window: MainWindow) -> None:
    assert window.start_page in areas(window)


def test_a_node_is_found_reached_and_renamed_without_a_mouse(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"), Node("b", "LogNode", {"message": "pear"}))))
    window.actions_table.run("find.open")
    assert window.finding is not None
    QTest.keyClicks(window.finding.bar.field, "pear")
    QTest.keyClick(window.finding.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.selection.nodes == {"b"})
    QTest.keyClick(window.finding.bar.field, Qt.Key.Key_Escape)
    canvas = window.canvas
    assert canvas is not None
    qtbot.waitUntil(canvas.hasFocus)
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor is not canvas
    QTest.keyClicks(editor, "Green pear")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.graph.nodes["b"].name == "Green pear"
    assert window.workspace is not None
    assert not window.workspace.docks.is_front(OUTLINE)


def test_enter_goes_to_what_is_selected_and_esc_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    document.do(AddNotes((Note("n", "words", (300, 0)),)))
    canvas = window.canvas
    assert canvas is not None
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    document.selection.set(["a"])
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "Message"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert canvas.hasFocus()
    document.selection.set((), (), (), ["n"])
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    note = QApplication.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("other words")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert document.graph.notes["n"].text == "other words"
    assert not window.session.runs.is_running(document), "the key that ends the typing runs nothing"
