"""Wheel, touchpad and pinch are told apart by the event itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier
PHASE = Qt.ScrollPhase


def scroll(hand, *, pixels=(0, 0), turned=(0, 0), phase=PHASE.NoScrollPhase, held=NONE):
    viewport = hand.canvas.viewport()
    place = QPointF(viewport.rect().center())
    event = QWheelEvent(
        place,
        QPointF(viewport.mapToGlobal(place.toPoint())),
        QPoint(*pixels),
        QPoint(*turned),
        Qt.MouseButton.NoButton,
        held,
        phase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_a_notch_of_a_wheel_zooms(hand):
    before = hand.canvas.zoom
    scroll(hand, turned=(0, 120))
    assert hand.canvas.zoom == pytest.approx(before * 1.2)


@pytest.mark.parametrize(
    "event",
    [
        {"pixels": (0, 40), "turned": (0, 20)},
        {"turned": (0, 80), "phase": PHASE.ScrollUpdate},
        {"pixels": (0, 40), "turned": (0, 20), "phase": PHASE.ScrollMomentum},
    ],
)
def test_fingers_on_a_pad_move_the_view(hand, event):
    zoom, seen = hand.canvas.zoom, hand.canvas.navigator.seen()
    scroll(hand, **event)
    assert hand.canvas.zoom == zoom
    assert hand.canvas.navigator.seen().y == pytest.approx(seen.y - 40 / zoom, abs=2)


def test_fingers_with_ctrl_zoom_and_a_wheel_with_shift_goes_sideways(hand):
    before = hand.canvas.zoom
    scroll(hand, pixels=(0, 60), held=Qt.KeyboardModifier.ControlModifier)
    assert hand.canvas.zoom == pytest.approx(before * 1.2)
    seen, zoom = hand.canvas.navigator.seen(), hand.canvas.zoom
    scroll(hand, turned=(0, 120), held=Qt.KeyboardModifier.ShiftModifier)
    assert hand.canvas.zoom == zoom
    assert hand.canvas.navigator.seen().x < seen.x


def test_a_pinch_zooms_at_the_fingers(hand):
    viewport = hand.canvas.viewport()
    place = QPointF(viewport.rect().center())
    before = hand.canvas.zoom
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(viewport.mapToGlobal(place.toPoint())),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(viewport, event)
    assert hand.canvas.zoom == pytest.approx(before * 1.25)
