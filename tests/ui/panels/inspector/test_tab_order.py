"""Tab goes through the inspector as it is read, whatever was shown before and whichever rows were made late."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import SetConfig
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.widgets.reading_order import tab_stops


def stops(panel: InspectorPanel, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Return what has the focus, one press of Tab after the other, until it leaves the page."""
    found: list[QWidget] = []
    while True:
        widget = QApplication.focusWidget()
        if widget in found or widget is None or not panel.nodes.isAncestorOf(widget):
            return found
        found.append(widget)
        qtbot.keyClick(widget, key)


def show(panel: InspectorPanel, document: Document, *node_ids: str) -> None:
    for node_id in node_ids:
        document.selection.set([node_id])
        panel.flush()
    panel.activateWindow()
    panel.nodes.header.name.setFocus()


def test_tab_goes_through_the_main_fields_then_advanced_then_ports(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    document.do(SetConfig("every", {"payload": {"a": 1}, "days": "{{days}}"}))
    panel.nodes.advanced_section.set_opened(True)
    show(panel, document, "log", "loop", "wired", "every")
    found = stops(panel, qtbot)
    fields = [row.editor.main for row in (*panel.nodes.normal.rows, *panel.nodes.advanced.rows)]
    assert [one for one in found if one in fields] == [one for one in fields if one.isVisible()]
    page = panel.nodes.widget()
    sections = (panel.nodes.normal, panel.nodes.advanced, panel.nodes.ports)
    places = [[found.index(one) for one in found if section.isAncestorOf(one)] for section in sections]
    assert max(places[0]) < min(places[1])
    assert all(max(places[1]) < place for place in places[2])
    assert found[0].mapTo(page, QPoint()).y() < found[-1].mapTo(page, QPoint()).y()


def test_a_field_comes_before_the_buttons_above_it(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    document.do(SetConfig("every", {"mode": "careful"}))
    show(panel, document, "every")
    found = stops(panel, qtbot)
    at = found.index(panel.nodes.row_of("mode").editor.main)
    names = [one.accessibleName() for one in found[at : at + 3]]
    assert names == ["Mode", "Write an expression for Mode", "Reset Mode to the default"]


def test_who_comes_from_outside_finds_the_page_in_order_before_any_press(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    show(panel, document, "log", "every", "wired")

    def chain() -> list[QWidget]:
        found, widget = [], panel.nodes.header.name
        while widget is not None and widget not in found:
            found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    wanted = tab_stops(panel.nodes.widget())
    qtbot.waitUntil(lambda: [one for one in chain() if one in wanted] == wanted)


def test_shift_and_tab_goes_back_the_same_way(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    show(panel, document, "log", "every")
    there = stops(panel, qtbot)
    there[-1].setFocus()
    assert list(reversed(stops(panel, qtbot, Qt.Key.Key_Backtab))) == there
