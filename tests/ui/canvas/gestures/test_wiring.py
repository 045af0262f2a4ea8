"""Drawing wires with the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.model import Connection

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
DATA = ("compare", "result", "if", "condition")


def wires(hand):
    return set(hand.canvas.document.graph.connections)


def draw(hand, source, target, **how):
    hand.drag(hand.port(source[0], source[1], output=True), hand.port(target[0], target[1], output=False), **how)


def test_a_drag_from_output_to_input_makes_a_wire(hand):
    draw(hand, ("compare", "result"), ("if", "condition"))
    assert DATA in wires(hand)
    hand.canvas.document.undo()
    assert DATA not in wires(hand)


def test_a_drag_from_input_to_output_makes_the_same_wire(hand):
    hand.drag(hand.port("if", "condition", output=False), hand.port("compare", "result", output=True))
    assert DATA in wires(hand)


def test_while_drawing_the_ports_that_fit_are_lit_and_the_others_are_not(hand):
    draw(hand, ("compare", "result"), ("if", "condition"), drop=False)
    lit = {(one.end.node, one.end.port): one.allowed for one in hand.canvas.stage.lit}
    assert lit["if", "condition"]
    assert lit["yes", "message"]
    assert not lit["yes", "exec_in"]
    assert not lit["compare", "a"], "a node cannot be wired to itself"
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert hand.canvas.stage.lit == ()
    assert hand.canvas.stage.pending is None


def test_a_refused_port_says_why_in_words_and_makes_no_wire(hand):
    before = wires(hand)
    draw(hand, ("compare", "result"), ("yes", "exec_in"), drop=False)
    reason = hand.canvas.stage.pending.reason
    assert "result" in reason
    assert len(reason.split()) > 4
    hand.release(hand.port("yes", "exec_in", output=False))
    assert wires(hand) == before


def test_the_wire_jumps_to_a_port_that_is_near(hand):
    x, y = hand.port("if", "condition", output=False)
    hand.drag(hand.port("compare", "result", output=True), (x - 15, y + 12))
    assert DATA in wires(hand)


def test_dropped_on_a_card_it_takes_the_first_port_that_fits(hand):
    hand.drag(hand.port("compare", "result", output=True), hand.header("yes"))
    assert ("compare", "result", "yes", "message") in wires(hand)


def test_a_new_wire_into_a_data_input_replaces_the_old_one_in_one_step(hand):
    draw(hand, ("compare", "result"), ("yes", "message"))
    before = wires(hand)
    hand.drag(hand.port("set", "value", output=True), hand.port("yes", "message", output=False))
    assert ("set", "value", "yes", "message") in wires(hand)
    assert ("compare", "result", "yes", "message") not in wires(hand)
    hand.canvas.document.undo()
    assert wires(hand) == before


def test_a_control_input_takes_several_wires(hand):
    hand.drag(hand.port("set", "exec_out", output=True), hand.port("yes", "exec_in", output=False))
    assert {("set", "exec_out", "yes", "exec_in"), ("if", "true", "yes", "exec_in")} <= wires(hand)


def test_pulling_at_a_wired_data_input_takes_the_wire_to_another_port(hand):
    draw(hand, ("compare", "result"), ("yes", "message"))
    hand.drag(hand.port("yes", "message", output=False), hand.port("no", "message", output=False))
    assert ("compare", "result", "no", "message") in wires(hand)
    assert ("compare", "result", "yes", "message") not in wires(hand)
    assert hand.canvas.document.history.undo_label == "Rewire"


def test_a_wire_pulled_off_and_dropped_on_nothing_is_gone(hand):
    draw(hand, ("compare", "result"), ("yes", "message"))
    hand.drag(hand.port("yes", "message", output=False), (300, 300))
    assert ("compare", "result", "yes", "message") not in wires(hand)
    assert hand.canvas.document.history.undo_label == "Disconnect"


def test_shift_takes_hold_of_the_end_of_a_control_wire(hand):
    hand.drag(hand.port("yes", "exec_in", output=False), hand.port("odd", "exec_in", output=False), SHIFT)
    assert ("if", "true", "yes", "exec_in") in wires(hand), "the unknown node has no such port to take it"
    hand.drag(hand.port("yes", "exec_in", output=False), hand.port("compare", "exec_in", output=False), SHIFT)
    assert ("if", "true", "compare", "exec_in") in wires(hand)
    assert ("if", "true", "yes", "exec_in") not in wires(hand)


def test_dropped_on_nothing_it_asks_for_a_new_node_to_end_at(hand, qtbot):
    with qtbot.waitSignal(hand.canvas.quick_add_requested) as asked:
        hand.drag(hand.port("compare", "result", output=True), (420, 300))
    target = asked.args[0]
    assert (target.loose_end.node, target.loose_end.port, target.loose_end.is_output) == ("compare", "result", True)
    assert target.scene_pos.x() == pytest.approx(420, abs=2)


def test_escape_while_drawing_makes_no_wire(hand):
    before = wires(hand)
    draw(hand, ("compare", "result"), ("if", "condition"), drop=False)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release(hand.port("if", "condition", output=False))
    assert wires(hand) == before
    assert not hand.canvas.document.is_modified


def test_a_wire_to_a_port_nobody_declares_is_drawn_at_an_implied_port(hand):
    from casare.model import Connect

    hand.canvas.document.do(Connect((Connection("compare", "exec_out", "odd", "exec_in"),)))
    spot = hand.canvas.stage.geometry.cards["odd"].shape.spot("exec_in", False)
    assert spot is not None
    assert hand.canvas.stage.wired("odd") == {("exec_in", False)}
