"""What a canvas gets when it comes into a window: hints for held keys, and a voice for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from casare.ui.accessibility import FocusTeller, install
from casare.ui.canvas.held_hint import HeldHint
from casare.ui.canvas.view import CanvasView


def equip(canvas: CanvasView, say: Callable[[str], object]) -> None:
    """Let `say` be given what held modifiers will do, and screen readers the things on the canvas."""
    install()
    FocusTeller(canvas)
    HeldHint(canvas).changed.connect(say)
