"""Earlier versions through the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import AddNodes, Node
from casare.ui.dialogs.versions import VersionsSheet
from casare.ui.shell.frame.main_window import MainWindow


@pytest.fixture
def document(window: MainWindow, sample: Path) -> Document:
    """Return a document that was saved twice."""
    window.files.open([sample])
    document = window.session.documents[0]
    for name in ("one", "two"):
        document.do(AddNodes((Node(name, "LogNode"),)))
        window.files.save()
    return document


def _sheet(window: MainWindow, qtbot: QtBot) -> VersionsSheet:
    window.actions_table.run("file.versions")
    versions = window.files.safety.versions
    qtbot.waitUntil(lambda: versions.sheet is not None)
    assert versions.sheet is not None
    return versions.sheet


def test_versions_show_picture_and_differences_and_restore_as_an_edit(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    sheet = _sheet(window, qtbot)
    assert sheet.list.count() == 3
    assert "in the file" in sheet.list.item(0).text()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.waitUntil(sheet.restore_button.isEnabled)
    assert sheet.lines.text() == "Restoring it means:\n•  2 nodes removed: 2 × Log"
    assert sheet.picture.picture is not None
    qtbot.mouseClick(sheet.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(document.graph.nodes) == 9)
    assert document.is_modified
    document.undo()
    assert len(document.graph.nodes) == 11
    assert not document.is_modified


def test_a_version_opens_as_a_copy_and_leaves_the_document(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    sheet = _sheet(window, qtbot)
    qtbot.waitUntil(sheet.copy_button.isEnabled)
    qtbot.mouseClick(sheet.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.session.documents) == 2)
    copy = window.session.documents[1]
    assert copy.path is None
    assert len(copy.graph.nodes) == 10
    assert len(document.graph.nodes) == 11


def test_a_file_that_was_never_saved_here_says_when_versions_begin(
    window: MainWindow, sample: Path, qtbot: QtBot
) -> None:
    window.files.open([sample])
    sheet = _sheet(window, qtbot)
    assert sheet.list.isHidden()
    assert not sheet.restore_button.isVisible()
    sheet.dismiss()


def test_a_document_without_a_file_offers_no_versions(window: MainWindow) -> None:
    window.session.new()
    window.actions_table.flush()
    assert not window.actions_table["file.versions"].isEnabled()
    assert not window.actions_table["file.reload"].isEnabled()
