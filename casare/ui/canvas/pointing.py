"""Pointer events of one canvas, turned into selection, gestures and hover."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from casare.ui.canvas.gestures import Gesture, Pointer, gesture_for
from casare.ui.canvas.gestures.choose import Begin
from casare.ui.canvas.gestures.pan import Pan
from casare.ui.canvas.gestures.steer import Steer
from casare.ui.canvas.navigation import ZOOM_STEP
from casare.ui.canvas.tips import tip_for
from casare.ui.geometry.hit import NOTHING, Hit, HitKind, hit

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_DRAG_FROM: Final = 4
"""How far (px) a press must move to mean a drag."""
_CLICK_WITHIN: Final = 6
"""How far (px) a right press may move and still mean the context menu."""
_TAP_S: Final = 0.2
"""How long Space may be held and still mean a tap."""

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
        self._right_press: QPoint | None = None
        self._space_since: float | None = None
        canvas.viewport().installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Tell whether a gesture runs."""
        return self._gesture is not None

    def cancel(self) -> bool:
        """Cancel the running gesture; return whether there was one."""
        gesture, self._gesture = self._gesture, None
        self._begin = None
        if gesture is None:
            return False
        gesture.cancel()
        self._settle()
        return True

    def hold_space(self, held: bool) -> bool:
        """Turn the left button into a hand while Space is held; return whether Space was only tapped."""
        if held:
            self._space_since = monotonic()
            self._canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
            return False
        since, self._space_since = self._space_since, None
        self._show_cursor()
        return since is not None and monotonic() - since < _TAP_S and not self.busy

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the pointer events of the viewport; leave everything else to the view."""
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
            self._on_wheel(event)
        elif isinstance(event, QNativeGestureEvent):
            self._on_pinch(event)
        elif isinstance(event, QHelpEvent):
            self._on_tip(event)
        elif kind == QEvent.Type.ContextMenu:
            event.accept()
        else:
            taken = False
            if kind == QEvent.Type.Leave and not self.busy:
                self._canvas.canvas_scene.set_hover(NOTHING)
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
        if button == _BUTTON.RightButton and not self.busy:
            self._right_press = pointer.screen
            return
        panning = button == _BUTTON.MiddleButton or (button == _BUTTON.LeftButton and self._space_since is not None)
        if panning and not self.busy:
            self._run(Pan(canvas, pointer))
        elif button == _BUTTON.LeftButton and not self.busy:
            self._press = pointer
            self._under = self._hit(pointer)
            self._select_on_press(self._under, pointer)
            self._begin = gesture_for(canvas, self._under, pointer)

    def _on_move(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event)
        if self._gesture is not None:
            self._gesture.move(pointer)
        elif self._begin is not None and self._press is not None:
            if (pointer.screen - self._press.screen).manhattanLength() >= _DRAG_FROM:
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
            self._show_cursor()

    def _on_release(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event)
        if event.button() == _BUTTON.RightButton and self._right_press is not None:
            moved = (pointer.screen - self._right_press).manhattanLength()
            self._right_press = None
            if moved <= _CLICK_WITHIN and not self.busy:
                self._ask_for_menu(pointer)
            return
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.finish(pointer)
            self._canvas.document.seal()
            self._settle()
        elif self._begin is not None:
            self._begin = None
            self._select_on_click(self._under, pointer)

    def _on_double_click(self, event: QMouseEvent) -> None:
        if event.button() != _BUTTON.LeftButton:
            return
        pointer = self._pointer(event)
        under = self._hit(pointer)
        canvas = self._canvas
        if under.kind is HitKind.NODE:
            canvas.typing.rename_node(under.id)
        elif under.kind is HitKind.FRAME:
            canvas.typing.rename_frame(under.id)
        elif under.kind in (HitKind.NOTE, HitKind.NOTE_CORNER):
            canvas.typing.edit_note(under.id)
        elif under.kind is HitKind.CANVAS:
            canvas.quick_add(pointer)
        else:
            self._on_press(event)

    def _on_wheel(self, event: QWheelEvent) -> None:
        canvas = self._canvas
        pixels, turned = event.pixelDelta(), event.angleDelta()
        held = event.modifiers()
        # A touchpad tells pixels or phases; a wheel turns in notches of 120.
        touchpad = not pixels.isNull() or event.phase() != Qt.ScrollPhase.NoScrollPhase
        wants_zoom = bool(held & _KEY.ControlModifier) or (not touchpad and canvas.wheel_zooms)
        if held & _KEY.ShiftModifier and not touchpad:
            canvas.pan_by(turned.y() or turned.x(), 0)
        elif wants_zoom:
            amount = pixels.y() / 60 if touchpad else turned.y() / 120
            canvas.zoom_at(ZOOM_STEP**amount, event.position().toPoint())
        elif touchpad:
            step = pixels if not pixels.isNull() else turned / 2
            canvas.pan_by(step.x(), step.y())
        else:
            canvas.pan_by(turned.x() // 2, turned.y() // 2)
        event.accept()

    def _on_pinch(self, event: QNativeGestureEvent) -> None:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._canvas.zoom_at(1 + event.value(), event.position().toPoint())

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
        self._canvas.hint_changed.emit(gesture.hint)
        if gesture.cursor is not None:
            self._canvas.viewport().setCursor(gesture.cursor)

    def _settle(self) -> None:
        self._canvas.hint_changed.emit("")
        self._show_cursor()

    def _show_cursor(self) -> None:
        viewport = self._canvas.viewport()
        kind = self._canvas.stage.hover.kind
        if self._space_since is not None:
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        elif kind is HitKind.PORT:
            viewport.setCursor(Qt.CursorShape.CrossCursor)
        elif kind in (HitKind.FRAME_CORNER, HitKind.NOTE_CORNER):
            viewport.setCursor(Qt.CursorShape.SizeFDiagCursor)
        else:
            viewport.unsetCursor()

    def _pointer(self, event: QMouseEvent) -> Pointer:
        screen = event.position().toPoint()
        place = self._canvas.mapToScene(screen)
        held = event.modifiers()
        return Pointer(
            place.x(),
            place.y(),
            screen,
            bool(held & _KEY.ShiftModifier),
            bool(held & _KEY.ControlModifier),
            bool(held & _KEY.AltModifier),
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
