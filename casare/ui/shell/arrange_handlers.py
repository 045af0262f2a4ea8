"""What the commands of the Arrange menu do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casare.app.arranging import Line
from casare.app.editing import Way

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasView

Act = Callable[["CanvasView"], object]

ACTS: dict[str, Act] = {
    "arrange.tidy": lambda canvas: canvas.arrange.tidy(),
    "arrange.left": lambda canvas: canvas.arrange.align(Line.LEFT),
    "arrange.right": lambda canvas: canvas.arrange.align(Line.RIGHT),
    "arrange.top": lambda canvas: canvas.arrange.align(Line.TOP),
    "arrange.bottom": lambda canvas: canvas.arrange.align(Line.BOTTOM),
    "arrange.across": lambda canvas: canvas.arrange.distribute(horizontally=True),
    "arrange.down": lambda canvas: canvas.arrange.distribute(horizontally=False),
    "arrange.straighten": lambda canvas: canvas.arrange.straighten(),
    "arrange.nudge_left": lambda canvas: canvas.arrange.nudge(-1, 0),
    "arrange.nudge_right": lambda canvas: canvas.arrange.nudge(1, 0),
    "arrange.nudge_up": lambda canvas: canvas.arrange.nudge(0, -1),
    "arrange.nudge_down": lambda canvas: canvas.arrange.nudge(0, 1),
    "arrange.push_left": lambda canvas: canvas.arrange.nudge(-1, 0, far=True),
    "arrange.push_right": lambda canvas: canvas.arrange.nudge(1, 0, far=True),
    "arrange.push_up": lambda canvas: canvas.arrange.nudge(0, -1, far=True),
    "arrange.push_down": lambda canvas: canvas.arrange.nudge(0, 1, far=True),
    "wire.connect": lambda canvas: canvas.arrange.auto_connect(),
    "wire.disconnect": lambda canvas: canvas.arrange.disconnect(),
    "wire.extract": lambda canvas: canvas.arrange.extract(),
    "edit.delete_and_heal": lambda canvas: canvas.arrange.heal(),
    "edit.duplicate_with_inputs": lambda canvas: canvas.arrange.duplicate_with_inputs(),
    "edit.paste_with_inputs": lambda canvas: canvas.arrange.paste_with_inputs(),
    "select.upstream": lambda canvas: canvas.arrange.select_upstream(),
    "select.downstream": lambda canvas: canvas.arrange.select_downstream(),
    "walk.next": lambda canvas: canvas.arrange.walk(Way.NEXT),
    "walk.previous": lambda canvas: canvas.arrange.walk(Way.PREVIOUS),
    "walk.up": lambda canvas: canvas.arrange.walk(Way.UP),
    "walk.down": lambda canvas: canvas.arrange.walk(Way.DOWN),
}
"""By command id."""
