"""From node to node without aiming at ports; converters; shaking a node loose; carrying without a button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.model import Connection, Graph, Node

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
RIGHT = Qt.MouseButton.RightButton


def wires(hand):
    return set(hand.canvas.document.graph.connections)


def apart():
    nodes = (
        Node("len", "ListLengthNode", {}, (0, 0)),
        Node("log", "LogNode", {}, (400, 0)),
        Node("split", "TextSplitNode", {}, (400, 260)),
        Node("sort", "ListSortNode", {}, (0, 260)),
        Node("count", "ListLengthNode", {}, (800, 260)),
    )
    return Graph(nodes, (Connection("len", "exec_out", "log", "exec_in"),))


def test_alt_and_the_right_button_wire_two_nodes_by_what_fits(open_canvas):
    hand = open_canvas(apart())
    hand.drag(hand.header("sort"), hand.header("split"), ALT, RIGHT)
    assert ("sort", "exec_out", "split", "exec_in") in wires(hand)
    hand.drag(hand.header("split"), hand.header("count"), ALT, RIGHT)
    hand.drag(hand.header("split"), hand.header("count"), ALT, RIGHT)
    assert ("split", "result", "count", "list") in wires(hand), "the second time a value goes along"


def test_a_lazy_wire_dropped_on_nothing_or_cancelled_makes_none(open_canvas):
    hand = open_canvas(apart())
    before = wires(hand)
    hand.drag(hand.header("sort"), (240, 160), ALT, RIGHT)
    hand.drag(hand.header("sort"), hand.header("split"), ALT, RIGHT, drop=False)
    assert hand.canvas.stage.pending.snapped
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release(hand.header("split"), ALT, RIGHT)
    assert wires(hand) == before
    assert hand.canvas.stage.pending is None


def test_a_refused_port_offers_the_converter_that_helps_and_takes_it(open_canvas):
    hand = open_canvas(apart())
    start, end = hand.port("split", "result", output=True), hand.port("log", "message", output=False)
    refused = hand.port("len", "length", output=True), hand.port("sort", "list", output=False)
    hand.drag(*refused, drop=False)
    pending = hand.canvas.stage.pending
    assert "Let go to put" in pending.offer
    hand.release(refused[1])
    graph = hand.canvas.document.graph
    (made,) = hand.canvas.document.selection.nodes
    assert {key[2] for key in graph.outgoing("len")} >= {made}
    assert [key[3] for key in graph.outgoing(made)] == ["list"]
    hand.canvas.document.undo()
    assert made not in graph.nodes
    assert start
    assert end


def test_on_a_card_the_port_of_the_same_type_is_taken_before_the_first(open_canvas):
    hand = open_canvas(apart())
    hand.drag(hand.port("sort", "result", output=True), hand.header("count"))
    assert ("sort", "result", "count", "list") in wires(hand)


def test_ctrl_draws_one_more_wire_from_an_input_that_has_one(hand):
    hand.drag(hand.port("compare", "result", output=True), hand.port("yes", "message", output=False))
    hand.drag(hand.port("yes", "message", output=False), hand.port("set", "value", output=True), CTRL)
    assert ("set", "value", "yes", "message") in wires(hand)


def shake(hand, node, *, times=6):
    x, y = hand.header(node)
    hand.press((x, y))
    for turn in range(times):
        for step in range(5):
            way = 10 * step if turn % 2 == 0 else 40 - 10 * step
            hand.move((x + way, y + 80))
    return (x, y + 80)


def test_shaking_a_node_takes_it_off_its_wires_and_closes_the_gap(hand):
    end = shake(hand, "compare")
    assert hand.canvas.stage.lift.loose
    hand.release(end)
    graph = hand.canvas.document.graph
    assert not graph.wires_of(["compare"])
    assert ("set", "exec_out", "if", "exec_in") in graph.connections
    hand.canvas.document.undo()
    assert ("set", "exec_out", "compare", "exec_in") in graph.connections


def test_a_plain_drag_does_not_shake_anything_off(hand):
    before = wires(hand)
    hand.drag(hand.header("compare"), (500, 250))
    assert wires(hand) == before


def test_while_a_copy_is_dragged_the_node_stays_in_sight(hand):
    hand.drag(hand.header("yes"), (600, 420), ALT, drop=False)
    # QTest moves without modifiers, so that the hand lets go of Alt on the way.
    hand.canvas.stage.lift = hand.canvas.stage.lift._replace(copying=True)
    assert hand.canvas.stage.lift.gone == frozenset()
    hand.release((600, 420), ALT)
    assert len(hand.canvas.document.graph.nodes) == 7


def test_g_carries_the_selection_without_a_button_and_a_click_puts_it_down(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["yes"])
    before = canvas.document.graph.nodes["yes"].position
    canvas.pointing.grab()
    assert canvas.pointing.carrying
    start = canvas.pointing._press
    hand.move((start.x + 100, start.y + 60))
    hand.click((start.x + 100, start.y + 60))
    assert not canvas.pointing.busy
    now = canvas.document.graph.nodes["yes"].position
    assert (now[0] - before[0], now[1] - before[1]) == (100, 60)


def test_g_and_the_arrows_move_by_the_grid_and_enter_puts_it_down(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["yes"])
    before = canvas.document.graph.nodes["yes"].position
    canvas.pointing.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    now = canvas.document.graph.nodes["yes"].position
    assert (now[0] - before[0], now[1] - before[1]) == (40, 20)


def test_escape_brings_back_what_is_carried(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["yes"])
    canvas.pointing.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.pointing.busy
    assert not canvas.document.is_modified
    assert canvas.document.selection.nodes == {"yes"}


def test_a_node_let_go_over_a_wire_goes_into_it_and_alt_keeps_it_out(open_canvas):
    nodes = (
        Node("a", "LogNode", {}, (0, 0)),
        Node("b", "LogNode", {}, (500, 0)),
        Node("new", "WaitNode", {}, (200, 260)),
    )
    hand = open_canvas(Graph(nodes, (Connection("a", "exec_out", "b", "exec_in"),)))
    canvas = hand.canvas
    place = canvas.stage.geometry.course_of(("a", "exec_out", "b", "exec_in")).middle()
    hand.drag(hand.header("new"), place, drop=False)
    assert canvas.stage.drop_wire == ("a", "exec_out", "b", "exec_in")
    hand.release(place)
    assert wires(hand) == {("a", "exec_out", "new", "exec_in"), ("new", "exec_out", "b", "exec_in")}
    assert canvas.stage.drop_wire is None
    canvas.document.undo()
    assert wires(hand) == {("a", "exec_out", "b", "exec_in")}
    assert canvas.document.graph.nodes["new"].position == (200, 260)


def test_a_node_that_is_wired_already_is_only_moved_over_a_wire(hand):
    place = hand.canvas.stage.geometry.course_of(("if", "false", "no", "exec_in")).middle()
    before = wires(hand)
    hand.drag(hand.header("compare"), place)
    assert wires(hand) == before
