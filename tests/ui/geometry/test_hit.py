"""Claims about what lies under a point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.model import Connection, Frame, Graph, Node, Note
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.hit import NOTHING, Hit, HitKind, hit, port_near, wire_at

WIRE = ("a", "exec_out", "b", "exec_in")


def table() -> Graph:
    """Return a frame around everything, a wire, a note over the wire, and cards over both."""
    return Graph(
        [
            Node("a", "LogNode", position=(0, 0)),
            Node("b", "LogNode", position=(600, 0)),
            Node("over", "LogNode", position=(620, 60)),
        ],
        [Connection(*WIRE)],
        frames=[Frame("f", position=(-100, -100), size=(1200, 500)), Frame("g", position=(-80, -90), size=(300, 60))],
        notes=[Note("m", position=(350, 0), size=(80, 80)), Note("n", position=(380, 20), size=(300, 80))],
    )


def at(graph: Graph, catalog: Catalog, x: float, y: float, scale: float = 1.0) -> Hit:
    return hit(GraphGeometry(graph, catalog), graph, x, y, scale)


@pytest.mark.parametrize(
    ("x", "y", "kind", "thing"),
    [
        (200, 40, HitKind.PORT, "a"),
        (206, 44, HitKind.PORT, "a"),
        (194, 40, HitKind.PORT, "a"),
        (180, 40, HitKind.NODE, "a"),
        (100, 10, HitKind.NODE, "a"),
        (360, 10, HitKind.NOTE, "m"),
        (400, 40, HitKind.NOTE, "n"),
        (425, 75, HitKind.NOTE, "n"),
        (650, 70, HitKind.NODE, "over"),
        (610, 70, HitKind.NODE, "b"),
        (678, 160, HitKind.NODE, "over"),
        (300, 40, HitKind.WIRE, ""),
        (300, 45, HitKind.WIRE, ""),
        (300, 48, HitKind.CANVAS, ""),
        (0, -90, HitKind.FRAME, "g"),
        (500, -90, HitKind.FRAME, "f"),
        (215, -35, HitKind.FRAME_CORNER, "g"),
        (1095, 395, HitKind.FRAME_CORNER, "f"),
        (500, 300, HitKind.CANVAS, ""),
        (5000, 0, HitKind.CANVAS, ""),
    ],
)
def test_port_beats_node_beats_note_beats_wire_beats_frame(
    catalog: Catalog, x: float, y: float, kind: HitKind, thing: str
) -> None:
    found = at(table(), catalog, x, y)
    assert (found.kind, found.id) == (kind, thing)


def test_a_hit_port_says_which_side_it_is_on(catalog: Catalog) -> None:
    graph = table()
    out, into = at(graph, catalog, 200, 40), at(graph, catalog, 0, 40)
    assert (out.is_output, out.port and out.port.name) == (True, "exec_out")
    assert (into.is_output, into.port and into.port.name) == (False, "exec_in")
    assert at(graph, catalog, 300, 40).wire == WIRE


def test_a_port_hidden_under_another_card_cannot_be_pressed(catalog: Catalog) -> None:
    graph = Graph([Node("low", "LogNode", position=(0, 0)), Node("high", "LogNode", position=(100, 0))])
    assert at(graph, catalog, 200, 40) == Hit(HitKind.NODE, "high")
    graph = Graph([Node("high", "LogNode", position=(100, 0)), Node("low", "LogNode", position=(0, 0))])
    assert at(graph, catalog, 200, 40).kind is HitKind.PORT


def test_of_two_ports_side_by_side_the_nearer_is_pressed_whichever_card_is_on_top(catalog: Catalog) -> None:
    left, right = Node("left", "LogNode", position=(0, 0)), Node("right", "LogNode", position=(212, 0))
    for nodes in ([left, right], [right, left]):
        assert at(Graph(nodes), catalog, 203, 40).id == "left"
        assert at(Graph(nodes), catalog, 209, 40).id == "right"


def test_zoomed_out_a_press_reaches_as_far_on_the_screen_and_zoomed_in_as_far_in_the_scene(catalog: Catalog) -> None:
    graph = table()
    assert at(graph, catalog, 200, 58, scale=1.0).kind is not HitKind.PORT
    assert at(graph, catalog, 219, 58, scale=0.5).kind is HitKind.PORT
    assert at(graph, catalog, 300, 51, scale=0.5).kind is HitKind.WIRE
    assert at(graph, catalog, 209, 40, scale=4.0).kind is HitKind.PORT


def test_every_port_of_every_card_can_be_pressed_at_its_centre(catalog: Catalog) -> None:
    graph = Graph(
        Node(node_type.id, node_type.id, position=(number % 12 * 300, number // 12 * 400))
        for number, node_type in enumerate(catalog.types())
    )
    geometry = GraphGeometry(graph, catalog)
    for node_id, card in geometry.cards.items():
        for is_output, spots in ((False, card.shape.inputs), (True, card.shape.outputs)):
            for name, spot in spots.items():
                found = hit(geometry, graph, card.x + spot.x, card.y + spot.y)
                assert found == Hit(HitKind.PORT, node_id, spot.port, is_output), (node_id, name)


def test_the_middle_of_a_card_is_the_card(catalog: Catalog) -> None:
    graph = table()
    geometry = GraphGeometry(graph, catalog)
    card = geometry.cards["a"]
    assert port_near(card, 100, 40, 11) is None
    assert hit(geometry, graph, *card.rect.center) == Hit(HitKind.NODE, "a")


@given(st.floats(-200, 1200), st.floats(-200, 600), st.sampled_from([0.1, 0.5, 1.0, 3.0]))
@hypothesis_settings(max_examples=200)
def test_a_hit_is_true_of_what_it_names(catalog: Catalog, x: float, y: float, scale: float) -> None:
    graph = table()
    geometry = GraphGeometry(graph, catalog)
    found = hit(geometry, graph, x, y, scale)
    match found.kind:
        case HitKind.NODE:
            assert geometry.cards[found.id].rect.contains(x, y)
        case HitKind.PORT:
            assert found.port is not None
            px, py = geometry.cards[found.id].port_at(found.port.name, found.is_output)
            assert max(abs(px - x), abs(py - y)) <= 11 / min(scale, 1)
        case HitKind.WIRE:
            assert found.wire is not None
            assert geometry.course_of(found.wire).distance(x, y) <= 6 / min(scale, 1)
        case HitKind.CANVAS:
            assert found == NOTHING
            assert not any(card.rect.contains(x, y) for card in geometry.cards.values())
        case _:
            assert found.id in graph.notes | graph.frames


def test_of_two_wires_the_nearer_is_taken_and_of_two_equal_always_the_same(catalog: Catalog) -> None:
    graph = Graph(
        [Node("a", "LogNode"), Node("b", "LogNode", position=(600, 0)), Node("c", "LogNode", position=(600, 300))],
        [Connection("a", "exec_out", "b", "exec_in"), Connection("a", "exec_out", "c", "exec_in")],
    )
    geometry = GraphGeometry(graph, catalog)
    assert wire_at(geometry, 500, 40, 6) == ("a", "exec_out", "b", "exec_in")
    x, y = geometry.course_of(("a", "exec_out", "c", "exec_in")).middle()
    assert wire_at(geometry, x, y, 6) == ("a", "exec_out", "c", "exec_in")
    assert wire_at(geometry, 200, 40, 6) == min(graph.connections)
    assert wire_at(geometry, 400, 500, 6) is None
