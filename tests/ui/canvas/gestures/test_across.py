"""Lines drawn across wires: the knife in its three grips, and points that wires go by."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.app.editing import waypoints_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
RIGHT = Qt.MouseButton.RightButton
FIRST = ("set", "exec_out", "compare", "exec_in")


def middle(hand, key):
    return hand.canvas.stage.geometry.course_of(key).middle()


def above_and_below(hand, key):
    x, y = middle(hand, key)
    return (x, y - 60), (x, y + 60)


def wires(hand):
    return set(hand.canvas.document.graph.connections)


def points(hand, key):
    return waypoints_of(hand.canvas.document.graph.connections[key].extra)


@pytest.mark.parametrize(("held", "button"), [(CTRL, RIGHT), (ALT | SHIFT, Qt.MouseButton.LeftButton)])
def test_the_knife_cuts_every_wire_it_crosses_in_one_step(hand, held, button):
    start, end = above_and_below(hand, FIRST)
    hand.drag(start, end, held, button)
    assert FIRST not in wires(hand)
    assert len(wires(hand)) == 3
    hand.canvas.document.undo()
    assert FIRST in wires(hand)


def test_the_knife_is_in_the_hand_while_y_is_held(hand):
    start, end = above_and_below(hand, FIRST)
    QTest.keyPress(hand.canvas, Qt.Key.Key_Y)
    hand.drag(start, end)
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Y)
    assert FIRST not in wires(hand)
    hand.canvas.document.undo()
    hand.drag(start, end)
    assert FIRST in wires(hand), "without the key a drag is a band"


def test_escape_puts_the_knife_away_without_a_cut(hand):
    start, end = above_and_below(hand, FIRST)
    hand.drag(start, end, CTRL, RIGHT, drop=False)
    assert hand.canvas.stage.stroke.crossed == {FIRST}
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release(end, CTRL, RIGHT)
    assert FIRST in wires(hand)
    assert hand.canvas.stage.stroke is None
    assert not hand.canvas.document.is_modified


def test_a_line_across_wires_with_shift_puts_a_point_on_each(hand):
    x, y = middle(hand, FIRST)
    hand.drag((x, y - 60), (x, y + 60), SHIFT, RIGHT)
    assert len(points(hand, FIRST)) == 1
    assert points(hand, FIRST)[0][0] == pytest.approx(x, abs=2)
    assert points(hand, ("compare", "exec_out", "if", "exec_in")) == ()
    hand.canvas.document.undo()
    assert points(hand, FIRST) == ()


def test_a_wire_goes_by_its_points_and_alt_click_adds_and_removes_them(hand):
    x, y = middle(hand, FIRST)
    hand.click((x, y), ALT)
    assert len(points(hand, FIRST)) == 1
    hand.drag((x, y), (x, y + 100))
    place = points(hand, FIRST)[0]
    assert place[1] == pytest.approx(y + 100, abs=10)
    course = hand.canvas.stage.geometry.course_of(FIRST)
    assert course.distance(*place) < 0.5
    hand.click(place, ALT)
    assert points(hand, FIRST) == ()


def test_a_point_in_the_hand_goes_back_at_escape(hand):
    x, y = middle(hand, FIRST)
    hand.click((x, y), ALT)
    before = points(hand, FIRST)
    hand.drag((x, y), (x, y + 100), drop=False)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release((x, y + 100))
    assert points(hand, FIRST) == before
    assert hand.canvas.stage.bent is None


def test_points_move_along_when_both_ends_move(hand):
    x, y = middle(hand, FIRST)
    hand.click((x, y), ALT)
    before = points(hand, FIRST)[0]
    hand.canvas.document.selection.set(["set", "compare"])
    hand.canvas.arrange.nudge(0, 1)
    assert points(hand, FIRST)[0] == (before[0], before[1] + 20)
    hand.canvas.document.selection.set(["set"])
    hand.canvas.arrange.nudge(0, 1)
    assert points(hand, FIRST)[0] == (before[0], before[1] + 20)


def test_a_right_click_asks_for_the_menu_and_a_right_drag_moves_the_view(hand, qtbot):
    asked = []
    hand.canvas.context_menu_requested.connect(asked.append)
    hand.click((420, 300), button=RIGHT)
    assert len(asked) == 1
    seen = hand.canvas.navigator.seen()
    hand.drag((420, 300), (470, 300), button=RIGHT)
    assert len(asked) == 1
    assert hand.canvas.navigator.seen().x < seen.x - 40
