"""State file, notices, defects, interrupts: the small parts of the window."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import orjson
import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from casare.app.log_book import LogBook
from casare.foundation.errors import CasareError
from casare.ui.shell.documents.notices import Act, Notices, copy_act, error_text
from casare.ui.shell.files.file_dialogs import WORKFLOW_KINDS, with_suffix
from casare.ui.shell.frame.window_state import WindowState, read_state, state_file, write_state
from casare.ui.shell.starting.defects import DefectHook
from casare.ui.shell.starting.interrupts import Interrupts


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    state = WindowState(b"\x00geometry", b"\xffdocks", ("files", "flow"))
    write_state(state, tmp_path / "deep" / "window.json")
    assert read_state(tmp_path / "deep" / "window.json") == state


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"version": 1}',
        orjson.dumps({"version": 99, "geometry": "", "docks": "", "folded": []}),
        orjson.dumps({"version": 1, "geometry": "not base64!", "docks": "", "folded": []}),
        orjson.dumps({"version": 1, "geometry": 5, "docks": [], "folded": 7}),
    ],
)
def test_a_broken_state_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(content)
    assert read_state(file) == WindowState()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    write_state(WindowState(), tmp_path / "file" / "window.json")
    assert read_state(tmp_path / "file" / "window.json") == WindowState()


def test_the_state_lies_in_the_settings_folder(casare_home: Path) -> None:
    assert state_file() == casare_home / "config" / "window.json"


def test_an_error_reads_as_what_where_and_how_to_mend() -> None:
    error = CasareError("the file is cut off.", where="a.json", mend="Get it again.")
    assert error_text(error) == "The file is cut off: a.json\nGet it again."
    assert error_text(CasareError("odd")) == "Odd"


def test_notices_show_three_at_most_newest_first_and_never_the_same_twice(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    for text in ("one", "two", "three", "two", "four"):
        notices.show_message(text, "warning")
    assert notices.texts == ["four", "two", "three"]
    notices.clear()
    assert notices.isHidden()


def test_the_button_of_a_notice_acts_and_closes_it_unless_it_stays(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    done: list[str] = []
    notices.show_message("a", "error", Act("Do", lambda: done.append("done")))
    from PySide6.QtWidgets import QPushButton

    notices.banners[0].findChildren(QPushButton)[0].click()
    assert (done, notices.texts) == (["done"], [])
    notices.show_message("b", "error", copy_act("Copy details", "trace"))
    notices.banners[0].findChildren(QPushButton)[0].click()
    assert QGuiApplication.clipboard().text() == "trace"
    assert notices.texts == ["b"]


def test_an_error_nobody_caught_is_logged_and_told() -> None:
    book, told = LogBook(), list[tuple[str, str]]()
    hook = DefectHook(book, lambda text, details: told.append((text, details)))
    try:
        raise ValueError("boom")
    except ValueError as error:
        hook.handle(type(error), error, error.__traceback__)
    assert book.entries()[0].message == "ValueError: boom"
    assert "ValueError" in told[0][0]
    assert "Traceback" in told[0][1]


def test_ctrl_c_is_not_a_defect_and_the_hook_gives_way_when_removed() -> None:
    book, passed = LogBook(), list[type[BaseException]]()
    before = sys.excepthook
    sys.excepthook = lambda kind, error, trace: passed.append(kind)
    try:
        hook = DefectHook(book, lambda text, details: None)
        mine = sys.excepthook
        hook.install()
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        hook.remove()
        assert sys.excepthook is mine
    finally:
        sys.excepthook = before
    assert passed == [KeyboardInterrupt]
    assert book.entries() == []


def test_an_interrupt_acts_on_the_ui_thread_and_is_given_back(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGINT)
    acted: list[int] = []
    interrupts = Interrupts(lambda: acted.append(1))
    os.kill(os.getpid(), signal.SIGINT)
    qtbot.waitUntil(lambda: acted == [1])
    interrupts.close()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("name", ["plan", "plan.json", "plan.json.gz", "plan.json.zst"])
def test_a_kind_replaces_the_suffix_of_another(name: str) -> None:
    for kind in WORKFLOW_KINDS:
        assert with_suffix(Path(name), kind) == Path(f"plan{kind.suffix}")
