"""Selecting with the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.ui.geometry.hit import HitKind

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def chosen(hand):
    return set(hand.canvas.document.selection.nodes)


def test_a_click_selects_one_node_and_a_click_on_nothing_none(hand):
    hand.click(hand.header("yes"))
    assert chosen(hand) == {"yes"}
    hand.click(hand.header("no"))
    assert chosen(hand) == {"no"}
    hand.click((300, 300))
    assert chosen(hand) == set()


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_a_click_with_shift_or_control_adds_and_takes_away(hand, held):
    hand.click(hand.header("yes"))
    hand.click(hand.header("no"), held)
    assert chosen(hand) == {"yes", "no"}
    hand.click(hand.header("no"), held)
    assert chosen(hand) == {"yes"}


def test_a_click_on_one_of_many_selected_leaves_only_that_one(hand):
    hand.canvas.document.selection.set(["yes", "no", "if"])
    hand.click(hand.header("no"))
    assert chosen(hand) == {"no"}


def test_a_band_drawn_to_the_right_takes_what_it_encloses(hand):
    hand.drag((250, -60), (800, 60))
    assert chosen(hand) == set(), "half of each card is outside"
    hand.drag((250, -60), (800, 220))
    assert chosen(hand) == {"compare", "if"}


def test_a_band_drawn_to_the_left_takes_what_it_touches(hand):
    hand.drag((800, 60), (400, -30))
    assert chosen(hand) == {"compare", "if"}


def test_a_band_with_shift_adds_and_with_control_turns_round(hand):
    hand.click(hand.header("set"))
    hand.drag((250, -60), (800, 220), SHIFT)
    assert chosen(hand) == {"set", "compare", "if"}
    hand.drag((250, -60), (800, 220), CTRL)
    assert chosen(hand) == {"set"}


def test_escape_during_a_band_brings_the_old_selection_back(hand):
    hand.click(hand.header("set"))
    hand.drag((250, -60), (800, 220), drop=False)
    assert chosen(hand) == {"compare", "if"}
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release((800, 220))
    assert chosen(hand) == {"set"}
    assert hand.canvas.stage.band is None


def test_escape_without_a_gesture_lets_the_selection_go(hand):
    hand.click(hand.header("set"))
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert chosen(hand) == set()


def test_a_click_on_a_wire_selects_it_and_delete_removes_only_it(hand):
    key = ("set", "exec_out", "compare", "exec_in")
    middle = hand.canvas.stage.geometry.course_of(key).middle()
    hand.click(middle)
    assert hand.canvas.document.selection.wires == {key}
    hand.canvas.edit.delete()
    assert key not in hand.canvas.document.graph.connections
    assert len(hand.canvas.document.graph.nodes) == 6


def test_moving_over_things_marks_what_is_under_the_pointer(hand):
    hand.move(hand.header("yes"))
    assert (hand.canvas.stage.hover.kind, hand.canvas.stage.hover.id) == (HitKind.NODE, "yes")
    hand.move(hand.port("yes", "message", output=False))
    assert hand.canvas.stage.hover.kind is HitKind.PORT
    assert hand.canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    hand.move((300, 300))
    assert hand.canvas.stage.hover.kind is HitKind.CANVAS


def test_a_right_click_selects_what_is_under_it_and_asks_for_its_menu(hand, qtbot):
    with qtbot.waitSignal(hand.canvas.context_menu_requested) as asked:
        hand.click(hand.header("yes"), button=Qt.MouseButton.RightButton)
    assert (asked.args[0].kind, asked.args[0].id) == ("node", "yes")
    assert chosen(hand) == {"yes"}


def test_a_right_click_inside_a_selection_keeps_it(hand, qtbot):
    hand.canvas.document.selection.set(["yes", "no"])
    with qtbot.waitSignal(hand.canvas.context_menu_requested):
        hand.click(hand.header("yes"), button=Qt.MouseButton.RightButton)
    assert chosen(hand) == {"yes", "no"}
