"""Files that another program changes while they are open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.catalog import Catalog
from casare.model import AddNodes, Node
from casare.storage import generate, load, save
from casare.ui.dialogs.changed_on_disk import ConflictSheet
from casare.ui.shell.frame.main_window import MainWindow

_THEIRS = generate(4, seed=9)


@pytest.fixture
def document(window: MainWindow, sample: Path) -> Document:
    """Return a document that is open in the window."""
    window.files.open([sample])
    return window.session.documents[0]


def _banners(window: MainWindow, document: Document) -> list[str]:
    return window.notices_of(document).texts


def _press(window: MainWindow, document: Document, title: str, qtbot: QtBot) -> None:
    buttons = window.notices_of(document).findChildren(QPushButton)
    qtbot.mouseClick(next(one for one in buttons if one.text() == title), Qt.MouseButton.LeftButton)


def _changed(window: MainWindow, document: Document, sample: Path, catalog: Catalog, qtbot: QtBot) -> None:
    save(_THEIRS, sample, catalog=catalog)
    qtbot.waitUntil(lambda: bool(_banners(window, document)))


def test_a_change_is_noticed_by_itself_and_reload_can_be_undone(
    window: MainWindow, document: Document, sample: Path, catalog: Catalog, qtbot: QtBot
) -> None:
    mine = document.graph.copy()
    _changed(window, document, sample, catalog, qtbot)
    assert _banners(window, document) == ["text-report.json was changed on disk by another program."]
    _press(window, document, "Reload", qtbot)
    qtbot.waitUntil(lambda: document.graph == _THEIRS)
    assert not document.is_modified
    assert _banners(window, document) == []
    document.undo()
    assert document.graph == mine
    assert document.is_modified


def test_a_second_change_after_the_first_was_kept_is_noticed_too(
    window: MainWindow, document: Document, sample: Path, catalog: Catalog, qtbot: QtBot
) -> None:
    _changed(window, document, sample, catalog, qtbot)
    _press(window, document, "Keep mine", qtbot)
    assert document.is_modified
    assert _banners(window, document) == []
    save(generate(6, seed=3), sample, catalog=catalog)
    window.files.safety.disk.check()
    qtbot.waitUntil(lambda: bool(_banners(window, document)))


def test_own_saves_and_touches_are_not_reported(
    window: MainWindow, document: Document, sample: Path, qtbot: QtBot
) -> None:
    document.do(AddNodes((Node("mine", "LogNode"),)))
    window.files.save()
    os.utime(sample, ns=(5, 5))
    window.files.safety.disk.check()
    qtbot.waitUntil(lambda: document.stamp is not None and document.stamp.mtime_ns == 5)
    assert _banners(window, document) == []


def test_a_file_that_goes_away_is_said_and_can_be_saved_again(
    window: MainWindow, document: Document, sample: Path, qtbot: QtBot
) -> None:
    sample.unlink()
    window.files.safety.disk.check()
    qtbot.waitUntil(lambda: bool(_banners(window, document)))
    assert "moved or deleted" in _banners(window, document)[0]
    _press(window, document, "Save again", qtbot)
    assert sample.exists()
    assert _banners(window, document) == []


@pytest.mark.parametrize("answer", ["mine", "theirs", "copy"])
def test_a_save_over_a_newer_file_asks_first(
    answer: str, window: MainWindow, document: Document, sample: Path, catalog: Catalog, qtbot: QtBot
) -> None:
    document.do(AddNodes((Node("mine", "LogNode"),)))
    save(_THEIRS, sample, catalog=catalog)
    window.files.save()
    disk = window.files.safety.disk
    qtbot.waitUntil(lambda: isinstance(disk.sheet, ConflictSheet))
    sheet = disk.sheet
    assert isinstance(sheet, ConflictSheet)
    assert load(sample, catalog).graph == _THEIRS
    button = {"mine": sheet.mine_button, "theirs": sheet.theirs_button, "copy": sheet.copy_button}[answer]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    if answer == "mine":
        assert "mine" in load(sample, catalog).graph.nodes
        versions = window.files.safety.versions.versions.of(sample)
        assert [one.node_count for one in versions] == [10, 4]
    elif answer == "theirs":
        qtbot.waitUntil(lambda: document.graph == _THEIRS)
    else:
        dialog = window.files.saving.dialog
        assert dialog is not None
        dialog.reject()
        assert load(sample, catalog).graph == _THEIRS
        assert document.is_modified


def test_escape_leaves_both_states_as_they_are(
    window: MainWindow, document: Document, sample: Path, catalog: Catalog, qtbot: QtBot
) -> None:
    document.do(AddNodes((Node("mine", "LogNode"),)))
    save(_THEIRS, sample, catalog=catalog)
    window.files.save()
    disk = window.files.safety.disk
    qtbot.waitUntil(lambda: disk.sheet is not None)
    assert disk.sheet is not None
    qtbot.keyClick(disk.sheet, Qt.Key.Key_Escape)
    assert disk.sheet is None
    assert load(sample, catalog).graph == _THEIRS
    assert "mine" in document.graph.nodes


def test_a_reload_of_a_file_that_is_gone_says_so(
    window: MainWindow, document: Document, sample: Path, qtbot: QtBot
) -> None:
    sample.unlink()
    window.actions_table.run("file.reload")
    qtbot.waitUntil(lambda: any("no such file" in text for text in _banners(window, document)))
    assert len(document.graph.nodes) == 9
