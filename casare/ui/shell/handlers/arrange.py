"""What the commands that move nodes and walk among them do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casare.app.arranging import Line
from casare.app.editing import Way
from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import CanvasAct, all_on_canvas

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_ACTS: Final[dict[str, CanvasAct]] = {
    "arrange.tidy": lambda canvas: canvas.arrange.tidy(),
    "arrange.left": lambda canvas: canvas.arrange.align(Line.LEFT),
    "arrange.right": lambda canvas: canvas.arrange.align(Line.RIGHT),
    "arrange.top": lambda canvas: canvas.arrange.align(Line.TOP),
    "arrange.bottom": lambda canvas: canvas.arrange.align(Line.BOTTOM),
    "arrange.across": lambda canvas: canvas.arrange.distribute(horizontally=True),
    "arrange.down": lambda canvas: canvas.arrange.distribute(horizontally=False),
    "arrange.straighten": lambda canvas: canvas.arrange.straighten(),
    "arrange.grab": lambda canvas: canvas.pointing.grab(),
    "arrange.nudge_left": lambda canvas: canvas.arrange.nudge(-1, 0),
    "arrange.nudge_right": lambda canvas: canvas.arrange.nudge(1, 0),
    "arrange.nudge_up": lambda canvas: canvas.arrange.nudge(0, -1),
    "arrange.nudge_down": lambda canvas: canvas.arrange.nudge(0, 1),
    "arrange.push_left": lambda canvas: canvas.arrange.nudge(-1, 0, far=True),
    "arrange.push_right": lambda canvas: canvas.arrange.nudge(1, 0, far=True),
    "arrange.push_up": lambda canvas: canvas.arrange.nudge(0, -1, far=True),
    "arrange.push_down": lambda canvas: canvas.arrange.nudge(0, 1, far=True),
    "walk.next": lambda canvas: canvas.arrange.walk(Way.NEXT),
    "walk.previous": lambda canvas: canvas.arrange.walk(Way.PREVIOUS),
    "walk.up": lambda canvas: canvas.arrange.walk(Way.UP),
    "walk.down": lambda canvas: canvas.arrange.walk(Way.DOWN),
}


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return all_on_canvas(window, _ACTS)
