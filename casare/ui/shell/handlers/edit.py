"""What the commands that change or choose things on the canvas do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import CanvasAct, all_on_canvas, on_canvas, on_document

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.frame.main_window import MainWindow

_ACTS: Final[dict[str, CanvasAct]] = {
    "edit.cut": lambda canvas: canvas.edit.cut(),
    "edit.copy": lambda canvas: canvas.edit.copy(),
    "edit.duplicate": lambda canvas: canvas.edit.duplicate(),
    "edit.delete": lambda canvas: canvas.edit.delete(),
    "select.all": lambda canvas: canvas.edit.select_all(),
    "select.invert": lambda canvas: canvas.edit.invert_selection(),
    "edit.delete_and_heal": lambda canvas: canvas.arrange.heal(),
    "edit.duplicate_with_inputs": lambda canvas: canvas.arrange.duplicate_with_inputs(),
    "select.upstream": lambda canvas: canvas.arrange.select_upstream(),
    "select.downstream": lambda canvas: canvas.arrange.select_downstream(),
}


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return {
        **all_on_canvas(window, _ACTS),
        "edit.history": window.overlays.history,
        "edit.undo": on_document(window, lambda document: document.undo()),
        "edit.redo": on_document(window, lambda document: document.redo()),
        "edit.paste": on_canvas(window, lambda canvas: _paste(window, canvas)),
        "edit.paste_with_inputs": on_canvas(window, lambda canvas: _paste(window, canvas, with_inputs=True)),
        "select.none": on_canvas(window, lambda canvas: canvas.document.selection.clear()),
    }


def _paste(window: MainWindow, canvas: CanvasView, *, with_inputs: bool = False) -> None:
    if not canvas.edit.paste(with_inputs=with_inputs):
        window.toast.show_message("The clipboard holds no nodes to paste")
