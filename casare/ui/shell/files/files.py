"""Files as the window deals with them: opening, saving, exporting, closing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from casare.app.documents.document import Document
from casare.app.files.previews import preview_reader
from casare.app.log_book import Level, LogBook
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.ui.shell.documents.notices import Act, NoticesOf, log_line
from casare.ui.shell.files.closing import Closing
from casare.ui.shell.files.file_dialogs import ask_to_open
from casare.ui.shell.files.opening import Arrivals
from casare.ui.shell.files.opening_strip import OpeningStrip
from casare.ui.shell.files.pictures import Pictures
from casare.ui.shell.files.saving import Saving
from casare.ui.shell.safety.safety import Safety
from casare.ui.widgets.toast import Toast


class Files(QObject):
    """Open, save, export and close; nothing here waits for a person."""

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._notices = notices
        self._book = book
        self.saving = Saving(window, session, notices, book, toast)
        self.closing = Closing(session, self.saving, self)
        self.safety = Safety(window, session, notices, book, toast, self.saving)
        self.strip = OpeningStrip(window)
        self.arrivals = Arrivals(session, self.strip, self._on_opened, self._tell)
        self.pictures = Pictures(self.saving)
        self.dialog: QFileDialog | None = None

    def ask_to_open(self) -> None:
        """Ask for files and open them."""
        active = self._session.active
        entries = self._session.recents.entries()
        known = active.path if active is not None and active.path else entries[0].path if entries else None
        self.dialog = ask_to_open(
            self._window,
            known.parent if known is not None else None,
            self.open,
            read=preview_reader(self._session.catalog),
        )

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, each in a tab; one that cannot be opened is said so, and the others open all the same."""
        for path in paths:
            self.arrivals.open(path)

    def open_template(self, path: Path) -> None:
        """Open a copy of a template."""
        self.arrivals.open(path, as_template=True)

    def save(self) -> None:
        """Save the document in front."""
        if self._session.active is not None:
            self.saving.save(self._session.active)

    def save_as(self) -> None:
        """Save the document in front to another file."""
        if self._session.active is not None:
            self.saving.save_as(self._session.active)

    def close(self) -> None:
        """Close the document in front."""
        if self._session.active is not None:
            self.closing.close_document(self._session.active)

    def _on_opened(self, document: Document) -> None:
        if document.path is not None:
            self._book.add(Level.INFO, "file", f"Opened {document.path}", _opening_note(document))

    def _tell(self, error: CasareError, path: Path | None) -> None:
        self._book.add(Level.ERROR, "file", log_line(error), error.mend)
        acts = []
        if path is not None and any(one.path == path.absolute() for one in self._session.recents.entries()):
            acts.append(Act("Remove from list", lambda: self._session.recents.remove(path.absolute())))
        self._notices(None).show_error(error, *acts)


def _opening_note(document: Document) -> str:
    count = len(document.load_problems)
    found = f"{count} problem{'' if count == 1 else 's'} found while reading" if count else ""
    stages = ", ".join(f"{stage} {ms:.1f} ms" for stage, ms in document.timings.items())
    return "\n".join(line for line in (found, stages) if line)
