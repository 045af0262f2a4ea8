"""Telling a screen reader where the focus has gone on a canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent

from casare.ui.accessibility.canvas_interface import interface_of
from casare.ui.background import OncePerTurn
from casare.ui.canvas.view import CanvasView


class FocusTeller(QObject):
    """Let the focus of a screen reader follow the keyboard walk over one canvas. Costs nothing while none runs."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._due = OncePerTurn(self._tell, self)
        self.told = ""
        """The name of what the focus was moved to last."""
        canvas.document.selection.changed.connect(self._on_selected)

    def _on_selected(self) -> None:
        if QAccessible.isActive() and self._canvas.hasFocus():
            self._due.request()

    def _tell(self) -> None:
        part = interface_of(self._canvas).focused_part()
        if part is not None:
            self.told = part.named()
            QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))
