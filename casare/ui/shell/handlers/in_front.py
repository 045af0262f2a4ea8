"""Acts that need the canvas or the document in front, and do nothing without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from casare.app.documents.document import Document
from casare.ui.shell.frame.actions import Handler

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.frame.main_window import MainWindow

CanvasAct = Callable[["CanvasView"], object]


def on_canvas(window: MainWindow, act: CanvasAct) -> Handler:
    """Return an act on the canvas in front."""

    def run() -> None:
        canvas = window.canvas
        if canvas is not None:
            act(canvas)

    return run


def on_document(window: MainWindow, act: Callable[[Document], object]) -> Handler:
    """Return an act on the document in front."""

    def run() -> None:
        document = window.session.active
        if document is not None:
            act(document)

    return run


def all_on_canvas(window: MainWindow, acts: Mapping[str, CanvasAct]) -> dict[str, Handler]:
    """Return acts on the canvas in front, by command id."""
    return {command_id: on_canvas(window, act) for command_id, act in acts.items()}
