"""Wires that stand back, portals, collapsed cards, folded frames."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from casare.app import editing
from casare.app.editing import Display
from casare.model import AddFrames, AddNotes, Frame, Note
from casare.storage import encode, load_bytes
from casare.ui.canvas.typing_in_place import widget_of
from casare.ui.geometry.hit import HitKind, hit
from casare.ui.geometry.portals import portal_tags

FIRST = ("set", "exec_out", "compare", "exec_in")
SECOND = ("compare", "exec_out", "if", "exec_in")


def under(hand, place):
    canvas = hand.canvas
    return hit(canvas.stage.geometry, canvas.document.graph, place[0], place[1], canvas.zoom)


def pixel_beside(hand, place):
    """Return the strongest difference from the ground in a small square, which tells whether a line runs there."""
    image = hand.canvas.grab().toImage()
    at = hand.canvas.mapFromScene(QPointF(*place))
    ground = hand.canvas.stage.look.canvas
    spots = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in (-1, 0, 1) for dy in range(-4, 5)]
    return max(abs(one.lightness() - ground.lightness()) for one in spots)


def folded(hand, ids=("compare", "if")):
    bounds = hand.canvas.stage.geometry.bounds_of(ids)
    document = hand.canvas.document
    document.do(editing.add_frame_around(document.graph, ids, bounds, "Decide"))
    frame_id = next(iter(document.graph.frames))
    document.selection.set((), (), [frame_id])
    hand.canvas.show_as.toggle_collapsed()
    return frame_id


def test_a_faint_wire_is_fainter_and_a_hidden_one_gone_until_the_pointer_is_there(hand):
    canvas = hand.canvas
    place = canvas.stage.geometry.course_of(FIRST).middle()
    strength = []
    for how in (Display.FULL, Display.FAINT, Display.HIDDEN):
        canvas.document.selection.set((), [FIRST])
        canvas.show_as.set_display(how)
        canvas.document.selection.clear()
        strength.append(pixel_beside(hand, place))
    assert strength[0] > strength[1] > strength[2]
    hand.move(hand.header("set"))
    assert canvas.stage.revealed(FIRST)
    assert pixel_beside(hand, place) == pytest.approx(strength[0], abs=3)


def test_how_a_wire_is_shown_survives_the_file(hand):
    canvas = hand.canvas
    canvas.document.selection.set((), [FIRST])
    canvas.show_as.set_display(Display.FAINT)
    graph = canvas.document.graph
    again = load_bytes(encode(graph), catalog=canvas.document.catalog).graph
    assert again.connections[FIRST].extra == {"display": "faint"}


def test_a_portal_is_named_by_typing_and_followed_by_a_double_click(hand):
    canvas = hand.canvas
    canvas.document.selection.set((), [FIRST])
    canvas.show_as.make_portal()
    line = widget_of(canvas.typing)
    line.selectAll()
    QTest.keyClicks(line, "total")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert editing.portals(canvas.document.graph) == {"total": [FIRST]}
    tags = portal_tags(canvas.stage.geometry, canvas.document.graph, FIRST)
    assert under(hand, tags.source.center).kind is HitKind.PORTAL
    middle = canvas.stage.geometry.course_of(SECOND).middle()
    assert under(hand, middle).kind is HitKind.WIRE
    y = tags.source.center[1]
    hand.double_click((tags.source.x + 4, y))
    assert canvas.document.selection.nodes == {"compare"}
    hand.double_click((tags.target.right - 4, y))
    assert canvas.document.selection.nodes == {"set"}


def test_a_portal_with_an_empty_name_is_a_wire_again(hand):
    canvas = hand.canvas
    canvas.document.do(editing.set_portal(canvas.document.graph, [FIRST], "here"))
    canvas.document.do(editing.set_portal(canvas.document.graph, [FIRST], "  "))
    assert canvas.document.graph.connections[FIRST].extra == {}


def test_a_collapsed_card_is_its_header_and_keeps_its_wires(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["if"])
    canvas.show_as.toggle_collapsed()
    card = canvas.stage.geometry.cards["if"]
    assert card.shape.height == 28
    assert set(card.shape.outputs) == {"true", "false"}
    start, end = (canvas.stage.geometry.course_of(key).points for key in (SECOND, ("if", "true", "yes", "exec_in")))
    assert card.rect.grown(1).contains(*start[-1])
    assert card.rect.grown(1).contains(*end[0])
    hand.drag(hand.port("if", "true", output=True), hand.port("no", "exec_in", output=False))
    assert ("if", "true", "no", "exec_in") in canvas.document.graph.connections
    canvas.document.undo()
    canvas.document.undo()
    assert canvas.stage.geometry.cards["if"].shape.height > 28


def test_unused_ports_hide_and_come_back_when_they_are_wired(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["yes"])
    full = canvas.stage.geometry.cards["yes"].shape.height
    canvas.show_as.toggle_unused()
    shape = canvas.stage.geometry.cards["yes"].shape
    assert set(shape.inputs) == {"exec_in"}
    assert shape.height < full
    hand.drag(hand.port("compare", "result", output=True), hand.header("yes"))
    assert "message" in canvas.stage.geometry.cards["yes"].shape.inputs


def test_a_bypassed_card_shows_the_way_past_and_is_told_apart_from_a_disabled_one(hand):
    canvas = hand.canvas
    canvas.document.selection.set(["yes"])
    canvas.edit.toggle_disabled()
    assert canvas.stage.face("yes").disabled
    canvas.edit.toggle_bypassed()
    assert canvas.stage.face("yes").bypassed
    assert canvas.document.graph.nodes["yes"].config["_disabled"] is True
    canvas.edit.toggle_disabled()
    assert not canvas.stage.face("yes").bypassed
    assert canvas.stage.face("yes").disabled
    canvas.edit.toggle_disabled()
    assert "_disabled" not in canvas.document.graph.nodes["yes"].config


def test_a_folded_frame_is_a_box_with_a_port_for_each_wire_that_crosses_its_border(hand):
    canvas = hand.canvas
    frame_id = folded(hand)
    box = canvas.stage.geometry.folding.boxes[frame_id]
    assert {(one.node_id, one.port.name, one.is_output) for one in box.ports} == {
        ("compare", "exec_in", False),
        ("if", "true", True),
        ("if", "false", True),
    }
    assert canvas.stage.geometry.nodes_in(box.rect.grown(600)) == ["set", "yes", "no", "odd"]
    assert canvas.stage.geometry.course_of(FIRST).points[-1] == box.port_at(box.ports[0])
    assert SECOND not in canvas.stage.geometry.wires_near(box.rect.grown(600))


def test_a_wire_can_be_drawn_from_a_port_of_the_box(hand):
    canvas = hand.canvas
    frame_id = folded(hand)
    box = canvas.stage.geometry.folding.boxes[frame_id]
    way_out = next(one for one in box.ports if one.port.name == "true")
    hand.drag(box.port_at(way_out), hand.port("no", "exec_in", output=False))
    assert ("if", "true", "no", "exec_in") in canvas.document.graph.connections


def test_a_wire_can_be_dropped_on_a_port_of_the_box(hand):
    canvas = hand.canvas
    frame_id = folded(hand)
    box = canvas.stage.geometry.folding.boxes[frame_id]
    hand.drag(hand.port("no", "exec_out", output=True), box.port_at(box.ports[0]))
    assert ("no", "exec_out", "compare", "exec_in") in canvas.document.graph.connections


def test_the_box_is_dragged_as_one_and_what_is_inside_goes_along(hand):
    canvas = hand.canvas
    frame_id = folded(hand)
    rect = canvas.stage.geometry.folding.boxes[frame_id].rect
    before = {one: canvas.document.graph.nodes[one].position for one in ("compare", "if", "set")}
    hand.drag((rect.x + 100, rect.y + 14), (rect.x + 100, rect.y + 214))
    now = {one: canvas.document.graph.nodes[one].position for one in before}
    way = now["if"][1] - before["if"][1]
    assert way > 150
    assert now["compare"][1] - before["compare"][1] == way
    assert now["set"] == before["set"]
    assert canvas.stage.geometry.folding.boxes[frame_id].rect.y == rect.y + way


def test_a_double_click_opens_the_box_and_everything_is_where_it_was(hand):
    canvas = hand.canvas
    cards = dict(canvas.stage.geometry.cards)
    frame_id = folded(hand)
    rect = canvas.stage.geometry.folding.boxes[frame_id].rect
    hand.double_click((rect.x + 100, rect.y + 14))
    assert canvas.stage.geometry.cards == cards
    assert SECOND in canvas.stage.geometry.wires_near(cards["if"].rect)


def test_folding_survives_the_file_and_the_opening(hand):
    folded(hand)
    canvas = hand.canvas
    again = load_bytes(encode(canvas.document.graph), catalog=canvas.document.catalog).graph
    assert [frame.collapsed for frame in again.frames.values()] == [True]


def test_a_frame_inside_a_frame_and_a_note_on_it_move_with_it(hand):
    canvas, graph = hand.canvas, hand.canvas.document.graph
    canvas.document.do(
        AddFrames(
            (
                Frame("outer", "Outer", position=(240, -80), size=(640, 320), node_ids=("compare",)),
                Frame("inner", "Inner", position=(530, -40), size=(260, 180), node_ids=("if",)),
            )
        )
    )
    canvas.document.do(AddNotes((Note("n", "words", (260, 170), (100, 40)),)))
    before = {one: graph.nodes[one].position for one in ("compare", "if")}
    hand.drag((400, -70), (400, 30))
    way = graph.frames["outer"].position[1] + 80
    assert way > 60
    assert graph.frames["inner"].position[1] == -40 + way
    assert graph.notes["n"].position[1] == 170 + way
    assert {one: graph.nodes[one].position[1] - place[1] for one, place in before.items()} == {
        "compare": way,
        "if": way,
    }
    assert canvas.document.undo()
    assert graph.frames["inner"].position == (530, -40)


def test_hints_tell_what_the_held_keys_would_do(hand, qtbot):
    told = []
    hand.canvas.hint_changed.connect(told.append)
    hand.move(hand.port("compare", "result", output=True))
    assert "wire" in told[-1]
    hand.move(hand.canvas.stage.geometry.course_of(FIRST).middle())
    assert "Alt+click" in told[-1]
    QTest.keyPress(hand.canvas, Qt.Key.Key_Y)
    assert "cut" in told[-1]
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Y)
    assert "cut them" not in told[-1]


def test_a_held_modifier_says_what_it_will_do_and_its_release_takes_that_back(hand):
    told = []
    hand.canvas.hint_changed.connect(told.append)
    hand.move(hand.header("compare"))
    QTest.keyPress(hand.canvas, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1].startswith("Shift: ")
    assert "selection" in told[-1]
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Shift)
    assert told[-1] == ""


def test_hints_name_the_keys_the_window_gives(hand):
    told = []
    hand.canvas.hint_changed.connect(told.append)
    hand.canvas.keys_of = {"edit.delete": "X"}.__getitem__
    hand.move(hand.canvas.stage.geometry.course_of(FIRST).middle())
    assert "X: cut" in told[-1]


def test_right_drags_are_explained_the_first_three_times(hand):
    told = []
    hand.canvas.hint_changed.connect(told.append)
    seen = []
    for _ in range(4):
        told.clear()
        hand.drag((40, 300), (90, 330), button=Qt.MouseButton.RightButton)
        seen.append(any("opens the menu" in text for text in told))
    assert seen == [True, True, True, False]
    assert hand.canvas.settings.current.right_drags_explained == 3


def test_a_point_is_put_on_chosen_wires_without_a_mouse_and_taken_off_again(hand):
    document = hand.canvas.document
    document.selection.set((), [FIRST, SECOND])
    hand.canvas.show_as.bend_wires()
    assert len(hand.canvas.stage.geometry.waypoints(FIRST)) == len(hand.canvas.stage.geometry.waypoints(SECOND)) == 1
    hand.canvas.show_as.straighten_wires()
    assert not hand.canvas.stage.geometry.waypoints(FIRST)
