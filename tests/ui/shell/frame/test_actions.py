"""The table of commands and the actions made of it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from casare.app.commands import COMMANDS, MENUS, Scope, command
from casare.model import AddNodes, Node
from casare.ui.dialogs.command_palette import CommandPalette
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.handlers import handlers


def _keys(scope: Scope) -> list[str]:
    return [QKeySequence(key).toString() for one in COMMANDS if one.scope is scope for key in one.keys]


@pytest.mark.parametrize("scope", list(Scope))
def test_no_two_commands_share_a_key_in_a_scope(scope: Scope) -> None:
    assert [key for key, count in Counter(_keys(scope)).items() if count > 1] == []


def test_no_key_of_the_canvas_is_taken_by_the_window() -> None:
    assert set(_keys(Scope.WINDOW)) & set(_keys(Scope.CANVAS)) == set()


def test_every_key_is_one_that_qt_understands() -> None:
    assert all(keys and "Unknown" not in keys for scope in Scope for keys in _keys(scope))


def test_no_bare_letter_works_in_the_whole_window() -> None:
    assert [key for key in _keys(Scope.WINDOW) if len(key) == 1] == []


def test_every_command_has_a_handler_and_every_handler_a_command(window: MainWindow) -> None:
    assert handlers(window).keys() == {one.id for one in COMMANDS}


def test_ids_are_unique_and_read_area_dot_verb() -> None:
    assert len({one.id for one in COMMANDS}) == len(COMMANDS)
    assert all(len(one.id.split(".")) == 2 for one in COMMANDS)


def entries_of(menu: QMenu) -> list[QAction]:
    """Return the entries of a menu and of the menus in it."""
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        found += entries_of(inner) if isinstance(inner, QMenu) else [] if action.isSeparator() else [action]
    return found


def test_every_command_stands_in_its_menu(window: MainWindow) -> None:
    shown = {
        action.menu().title(): {entry.objectName() for entry in entries_of(action.menu())}
        for action in window.menuBar().actions()
    }
    assert tuple(shown) == MENUS
    for one in COMMANDS:
        assert one.id in shown[one.menu]


def test_every_command_is_in_the_palette(window: MainWindow) -> None:
    window.overlays.commands()
    palette = window.overlays.sheet
    assert isinstance(palette, CommandPalette)
    for one in COMMANDS:
        palette.field.setText(one.title.removesuffix("…"))
        assert one.id in {found.id for found in palette.model.items()}, one.title


def test_what_needs_a_document_is_off_on_the_start_page(window: MainWindow) -> None:
    table = window.actions_table
    table.flush()
    for one in COMMANDS:
        assert table[one.id].isEnabled() == one.when(None)
        assert bool(table.refusal(one)) != one.when(None)


def test_selecting_switches_commands_on_in_the_next_turn(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    qtbot.waitUntil(window.actions_table["edit.undo"].isEnabled)
    assert not window.actions_table["edit.delete"].isEnabled()
    document.selection.set(["a"])
    qtbot.waitUntil(window.actions_table["edit.delete"].isEnabled)


def test_undo_says_what_it_takes_back(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    label = document.history.undo_label
    qtbot.waitUntil(lambda: window.actions_table["edit.undo"].text() == f"Undo: {label}")


def test_two_keys_in_a_row_meet_the_state_the_first_one_left(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"), Node("b", "LogNode"))))
    canvas = window.canvas
    assert canvas is not None
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert not document.graph.nodes
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert set(document.graph.nodes) == {"a", "b"}


def test_a_bare_letter_typed_into_a_field_is_text_and_no_command(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    document.selection.set(["a"])
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.palette_panel is not None)
    panel = workspace.palette_panel
    assert panel is not None
    panel.focus_search()
    for key in "dcfn?":
        qtbot.keyClicks(panel.field, key)
    assert isinstance(panel.field, QLineEdit)
    assert panel.field.text() == "dcfn?"
    assert list(document.graph.nodes) == ["a"]
    assert not document.graph.frames
    assert window.overlays.sheet is None


def test_a_bare_letter_on_the_canvas_is_a_command(qtbot: QtBot, window: MainWindow) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    document.selection.set(["a"])
    qtbot.keyClick(window.canvas, Qt.Key.Key_D)
    assert document.graph.nodes["a"].config.get("_disabled") is True


def test_commands_that_ran_are_remembered_newest_first_and_once(window: MainWindow) -> None:
    table = window.actions_table
    for command_id in ("view.theme_light", "view.theme_dark", "view.theme_light"):
        table.run(command_id)
    assert table.recent == ("view.theme_light", "view.theme_dark")


def test_every_refused_command_says_why(window: MainWindow) -> None:
    document = window.session.new()
    reasons = {one.id: window.actions_table.refusal(one) for one in COMMANDS if not one.when(document)}
    assert reasons["edit.undo"] == "Nothing to undo"
    assert all(reasons.values())
    assert command("node.rename").id in reasons


def test_all_pairs_of_menus_have_no_command_in_common(window: MainWindow) -> None:
    menus = [{entry.objectName() for entry in action.menu().actions()} - {""} for action in window.menuBar().actions()]
    assert all(not one & other for one, other in combinations(menus, 2))
