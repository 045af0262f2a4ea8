"""What the commands about wires do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casare.app.editing import Display
from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import CanvasAct, all_on_canvas

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_ACTS: Final[dict[str, CanvasAct]] = {
    "wire.connect": lambda canvas: canvas.arrange.auto_connect(),
    "wire.disconnect": lambda canvas: canvas.arrange.disconnect(),
    "wire.extract": lambda canvas: canvas.arrange.extract(),
    "wire.full": lambda canvas: canvas.show_as.set_display(Display.FULL),
    "wire.faint": lambda canvas: canvas.show_as.set_display(Display.FAINT),
    "wire.hidden": lambda canvas: canvas.show_as.set_display(Display.HIDDEN),
    "wire.portal": lambda canvas: canvas.show_as.make_portal(),
    "wire.follow": lambda canvas: canvas.show_as.follow(),
    "wire.bend": lambda canvas: canvas.show_as.bend_wires(),
    "wire.smooth": lambda canvas: canvas.show_as.straighten_wires(),
}


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return {**all_on_canvas(window, _ACTS), "wire.portals": window.overlays.portals}
