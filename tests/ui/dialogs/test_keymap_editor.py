"""Changing shortcuts by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casare.app.keymaps import KeymapStore
from casare.app.settings import SettingsStore
from casare.ui.dialogs.keymap_editor import KeymapEditor

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def store(tmp_path: Path) -> KeymapStore:
    """Return a store in the test's own folder."""
    return KeymapStore(SettingsStore(tmp_path / "settings.json"), tmp_path / "keymap.json")


@pytest.fixture
def editor(qtbot: QtBot, store: KeymapStore) -> Iterator[KeymapEditor]:
    """Return the opened sheet."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 760)
    with qtbot.waitExposed(host):
        host.show()
    sheet = KeymapEditor(host, store)
    sheet.open()
    yield sheet
    sheet.dismiss()


def press(editor: KeymapEditor, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    editor.recorder.start()
    QTest.keyClick(editor.recorder, key, held)


def test_a_free_key_is_added_at_once(editor: KeymapEditor, store: KeymapStore) -> None:
    editor.choose("edit.duplicate")
    press(editor, Qt.Key.Key_B, _CTRL | _SHIFT)
    assert store.current.keys("edit.duplicate") == ("Ctrl+D", "Ctrl+Shift+B")
    assert editor.chosen is not None
    assert editor.chosen.keys == ("Ctrl+D", "Ctrl+Shift+B")


def test_a_taken_key_names_its_owner_and_is_taken_only_when_asked(editor: KeymapEditor, store: KeymapStore) -> None:
    editor.choose("edit.duplicate")
    press(editor, Qt.Key.Key_C, _CTRL)
    assert "Copy" in editor.message.text()
    assert store.current.keys("edit.copy") == ("Ctrl+C",)
    editor.take.click()
    assert store.current.keys("edit.duplicate") == ("Ctrl+D", "Ctrl+C")
    assert store.current.keys("edit.copy") == ()
    editor.choose("edit.copy")
    assert "Duplicate" in editor.message.text()


def test_a_key_that_would_be_typed_is_refused_for_the_whole_window(editor: KeymapEditor, store: KeymapStore) -> None:
    editor.choose("file.save")
    press(editor, Qt.Key.Key_S)
    assert "typed into fields" in editor.message.text()
    assert store.current.keys("file.save") == ("Ctrl+S",)


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Delete, "Del"), (Qt.Key.Key_F8, "F8")])
def test_even_keys_that_mean_something_in_a_sheet_are_recorded(editor: KeymapEditor, key: Qt.Key, text: str) -> None:
    pressed: list[str] = []
    editor.recorder.recorded.connect(pressed.append)
    editor.choose("edit.duplicate")
    press(editor, key)
    assert pressed == [text]


def test_esc_ends_the_recording_and_not_the_sheet(editor: KeymapEditor) -> None:
    editor.recorder.start()
    QTest.keyClick(editor.recorder, Qt.Key.Key_Escape)
    assert not editor.recorder.recording
    assert not editor.isHidden()


def test_a_change_can_be_reset_alone_or_with_all_others(editor: KeymapEditor, store: KeymapStore) -> None:
    editor.choose("edit.duplicate")
    editor.clear.click()
    assert store.current.keys("edit.duplicate") == ()
    editor.reset.click()
    assert store.current.keys("edit.duplicate") == ("Ctrl+D",)
    editor.clear.click()
    editor.choose("edit.cut")
    editor.clear.click()
    editor.reset_all.click()
    assert not store.has_changes


def test_commands_are_found_by_words_and_by_keys(editor: KeymapEditor) -> None:
    editor.field.setText("duplicate")
    assert editor.chosen is not None
    assert editor.chosen.id == "edit.duplicate"
    editor.field.setText("ctrl+alt+3")
    assert editor.model.rowCount() == 1
    assert editor.chosen is not None
    assert editor.chosen.id == "go.set_3"


def test_choosing_a_preset_shows_its_keys(editor: KeymapEditor, store: KeymapStore) -> None:
    editor.choose("edit.delete")
    editor.presets.setCurrentIndex(editor.presets.findData("blender"))
    editor.presets.activated.emit(editor.presets.currentIndex())
    assert store.preset.name == "blender"
    assert editor.chosen is not None
    assert editor.chosen.keys == ("X", "Del")


def test_enter_in_the_search_field_records_for_the_first_hit(editor: KeymapEditor, store: KeymapStore) -> None:
    QTest.keyClicks(editor.field, "align right")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert editor.recorder.recording
    QTest.keyClick(editor.recorder, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert store.current.keys("arrange.right") == ("Alt+R",)
