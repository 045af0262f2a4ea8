"""The window shows and obeys the keymap that is on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.commands import COMMANDS
from casare.app.keymaps import presets
from casare.model import AddNodes, Node
from casare.ui.panels.start.side_column import StartRow
from casare.ui.shell.documents.empty_hint import EmptyHint
from casare.ui.shell.frame.main_window import MainWindow


@pytest.mark.parametrize("name", sorted(presets()))
def test_every_menu_entry_shows_the_keys_of_the_preset(window: MainWindow, name: str) -> None:
    keymap = window.session.keymap
    keymap.choose(name)
    for one in COMMANDS:
        shown = [keys.toString() for keys in window.actions_table[one.id].shortcuts()]
        assert shown == [QKeySequence(key).toString() for key in keymap.current.keys(one.id)]


def test_a_key_acts_as_soon_as_it_is_bound(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"), Node("b", "LogNode"))))
    canvas = window.canvas
    assert canvas is not None
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    window.session.keymap.choose("blender")
    window.actions_table.flush()
    QTest.keyClick(canvas, Qt.Key.Key_A)
    assert document.selection.nodes == {"a", "b"}
    window.actions_table.flush()
    QTest.keyClick(canvas, Qt.Key.Key_X)
    assert not document.graph.nodes
    window.session.keymap.bind("edit.undo", ["Ctrl+B"])
    window.actions_table.flush()
    QTest.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert set(document.graph.nodes) == {"a", "b"}


def test_labels_outside_the_menus_follow_the_keymap(window: MainWindow) -> None:
    window.session.keymap.bind("file.new", ["Ctrl+Alt+N"])
    window.session.keymap.bind("view.problems", [])
    rows = {row.text(): row.keys for row in window.start_page.side.findChildren(StartRow)}
    assert rows["New workflow"] == "Ctrl+Alt+N"
    window.session.keymap.bind("view.fit", ["Ctrl+9"])
    menu = window.status.zoom_menu()
    assert menu.actions()[0].text() == "Show all\tCtrl+9"
    menu.close()


def test_the_cheat_sheet_and_the_palette_are_live(window: MainWindow) -> None:
    window.session.keymap.bind("edit.undo", ["Ctrl+B"])
    window.overlays.commands()
    sheet = window.overlays.sheet
    assert sheet is not None
    keys = {one.id: one.keys for one in sheet.model.items()}  # type: ignore[attr-defined]
    assert keys["edit.undo"] == ("Ctrl+B",)
    sheet.close_sheet()


def test_an_empty_canvas_names_the_key_that_adds_a_node(window: MainWindow) -> None:
    window.session.new()
    canvas = window.canvas
    assert canvas is not None
    hint = canvas.findChildren(EmptyHint)[0]
    assert hint.text == "or press Tab to search all of them"
    window.session.keymap.choose("blender")
    assert hint.text == "or press Shift A to search all of them"
    window.session.keymap.bind("node.add", [])
    assert hint.text == "or double-click to search all of them"
    assert canvas.keys_of("edit.delete") == "X"
