"""Recovery through a person's hands: the offer, the frozen preview, keep, discard, compare, mine or theirs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.recovery.places import journals_folder
from casare.catalog import Catalog
from casare.foundation.errors import ChangeRefusedError
from casare.model import AddNodes, Graph, Node
from casare.storage import Stamp, load
from casare.storage.keeping.journal import Identity, JournalFile, read_journal
from casare.storage.keeping.stamps import read_stamp
from casare.ui.dialogs.changed_on_disk import ConflictSheet, DifferencesSheet
from casare.ui.dialogs.recovery import RecoverySheet
from casare.ui.shell.documents.notices import Notices
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.safety.recovery import FROZEN

Crash = Callable[..., Path]
_ADDED = Node("added", "LogNode", {"message": "hi"}, (700, 300))


@pytest.fixture
def crash(catalog: Catalog) -> Crash:
    """Return what leaves behind what a killed editor leaves: a journal of one more node, in a file or in none."""

    def leave(path: Path | None = None, *, stale: bool = False) -> Path:
        graph = load(path, catalog).graph if path is not None else Graph(metadata={"name": ""})
        stamp: Stamp | None = read_stamp(path) if path is not None else None
        if stale and stamp is not None:
            stamp = Stamp(1, 1, "")
        folder = journals_folder() / f"dead-{len(list(journals_folder().glob('*')))}"
        folder.mkdir(parents=True)
        (folder / "owner.lock").touch()
        graph.apply(AddNodes((_ADDED,)))
        file = JournalFile(folder / "a.journal")
        title = path.stem if path is not None else "Untitled 9"
        file.begin(Identity(title, path, stamp), graph, edits=5, at=time.time() - 120)
        file.close()
        return file.path

    return leave


def _sheet(window: MainWindow, qtbot: QtBot) -> RecoverySheet:
    window.actions_table.run("file.recover")
    qtbot.waitUntil(lambda: isinstance(window.files.safety.recovery.sheet, RecoverySheet))
    sheet = window.files.safety.recovery.sheet
    assert isinstance(sheet, RecoverySheet)
    return sheet


def _press(notices: Notices, title: str, qtbot: QtBot) -> None:
    for banner in notices.banners:
        for button in banner.findChildren(QPushButton):
            if button.text() == title:
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
                return
    raise AssertionError(f"no button {title!r}")


def _click(button: QPushButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_start_after_a_crash_offers_the_work_and_a_clean_one_offers_nothing(
    window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot
) -> None:
    recovery = window.files.safety.recovery
    recovery.search()
    assert not recovery.errands.busy
    crash(sample)
    crash()
    recovery.search()
    qtbot.waitUntil(lambda: bool(window.notices.banners))
    assert "2 workflows have unsaved work" in window.notices.texts[0]
    assert "text-report" in window.notices.texts[0]
    _press(window.notices, "Review…", qtbot)
    sheet = recovery.sheet
    assert isinstance(sheet, RecoverySheet)
    assert {row.lost.title for row in sheet.rows} == {"text-report", "Untitled 9"}
    assert "5 edits" in sheet.rows[0].accessibleName()
    sheet.dismiss()
    assert len(recovery.found) == 2


def test_a_preview_is_frozen_until_it_is_kept(window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot) -> None:
    journal = crash(sample)
    _click(_sheet(window, qtbot).rows[0].preview_button, qtbot)
    qtbot.waitUntil(lambda: window.session.active is not None)
    preview = window.session.active
    assert preview is not None
    assert preview.frozen == FROZEN
    assert not preview.is_modified
    with pytest.raises(ChangeRefusedError):
        preview.do(AddNodes((Node("more", "LogNode"),)))
    canvas = window.canvas
    assert canvas is not None
    canvas.fit()
    before = preview.graph.copy()
    start = canvas.viewport().rect().center()
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas.viewport(), start + QPoint(80, 60))
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(80, 60))
    qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert preview.graph == before
    _press(window.notices_of(preview), "Keep", qtbot)
    qtbot.waitUntil(lambda: window.session.active not in (None, preview))
    kept = window.session.active
    assert kept is not None
    assert kept.path == sample
    assert kept.is_modified
    assert "added" in kept.graph.nodes
    assert window.session.documents == [kept]
    kept.do(AddNodes((Node("more", "LogNode"),)))
    assert window.files.safety.recovery.journals.flush()
    assert not journal.exists()
    (own,) = window.files.safety.recovery.journals.folder.path.glob("*.journal")
    assert read_journal(own).replay() == kept.graph


def test_compare_says_what_differs(window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot) -> None:
    crash(sample)
    _click(_sheet(window, qtbot).rows[0].preview_button, qtbot)
    qtbot.waitUntil(lambda: window.session.active is not None)
    _press(window.notices_of(window.session.active), "Compare…", qtbot)
    sheet = window.files.safety.recovery.sheet
    assert isinstance(sheet, DifferencesSheet)
    assert "1 node added: Log" in _texts(sheet)
    sheet.dismiss()
    assert window.notices_of(window.session.active).banners


def test_discarded_work_is_offered_no_more_but_can_be_had_for_a_week(
    window: MainWindow, crash: Crash, qtbot: QtBot
) -> None:
    crash()
    sheet = _sheet(window, qtbot)
    _click(sheet.rows[0].decline_button, qtbot)
    assert not sheet.rows[0].keep_button.isEnabled()
    sheet.dismiss()
    recovery = window.files.safety.recovery
    recovery.search()
    qtbot.waitUntil(lambda: len(recovery.found) == 1)
    assert not window.notices.banners
    again = _sheet(window, qtbot)
    assert again.rows[0].lost.declined
    _click(again.rows[0].keep_button, qtbot)
    qtbot.waitUntil(lambda: bool(window.session.documents))
    assert "added" in window.session.documents[0].graph.nodes


def test_all_can_be_kept_at_once(window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot) -> None:
    for path in (sample, None, None):
        crash(path)
    _click(_sheet(window, qtbot).keep_all_button, qtbot)
    qtbot.waitUntil(lambda: len(window.session.documents) == 3)
    assert all(document.is_modified for document in window.session.documents)
    assert window.files.safety.recovery.found == []


def test_enter_keeps_the_only_one(window: MainWindow, crash: Crash, qtbot: QtBot) -> None:
    crash()
    sheet = _sheet(window, qtbot)
    qtbot.keyClick(sheet.rows[0].keep_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.session.documents) == 1)
    assert window.files.safety.recovery.sheet is None


def test_work_on_a_file_that_is_open_already_comes_in_as_one_edit(
    window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot
) -> None:
    crash(sample)
    window.files.open([sample])
    document = window.session.documents[0]
    _click(_sheet(window, qtbot).rows[0].keep_button, qtbot)
    qtbot.waitUntil(lambda: "added" in document.graph.nodes)
    assert window.session.documents == [document]
    document.undo()
    assert "added" not in document.graph.nodes


@pytest.mark.parametrize("answer", ["mine", "theirs", "copy"])
def test_a_file_that_changed_meanwhile_is_asked_about(
    answer: str, window: MainWindow, crash: Crash, sample: Path, qtbot: QtBot
) -> None:
    crash(sample, stale=True)
    recovery = window.files.safety.recovery
    _click(_sheet(window, qtbot).rows[0].keep_button, qtbot)
    qtbot.waitUntil(lambda: isinstance(recovery.sheet, ConflictSheet))
    sheet = recovery.sheet
    assert isinstance(sheet, ConflictSheet)
    assert window.session.documents == []
    _click({"mine": sheet.mine_button, "theirs": sheet.theirs_button, "copy": sheet.copy_button}[answer], qtbot)
    (document,) = window.session.documents
    assert document.path == (None if answer == "copy" else sample)
    assert ("added" in document.graph.nodes) == (answer != "theirs")
    assert document.is_modified == (answer != "theirs")


def test_a_journal_that_cannot_be_written_is_said_over_its_document(window: MainWindow, qtbot: QtBot) -> None:
    journals_folder().parent.mkdir(parents=True, exist_ok=True)
    journals_folder().touch()
    document = window.session.new()
    for name in ("a", "b"):
        document.do(AddNodes((Node(name, "LogNode"),)))
        assert window.files.safety.recovery.journals.flush()
    qtbot.waitUntil(lambda: bool(window.notices_of(document).banners))
    assert len(window.notices_of(document).banners) == 1
    assert "recovery journal" in window.notices_of(document).texts[0]


def test_closing_the_window_cleanly_leaves_no_journal(window: MainWindow, qtbot: QtBot) -> None:
    document = window.session.new()
    document.do(AddNodes((Node("a", "LogNode"),)))
    assert window.files.safety.recovery.journals.flush()
    assert list(journals_folder().rglob("*.journal"))
    window.close()
    sheet = window.files.closing.sheet
    assert sheet is not None
    _click(sheet.discard_button, qtbot)
    assert list(journals_folder().iterdir()) == []


def _texts(sheet: DifferencesSheet) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in sheet.findChildren(QLabel))
