"""Move the view with the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.ui.canvas.gestures.base import Hands, Pointer


class Pan:
    """Drags the canvas along with the pointer. Cancelling leaves the view where it is: nothing was changed."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.ClosedHandCursor
    hint = ""

    def __init__(self, hands: Hands, pointer: Pointer) -> None:
        self._hands = hands
        self._last = pointer.screen

    def move(self, pointer: Pointer) -> None:
        """Shift the view by what the pointer moved."""
        step = pointer.screen - self._last
        self._last = pointer.screen
        self._hands.pan_by(step.x(), step.y())

    def finish(self, pointer: Pointer) -> None:
        """Take the last step."""
        self.move(pointer)

    def cancel(self) -> None:
        """Stop where the view is."""
