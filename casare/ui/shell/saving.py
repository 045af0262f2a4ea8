"""Saving documents, pictures and profiles, with the question where to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from casare.app.document import Document
from casare.app.log_book import Level, LogBook
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.ui.shell.file_dialogs import WORKFLOW_KINDS, Kind, ask_where_to_save
from casare.ui.shell.notices import Act, NoticesOf, log_line
from casare.ui.widgets.toast import Toast


class Saving(QObject):
    """Write documents to their files; what goes wrong is said over the document, which stays as it was."""

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast) -> None:
        super().__init__(window)
        self.window = window
        self._session = session
        self._notices = notices
        self._book = book
        self._toast = toast
        self.dialog: QFileDialog | None = None

    def save(self, document: Document, done: Callable[[], object] = lambda: None) -> None:
        """Save a document to its file, asking where when it has none; `done` follows a save that went well."""
        if document.path is None:
            self.save_as(document, done)
        else:
            self._write(document, document.path, done)

    def save_as(self, document: Document, done: Callable[[], object] = lambda: None) -> None:
        """Ask for a file and save a document to it."""
        suggested = document.path or self._folder() / f"{_file_name(document.title)}{WORKFLOW_KINDS[0].suffix}"
        self.dialog = ask_where_to_save(
            self.window, "Save as", suggested, WORKFLOW_KINDS, lambda path: self._write(document, path, done)
        )

    def ask_to_export(
        self, document: Document, title: str, kinds: tuple[Kind, ...], write: Callable[[Path], object]
    ) -> None:
        """Ask for a file of one of the kinds, call `write` with it, and say how that went."""
        suggested = self._folder(document) / f"{_file_name(document.title)}{kinds[0].suffix}"

        def on_chosen(path: Path) -> None:
            if self.attempt(document, lambda: write(path)):
                self._toast.show_message(f"Saved {path.name}")

        self.dialog = ask_where_to_save(self.window, title, suggested, kinds, on_chosen)

    def attempt(self, document: Document | None, act: Callable[[], object], *acts: Act) -> bool:
        """Do something that may fail for a person's reason; say what went wrong and tell whether it went well."""
        try:
            act()
        except (CasareError, OSError) as error:
            told = error if isinstance(error, CasareError) else _as_told(error)
            self._book.add(Level.ERROR, "file", log_line(told), told.mend)
            self._notices(document).show_error(told, *acts)
            return False
        return True

    def _write(self, document: Document, path: Path, done: Callable[[], object]) -> None:
        again = Act("Save as…", lambda: self.save_as(document, done))
        if self.attempt(document, lambda: self._session.save(document, path), again):
            self._notices(document).clear()
            self._book.add(Level.INFO, "file", f"Saved {path}")
            done()

    def _folder(self, document: Document | None = None) -> Path:
        if document is not None and document.path is not None:
            return document.path.parent
        entries = self._session.recents.entries()
        return entries[0].path.parent if entries else Path.home()


def _as_told(error: OSError) -> CasareError:
    return CasareError(error.strerror or str(error), where=str(error.filename or ""), mend="Choose another place.")


def _file_name(title: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", title).strip(" .-") or "workflow"
