"""Earlier versions in the window: browse them, restore one as an edit, open one as a copy."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.log_book import Level, LogBook
from casare.app.recovery.differences import Differences
from casare.app.recovery.versions import Versions
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.model import Content, Graph, ReplaceContent
from casare.storage import Picture, load, read_skeleton
from casare.storage.keeping.generations import Version
from casare.ui.background import Errands
from casare.ui.dialogs.versions import VersionsSheet
from casare.ui.shell.documents.notices import NoticesOf, log_line
from casare.ui.widgets.toast import Toast


class EarlierVersions(QObject):
    """Keep versions at each save of the session, and show them."""

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._notices = notices
        self._book = book
        self._toast = toast
        self._errands = Errands(self)
        self.versions = Versions(session.catalog)
        self.sheet: VersionsSheet | None = None
        session.write = self.versions.write

    def browse(self, document: Document) -> None:
        """Show the versions of a document's file; one that was never saved has none."""
        path = document.path
        if path is None:
            self._toast.show_message("Save the workflow first: from then on its earlier versions are kept")
            return
        self._errands.run(partial(self.versions.of, path), partial(self._show, document), self._tell)

    def close(self) -> None:
        """Wait for what is being kept, and show nothing any more."""
        self._errands.close()
        self.versions.wait(None)

    def _show(self, document: Document, versions: list[Version]) -> None:
        if self.sheet is not None or document not in self._session.documents:
            return
        current = document.stamp.sha256 if document.stamp is not None else ""
        sheet = VersionsSheet(self._window, document.title, versions, current)
        sheet.wanted.connect(partial(self._look, document, sheet))
        sheet.restore_chosen.connect(lambda version: self._load(version, partial(self._restore, document)))
        sheet.copy_chosen.connect(lambda version: self._load(version, partial(self._open_copy, document)))
        sheet.finished.connect(self._on_closed)
        self.sheet = sheet
        sheet.open()

    def _on_closed(self) -> None:
        self.sheet = None

    def _look(self, document: Document, sheet: VersionsSheet, version: Version) -> None:
        now, catalog = document.graph.copy(), self._session.catalog

        def compare() -> tuple[Picture | None, Differences]:
            before = load(version.file, catalog).graph
            skeleton = read_skeleton(version.file)
            return skeleton.picture if skeleton is not None else None, Differences.between(now, before, catalog)

        def show(seen: tuple[Picture | None, Differences]) -> None:
            if self.sheet is sheet:
                sheet.show_version(version, *seen)

        self._errands.run(compare, show, self._tell)

    def _load(self, version: Version, then: partial[None]) -> None:
        catalog = self._session.catalog
        self._errands.run(lambda: load(version.file, catalog).graph, then, self._tell)

    def _restore(self, document: Document, graph: Graph) -> None:
        if document in self._session.documents:
            document.seal()
            document.do(ReplaceContent(Content.of(graph), "Restore earlier version"))
            self._book.add(Level.INFO, "file", f"Restored an earlier version of {document.title}")
            self._toast.show_message("Restored; the file changes when you save", "Undo", document.undo)

    def _open_copy(self, document: Document, graph: Graph) -> None:
        copy = Document(graph, catalog=self._session.catalog, title=f"{document.title} (earlier version)")
        self._session.show(copy)

    def _tell(self, error: CasareError) -> None:
        self._book.add(Level.ERROR, "file", log_line(error), error.mend)
        self._notices(None).show_error(error)
