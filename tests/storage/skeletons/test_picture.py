from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.model import Connection, Graph, Node
from casare.storage import Picture, generate
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.picture import MAX_BOXES, MAX_ENCODED, MAX_WIRES
from tests.storage.strategies import graphs
from tests.storage.workflows import catalog

CATALOG = catalog()


def picture_of(graph: Graph) -> Picture:
    picture = describe(graph, CATALOG).picture
    assert picture is not None
    return picture


def test_a_small_graph_is_drawn_box_for_box() -> None:
    graph = Graph(
        [Node("a", "LogNode", {}, (0, 0)), Node("b", "IfNode", {}, (800, 0)), Node("c", "Odd", {}, (0, 400))],
        [Connection("a", "exec_out", "b", "exec_in")],
    )
    picture = picture_of(graph)
    assert [box.category for box in picture.boxes()] == ["utility", "control_flow", "unknown"]
    a, b, c = picture.boxes()
    assert (a.x, a.y) == (0, 0)
    assert b.x + b.width == pytest.approx(1, abs=1e-4)
    assert c.y + c.height == pytest.approx(1, abs=1e-4)
    assert picture.aspect == pytest.approx(1000 / 460)
    [(x1, y1, x2, y2)] = picture.wires()
    assert (x1, x2) == pytest.approx((a.x + a.width, b.x), abs=1e-4)
    assert (y1, y2) == pytest.approx((a.y + a.height / 2, b.y + b.height / 2), abs=1e-4)


@given(graphs())
def test_everything_lies_inside_the_picture(graph: Graph) -> None:
    picture = picture_of(graph)
    assert len(picture.boxes()) == len(graph.nodes)
    for box in picture.boxes():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= 1.0001
        assert box.y + box.height <= 1.0001
    assert all(-1e-4 <= value <= 1.0001 for wire in picture.wires() for value in wire)


@pytest.mark.parametrize("shape", ["mixed", "chain", "diamond", "tree", "random"])
@pytest.mark.parametrize("count", [401, 3_000, 20_000])
def test_big_graphs_are_clustered_within_the_bounds(shape: str, count: int) -> None:
    picture = picture_of(generate(count, 1, shape))  # type: ignore[arg-type]
    assert MAX_BOXES / 8 < len(picture.boxes()) <= MAX_BOXES
    assert 0 < len(picture.wires()) <= MAX_WIRES
    assert len(picture.packed_boxes) + len(picture.packed_wires) <= MAX_ENCODED
    assert all(box.x + box.width <= 1.0001 and box.y + box.height <= 1.0001 for box in picture.boxes())


def test_a_cluster_picture_has_boxes_where_nodes_are_and_none_where_none_are() -> None:
    def block(name: str, left: float) -> list[Node]:
        return [
            Node(f"{name}{index}", "LogNode", {}, (left + index % 50 * 280, index // 50 * 200)) for index in range(2500)
        ]

    picture = picture_of(Graph([*block("a", 0), *block("b", 28_000)]))
    assert not [box for box in picture.boxes() if box.x > 0.36 and box.x + box.width < 0.64]
    left = sum(box.x < 0.5 for box in picture.boxes())
    assert left == pytest.approx(len(picture.boxes()) / 2, rel=0.1)


def test_a_line_of_many_nodes_stays_a_line() -> None:
    picture = picture_of(Graph([Node(f"n{i}", "LogNode", {}, (i * 280, 0)) for i in range(5000)]))
    assert len(picture.boxes()) > 200
    assert picture.aspect > 1000


def test_nodes_all_in_one_place_make_one_box() -> None:
    picture = picture_of(Graph([Node(f"n{i}", "LogNode") for i in range(1000)]))
    assert len(picture.boxes()) == 1
    assert picture.wires() == []


def test_the_same_graph_gives_the_same_picture() -> None:
    assert picture_of(generate(5000, 3)) == picture_of(generate(5000, 3))


def test_an_empty_workflow_has_no_picture() -> None:
    skeleton = describe(Graph(), CATALOG)
    assert (skeleton.picture, skeleton.bounds) == (None, None)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_damaged_picture_is_empty(boxes: str, wires: str) -> None:
    good = picture_of(generate(20, 1))
    for damaged in (
        replace(good, packed_boxes=boxes),
        replace(good, packed_wires=wires),
        replace(good, categories=()),
        Picture(1.0, ("a",), boxes, wires),
    ):
        assert len(damaged.boxes()) <= 20
        assert len(damaged.wires()) <= MAX_WIRES
