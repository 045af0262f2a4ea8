"""Saving documents, pictures and profiles, with the question where to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from casare.app.documents.document import Document
from casare.app.files.saving import SaveResult, Saves
from casare.app.log_book import Level, LogBook
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.storage import Packed, Saved
from casare.ui.background import Inbox
from casare.ui.shell.documents.notices import Act, NoticesOf, log_line
from casare.ui.shell.files.file_dialogs import WORKFLOW_KINDS, Kind, ask_where_to_save
from casare.ui.widgets.toast import Toast

AT_ONCE = 1500
"""Up to so many nodes a save takes about a frame and is done on the spot; a larger one is written by a thread."""


Intervene = Callable[[Document, Path, Callable[[], object]], bool]


class Saving(QObject):
    """Write documents to their files; what goes wrong is said over the document, which stays as it was."""

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast) -> None:
        super().__init__(window)
        self.window = window
        self._session = session
        self._notices = notices
        self._book = book
        self._toast = toast
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._settle)
        self._saves = Saves(lambda: self._inbox.post(None), write=self._put_down)
        self._saves.finished.connect(self._on_finished)
        self._afterwards: dict[Document, list[Callable[[], object]]] = {}
        self.dialog: QFileDialog | None = None
        self.before: Intervene = _let_it
        """Asked before each save with the document, the file, and what goes on with it; True holds the save up."""

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

    def finish(self) -> None:
        """Wait for the saves under way, as before a document is closed: what failed is told, and stays unsaved."""
        self._saves.wait()

    def close(self) -> None:
        """Finish every save and hear of no more."""
        self._saves.close()
        self._inbox.close()

    def _put_down(self, packed: Packed, path: Path) -> Saved:
        # Looked up anew each time: what keeps earlier versions is put in after this was made.
        return self._session.write(packed, path)

    def _settle(self, _wakes: object) -> None:
        self._saves.settle()

    def _on_finished(self, result: SaveResult) -> None:
        document = result.document
        waiting = self._afterwards.get(document, [])
        done = waiting.pop(0) if waiting else _nothing
        if not waiting:
            self._afterwards.pop(document, None)

        def take_up() -> None:
            if result.error is not None:
                raise result.error

        again = Act("Save as…", lambda: self.save_as(document, done))
        if self.attempt(document, take_up, again):
            self._session.note_saved(document)
            self._tell_saved(document, result.path, done)

    def _tell_saved(self, document: Document, path: Path, done: Callable[[], object]) -> None:
        self._notices(document).clear()
        self._book.add(Level.INFO, "file", f"Saved {path}")
        done()

    def is_saving(self, document: Document) -> bool:
        """Tell whether a save of this document is under way."""
        return self._saves.is_saving(document)

    def _write(self, document: Document, path: Path, done: Callable[[], object]) -> None:
        if not self.before(document, path, lambda: self._write_now(document, path, done)):
            self._write_now(document, path, done)

    def _write_now(self, document: Document, path: Path, done: Callable[[], object]) -> None:
        if len(document.graph.nodes) > AT_ONCE:
            self._afterwards.setdefault(document, []).append(done)
            self._saves.save(document, path)
            return
        again = Act("Save as…", lambda: self.save_as(document, done))
        if self.attempt(document, lambda: self._session.save(document, path), again):
            self._tell_saved(document, path, done)

    def _folder(self, document: Document | None = None) -> Path:
        if document is not None and document.path is not None:
            return document.path.parent
        entries = self._session.recents.entries()
        return entries[0].path.parent if entries else Path.home()


def _let_it(_document: Document, _path: Path, _write: Callable[[], object]) -> bool:
    return False


def _nothing() -> None:
    """Do nothing after a save that nobody waits for."""


def _as_told(error: OSError) -> CasareError:
    return CasareError(error.strerror or str(error), where=str(error.filename or ""), mend="Choose another place.")


def _file_name(title: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", title).strip(" .-") or "workflow"
