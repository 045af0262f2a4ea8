"""What reaches the screen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from casare.model import Connection, Graph, Node
from casare.ui.canvas.stage import Heat
from casare.ui.theme.tokens import DARK, LIGHT


def big(count):
    nodes = [
        Node(f"n{i}", ("LogNode", "IfNode", "Nobody")[i % 3], {}, ((i % 40) * 280, (i // 40) * 200))
        for i in range(count)
    ]
    wires = [Connection(f"n{i}", "exec_out", f"n{i + 1}", "exec_in") for i in range(count - 1)]
    return Graph(nodes, wires)


def colours(image: QImage):
    step = 7
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), step) for y in range(0, image.height(), step)
    }


def test_the_number_of_items_does_not_grow_with_the_graph(open_canvas):
    small, large = open_canvas(big(10)), open_canvas(big(1000))
    assert len(small.canvas.canvas_scene.items()) == len(large.canvas.canvas_scene.items()) == 5


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.45, 1.0, 3.0])
def test_every_zoom_shows_something_besides_the_ground(open_canvas, qtbot, zoom):
    hand = open_canvas(big(400))
    hand.canvas.zoom_to(zoom)
    hand.canvas.centerOn(*hand.canvas.stage.geometry.bounds().center)

    def shown():
        assert len(colours(hand.canvas.grab().toImage())) > 3

    qtbot.waitUntil(shown)


def test_a_graph_seen_from_afar_is_drawn_by_kept_pictures_that_follow_edits(open_canvas, qtbot):
    hand = open_canvas(big(400))
    sheets = hand.canvas.canvas_scene.sheets
    hand.canvas.zoom_to(0.1)

    def fresh():
        assert sheets.overview is not None
        assert sheets.close_up is not None
        assert sheets.overview.revision == sheets.close_up.revision == sheets.revision

    qtbot.waitUntil(fresh)
    hand.canvas.edit.select_all()
    hand.canvas.edit.delete()
    assert sheets.overview.revision != sheets.revision
    hand.canvas.document.undo()
    qtbot.waitUntil(fresh)


def test_panning_paints_only_the_strips_that_came_into_view(open_canvas, monkeypatch):
    hand = open_canvas(big(400))
    hand.canvas.zoom_to(1.0)
    for _ in range(20):
        QApplication.processEvents()
        hand.canvas.viewport().repaint()
    drawn = []
    cache = hand.canvas.canvas_scene.cache
    original = cache.draw
    monkeypatch.setattr(cache, "draw", lambda *args, **how: drawn.append(args[2].node_id) or original(*args, **how))
    hand.canvas.viewport().repaint()
    whole = len(drawn)
    drawn.clear()
    hand.canvas.pan_by(-3, 0)
    QApplication.processEvents()
    assert 0 < len(drawn) < whole / 2


def test_equal_cards_share_one_picture(open_canvas):
    nodes = [Node(f"n{i}", "MergeNode", {}, (240 * (i % 4), 120 * (i // 4))) for i in range(12)]
    hand = open_canvas(Graph(nodes))
    hand.canvas.zoom_to(1.0)
    hand.canvas.centerOn(400, 150)
    hand.canvas.grab()
    assert len(hand.canvas.canvas_scene.cache) == 1


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_ground_is_the_theme_s(hand, theme):
    hand.canvas.set_theme(theme)
    image = hand.canvas.grab().toImage()
    assert image.pixelColor(image.width() - 3, 3).name() in (theme.canvas, theme.grid_dot)


def test_a_selected_node_carries_a_ring_in_the_ring_colour(hand):
    before = colours(hand.canvas.grab().toImage())
    assert DARK.selection_ring not in before
    hand.canvas.set_theme(DARK)
    hand.canvas.document.selection.set(["if"])
    card = hand.canvas.stage.geometry.cards["if"].rect
    image = hand.canvas.grab().toImage()
    spot = hand.to_screen((card.x - 1.5, card.y + 20))
    ring = {image.pixelColor(spot.x() + dx, spot.y()).name() for dx in range(-2, 3)}
    assert DARK.selection_ring in ring


def test_marking_a_critical_path_marks_nodes_and_the_wires_between(hand):
    hand.canvas.set_critical(["set", "compare", "yes"])
    assert hand.canvas.stage.critical_wires == {("set", "exec_out", "compare", "exec_in")}
    hand.canvas.set_critical([])
    assert not hand.canvas.stage.critical_wires


def test_a_level_wire_is_painted(hand):
    key = ("set", "exec_out", "compare", "exec_in")
    points = hand.canvas.stage.geometry.course_of(key).points
    assert points[0][1] == points[-1][1]
    hand.canvas.set_theme(DARK)
    image = hand.canvas.grab().toImage()
    spot = hand.to_screen(hand.canvas.stage.geometry.course_of(key).middle())
    assert image.pixelColor(spot).name() == DARK.control_wire


def test_heat_colours_the_hottest_card_and_writes_its_cost_above_it(hand):
    hand.canvas.set_theme(DARK)
    cold = hand.canvas.stage.marks("if")
    hand.canvas.set_heat(Heat({"if": 1.0, "set": 0.0}, {"if": "4.1 s"}))
    assert hand.canvas.stage.marks("if") == cold._replace(heat=6, badge="4.1 s")
    image = hand.canvas.grab().toImage()
    card = hand.canvas.stage.geometry.cards["if"].rect
    header = hand.to_screen((card.right - 20, card.y + 6))
    assert image.pixelColor(header).name() == DARK.heat[-1]
    hand.canvas.set_heat(None)
    assert hand.canvas.stage.marks("if") == cold
