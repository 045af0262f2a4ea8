"""Every part of the dock is reached by keys, and nothing is worked out for a page that nobody sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.editing import delete
from casare.app.session import Session
from casare.ui.panels.profiler import ProfilerPanel

NODES = 1


@pytest.mark.parametrize("at", range(6))
def test_the_arrow_keys_change_the_page_and_tab_leads_into_it(panel: ProfilerPanel, qtbot: QtBot, at: int) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    tabs = panel.pages.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    for _ in range(at):
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == at
    # A chart is loaded on a thread.
    page = (
        *(panel.pages.overview, panel.pages.nodes, panel.pages.timeline),
        *(panel.pages.memory, panel.pages.compare, panel.pages.rules),
    )[at]
    qtbot.waitUntil(lambda: at != 3 or any(row.isVisible() for row in panel.pages.memory.holders))
    QTest.keyClick(tabs, Qt.Key.Key_Tab)
    held = QApplication.focusWidget()
    assert isinstance(held, QWidget)
    assert page.isAncestorOf(held)


def test_the_table_is_exported_from_its_own_page(panel: ProfilerPanel, qtbot: QtBot) -> None:
    panel.pages.tabs.setCurrentIndex(NODES)
    QTest.mouseClick(panel.pages.nodes.export, Qt.MouseButton.LeftButton)
    dialog = next(iter(panel.findChildren(QFileDialog)))
    assert "CSV" in dialog.nameFilters()[0]
    dialog.reject()
    qtbot.waitUntil(lambda: not panel.findChildren(QFileDialog))


def test_a_page_out_of_sight_waits_until_it_is_seen(session: Session, document: Document, qtbot: QtBot) -> None:
    around = QWidget()
    around.resize(400, 900)
    panel = ProfilerPanel(session, around)
    panel.resize(360, 860)
    qtbot.addWidget(around)
    with qtbot.waitExposed(around):
        around.show()
    panel.pages.tabs.setCurrentIndex(NODES)
    qtbot.waitUntil(lambda: panel.pages.nodes.model.total == 4)
    # So Qt does with a dock behind the tab of another.
    panel.move(-5000, -5000)
    document.do(delete(document.graph, nodes=["n3"]))
    qtbot.waitUntil(lambda: panel.profile is not None and panel.profile.detailed is not None)
    qtbot.waitUntil(lambda: panel.header.chip.grade == panel.profile.report.grade)  # type: ignore[union-attr]
    assert panel.pages.nodes.model.total == 4
    panel.move(0, 0)
    qtbot.waitUntil(lambda: panel.pages.nodes.model.total == 3)
