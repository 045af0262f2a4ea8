"""All in the window that keeps work from being lost: journals and recovery, files changed by others, versions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.log_book import LogBook
from casare.app.session import Session
from casare.ui.shell.documents.notices import NoticesOf
from casare.ui.shell.files.saving import Saving
from casare.ui.shell.safety.disk_changes import DiskChanges
from casare.ui.shell.safety.recovery import Recovery
from casare.ui.shell.safety.versions import EarlierVersions
from casare.ui.widgets.toast import Toast


class Safety:
    """Made with the window and ended with it."""

    def __init__(
        self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast, saving: Saving
    ) -> None:
        self._session = session
        self.recovery = Recovery(window, session, notices, book, toast)
        self.versions = EarlierVersions(window, session, notices, book, toast)
        self.disk = DiskChanges(window, session, notices, book, saving)

    def on_front(self, act: Callable[[Document], object]) -> None:
        """Do something with the document in front, if there is one."""
        if self._session.active is not None:
            act(self._session.active)

    def close(self) -> None:
        """End everything cleanly; every save must be through."""
        self.disk.close()
        self.versions.close()
        self.recovery.close()
