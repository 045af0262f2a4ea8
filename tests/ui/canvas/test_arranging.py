"""Arranging, walking and splicing on a canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from casare.app.arranging import Line
from casare.app.editing import Way
from casare.ui.canvas.drop import node_mime


def document(hand):
    return hand.canvas.document


def test_tidy_moves_in_one_step_and_undo_brings_every_place_back(hand):
    before = document(hand).graph.copy()
    hand.canvas.arrange.tidy()
    places = {node.id: node.position for node in document(hand).graph.nodes.values()}
    assert places != {node.id: node.position for node in before.nodes.values()}
    assert len(document(hand).history.labels()[0]) == 1
    cards = [card.rect for card in hand.canvas.stage.geometry.cards.values()]
    assert not any(one.touches(other) for one in cards for other in cards if one is not other)
    document(hand).undo()
    assert document(hand).graph == before


@pytest.mark.parametrize(("line", "axis"), [(Line.LEFT, 0), (Line.TOP, 1)])
def test_aligned_nodes_share_an_edge(hand, line, axis):
    document(hand).selection.set(["yes", "no", "odd"])
    hand.canvas.arrange.align(line)
    assert len({document(hand).graph.nodes[one].position[axis] for one in ("yes", "no", "odd")}) == 1


def test_nudges_in_a_row_are_one_undo_step(hand):
    document(hand).selection.set(["odd"])
    for _ in range(3):
        hand.canvas.arrange.nudge(1, 0)
    hand.canvas.arrange.nudge(0, 1, far=True)
    assert document(hand).graph.nodes["odd"].position == (620, 460)
    document(hand).undo()
    assert document(hand).graph.nodes["odd"].position == (560, 260)


def test_delete_and_heal_closes_the_flow(hand):
    document(hand).selection.set(["compare"])
    hand.canvas.arrange.heal()
    assert ("set", "exec_out", "if", "exec_in") in document(hand).graph.connections


def test_walking_follows_the_wires(hand):
    document(hand).selection.set(["set"])
    hand.canvas.arrange.walk(Way.NEXT)
    assert document(hand).selection.nodes == {"compare"}
    hand.canvas.arrange.walk(Way.NEXT)
    hand.canvas.arrange.walk(Way.NEXT)
    assert document(hand).selection.nodes == {"yes"}
    hand.canvas.arrange.walk(Way.DOWN)
    assert document(hand).selection.nodes == {"no"}
    hand.canvas.arrange.walk(Way.PREVIOUS)
    assert document(hand).selection.nodes == {"if"}


def test_upstream_and_downstream_grow_the_selection(hand):
    document(hand).selection.set(["if"])
    hand.canvas.arrange.select_upstream()
    assert document(hand).selection.nodes == {"if", "compare", "set"}
    document(hand).selection.set(["if"])
    hand.canvas.arrange.select_downstream()
    assert document(hand).selection.nodes == {"if", "yes", "no"}


def test_a_type_dropped_on_a_wire_is_put_into_it(hand):
    key = ("set", "exec_out", "compare", "exec_in")
    middle = hand.canvas.stage.geometry.course_of(key).middle()
    place, data = hand.to_screen(middle), node_mime("LogNode", {})
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(hand.canvas.viewport(), QDragEnterEvent(place, *how))
    QApplication.sendEvent(hand.canvas.viewport(), QDropEvent(QPointF(place), *how))
    (new,) = document(hand).selection.nodes
    assert key not in document(hand).graph.connections
    assert ("set", "exec_out", new, "exec_in") in document(hand).graph.connections
    assert (new, "exec_out", "compare", "exec_in") in document(hand).graph.connections
    document(hand).undo()
    assert key in document(hand).graph.connections
