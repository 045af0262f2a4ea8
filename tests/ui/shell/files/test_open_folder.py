"""`file.open_folder`: from the command to the cards on the start page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from casare.ui.panels.start.side_column import StartRow
from casare.ui.shell.frame.main_window import MainWindow


def _dialog(window: MainWindow) -> QFileDialog:
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    return dialog


def test_the_row_at_the_left_asks_for_a_folder_and_shows_its_workflows(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    row = next(one for one in window.start_page.side.findChildren(StartRow) if one.text() == "Open a folder…")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    dialog = _dialog(window)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.selectFile(str(sample.parent))
    with qtbot.waitSignal(dialog.finished):
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: [card.title for card in window.start_page.model.cards()] == ["text-report"])
    assert window.start_page.head.heading.text() == sample.parent.name


def test_the_command_leads_from_a_document_to_the_start_page_and_begins_where_it_lies(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    window.files.open([sample])
    assert window.session.active is not None
    window.actions_table.run("file.open_folder")
    dialog = _dialog(window)
    assert Path(dialog.directory().absolutePath()) == sample.parent
    dialog.fileSelected.emit(str(sample.parent))
    dialog.reject()
    assert window.session.active is None
    assert window.start_page.isVisible()
    qtbot.waitUntil(lambda: window.start_page.model.total == 1)
    qtbot.keyClick(window.start_page.view, Qt.Key.Key_Return)
    assert window.session.active is not None
    assert window.session.active.path == sample
