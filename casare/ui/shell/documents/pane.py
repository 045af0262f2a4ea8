"""One half of a document's tab: a canvas for each level that was looked at, the one in front on show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from casare.app.documents.document import Document
from casare.app.documents.level import Level
from casare.ui.canvas import CanvasView

MakeCanvas = Callable[[Level], CanvasView]


class Pane(QStackedWidget):
    """Hold the canvases of a document by level. Each level keeps the place and the zoom at which it was left."""

    def __init__(self, document: Document, make: MakeCanvas) -> None:
        super().__init__()
        self._document = document
        self._make = make
        self._canvases: dict[Level, CanvasView] = {}

    @property
    def canvas(self) -> CanvasView:
        """The canvas of the level in front; who hears of the level before this pane does gets it made."""
        return self.at(self._document.front)

    @property
    def canvases(self) -> tuple[CanvasView, ...]:
        """The canvases of all levels that were looked at."""
        return tuple(self._canvases.values())

    def at(self, level: Level) -> CanvasView:
        """Return the canvas of a level, made when it was not looked at before."""
        if level not in self._canvases:
            canvas = self._canvases[level] = self._make(level)
            self.addWidget(canvas)
        return self._canvases[level]

    def show_front(self) -> bool:
        """Show the level in front; tell whether another canvas is on show now."""
        canvas = self.at(self._document.front)
        if self.currentWidget() is canvas and self.focusProxy() is canvas:
            self._let_go()
            return False
        before = self.currentWidget()
        had_focus = before is not None and before.hasFocus()
        self.setCurrentWidget(canvas)
        self.setFocusProxy(canvas)
        self._let_go()
        if had_focus:
            canvas.setFocus()
        return True

    def _let_go(self) -> None:
        """Give up the canvases of levels that are gone."""
        for level, canvas in list(self._canvases.items()):
            if not self._document.has(level):
                del self._canvases[level]
                self.removeWidget(canvas)
                canvas.give_up()
                canvas.hide()
                canvas.deleteLater()
