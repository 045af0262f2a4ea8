"""The popup at the pointer: found by typing, wired or alone, and always inside the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from casare.app.adding import NodeFinder
from casare.catalog import Catalog
from casare.model import Graph
from casare.ui.dialogs.add_node import Chosen, QuickAdd
from casare.ui.panels.palette.rows import entry_fields

AREA = QRect(100, 50, 760, 600)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    QVBoxLayout(widget)
    widget.resize(900, 700)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def popup(host: QWidget, catalog: Catalog, at: QPoint | None = None) -> QuickAdd:
    finder = NodeFinder(Graph(), catalog, entry_fields)
    made = QuickAdd(host, finder, catalog, at=at or QPoint(300, 200), area=AREA, wiring="add and wire to “Log”")
    made.open()
    return made


@pytest.mark.parametrize(
    ("held", "wired"), [(Qt.KeyboardModifier.NoModifier, True), (Qt.KeyboardModifier.ShiftModifier, False)]
)
def test_enter_wires_and_shift_enter_does_not(
    qtbot: QtBot, host: QWidget, catalog: Catalog, held: Qt.KeyboardModifier, wired: bool
) -> None:
    sheet = popup(host, catalog)
    chosen: list[Chosen] = []
    sheet.chosen.connect(chosen.append)
    qtbot.keyClicks(sheet.field, "readfile")
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return, held)
    assert [(one.entry.title, one.wired) for one in chosen] == [("Read file", wired)]


@pytest.mark.parametrize("at", [QPoint(0, 0), QPoint(890, 690), QPoint(400, 640), QPoint(-50, 300)])
def test_the_popup_stays_inside_the_canvas(host: QWidget, catalog: Catalog, at: QPoint) -> None:
    sheet = popup(host, catalog, at)
    assert AREA.contains(sheet.card.geometry())


def test_the_popup_opens_under_the_pointer_and_does_not_jump_while_typing(
    qtbot: QtBot, host: QWidget, catalog: Catalog
) -> None:
    sheet = popup(host, catalog, QPoint(300, 200))
    before = sheet.card.geometry()
    assert before.contains(QPoint(300, 200))
    qtbot.keyClicks(sheet.field, "xpath")
    assert sheet.card.geometry().topLeft() == before.topLeft()
    assert sheet.card.height() < before.height()


def test_escape_closes_without_an_answer(qtbot: QtBot, host: QWidget, catalog: Catalog) -> None:
    sheet = popup(host, catalog)
    chosen: list[Chosen] = []
    sheet.chosen.connect(chosen.append)
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert chosen == []
