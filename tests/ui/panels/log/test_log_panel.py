"""The log panel shows, filters, copies and clears."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from casare.app.log_book import Level, LogBook
from casare.ui.panels.log import LogPanel
from casare.ui.panels.log.log_model import LogModel


def _panel(qtbot: QtBot, book: LogBook) -> LogPanel:
    panel = LogPanel(book)
    qtbot.addWidget(panel)
    panel.resize(700, 200)
    panel.show()
    return panel


def _messages(panel: LogPanel) -> list[str]:
    return [entry.message for entry in panel.model.entries()]


def test_earlier_entries_and_those_of_other_threads_are_shown(qtbot: QtBot) -> None:
    book = LogBook()
    book.add(Level.INFO, "test", "before")
    panel = _panel(qtbot, book)
    thread = threading.Thread(target=lambda: book.add(Level.ERROR, "test", "from a thread"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: _messages(panel) == ["before", "from a thread"])


def test_the_filter_goes_by_level_and_by_text(qtbot: QtBot) -> None:
    book = LogBook()
    for level, message in ((Level.INFO, "opened"), (Level.WARNING, "slow drive"), (Level.ERROR, "drive gone")):
        book.add(level, "file", message)
    panel = _panel(qtbot, book)
    panel.set_filter(lowest=Level.WARNING)
    assert _messages(panel) == ["slow drive", "drive gone"]
    panel.set_filter("gone", Level.WARNING)
    assert _messages(panel) == ["drive gone"]
    panel.set_filter("nowhere")
    assert _messages(panel) == []
    panel.set_filter()
    assert len(_messages(panel)) == 3


def test_copying_takes_what_is_shown_with_its_details(qtbot: QtBot) -> None:
    book = LogBook()
    book.add(Level.ERROR, "file", "broken", "the reason")
    book.add(Level.INFO, "file", "fine")
    panel = _panel(qtbot, book)
    panel.set_filter(lowest=Level.ERROR)
    panel.copy_shown()
    text = QGuiApplication.clipboard().text()
    assert "broken\nthe reason" in text
    assert "fine" not in text


def test_ctrl_c_copies_the_chosen_lines(qtbot: QtBot) -> None:
    book = LogBook()
    book.add(Level.INFO, "file", "one")
    book.add(Level.INFO, "file", "two")
    panel = _panel(qtbot, book)
    panel.view.setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith("two")
    assert "one" not in QGuiApplication.clipboard().text()


def test_clearing_the_book_empties_the_list(qtbot: QtBot) -> None:
    book = LogBook()
    book.add(Level.INFO, "file", "one")
    panel = _panel(qtbot, book)
    book.clear()
    assert _messages(panel) == []


def test_the_model_never_holds_more_than_its_limit() -> None:
    model, book = LogModel(limit=50), LogBook()
    for number in range(200):
        model.append([book.add(Level.INFO, "test", str(number))])
        assert model.total <= 50
    assert model.entries()[-1].message == "199"
