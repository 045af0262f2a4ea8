"""Moving the view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from casare.foundation.rect import Rect
from casare.model import Graph, Node
from casare.ui.canvas.navigation import ZOOM_MAX, ZOOM_MIN

NONE = Qt.KeyboardModifier.NoModifier


def wheel(hand, at, notches, held=NONE, pixels=None):
    point = QPointF(hand.to_screen(at))
    event = QWheelEvent(
        point,
        hand.canvas.viewport().mapToGlobal(point),
        QPoint(*pixels) if pixels else QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.ScrollUpdate if pixels else Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.canvas.viewport(), event)


@pytest.mark.parametrize("notches", [1, 3, -1, -4])
def test_the_wheel_zooms_and_what_is_under_the_pointer_stays_there(hand, notches):
    place = hand.header("yes")
    before = hand.to_screen(place)
    zoom = hand.canvas.zoom
    wheel(hand, place, notches)
    assert (hand.canvas.zoom > zoom) == (notches > 0)
    after = hand.to_screen(place)
    assert (after - before).manhattanLength() <= 2


def test_the_zoom_stays_within_its_limits(hand):
    for _ in range(60):
        wheel(hand, (0, 0), 4)
    assert hand.canvas.zoom == pytest.approx(ZOOM_MAX)
    for _ in range(60):
        wheel(hand, (0, 0), -4)
    assert hand.canvas.zoom == pytest.approx(ZOOM_MIN)


def test_two_fingers_on_a_touchpad_move_the_view_and_do_not_zoom(hand):
    zoom, seen = hand.canvas.zoom, hand.canvas.navigator.seen()
    wheel(hand, (100, 100), 0, pixels=(30, -40))
    assert hand.canvas.zoom == zoom
    moved = hand.canvas.navigator.seen()
    assert moved.x < seen.x
    assert moved.y > seen.y


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton])
def test_the_middle_button_and_alt_on_the_canvas_pan(hand, button):
    seen = hand.canvas.navigator.seen()
    held = Qt.KeyboardModifier.AltModifier if button == Qt.MouseButton.LeftButton else NONE
    start = hand.to_screen((300, 300))
    QTest.mousePress(hand.canvas.viewport(), button, held, start)
    for step in range(1, 9):
        QTest.mouseMove(hand.canvas.viewport(), start + QPoint(10 * step, 5 * step))
    QTest.mouseRelease(hand.canvas.viewport(), button, held, start + QPoint(80, 40))
    moved = hand.canvas.navigator.seen()
    zoom = hand.canvas.zoom
    assert (seen.x - moved.x) * zoom == pytest.approx(80, abs=2)
    assert (seen.y - moved.y) * zoom == pytest.approx(40, abs=2)
    assert not hand.canvas.document.selection


def test_holding_space_pans_and_a_tap_asks_for_a_new_node(hand, qtbot):
    with qtbot.waitSignal(hand.canvas.quick_add_requested):
        QTest.keyClick(hand.canvas, Qt.Key.Key_Space)
    seen = hand.canvas.navigator.seen()
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    start = hand.to_screen(hand.header("yes"))
    QTest.mousePress(hand.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(hand.canvas.viewport(), start + QPoint(50, 0))
    QTest.mouseRelease(hand.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, start + QPoint(50, 0))
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    assert hand.canvas.navigator.seen() != seen
    assert not hand.canvas.document.is_modified


def test_fit_shows_everything_and_never_enlarges(hand):
    hand.canvas.zoom_to(3.0)
    hand.canvas.fit()
    assert hand.canvas.navigator.seen().encloses(hand.canvas.stage.geometry.bounds())
    assert hand.canvas.zoom <= 1.0


def test_reveal_moves_no_further_than_it_must(hand):
    seen = hand.canvas.navigator.seen()
    hand.canvas.reveal(["yes"])
    assert hand.canvas.navigator.seen() == seen, "it was in view already"
    hand.canvas.pan_by(-3000, 0)
    hand.canvas.document.reveal(["yes"])
    assert hand.canvas.navigator.seen().encloses(hand.canvas.stage.geometry.cards["yes"].rect)
    assert hand.canvas.document.selection.nodes == {"yes"}


def test_a_workflow_too_large_for_one_view_opens_readable_at_its_beginning(open_canvas):
    nodes = [Node(f"n{i}", "LogNode", {}, (400 * i, 0)) for i in range(30)]
    hand = open_canvas(Graph(nodes))
    area = hand.canvas.stage.geometry.bounds()
    hand.canvas.navigator.show_beginning(area)
    assert hand.canvas.zoom >= 0.5
    assert hand.canvas.navigator.seen().contains(10, 10)
    seen = hand.canvas.navigator.seen()
    assert not seen.encloses(Rect(*area))


def test_zoom_changes_are_told(hand, qtbot):
    with qtbot.waitSignal(hand.canvas.zoom_changed) as told:
        hand.canvas.zoom_to(0.5)
    assert told.args == [pytest.approx(0.5)]


def test_following_moves_just_so_far_and_keeps_the_zoom(hand):
    navigator, zoom = hand.canvas.navigator, hand.canvas.zoom
    seen = navigator.seen()
    beyond = Rect(seen.right + 100, seen.y + 100, 200, 80)
    navigator.follow(beyond)
    assert hand.canvas.zoom == zoom
    assert navigator.seen().encloses(beyond)
    assert navigator.seen().y == pytest.approx(seen.y, abs=2), "what is not needed does not move"


def test_following_something_larger_than_the_view_shows_its_middle(hand):
    huge = Rect(5000, 5000, 9000, 9000)
    hand.canvas.navigator.follow(huge)
    assert hand.canvas.navigator.seen().center == pytest.approx(huge.center, abs=4)
