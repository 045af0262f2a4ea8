"""Resize a frame or a note by its lower right corner."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.model import Frame, Note, ReplaceFrames, ReplaceNotes
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.geometry.metrics import GRID

_SMALLEST = (120, 60)


class ResizeBox:
    """Changes the size as the pointer moves; all of it is one undo step, and cancelling takes it back."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.SizeFDiagCursor
    hint = "Ctrl: size freely · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer, box: Frame | Note) -> None:
        self._hands = hands
        self._box = box
        self._start = (pointer.x, pointer.y)
        self._changed = False
        hands.document.seal()

    def move(self, pointer: Pointer) -> None:
        """Give the box the size the pointer asks for."""
        size = [self._box.size[0] + pointer.x - self._start[0], self._box.size[1] + pointer.y - self._start[1]]
        step = 1 if pointer.ctrl or not self._hands.snaps else GRID
        wide, high = (max(least, round(value / step) * step) for value, least in zip(size, _SMALLEST, strict=True))
        self._put(self._box._replace(size=(wide, high)))

    def finish(self, pointer: Pointer) -> None:
        """Keep the size."""
        self._hands.document.seal()

    def cancel(self) -> None:
        """Bring the old size back."""
        if self._changed:
            self._hands.document.seal()
            self._hands.document.undo()

    def _put(self, box: Frame | Note) -> None:
        document = self._hands.document
        held = document.graph.frames if isinstance(box, Frame) else document.graph.notes
        if held.get(box.id) == box:
            return
        change = (
            ReplaceFrames((box,), "Resize frame") if isinstance(box, Frame) else ReplaceNotes((box,), "Resize note")
        )
        document.do(change, merge=f"resize:{box.id}")
        self._changed = True
