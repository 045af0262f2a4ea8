"""The book of what happened."""

from __future__ import annotations

import logging
import threading

from casare.app.log_book import Entry, Level, LogBook, LogBookHandler


def test_only_the_newest_entries_are_kept() -> None:
    book = LogBook(limit=3)
    for number in range(5):
        book.add(Level.INFO, "test", str(number))
    assert [entry.message for entry in book.entries()] == ["2", "3", "4"]


def test_who_listens_is_told_of_each_entry_and_of_clearing() -> None:
    book = LogBook()
    told: list[Entry | None] = []
    book.added.connect(told.append)
    book.cleared.connect(lambda: told.append(None))
    entry = book.add(Level.WARNING, "file", "odd")
    book.clear()
    assert told == [entry, None]
    assert book.entries() == []


def test_an_entry_reads_as_time_level_source_message_and_details() -> None:
    text = LogBook().add(Level.ERROR, "file", "broken", "line one\nline two\n").as_text()
    first, *rest = text.splitlines()
    assert first.split()[2:] == ["Error", "file", "broken"]
    assert rest == ["line one", "line two"]


def test_logging_lands_in_the_book_with_the_traceback_as_details() -> None:
    book = LogBook()
    logger = logging.getLogger("casare.test_log_book")
    handler = LogBookHandler(book)
    logger.addHandler(handler)
    try:
        try:
            raise ValueError("boom")
        except ValueError:
            logger.exception("it %s", "failed")
    finally:
        logger.removeHandler(handler)
    (entry,) = book.entries()
    assert (entry.level, entry.source, entry.message) == (Level.ERROR, "casare.test_log_book", "it failed")
    assert "ValueError: boom" in entry.details


def test_numbers_stay_unique_when_threads_write_at_once() -> None:
    book = LogBook(limit=1000)
    threads = [
        threading.Thread(target=lambda: [book.add(Level.INFO, "thread", "x") for _ in range(100)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry.number for entry in book.entries()) == list(range(1, 401))
