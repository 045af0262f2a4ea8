"""Moving things with the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.model import AddFrames, Frame

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def positions(hand):
    return {node.id: node.position for node in hand.canvas.document.graph.nodes.values()}


def test_a_dragged_node_comes_to_rest_on_the_grid(hand):
    start = hand.header("odd")
    hand.drag(start, (start[0] + 173, start[1] + 91))
    x, y = positions(hand)["odd"]
    assert (x % 20, y % 20) == (0, 0)
    assert (x, y) != (560, 260)


def test_a_drag_is_one_undo_step_however_many_moves_it_took(hand):
    before = positions(hand)
    start = hand.header("odd")
    hand.drag(start, (start[0] + 200, start[1] + 60))
    assert hand.canvas.document.history.labels()[0] == ["Move node"]
    hand.canvas.document.undo()
    assert positions(hand) == before


def test_undo_of_a_drag_restores_every_position_of_a_selection(hand):
    document = hand.canvas.document
    before = positions(hand)
    document.selection.set(["yes", "no", "odd"])
    start = hand.header("yes")
    hand.drag(start, (start[0] + 40, start[1] + 40))
    moved = positions(hand)
    assert {one for one in moved if moved[one] != before[one]} == {"yes", "no", "odd"}
    shifts = {(moved[one][0] - before[one][0], moved[one][1] - before[one][1]) for one in ("yes", "no", "odd")}
    assert len(shifts) == 1
    document.undo()
    assert positions(hand) == before


def test_escape_during_a_drag_leaves_the_document_untouched(hand):
    before = positions(hand)
    start = hand.header("odd")
    hand.drag(start, (start[0] + 200, start[1] + 60), drop=False)
    assert hand.canvas.stage.lift.nodes == {"odd"}
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release((start[0] + 200, start[1] + 60))
    assert positions(hand) == before
    assert not hand.canvas.document.is_modified
    assert not hand.canvas.stage.lift


def test_the_document_does_not_change_before_the_button_is_released(hand):
    facts = []
    listener = facts.append
    hand.canvas.document.changed.connect(listener)
    start = hand.header("odd")
    hand.drag(start, (start[0] + 200, start[1] + 60), drop=False)
    assert facts == []
    hand.release((start[0] + 200, start[1] + 60))
    assert len(facts) == 1
    assert facts[0].moved == {"odd"}


def test_control_moves_freely_off_the_grid(hand):
    start = hand.header("odd")
    hand.drag(start, (start[0] + 33, start[1] + 47), CTRL)
    assert positions(hand)["odd"] == (593, 307)


def test_shift_keeps_the_drag_on_one_axis(hand):
    start = hand.header("odd")
    hand.drag(start, (start[0] + 140, start[1] + 30), SHIFT)
    x, y = positions(hand)["odd"]
    assert x > 560
    assert y == 260


def test_alt_drops_a_copy_and_leaves_the_original(hand):
    document = hand.canvas.document
    start = hand.header("yes")
    hand.drag(start, (start[0] + 20, start[1] + 300), ALT)
    assert document.graph.nodes["yes"].position == (840, -100)
    copies = set(document.graph.nodes) - {"set", "compare", "if", "yes", "no", "odd"}
    assert len(copies) == 1
    assert document.selection.nodes == copies
    assert document.history.undo_label == "Duplicate node"


def test_a_drag_that_nearly_lines_up_with_a_neighbour_does_so_and_shows_a_guide(hand):
    hand.canvas.document.selection.set(["odd"])
    start = hand.header("odd")
    # "if" stands right above at x = 560; come back to almost the same x from the side.
    hand.drag(start, (start[0] + 4, start[1] + 60), drop=False)
    assert hand.canvas.stage.guides
    hand.release((start[0] + 4, start[1] + 60))
    assert positions(hand)["odd"][0] == 560
    assert not hand.canvas.stage.guides


def test_a_frame_takes_the_nodes_inside_it_along(hand):
    document = hand.canvas.document
    document.do(AddFrames((Frame("f", "Both", position=(800, -160), size=(300, 420), node_ids=("yes", "no")),)))
    hand.drag((900, -150), (960, -50))
    assert document.graph.frames["f"].position == (860, -60)
    assert positions(hand)["yes"] == (900, 0)
    assert positions(hand)["no"] == (900, 200)
    document.undo()
    assert positions(hand)["yes"] == (840, -100)


def test_the_corner_of_a_frame_resizes_it_in_one_step(hand):
    document = hand.canvas.document
    document.do(AddFrames((Frame("f", "Both", position=(60, 200), size=(300, 200)),)))
    hand.drag((355, 395), (455, 455))
    assert document.graph.frames["f"].size == (400, 260)
    document.undo()
    assert document.graph.frames["f"].size == (300, 200)


def test_escape_while_resizing_brings_the_size_back(hand):
    document = hand.canvas.document
    document.do(AddFrames((Frame("f", "Both", position=(60, 200), size=(300, 200)),)))
    hand.drag((355, 395), (455, 455), drop=False)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release((455, 455))
    assert document.graph.frames["f"].size == (300, 200)


def test_a_node_joins_the_frame_it_is_put_into_and_leaves_it_when_it_is_taken_out(hand):
    graph = hand.canvas.document.graph
    hand.canvas.document.do(AddFrames((Frame("box", "Box", position=(0, 300), size=(400, 240)),)))
    home = hand.header("yes")
    hand.drag(home, (200, 380))
    assert graph.frames["box"].node_ids == ("yes",)
    hand.canvas.document.undo()
    assert graph.frames["box"].node_ids == ()
    assert graph.nodes["yes"].position == (840, -100)
    hand.canvas.document.redo()
    hand.drag(hand.header("yes"), home)
    assert graph.frames["box"].node_ids == ()
