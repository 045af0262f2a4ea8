"""What a canvas gets when it comes into a window: the keys that hints name, and a voice for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from casare.ui.accessibility import FocusTeller, install
from casare.ui.canvas.view import CanvasView
from casare.ui.shell.documents.empty_hint import EmptyHint


def equip(canvas: CanvasView, keys_of: Callable[[str], str]) -> None:
    """Let hints name the keys that commands have now, and screen readers find the things on the canvas."""
    install()
    FocusTeller(canvas)
    canvas.keys_of = keys_of
    for hint in canvas.findChildren(EmptyHint):
        hint.show_keys(keys_of)
