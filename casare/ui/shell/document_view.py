"""What a document's tab shows: its banners, the way to the level in front, its canvas, and the bar of its run."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.document import Document
from casare.app.level import Level
from casare.app.settings import SettingsStore
from casare.ui.canvas import CanvasView
from casare.ui.shell.breadcrumbs import Breadcrumbs
from casare.ui.shell.empty_hint import EmptyHint
from casare.ui.shell.frozen import FrozenGuard
from casare.ui.shell.notices import Notices
from casare.ui.shell.run_bar import RunBar


class DocumentView(QWidget):
    """One document: notices, breadcrumbs, and a canvas for each level that was looked at, with a hint while empty.

    Each level keeps its canvas, and so the place and the zoom at which it was left.
    """

    canvas_made = Signal(object)
    """The CanvasView of a level that is looked at for the first time."""
    canvas_changed = Signal()
    """Another canvas is in front."""

    def __init__(self, document: Document, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._settings = settings
        self.notices = Notices()
        self.breadcrumbs = Breadcrumbs(document)
        self.run_bar = RunBar()
        self._stack = QStackedWidget()
        self._canvases: dict[Level, CanvasView] = {}
        self.outer_canvas = self._make(document)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.breadcrumbs)
        column.addWidget(self._stack, 1)
        column.addWidget(self.run_bar)
        self.setFocusProxy(self._stack)
        document.front_changed.connect(self._on_front_changed)
        self._show(document.front)

    @property
    def canvas(self) -> CanvasView:
        """The canvas of the level in front."""
        return self._canvases[self.document.front]

    @property
    def canvases(self) -> list[CanvasView]:
        """The canvases of all levels that were looked at."""
        return list(self._canvases.values())

    def _make(self, level: Level) -> CanvasView:
        canvas = self._canvases[level] = CanvasView(level, self._settings)
        if self.document.frozen:
            FrozenGuard(self.document, canvas.viewport())
        EmptyHint(level, canvas)
        self._stack.addWidget(canvas)
        return canvas

    def _on_front_changed(self, level: Level) -> None:
        before = self._stack.currentWidget()
        had_focus = before is not None and before.hasFocus()
        self._show(level)
        if had_focus:
            self.canvas.setFocus()

    def _show(self, level: Level) -> None:
        made = level not in self._canvases
        canvas = self._make(level) if made else self._canvases[level]
        if made:
            self.canvas_made.emit(canvas)
        self._let_go()
        if self._stack.currentWidget() is not canvas:
            self._stack.setCurrentWidget(canvas)
            self._stack.setFocusProxy(canvas)
            self.canvas_changed.emit()

    def _let_go(self) -> None:
        """Give up the canvases of levels that are gone."""
        for level, canvas in list(self._canvases.items()):
            if not self.document.has(level):
                del self._canvases[level]
                self._stack.removeWidget(canvas)
                canvas.hide()
                canvas.deleteLater()
