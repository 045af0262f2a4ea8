"""What the profiler tells the canvas: totals of frames, details in tips, heat of what was found, the critical path."""

from __future__ import annotations

import pytest

from casare.model import Connection, Frame, Graph, Node
from casare.ui.canvas.stage import Costs, FoundMarks, Heat
from casare.ui.canvas.tips import tip_for
from casare.ui.geometry.hit import hit
from casare.ui.theme.tokens import DARK


@pytest.fixture
def framed(open_canvas):
    """Return a hand over a chain of four nodes, two of them in a frame."""
    nodes = [Node(f"n{at}", "LogNode", {}, (at * 280, 60)) for at in range(4)]
    wires = [Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(3)]
    short_cut = Connection("n0", "exec_out", "n2", "exec_in")
    frame = Frame("f", "Inside", position=(-20, 0), size=(560, 220), node_ids=("n0", "n1"))
    hand = open_canvas(Graph(nodes, [*wires, short_cut], frames=[frame]))
    hand.canvas.set_theme(DARK)
    return hand


def _costs(*, stale: bool = False) -> Costs:
    return Costs(lambda one: (f"{one} takes 2 s",), lambda ids: f"{len(list(ids))} cost 4 s", stale)


def test_a_frame_shows_what_its_nodes_cost_while_heat_is_shown(framed):
    stage, frame = framed.canvas.stage, framed.canvas.document.graph.frames["f"]
    framed.canvas.canvas_scene.show_costs(_costs())
    assert stage.frame_total(frame) == ""
    plain = framed.canvas.grab().toImage()
    framed.canvas.set_heat(Heat({"n0": 1.0}, {}))
    assert stage.frame_total(frame) == "2 cost 4 s"
    assert framed.canvas.grab().toImage() != plain
    framed.canvas.canvas_scene.show_costs(None)
    assert stage.frame_total(frame) == ""


def test_tips_tell_what_nodes_and_frames_cost_and_whether_that_still_holds(framed):
    stage, graph = framed.canvas.stage, framed.canvas.document.graph
    over_node = hit(stage.geometry, graph, *framed.header("n1"), 1.0)
    over_frame = hit(stage.geometry, graph, 100, 10, 1.0)
    assert "takes" not in tip_for(stage, over_node)
    assert tip_for(stage, over_frame) == ""
    framed.canvas.canvas_scene.show_costs(_costs())
    assert "n1 takes 2 s" in tip_for(stage, over_node)
    assert "2 nodes · 2 cost 4 s" in tip_for(stage, over_frame)
    framed.canvas.canvas_scene.show_costs(_costs(stale=True))
    assert "has changed since" in tip_for(stage, over_node)


def test_a_short_cut_between_two_nodes_of_the_critical_path_is_not_part_of_it(framed):
    framed.canvas.set_critical(("n0", "n1", "n2"))
    marked = {(key[0], key[2]) for key in framed.canvas.stage.critical_wires}
    assert marked == {("n0", "n1"), ("n1", "n2")}


def test_from_afar_what_was_found_keeps_its_heat(framed):
    framed.canvas.set_heat(Heat({"n0": 1.0, "n1": 0.0, "n2": 0.0, "n3": 0.0}, {}))
    framed.canvas.zoom_to(0.06)
    framed.canvas.canvas_scene.show_found(FoundMarks(frozenset({"n0"})))
    image = framed.canvas.grab().toImage()
    card = framed.canvas.stage.geometry.cards["n0"].rect
    spot = framed.to_screen((card.x + card.width / 2, card.y + card.height / 2))
    assert image.pixelColor(spot).name() == DARK.heat[-1]


def test_from_afar_the_pictures_show_the_wires_of_the_critical_path(open_canvas, qtbot):
    nodes = [Node(f"n{at}", "LogNode", {}, ((at % 30) * 600, (at // 30) * 600)) for at in range(900)]
    wires = [Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(899)]
    hand = open_canvas(Graph(nodes, wires))
    hand.canvas.set_theme(DARK)
    hand.canvas.fit()
    hand.canvas.set_critical(("n0", "n1", "n2"))
    sheets = hand.canvas.canvas_scene.sheets

    def drawn():
        hand.canvas.viewport().update()
        return sheets.overview is not None and sheets.overview.revision == sheets.revision

    qtbot.waitUntil(drawn)
    region, image, scale = sheets.overview.region, sheets.overview.image, sheets.overview.scale
    cards = hand.canvas.stage.geometry.cards
    x = (cards["n0"].rect.right + cards["n1"].rect.x) / 2
    y = cards["n0"].rect.y + cards["n0"].rect.height / 2
    at = round((x - region.x) * scale), round((y - region.y) * scale)
    assert DARK.critical_wire in {image.pixelColor(at[0], at[1] + down).name() for down in range(-2, 3)}
