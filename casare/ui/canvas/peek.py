"""A look at the whole workflow for as long as a key is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from casare.app.places import Place

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_HINT = "Release to go back · click to go there"


class Peek(QObject):
    """Show everything until the key is let go; a click goes to what it hits, at the zoom there was before."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._before: Place | None = None

    @property
    def active(self) -> bool:
        """Whether the overview is on show."""
        return self._before is not None

    def begin(self) -> None:
        """Show everything; when that is on show already, go back."""
        canvas = self._canvas
        if self._before is not None:
            self.end()
            return
        self._before = canvas.navigator.place()
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)
        canvas.fit()
        canvas.hint_changed.emit(_HINT)

    def end(self) -> None:
        """Go back to where the view was."""
        before = self._leave()
        if before is not None:
            self._canvas.look_at(before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End when the key is let go or the focus is lost; go where the pointer is pressed."""
        kind = event.type()
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            self.end()
            return True
        if kind == QEvent.Type.FocusOut:
            self.end()
        pressed = isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonPress
        if pressed and event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            self._go_to(event)  # type: ignore[arg-type]
            return True
        return super().eventFilter(watched, event)

    def _go_to(self, event: QMouseEvent) -> None:
        place = self._canvas.mapToScene(event.position().toPoint())
        before = self._leave()
        if before is not None:
            self._canvas.look_at(Place(place.x(), place.y(), before.zoom))

    def _leave(self) -> Place | None:
        before, self._before = self._before, None
        if before is not None:
            self._canvas.removeEventFilter(self)
            self._canvas.viewport().removeEventFilter(self)
            self._canvas.hint_changed.emit("")
        return before
