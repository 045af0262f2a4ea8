"""Wheel, touchpad and pinch, told apart by what the event itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from casare.ui.canvas.navigation import ZOOM_STEP

if TYPE_CHECKING:
    from casare.ui.canvas.view import CanvasView

_KEY = Qt.KeyboardModifier
_NOTCH: Final = 120
_PX_PER_STEP: Final = 60
"""How many pixels of a touchpad make one step of the zoom, while Ctrl is held."""


class Scrolling(QObject):
    """Moves and zooms one canvas."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas

    def on_wheel(self, event: QWheelEvent) -> None:
        """Move by a touchpad, zoom by a wheel (or move, as the settings say); Ctrl zooms, Shift goes sideways."""
        canvas = self._canvas
        pixels, turned = event.pixelDelta(), event.angleDelta()
        held = event.modifiers()
        touchpad = is_touchpad(event)
        if held & _KEY.ShiftModifier and not touchpad:
            canvas.pan_by(turned.y() or turned.x(), 0)
        elif held & _KEY.ControlModifier or not (touchpad or not canvas.wheel_zooms):
            amount = pixels.y() / _PX_PER_STEP if touchpad and not pixels.isNull() else turned.y() / _NOTCH
            canvas.zoom_at(ZOOM_STEP**amount, event.position().toPoint())
        else:
            step = pixels if touchpad and not pixels.isNull() else QPoint(turned.x() // 2, turned.y() // 2)
            canvas.pan_by(step.x(), step.y())
        event.accept()

    def on_gesture(self, event: QNativeGestureEvent) -> None:
        """Zoom by a pinch, move by two fingers, show all by a double tap with two fingers."""
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._canvas.zoom_at(1 + event.value(), event.position().toPoint())
        elif kind == Qt.NativeGestureType.PanNativeGesture:
            self._canvas.pan_by(event.delta().x(), event.delta().y())
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self._canvas.fit(self._canvas.document.selection.nodes)


def is_touchpad(event: QWheelEvent) -> bool:
    """Tell whether fingers on a pad scrolled: they come with pixels or with a phase; a wheel turns in notches."""
    if not event.pixelDelta().isNull() or event.phase() != Qt.ScrollPhase.NoScrollPhase:
        return True
    device = event.pointingDevice()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchPad
