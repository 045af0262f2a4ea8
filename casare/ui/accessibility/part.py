"""What everything on a canvas has in common for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.accessibility.acts import Acts
from casare.ui.canvas.target import CanvasTarget

if TYPE_CHECKING:
    from casare.ui.accessibility.canvas_interface import CanvasInterface
    from casare.ui.canvas.stage import Stage

_NAME = QAccessible.Text.Name
_DESCRIPTION = QAccessible.Text.Description

Target = tuple[str, str, WireKey | None]


class Part(QAccessibleInterface):
    """Something on a canvas. Subclasses say what it is called, where it is, and whether it still exists."""

    part_role = QAccessible.Role.Grouping

    def __init__(self, canvas: CanvasInterface) -> None:
        super().__init__()
        self.canvas = canvas
        self._acts: Acts | None = None

    @property
    def stage(self) -> Stage:
        """What the canvas shows."""
        return self.canvas.stage

    @property
    def exists(self) -> bool:
        """Whether the graph still holds it."""
        return False

    @property
    def selected(self) -> bool:
        """Whether it is selected."""
        return False

    @property
    def area(self) -> Rect:
        """Where it is (scene px)."""
        return Rect(0, 0, 0, 0)

    def named(self) -> str:
        """Return what it is called."""
        return ""

    def described(self) -> str:
        """Return what else there is to say."""
        return ""

    @property
    def press_title(self) -> str:
        """What pressing it does."""
        return "Select"

    @property
    def target(self) -> Target:
        """What its menu is about: the kind of thing, its id, the wire."""
        raise AssertionError(f"{type(self).__name__} has no menu")

    def choose(self) -> None:
        """Select it, bring it into view, and give the canvas the focus."""

    def press(self) -> None:
        """Do what a click does."""
        self.choose()

    def show_menu(self) -> None:
        """Choose it, then show its menu."""
        self.choose()
        view = self.canvas.view
        if view is not None:
            kind, thing_id, wire = self.target
            place = QPointF(*self.area.center)
            view.context_menu_requested.emit(CanvasTarget(kind, thing_id, wire, place, self.rect().center()))

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return what can be done to it, when that is asked for."""
        if kind != QAccessible.InterfaceType.ActionInterface:
            return None
        if self._acts is None:
            self._acts = Acts(self)
        return self._acts

    def isValid(self) -> bool:  # noqa: N802
        """Tell whether it still exists."""
        return self.canvas.alive and self.exists

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: no QObject stands for it."""
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the canvas."""
        return self.canvas

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a part of it; most have none."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """Return the part of it at a point of the screen."""
        for number in range(self.childCount()):
            found = self.child(number)
            if found is not None and found.rect().contains(x, y):
                return found
        return None

    def childCount(self) -> int:  # noqa: N802
        """Return how many parts it has."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802
        """Return which part this is, -1 for none of them."""
        return -1

    def role(self) -> QAccessible.Role:
        """Return what it is."""
        return self.part_role

    def state(self) -> QAccessible.State:
        """Return whether it is selected, has the focus, and is in view."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        state.selectable = True
        state.focusable = True
        state.selected = self.selected
        state.focused = self.selected and self.canvas.focused_part() is self
        state.offscreen = not self.canvas.seen().touches(self.area)
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self.canvas.on_screen(self.area) if self.isValid() else QRect()

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name or its description."""
        if not self.isValid():
            return ""
        return self.named() if kind == _NAME else self.described() if kind == _DESCRIPTION else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:  # noqa: N802
        """Do nothing: names are changed by the commands for it."""
