"""Pointer events of one canvas, turned into selection, gestures and hover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from casare.app.editing import add_waypoint, remove_waypoint
from casare.app.right_of_way import WINDOW
from casare.app.subgraphs import INSTANCE
from casare.foundation.rect import Rect
from casare.ui.canvas.gestures import Gesture, Pointer, gesture_for, right_gesture_for
from casare.ui.canvas.gestures.choose import Begin
from casare.ui.canvas.gestures.drag_items import DragItems
from casare.ui.canvas.gestures.pan import Pan
from casare.ui.canvas.gestures.steer import Steer
from casare.ui.canvas.hints import hint_for, note_right_drag, right_drag_hint
from casare.ui.canvas.scrolling import Scrolling
from casare.ui.canvas.tips import tip_for
from casare.ui.geometry.hit import NOTHING, Hit, HitKind, hit

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_DRAG_FROM: Final = 4
"""How far (px) a press must move to mean a drag."""
_CLICK_WITHIN: Final = 6
"""How far (px) a right press may move and still mean the context menu."""
_SLOW_MS: Final = 250
"""After so long a right press that moves at all means a gesture."""
_SLOW_FROM: Final = 3

_BUTTON = Qt.MouseButton
_KEY = Qt.KeyboardModifier


class Pointing(QObject):
    """Watches the viewport of a canvas and runs at most one gesture at a time."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._begin: Begin | None = None
        self._press: Pointer | None = None
        self._under: Hit = NOTHING
        self._just_added = False
        self._over_minimap = False
        self._right_press: Pointer | None = None
        self._carrying = False
        self._carried_at: Pointer | None = None
        self._hint = ""
        self._scrolling = Scrolling(canvas)
        canvas.viewport().installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Tell whether a gesture runs."""
        return self._gesture is not None

    def cancel(self) -> bool:
        """Cancel the running gesture; return whether there was one."""
        gesture, self._gesture = self._gesture, None
        self._begin = None
        self._right_press = None
        if gesture is None:
            return False
        gesture.cancel()
        self._settle()
        return True

    @property
    def carrying(self) -> bool:
        """Tell whether things are carried without a button being held."""
        return self._carrying and self.busy

    def grab(self) -> None:
        """Take the selection into the hand without a button, or put it down: a click, Enter or G puts it down too."""
        if self.carrying:
            self.put_down()
        elif not self.busy and self._canvas.document.selection:
            pointer = self._pointer_now()
            box = self._canvas.stage.geometry.bounds_of(self._canvas.document.selection.nodes)
            self._carrying = True
            self._press = self._carried_at = pointer
            self._run(DragItems(self._canvas, pointer, box or Rect(pointer.x, pointer.y, 0, 0), carried_by_hand=True))

    def carry_by(self, dx: float, dy: float) -> None:
        """Move what is carried by so many scene px, as the arrow keys do."""
        at = self._carried_at
        if self._gesture is not None and at is not None:
            self._carried_at = at._replace(x=at.x + dx, y=at.y + dy)
            self._gesture.move(self._carried_at)

    def put_down(self) -> None:
        """Leave what is carried where it is."""
        if self.carrying and self._carried_at is not None:
            self._finish(self._carried_at)

    def tell(self, held: Qt.KeyboardModifier | None = None) -> None:
        """Say what the held keys would do where the pointer is, and show it by the pointer's shape.

        `held` is what a key event says of them; without it the system is asked.
        """
        if not self.busy:
            hint = hint_for(self._canvas.stage.hover, self._pointer_now(held), self._canvas.keys_of)
            if hint != self._hint:
                self._say(hint)
            self._show_cursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the pointer events of the viewport; leave everything else to the view."""
        with WINDOW:
            return self._take(event)

    def _take(self, event: QEvent) -> bool:
        kind = event.type()
        taken = True
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                self._on_press(event)
            elif kind == QEvent.Type.MouseMove:
                self._on_move(event)
            elif kind == QEvent.Type.MouseButtonRelease:
                self._on_release(event)
            elif kind == QEvent.Type.MouseButtonDblClick:
                self._on_double_click(event)
            event.accept()
        elif isinstance(event, QWheelEvent):
            self._scrolling.on_wheel(event)
        elif isinstance(event, QNativeGestureEvent):
            self._scrolling.on_gesture(event)
        elif isinstance(event, QHelpEvent):
            self._on_tip(event)
        elif kind == QEvent.Type.ContextMenu:
            event.accept()
        else:
            taken = False
            if kind == QEvent.Type.Leave and not self.busy:
                self._canvas.canvas_scene.set_hover(NOTHING)
                self.tell()
        return taken

    def _on_press(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        canvas.typing.close(keep=True)
        if canvas.minimap.rect.contains(event.position().toPoint()) and not self.busy:
            self._run(Steer(canvas.minimap, self._pointer(event)))
            return
        canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        pointer = self._pointer(event)
        button = event.button()
        if self.carrying:
            self._put_down_or_back(button, pointer)
            return
        if button == _BUTTON.RightButton and not self.busy:
            self._right_press = self._press = pointer
            self._begin = right_gesture_for(canvas, self._hit(pointer), pointer)
            return
        panning = button == _BUTTON.MiddleButton or (button == _BUTTON.LeftButton and canvas.keys.hand)
        if panning and not self.busy:
            self._run(Pan(canvas, pointer))
        elif button == _BUTTON.LeftButton and not self.busy:
            status = canvas.canvas_scene.status
            failed = status.problem_at(pointer.x, pointer.y, canvas.zoom) if status is not None else None
            if failed is not None:
                canvas.problem_requested.emit(failed)
                return
            self._press = pointer
            self._under = self._hit(pointer)
            self._select_on_press(self._under, pointer)
            self._begin = gesture_for(canvas, self._under, pointer)

    def _on_move(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event)
        if self._gesture is not None:
            self._carried_at = pointer
            self._gesture.move(pointer)
        elif self._begin is not None and self._press is not None:
            if self._means_drag(self._press, pointer):
                begin, self._begin = self._begin, None
                gesture = begin(pointer)
                self._run(gesture)
                gesture.move(pointer)
        elif self._canvas.minimap.rect.contains(pointer.screen):
            self._canvas.canvas_scene.set_hover(NOTHING)
            self._canvas.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self._over_minimap = True
        elif self._over_minimap:
            self._over_minimap = False
            self._show_cursor()
        elif event.buttons() == _BUTTON.NoButton and self._canvas.canvas_scene.set_hover(self._hit(pointer)):
            self.tell(event.modifiers())

    def _on_release(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event)
        if self.carrying:
            return
        clicked, self._right_press = self._right_press, None
        if self._gesture is not None:
            explained = self._hint if clicked is not None and note_right_drag(self._canvas.settings) else ""
            self._finish(pointer)
            if explained:
                # Too short a drag to be read along: the words stay until the pointer is over something else.
                self._say(explained)
        elif self._begin is not None:
            self._begin = None
            if clicked is None:
                self._on_click(self._under, pointer)
            elif (pointer.screen - clicked.screen).manhattanLength() <= _CLICK_WITHIN:
                self._ask_for_menu(pointer)

    def _means_drag(self, press: Pointer, pointer: Pointer) -> bool:
        moved = (pointer.screen - press.screen).manhattanLength()
        if self._right_press is None:
            return moved >= _DRAG_FROM
        slow = pointer.at_ms - press.at_ms >= _SLOW_MS
        return moved > (_SLOW_FROM if slow else _CLICK_WITHIN)

    def _finish(self, pointer: Pointer) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.finish(pointer)
            self._canvas.document.seal()
            self._settle()

    def _put_down_or_back(self, button: Qt.MouseButton, pointer: Pointer) -> None:
        """Put what is carried down at a left press, back at a right one."""
        if button == _BUTTON.LeftButton:
            self._finish(pointer)
        elif button == _BUTTON.RightButton:
            self.cancel()

    def _on_click(self, under: Hit, pointer: Pointer) -> None:
        """Finish a left press that did not become a drag: Alt puts a point on a wire, or takes one off."""
        document = self._canvas.document
        if pointer.alt and under.wire is not None and under.kind is HitKind.WIRE:
            piece = self._canvas.stage.geometry.course_of(under.wire).nearest_piece(pointer.x, pointer.y)
            document.do(add_waypoint(document.graph, {under.wire: (piece, (pointer.x, pointer.y))}))
        elif pointer.alt and under.wire is not None and under.kind is HitKind.WAYPOINT:
            document.do(remove_waypoint(document.graph, under.wire, under.waypoint))
        else:
            self._select_on_click(under, pointer)

    def _on_double_click(self, event: QMouseEvent) -> None:
        if event.button() != _BUTTON.LeftButton:
            return
        pointer = self._pointer(event)
        under = self._hit(pointer)
        canvas = self._canvas
        if canvas.minimap.rect.contains(pointer.screen):
            # Two quick presses there are two places to go to.
            self._on_press(event)
        elif under.kind is HitKind.NODE and canvas.document.graph.nodes[under.id].type == INSTANCE:
            self.cancel()
            canvas.enter_requested.emit(under.id)
        elif under.kind is HitKind.NODE:
            canvas.typing.rename_node(under.id)
        elif under.kind is HitKind.FRAME and canvas.document.graph.frames[under.id].collapsed:
            canvas.show_as.unfold(under.id)
        elif under.kind is HitKind.FRAME:
            canvas.typing.rename_frame(under.id)
        elif under.kind is HitKind.PORTAL and under.wire is not None:
            canvas.show_as.follow_portal(under.wire, from_source=under.is_output)
        elif under.kind in (HitKind.NOTE, HitKind.NOTE_CORNER):
            canvas.typing.edit_note(under.id)
        elif under.kind is HitKind.CANVAS:
            canvas.quick_add(pointer)
        else:
            self._on_press(event)

    def _on_tip(self, event: QHelpEvent) -> None:
        place = self._canvas.mapToScene(event.pos())
        canvas = self._canvas
        under = hit(canvas.stage.geometry, canvas.document.graph, place.x(), place.y(), canvas.zoom)
        text = "" if self.busy else tip_for(canvas.stage, under)
        if text:
            QToolTip.showText(event.globalPos(), text, canvas.viewport())
        else:
            QToolTip.hideText()

    def _select_on_press(self, under: Hit, pointer: Pointer) -> None:
        """Select what is pressed at once, unless it belongs to a selection that may be about to be dragged."""
        self._just_added = False
        selection = self._canvas.document.selection
        nodes, wires, frames, notes = _as_selection(under)
        if not (nodes or wires or frames or notes):
            return
        held = nodes <= selection.nodes and wires <= selection.wires
        if held and frames <= selection.frames and notes <= selection.notes:
            return
        if pointer.shift or pointer.ctrl:
            selection.add(nodes, wires, frames, notes)
            self._just_added = True
        else:
            selection.set(nodes, wires, frames, notes)

    def _select_on_click(self, under: Hit, pointer: Pointer) -> None:
        """Finish a press that did not become a drag."""
        selection = self._canvas.document.selection
        chosen = _as_selection(under)
        if under.kind is HitKind.CANVAS:
            if not (pointer.shift or pointer.ctrl):
                selection.clear()
        elif pointer.shift or pointer.ctrl:
            if not self._just_added and under.kind is not HitKind.PORT:
                selection.toggle(*chosen)
        elif any(chosen):
            selection.set(*chosen)

    def _ask_for_menu(self, pointer: Pointer) -> None:
        under = self._hit(pointer)
        selection = self._canvas.document.selection
        nodes, wires, frames, notes = _as_selection(under)
        if not (
            nodes <= selection.nodes
            and wires <= selection.wires
            and frames <= selection.frames
            and notes <= selection.notes
        ):
            selection.set(nodes, wires, frames, notes)
        self._canvas.ask_for_menu(under, pointer)

    def _run(self, gesture: Gesture) -> None:
        self._gesture = gesture
        QToolTip.hideText()
        self._canvas.canvas_scene.set_hover(NOTHING)
        right = self._right_press is not None
        self._say(right_drag_hint(self._canvas.settings, gesture.hint) if right else gesture.hint)
        if gesture.cursor is not None:
            self._canvas.viewport().setCursor(gesture.cursor)

    def _settle(self) -> None:
        self._carrying = False
        self._say("")
        self._show_cursor()

    def _say(self, hint: str) -> None:
        self._hint = hint
        self._canvas.hint_changed.emit(hint)

    def _show_cursor(self) -> None:
        viewport = self._canvas.viewport()
        kind = self._canvas.stage.hover.kind
        if self._canvas.keys.hand:
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        elif kind is HitKind.PORT or self._canvas.keys.knife:
            viewport.setCursor(Qt.CursorShape.CrossCursor)
        elif kind in (HitKind.WAYPOINT, HitKind.PORTAL):
            viewport.setCursor(Qt.CursorShape.PointingHandCursor)
        elif kind in (HitKind.FRAME_CORNER, HitKind.NOTE_CORNER):
            viewport.setCursor(Qt.CursorShape.SizeFDiagCursor)
        else:
            viewport.unsetCursor()

    def _pointer(self, event: QMouseEvent) -> Pointer:
        return self._pointer_at(event.position().toPoint(), event.modifiers(), int(event.timestamp()))

    def _pointer_now(self, held: Qt.KeyboardModifier | None = None) -> Pointer:
        """Return where the pointer is, moved into the view, with the keys that are held."""
        viewport = self._canvas.viewport()
        screen = viewport.mapFromGlobal(QCursor.pos())
        inside = viewport.rect().contains(screen)
        held = QGuiApplication.queryKeyboardModifiers() if held is None else held
        return self._pointer_at(screen if inside else viewport.rect().center(), held)

    def _pointer_at(self, screen: QPoint, held: Qt.KeyboardModifier, at_ms: int = 0) -> Pointer:
        place = self._canvas.mapToScene(screen)
        return Pointer(
            place.x(),
            place.y(),
            screen,
            bool(held & _KEY.ShiftModifier),
            bool(held & _KEY.ControlModifier),
            bool(held & _KEY.AltModifier),
            self._canvas.keys.knife,
            at_ms,
        )

    def _hit(self, pointer: Pointer) -> Hit:
        canvas = self._canvas
        return hit(canvas.stage.geometry, canvas.document.graph, pointer.x, pointer.y, canvas.zoom)


def _as_selection(under: Hit) -> tuple[set[str], set[tuple[str, str, str, str]], set[str], set[str]]:
    """Return what selecting a hit means: nodes, wires, frames, notes. A port stands for nothing: it starts a wire."""
    frame = under.kind in (HitKind.FRAME, HitKind.FRAME_CORNER)
    note = under.kind in (HitKind.NOTE, HitKind.NOTE_CORNER)
    return (
        {under.id} if under.kind is HitKind.NODE else set(),
        {under.wire} if under.wire is not None else set(),
        {under.id} if frame else set(),
        {under.id} if note else set(),
    )
