"""A workflow is made, wired, named, set and saved without the mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casare.storage import load
from casare.ui.shell.frame.main_window import MainWindow

_MOST_TABS = 12
"""So many presses of Tab lead from the canvas to any field at the top of the inspector."""
_KEY, _HELD = Qt.Key, Qt.KeyboardModifier


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(which: Qt.Key, held: Qt.KeyboardModifier = _HELD.NoModifier) -> None:
    QTest.keyClick(focused(), which, held)
    QApplication.processEvents()


def write(text: str) -> None:
    QTest.keyClicks(focused(), text)
    QApplication.processEvents()


def test_a_small_workflow_is_built_by_keys_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.activateWindow()
    press(_KEY.Key_N, _HELD.ControlModifier)
    document = window.session.active
    assert document is not None
    canvas = window.canvas
    assert canvas is not None
    qtbot.waitUntil(canvas.hasFocus)
    for words in ("start", "log"):
        press(_KEY.Key_N)
        write(words)
        press(_KEY.Key_Return)
        qtbot.waitUntil(canvas.hasFocus)
    assert [one.type for one in document.graph.nodes.values()] == ["StartNode", "LogNode"]
    assert len(document.graph.connections) == 1
    press(_KEY.Key_F2)
    QTest.keyClick(focused(), _KEY.Key_A, _HELD.ControlModifier)
    write("Greet")
    press(_KEY.Key_Return)
    log = next(one for one in document.graph.nodes.values() if one.type == "LogNode")
    assert log.name == "Greet"
    press(_KEY.Key_F6, _HELD.ControlModifier)
    for _ in range(_MOST_TABS):
        if focused().accessibleName() == "Message":
            break
        press(_KEY.Key_Tab)
    write("hello")
    assert document.graph.nodes[log.id].config["message"] == "hello"
    target = tmp_path / "keys.json"
    document.path = target
    press(_KEY.Key_S, _HELD.ControlModifier)
    qtbot.waitUntil(target.exists)
    assert load(target, catalog=document.catalog).graph.nodes[log.id].name == "Greet"
