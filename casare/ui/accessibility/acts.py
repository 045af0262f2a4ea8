"""What a screen reader can do to the things on a canvas: the acts that others do with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleActionInterface

from casare.app.editing import End, connect, verdict
from casare.foundation.errors import CasareError
from casare.ui.accessibility.words import readable

if TYPE_CHECKING:
    from casare.ui.accessibility.canvas_interface import CanvasInterface
    from casare.ui.accessibility.part import Part

PRESS: Final = QAccessibleActionInterface.pressAction()
SHOW_MENU: Final = QAccessibleActionInterface.showMenuAction()
SET_FOCUS: Final = QAccessibleActionInterface.setFocusAction()


class Acts(QAccessibleActionInterface):
    """Offer the acts of one part: press it, show its menu, go to it."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    def actionNames(self) -> list[str]:  # noqa: N802
        """Return the names that Qt knows the acts under; none for what is gone."""
        return [PRESS, SHOW_MENU, SET_FOCUS] if self._part.isValid() else []

    def doAction(self, name: str) -> None:  # noqa: N802
        """Carry out one of the acts."""
        if not self._part.isValid():
            return
        if name == PRESS:
            self._part.press()
        elif name == SHOW_MENU:
            self._part.show_menu()
        elif name == SET_FOCUS:
            self._part.choose()

    def localizedActionName(self, name: str) -> str:  # noqa: N802
        """Return what the act is called."""
        return {PRESS: self._part.press_title, SHOW_MENU: "Show menu", SET_FOCUS: "Go to it"}.get(name, "")

    def localizedActionDescription(self, name: str) -> str:  # noqa: N802
        """Return what the act does, in the same words."""
        return self.localizedActionName(name)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802
        """Return no keys: those of the canvas work on what is selected."""
        return []


def focus_canvas(canvas: CanvasInterface) -> None:
    """Give a canvas the focus, so that its keys work on what was chosen."""
    if canvas.view is not None:
        canvas.view.setFocus(Qt.FocusReason.OtherFocusReason)


def press_port(canvas: CanvasInterface, end: End) -> None:
    """Take hold of a wire at a port, or end the one in hand there; at the port where it was taken, let go of it."""
    level, held = canvas.stage.document, canvas.held_end
    if held is None:
        canvas.held_end = end
        canvas.say(f"Wire from {_told(canvas, end)}. Press the port where it ends, or this one to let go of it.")
        return
    if held == end:
        canvas.held_end = None
        canvas.say("Let go of the wire.")
        return
    judged = verdict(level.graph, level.catalog, held, end)
    change = connect(level.graph, level.catalog, held, end)
    if change is None:
        canvas.say(judged.reason)
        return
    try:
        level.do(change)
    except CasareError as error:
        canvas.say(error.what)
        return
    canvas.held_end = None
    canvas.say(f"Wired {_told(canvas, held)} to {_told(canvas, end)}.")


def _told(canvas: CanvasInterface, end: End) -> str:
    return f"{canvas.stage.face(end.node).title} {readable(end.port)}"
