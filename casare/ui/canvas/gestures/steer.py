"""Move the view by the minimap."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, Qt

from casare.ui.canvas.gestures.base import Pointer


class Steered(Protocol):
    """What can bring a place of the graph into the middle of the view."""

    def go_to(self, point: QPoint) -> None:
        """Go to what lies under a point of the viewport."""


class Steer:
    """Keeps what the pointer shows on the minimap in the middle of the view."""

    cursor: Qt.CursorShape | None = Qt.CursorShape.PointingHandCursor
    hint = ""

    def __init__(self, minimap: Steered, pointer: Pointer) -> None:
        self._minimap = minimap
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        self._minimap.go_to(pointer.screen)

    def finish(self, pointer: Pointer) -> None:
        """Stay where the view is."""

    def cancel(self) -> None:
        """Stay where the view is."""
