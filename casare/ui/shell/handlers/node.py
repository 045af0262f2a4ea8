"""What the commands about nodes, frames and notes do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import CanvasAct, all_on_canvas, on_canvas

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return {
        **all_on_canvas(window, _ACTS),
        "node.edit": on_canvas(window, lambda canvas: _edit(window, canvas)),
        "node.replace": window.overlays.replace_nodes,
    }


def _edit(window: MainWindow, canvas: CanvasView) -> None:
    """Put the cursor where what is selected is edited: a node's first field, a note's text, a frame's title."""
    chosen = canvas.document.selection
    if chosen.nodes and window.workspace is not None:
        window.workspace.edit_parameters()
    elif chosen.notes:
        canvas.typing.edit_note(next(iter(chosen.notes)))
    elif chosen.frames:
        canvas.typing.rename_frame(next(iter(chosen.frames)))


def _rename(canvas: CanvasView) -> None:
    chosen = canvas.document.selection.nodes
    if len(chosen) == 1:
        canvas.typing.rename_node(next(iter(chosen)))


_ACTS: Final[dict[str, CanvasAct]] = {
    "node.rename": _rename,
    "node.disable": lambda canvas: canvas.edit.toggle_disabled(),
    "node.bypass": lambda canvas: canvas.edit.toggle_bypassed(),
    "node.collapse": lambda canvas: canvas.show_as.toggle_collapsed(),
    "node.hide_unused": lambda canvas: canvas.show_as.toggle_unused(),
    "node.frame": lambda canvas: canvas.edit.frame_around_selection(),
    "node.note": lambda canvas: canvas.edit.add_note(),
    "node.add": lambda canvas: canvas.quick_add(),
}
