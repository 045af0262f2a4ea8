"""What a frame costs, counted: how much is drawn, looked at and asked for, never how long it takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from casare.model import Connection, Graph, Node
from casare.storage import generate
from casare.ui.canvas.gestures.drag_items import DragItems
from casare.ui.canvas.layers import lifted
from casare.ui.geometry.hit import HitKind, hit


def grid(count, across=100):
    nodes = [Node(f"n{i}", "LogNode", {}, ((i % across) * 280, (i // across) * 200)) for i in range(count)]
    return Graph(nodes, [Connection(f"n{i}", "exec_out", f"n{i + 1}", "exec_in") for i in range(count - 1)])


@pytest.fixture
def stroked(monkeypatch):
    """Return the wires that are stroked from now on."""
    found = []

    def watch(hand):
        layer = hand.canvas.canvas_scene.wires
        original = layer.stroke
        monkeypatch.setattr(layer, "stroke", lambda painter, key: found.append(key) or original(painter, key))
        return found

    return watch


def settle(hand):
    for _ in range(20):
        QApplication.processEvents()
        hand.canvas.viewport().repaint()


def look_at(hand, node_id, zoom=1.0):
    hand.canvas.zoom_to(zoom)
    hand.canvas.centerOn(*hand.canvas.stage.geometry.cards[node_id].rect.center)
    settle(hand)


def test_a_frame_strokes_only_wires_that_may_cross_the_view(open_canvas, stroked):
    hand = open_canvas(generate(2_000, 3, "random"))
    look_at(hand, next(reversed(hand.canvas.stage.geometry.cards)))
    keys = stroked(hand)
    hand.canvas.viewport().repaint()
    geometry, seen = hand.canvas.stage.geometry, hand.canvas.navigator.seen().grown(10)
    assert keys
    assert all(geometry.reach_of(key).touches(seen) for key in keys)
    assert len(keys) < len(hand.canvas.document.graph.connections) / 4


@pytest.mark.parametrize("count", [400, 10_000])
def test_dragging_one_node_paints_as_much_among_ten_thousand_as_among_few(open_canvas, stroked, count):
    hand = open_canvas(grid(count, across=20))
    look_at(hand, "n210")
    keys = stroked(hand)
    grip = hand.header("n210")
    hand.drag(grip, (grip[0] + 60, grip[1] + 36), drop=False)
    hand.canvas.pointing.cancel()
    assert 0 < len(set(keys)) < 30


def test_an_edit_inside_the_graph_looks_at_no_other_node_for_its_bounds(open_canvas, monkeypatch):
    hand = open_canvas(grid(2_000))
    geometry = hand.canvas.stage.geometry
    before = geometry.bounds()
    monkeypatch.setattr(type(geometry), "_around_cards", lambda self: pytest.fail("looked at every card"))
    document = hand.canvas.document
    document.selection.set(["n510"])
    hand.canvas.arrange.nudge(1, 0)
    assert geometry.bounds() == before


def test_the_bounds_follow_a_node_that_leaves_them_and_comes_back(open_canvas):
    hand = open_canvas(grid(40, across=10))
    geometry, document = hand.canvas.stage.geometry, hand.canvas.document
    before = geometry.bounds()
    document.selection.set(["n9"])
    hand.canvas.arrange.nudge(3, 0)
    assert geometry.bounds().right > before.right
    document.undo()
    assert geometry.bounds() == before


def test_a_drag_of_a_thousand_seen_from_afar_is_drawn_once_and_then_moved(open_canvas, monkeypatch):
    hand = open_canvas(grid(1_000, across=40))
    hand.canvas.fit()
    settle(hand)
    hand.canvas.document.selection.set(hand.canvas.document.graph.nodes)
    drawn = []
    original = lifted.sheet_of
    monkeypatch.setattr(lifted, "sheet_of", lambda *args: drawn.append(args) or original(*args))
    grip = hand.header("n500")
    hand.drag(grip, (grip[0] + 240, grip[1] + 120), drop=False)
    assert hand.canvas.pointing.busy
    hand.canvas.viewport().repaint()
    assert len(drawn) == 1
    hand.release((grip[0] + 240, grip[1] + 120))
    assert hand.canvas.document.graph.nodes["n500"].position != (500 % 40 * 280, 500 // 40 * 200)


def test_from_afar_a_press_on_a_card_means_the_card_and_never_a_port(open_canvas):
    hand = open_canvas(grid(1_000, across=40))
    geometry, graph = hand.canvas.stage.geometry, hand.canvas.document.graph
    card = geometry.cards["n500"].rect
    for x in (card.x + 1, card.center[0], card.right - 1):
        assert hit(geometry, graph, x, card.center[1], 0.08).kind is HitKind.NODE
    x, y = geometry.cards["n500"].port_at("exec_in", False)
    assert hit(geometry, graph, x, y, 1.0).kind is HitKind.PORT


def test_a_pan_leaves_nothing_to_do_behind(open_canvas, qtbot):
    hand = open_canvas(grid(1_000))
    sheets = hand.canvas.canvas_scene.sheets
    look_at(hand, "n510")
    hand.canvas.pan_by(-40, 10)
    qtbot.waitUntil(lambda: sheets.overview is not None and sheets.overview.revision == sheets.revision)
    QApplication.processEvents()
    assert not [timer for timer in hand.canvas.findChildren(QTimer) if timer.isActive()]
    assert len(hand.canvas.canvas_scene.items()) == 5


def test_a_band_over_everything_marks_each_card_by_a_box_made_once(open_canvas):
    hand = open_canvas(grid(1_000, across=40))
    hand.canvas.fit()
    settle(hand)
    hand.canvas.document.selection.set(hand.canvas.document.graph.nodes)
    hand.canvas.viewport().repaint()
    boxes = hand.canvas.canvas_scene.cards._boxes
    kept = dict(boxes)
    assert len(kept) == 1_000
    hand.canvas.document.selection.set(list(hand.canvas.document.graph.nodes)[:800])
    hand.canvas.viewport().repaint()
    assert all(boxes[one] is box for one, box in kept.items())


def test_a_drag_of_few_marks_its_step_small(open_canvas, monkeypatch):
    hand = open_canvas(grid(1_000, across=40))
    look_at(hand, "n500")
    everything = []
    monkeypatch.setattr(hand.canvas.canvas_scene, "redraw_all", lambda: everything.append(True))
    grip = hand.header("n500")
    hand.drag(grip, (grip[0] + 80, grip[1] + 40), drop=False)
    # One when it is taken up; a step paints what moved.
    assert len(everything) <= 2
    assert isinstance(hand.canvas.pointing._gesture, DragItems)
    hand.canvas.pointing.cancel()
