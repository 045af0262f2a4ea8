"""What a document's tab shows: its banners over its canvas, and below it the bar of its run."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casare.app.document import Document
from casare.app.settings import SettingsStore
from casare.ui.canvas import CanvasView
from casare.ui.shell.empty_hint import EmptyHint
from casare.ui.shell.frozen import FrozenGuard
from casare.ui.shell.notices import Notices
from casare.ui.shell.run_bar import RunBar


class DocumentView(QWidget):
    """One document: notices, canvas, and a hint while it is empty."""

    def __init__(self, document: Document, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.notices = Notices()
        self.canvas = CanvasView(document, settings)
        if document.frozen:
            FrozenGuard(document, self.canvas.viewport())
        self.run_bar = RunBar()
        self.hint = EmptyHint(document, self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.run_bar)
        self.setFocusProxy(self.canvas)
