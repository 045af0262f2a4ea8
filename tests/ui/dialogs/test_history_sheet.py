"""The list of edits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.model import AddNodes, Node, RenameNode
from casare.ui.dialogs.history_sheet import HistorySheet, Moment, moments


def edited(catalog: Catalog) -> Document:
    document = Document(catalog=catalog)
    document.do(AddNodes((Node("a", "LogNode"),)))
    document.do(AddNodes((Node("b", "LogNode"), Node("c", "LogNode"))))
    document.do(RenameNode("a", "First"))
    document.undo()
    return document


def test_the_list_holds_what_is_ahead_what_is_now_and_what_is_behind(catalog: Catalog) -> None:
    assert [(one.label, one.steps) for one in moments(edited(catalog))] == [
        ("Rename node", 1),
        ("Add 2 nodes", 0),
        ("Add node", -1),
        ("As it was opened", -2),
    ]


def test_the_present_is_chosen_and_typing_finds_an_edit(qtbot: QtBot, catalog: Catalog) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    with qtbot.waitExposed(host):
        host.show()
    sheet = HistorySheet(host, edited(catalog))
    chosen: list[Moment] = []
    sheet.chosen.connect(chosen.append)
    sheet.open()
    assert sheet.view.currentIndex().row() == 1
    qtbot.keyClicks(sheet.field, "rename")
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert [one.steps for one in chosen] == [1]
