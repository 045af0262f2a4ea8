"""What gestures are given and what they must do."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from PySide6.QtCore import QPoint, Qt

from casare.app.documents.level import Level
from casare.app.editing import End
from casare.ui.canvas.scene import CanvasScene
from casare.ui.canvas.stage import Stage


class Pointer(NamedTuple):
    """Where the pointer is, on the canvas (scene px) and in the view (px), and which keys are held."""

    x: float
    y: float
    screen: QPoint
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    knife: bool = False
    """Whether the key of the knife (Y) is held."""
    at_ms: int = 0
    """When the event happened, on a clock of its own."""


class Hands(Protocol):
    """What a gesture may use of the view it runs in."""

    @property
    def document(self) -> Level:
        """Return the document that is edited."""

    @property
    def stage(self) -> Stage:
        """Return what the canvas shows."""

    @property
    def canvas_scene(self) -> CanvasScene:
        """Return the scene, to ask for repainting."""

    @property
    def zoom(self) -> float:
        """Return pixels of the screen per scene px."""

    @property
    def snaps(self) -> bool:
        """Tell whether drags come to rest on the grid."""

    def pan_by(self, dx: int, dy: int) -> None:
        """Move the view by so many pixels of the screen."""

    def quick_add(self, pointer: Pointer, loose_end: End | None = None) -> None:
        """Ask for a new node at the pointer, to be wired to `loose_end`."""


class Gesture(Protocol):
    """A running gesture."""

    cursor: Qt.CursorShape | None
    hint: str
    """What the status bar says while it runs: what the held keys would do."""

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""

    def finish(self, pointer: Pointer) -> None:
        """Carry out what the gesture meant."""

    def cancel(self) -> None:
        """Leave everything as it was."""
