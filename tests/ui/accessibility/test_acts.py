"""What a screen reader can do to nodes, ports and wires, and the states it reads of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from pytestqt.qtbot import QtBot

from casare.app.editing import toggle_collapsed
from casare.app.running.board import NodeView, StatusBoard
from casare.model import Connection, Disconnect
from casare.ui.accessibility import FocusTeller, interface_of
from casare.ui.accessibility.part import Part
from casare.ui.canvas import CanvasView
from casare.ui.canvas.stage import RunPicture
from casare.ui.canvas.target import CanvasTarget

PRESS = QAccessibleActionInterface.pressAction()
MENU = QAccessibleActionInterface.showMenuAction()
FOCUS = QAccessibleActionInterface.setFocusAction()
WIRE = ("read", "exec_out", "after", "exec_in")


@pytest.fixture
def reader() -> Iterator[None]:
    """Have a screen reader run for the time of a test."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def node(canvas: CanvasView, node_id: str) -> Part:
    found = interface_of(canvas).node(node_id)
    assert found is not None
    return found


def part(canvas: CanvasView, node_id: str, name: str) -> QAccessibleInterface:
    """Return the port or wire of a node whose name begins so."""
    above = node(canvas, node_id)
    children = [above.child(at) for at in range(above.childCount())]
    return next(one for one in children if one is not None and one.text(QAccessible.Text.Name).startswith(name))


def do(thing: QAccessibleInterface, name: str) -> None:
    offered = thing.actionInterface()
    assert name in offered.actionNames()
    assert offered.localizedActionName(name)
    offered.doAction(name)


def test_pressing_a_node_selects_it_and_gives_the_canvas_the_focus(canvas: CanvasView, qtbot: QtBot) -> None:
    canvas.activateWindow()
    do(node(canvas, "after"), PRESS)
    assert canvas.document.selection.nodes == {"after"}
    qtbot.waitUntil(canvas.hasFocus)
    assert node(canvas, "after").state().selected


@pytest.mark.parametrize(
    ("name", "kind", "wire"), [("Output exec out", "node", None), ("Wire from", "wire", WIRE), ("", "node", None)]
)
def test_the_menu_of_a_thing_is_asked_for_where_it_is(
    canvas: CanvasView, qtbot: QtBot, name: str, kind: str, wire: object
) -> None:
    thing = part(canvas, "read", name) if name else node(canvas, "read")
    with qtbot.waitSignal(canvas.context_menu_requested) as asked:
        do(thing, MENU)
    assert asked.args is not None
    target: CanvasTarget = asked.args[0]
    assert (target.kind, target.wire) == (kind, wire)
    assert canvas.rect().contains(canvas.mapFromGlobal(target.global_pos))


def test_what_is_out_of_sight_comes_into_view_when_it_is_gone_to(canvas: CanvasView, qtbot: QtBot) -> None:
    canvas.pan_by(5000, 0)
    thing = node(canvas, "after")
    assert thing.state().offscreen
    do(thing, FOCUS)
    qtbot.waitUntil(lambda: not thing.state().offscreen)


def test_a_wire_is_made_by_pressing_one_port_and_then_another(canvas: CanvasView) -> None:
    canvas.document.do(Disconnect((WIRE,)))
    start, end = part(canvas, "read", "Output exec out"), part(canvas, "after", "Input exec in")
    do(start, PRESS)
    assert start.state().pressed
    assert end.actionInterface().localizedActionName(PRESS) == "End the wire here"
    do(end, PRESS)
    assert canvas.document.graph.connections == {WIRE: Connection(*WIRE)}
    assert not start.state().pressed
    assert interface_of(canvas).said == "Wired Say hello exec out to Log exec in."
    canvas.document.undo()
    assert not canvas.document.graph.connections


def test_why_a_wire_may_not_end_somewhere_is_said_and_it_stays_in_hand(canvas: CanvasView) -> None:
    start = part(canvas, "read", "Output exec out")
    do(start, PRESS)
    do(part(canvas, "after", "Output exec out"), PRESS)
    assert interface_of(canvas).said == "Both are outputs; a wire runs from an output to an input."
    assert start.state().pressed
    do(start, PRESS)
    assert interface_of(canvas).said == "Let go of the wire."
    assert not start.state().pressed


def test_a_frozen_document_says_why_no_wire_is_made(canvas: CanvasView) -> None:
    canvas.document.do(Disconnect((WIRE,)))
    canvas.document.document.freeze("It is looked at before it is kept.")
    do(part(canvas, "read", "Output exec out"), PRESS)
    do(part(canvas, "after", "Input exec in"), PRESS)
    assert interface_of(canvas).said == "It is looked at before it is kept."
    assert not canvas.document.graph.connections


def test_a_frame_and_a_note_are_chosen_and_have_menus(canvas: CanvasView, qtbot: QtBot) -> None:
    frame, note = (interface_of(canvas).child(at) for at in (2, 3))
    assert frame is not None
    assert note is not None
    do(frame, PRESS)
    assert canvas.document.selection.frames == {"f"}
    with qtbot.waitSignal(canvas.context_menu_requested) as asked:
        do(note, MENU)
    assert canvas.document.selection.notes == {"n"}
    assert asked.args is not None
    assert asked.args[0].kind == "note"


def test_states_tell_what_is_disabled_collapsed_running_and_failed(canvas: CanvasView) -> None:
    read, after = node(canvas, "read"), node(canvas, "after")
    assert after.state().disabled
    assert not read.state().disabled
    change = toggle_collapsed(canvas.document.graph, ["read"], ["f"])
    assert change is not None
    canvas.document.do(change)
    assert read.state().collapsed
    assert not after.state().collapsed
    assert after.state().expanded
    assert "collapsed" in read.text(QAccessible.Text.Name)
    board = StatusBoard()
    board.restore({"read": NodeView("running"), "after": NodeView("failed", error="It timed out.")})
    canvas.stage.run = RunPicture(board)
    assert read.state().busy
    assert after.state().invalid
    assert "failed: It timed out." in after.text(QAccessible.Text.Description)
    assert "running" in read.text(QAccessible.Text.Description)


def test_a_folded_frame_says_so(canvas: CanvasView) -> None:
    frame = interface_of(canvas).child(2)
    assert frame is not None
    assert frame.state().expanded
    change = toggle_collapsed(canvas.document.graph, [], ["f"])
    assert change is not None
    canvas.document.do(change)
    assert frame.state().collapsed


def test_the_focus_of_a_screen_reader_goes_along_to_a_wire(canvas: CanvasView, qtbot: QtBot, reader: None) -> None:
    teller = FocusTeller(canvas)
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    canvas.document.selection.set((), [WIRE])
    qtbot.waitUntil(lambda: teller.told == "Wire from Say hello exec out to Log exec in")


def test_nothing_can_be_done_to_what_is_gone(canvas: CanvasView) -> None:
    wire = part(canvas, "read", "Wire from")
    offered = wire.actionInterface()
    canvas.document.do(Disconnect((WIRE,)))
    assert offered.actionNames() == []
    offered.doAction(PRESS)
    assert not canvas.document.selection.wires
