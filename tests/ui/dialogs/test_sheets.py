"""The sheets over the window: they take the keys, give the focus back, and answer once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from casare.app.commands import COMMANDS, Command, command
from casare.app.documents.document import Document
from casare.app.keymaps import KeymapStore
from casare.app.session import Session
from casare.app.settings import SettingsStore
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.model import AddNodes, Node
from casare.ui.dialogs.about import AboutSheet, versions
from casare.ui.dialogs.cheat_sheet import CheatSheet, groups_with_keys
from casare.ui.dialogs.command_palette import CommandPalette
from casare.ui.dialogs.quick_switcher import Place, QuickSwitcher, places
from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.unsaved import UnsavedSheet
from casare.ui.widgets.key_cap import KeyCap


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    field = QLineEdit()
    column.addWidget(field)
    widget.resize(900, 700)
    with qtbot.waitExposed(widget):
        widget.show()
    field.setFocus()
    return widget


def _field(host: QWidget) -> QLineEdit:
    found = host.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_escape_closes_a_sheet_and_gives_the_focus_back(qtbot: QtBot, host: QWidget) -> None:
    sheet = AboutSheet(host)
    sheet.open()
    assert not _field(host).hasFocus()
    with qtbot.waitSignal(sheet.finished):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert _field(host).hasFocus()


def test_a_press_beside_the_card_closes_and_one_on_it_does_not(qtbot: QtBot, host: QWidget) -> None:
    sheet = AboutSheet(host)
    sheet.open()
    qtbot.mouseClick(sheet.card, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.finished):
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))


def test_shortcuts_of_the_window_are_quiet_while_a_sheet_is_open(qtbot: QtBot, host: QWidget) -> None:
    fired: list[int] = []
    shortcut = QShortcut(QKeySequence("Ctrl+B"), host)
    shortcut.activated.connect(lambda: fired.append(1))
    palette = CommandPalette(host, lambda one: "")
    palette.open()
    qtbot.keyClick(palette.field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert fired == []
    palette.dismiss()
    qtbot.keyClick(host, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert fired == [1]


def test_tab_never_leaves_a_sheet(qtbot: QtBot, host: QWidget, catalog: Catalog) -> None:
    sheet = UnsavedSheet(host, [Document(catalog=catalog)])
    sheet.open()
    seen = set()
    for _ in range(6):
        qtbot.keyClick(host.window().focusWidget() or sheet, Qt.Key.Key_Tab)
        focused = host.window().focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        seen.add(focused)
    assert seen >= {sheet.save_button, sheet.discard_button, sheet.cancel_button}
    sheet.dismiss()


def test_the_card_stays_inside_a_small_window(qtbot: QtBot, host: QWidget) -> None:
    sheet = CheatSheet(host, KeymapStore(SettingsStore()))
    sheet.open()
    for size in ((900, 700), (500, 300)):
        host.resize(*size)
        assert sheet.geometry() == host.rect()
        assert sheet.rect().contains(sheet.card.geometry())
    sheet.dismiss()


def test_the_command_palette_runs_what_is_found(qtbot: QtBot, host: QWidget) -> None:
    palette = CommandPalette(host, lambda one: "")
    chosen: list[Command] = []
    palette.chosen.connect(chosen.append)
    palette.open()
    qtbot.keyClicks(palette.field, "save as")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert [one.id for one in chosen] == ["file.save_as"]
    assert palette.isHidden()


def test_a_command_that_cannot_be_used_stays_listed_and_does_not_run(qtbot: QtBot, host: QWidget) -> None:
    palette = CommandPalette(host, lambda one: "Nothing to undo" if one.id == "edit.undo" else "")
    chosen: list[Command] = []
    palette.chosen.connect(chosen.append)
    palette.open()
    qtbot.keyClicks(palette.field, "undo")
    assert command("edit.undo") in palette.model.items()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen == []
    assert palette.isVisible()
    palette.dismiss()


def test_without_a_query_the_last_commands_come_first_then_all_others(host: QWidget) -> None:
    palette = CommandPalette(host, lambda one: "", ["view.fit", "file.save"])
    palette.open()
    items = palette.model.items()
    assert [one.id for one in items[:2]] == ["view.fit", "file.save"]
    assert len(items) == len(COMMANDS)
    palette.dismiss()


def test_the_arrow_keys_go_round_the_list(qtbot: QtBot, host: QWidget) -> None:
    palette = CommandPalette(host, lambda one: "")
    palette.open()
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == len(COMMANDS) - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 0
    palette.dismiss()


@pytest.mark.parametrize("preset", ["casare", "blender", "houdini", "web"])
def test_the_cheat_sheet_shows_every_key_of_the_keymap_that_is_on(host: QWidget, preset: str) -> None:
    store = KeymapStore(SettingsStore())
    store.choose(preset)
    sheet = CheatSheet(host, store)
    # Of nine of a kind (set a bookmark, go to one, show an output) one stands for all.
    told = [one for one in store.current.commands() if one.id[-2:] not in {f"_{number}" for number in range(2, 10)}]
    expected = sum(len(one.keys) for one in told)
    assert len(sheet.findChildren(KeyCap)) == expected
    assert sum(len(one.keys) for _, group in groups_with_keys(told) for one in group) == expected
    assert len(told) == len(COMMANDS) - 3 * 8
    sheet.open()
    sheet.dismiss()


def test_the_cheat_sheet_leads_to_the_editor(host: QWidget) -> None:
    sheet = CheatSheet(host, KeymapStore(SettingsStore()))
    asked: list[bool] = []
    sheet.edit_requested.connect(lambda: asked.append(True))
    sheet.open()
    next(button for button in sheet.findChildren(QPushButton) if "Customise" in button.text()).click()
    assert asked == [True]
    assert sheet.isHidden()


def test_about_names_what_a_report_needs() -> None:
    assert all(word in versions() for word in ("casare", "Python", "PySide6", "Qt"))


@pytest.mark.parametrize("answer", ["save", "discard", "cancel"])
def test_one_unsaved_document_is_saved_or_discarded_or_left(host: QWidget, catalog: Catalog, answer: str) -> None:
    document = Document(catalog=catalog)
    sheet = UnsavedSheet(host, [document])
    answers: list[object] = []
    sheet.save_chosen.connect(answers.append)
    sheet.discard_chosen.connect(lambda: answers.append("discard"))
    sheet.cancelled.connect(lambda: answers.append("cancel"))
    sheet.open()
    {"save": sheet.save_button, "discard": sheet.discard_button, "cancel": sheet.cancel_button}[answer].click()
    assert answers == ([[document]] if answer == "save" else [answer])


def test_of_several_unsaved_documents_the_ticked_ones_are_saved(host: QWidget, catalog: Catalog) -> None:
    first, second = Document(catalog=catalog), Document(catalog=catalog)
    sheet = UnsavedSheet(host, [first, second])
    wanted: list[list[Document]] = []
    sheet.save_chosen.connect(wanted.append)
    sheet.open()
    sheet.boxes[0].click()
    assert sheet.save_button.text() == "Save 1"
    sheet.boxes[1].click()
    assert not sheet.save_button.isEnabled()
    sheet.boxes[1].click()
    sheet.save_button.click()
    assert wanted == [[second]]


def test_the_switcher_offers_open_tabs_then_files_that_are_not_open(catalog: Catalog, tmp_path: Path) -> None:
    session = Session(catalog)
    session.recents.add(tmp_path / "older.json")
    opened = session.open(samples() / "text-report.json")
    session.new()
    found = places(session)
    assert [place.title for place in found] == ["text-report", "older"]
    assert found[0].document is opened
    assert found[1].path == tmp_path / "older.json"


def test_the_switcher_shows_the_picture_of_the_chosen_file(qtbot: QtBot, host: QWidget, catalog: Catalog) -> None:
    from casare.app.files.previews import preview_reader

    session = Session(catalog)
    session.recents.add(samples() / "text-report.json")
    painted: list[object] = []
    sheet = QuickSwitcher(
        host, session, lambda painter, rect, picture, theme: painted.append(picture), preview_reader(catalog)
    )
    chosen: list[Place] = []
    sheet.chosen.connect(chosen.append)
    sheet.open()
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert [place.title for place in chosen] == ["text-report"]


def test_a_search_that_finds_nothing_says_so(qtbot: QtBot, host: QWidget) -> None:
    palette = CommandPalette(host, lambda one: "")
    palette.open()
    qtbot.keyClicks(palette.field, "xylophone")
    assert palette.model.rowCount() == 0
    assert not palette.view.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden(), "one press, whatever was typed"


def test_a_sheet_closes_when_what_it_was_opened_from_is_gone(qtbot: QtBot, host: QWidget) -> None:
    host.activateWindow()
    opener = QPushButton("Review…", host)
    opener.show()
    opener.setFocus()
    qtbot.waitUntil(opener.hasFocus)
    sheet = CommandPalette(host, lambda one: "")
    sheet.open()
    with qtbot.waitSignal(opener.destroyed):
        opener.deleteLater()
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert host.hasFocus()


def test_a_modified_document_is_named_in_the_question(host: QWidget, catalog: Catalog) -> None:
    document = Document(catalog=catalog, title="My plan")
    document.do(AddNodes((Node("a", "LogNode"),)))
    sheet = UnsavedSheet(host, [document])
    assert "My plan" in " ".join(label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "shown_text"))
    assert isinstance(sheet, Sheet)
    sheet.open()
    sheet.dismiss()
