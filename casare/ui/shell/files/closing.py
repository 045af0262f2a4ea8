"""Closing documents and the window without losing work: ask, save, then close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.ui.dialogs.unsaved import UnsavedSheet
from casare.ui.shell.files.saving import Saving


class Closing(QObject):
    """Ask about unsaved changes and close what was asked for once they are dealt with. One question at a time."""

    def __init__(self, session: Session, saving: Saving, host: QObject) -> None:
        super().__init__(host)
        self._session = session
        self._saving = saving
        self._sheet: UnsavedSheet | None = None

    @property
    def sheet(self) -> UnsavedSheet | None:
        """The question on show."""
        return self._sheet

    def close_document(self, document: Document) -> None:
        """Close a document, asking first when it has unsaved changes."""
        self._saving.finish()
        if not document.is_modified:
            self._session.close(document)
            return
        self._session.activate(document)
        self._ask([document], lambda: self._close_if_open(document))

    def close_all(self, done: Callable[[], object]) -> bool:
        """Call `done` once every unsaved document is saved or given up; tell whether that was at once."""
        self._saving.finish()
        modified = [document for document in self._session.documents if document.is_modified]
        if not modified:
            done()
            return True
        self._ask(modified, done)
        return False

    def _ask(self, documents: Sequence[Document], done: Callable[[], object]) -> None:
        if self._sheet is not None:
            return
        sheet = UnsavedSheet(self._saving.window, documents)
        self._sheet = sheet
        sheet.finished.connect(self._on_finished)
        sheet.save_chosen.connect(lambda wanted: self._save_each(list(wanted), done))
        sheet.discard_chosen.connect(done)
        sheet.open()

    def _on_finished(self) -> None:
        self._sheet = None

    def _save_each(self, documents: list[Document], done: Callable[[], object]) -> None:
        if not documents:
            done()
            return
        self._saving.save(documents[0], lambda: self._save_each(documents[1:], done))

    def _close_if_open(self, document: Document) -> None:
        if document in self._session.documents:
            self._session.close(document)
