"""Claims about finding wires by place: those that cross a view and not those that only go round it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.foundation.rect import Rect
from casare.model import Connection, Graph, Node, WireKey
from casare.ui.geometry.course_boxes import course_boxes
from casare.ui.geometry.graph_geometry import GraphGeometry
from casare.ui.geometry.grid_index import Box
from casare.ui.geometry.wire import Course, Point, course, course_through
from casare.ui.geometry.wire_index import WireIndex, is_long

PLACES = st.tuples(st.integers(-9_000, 9_000).map(float), st.integers(-9_000, 9_000).map(float))
VIEWS = st.builds(Rect, *[st.integers(-9_000, 9_000).map(float)] * 2, *[st.integers(0, 3_000).map(float)] * 2)


def course_between(start: Point, end: Point, by: list[Point]) -> Course:
    if by:
        return course_through(start, end, by)
    cards = [Rect(start[0] - 200, start[1] - 40, 200, 90), Rect(end[0], end[1] - 40, 200, 90)]
    return course(start, end, *cards)


COURSES = st.builds(course_between, PLACES, PLACES, st.lists(PLACES, max_size=2))


def box_of(pieces: tuple[Rect, ...]) -> Rect:
    around = Rect.around(pieces)
    assert around is not None
    return around


@given(COURSES)
def test_every_point_of_a_course_lies_in_one_of_its_rectangles(way: Course) -> None:
    boxes = [one.grown(0.01) for one in course_boxes(way)]
    assert all(any(box.contains(x, y) for box in boxes) for x, y in way.flattened())


@example([(0, course((0, 0), (8_000, 6_000), Rect(-200, 0, 200, 90), Rect(8_000, 6_000, 200, 90)))], [])
@given(st.lists(st.tuples(st.integers(0, 9), st.none() | COURSES), max_size=30), st.lists(VIEWS, max_size=4))
def test_after_any_edits_a_query_finds_what_a_look_at_all_courses_finds(
    edits: list[tuple[int, Course | None]], views: list[Rect]
) -> None:
    index, all_pieces = WireIndex(), dict[WireKey, tuple[Rect, ...]]()
    for number, way in edits:
        key = (str(number), "", "", "")
        if way is None:
            index.remove(key)
            all_pieces.pop(key, None)
            continue
        pieces = course_boxes(way)
        box = box_of(pieces)
        all_pieces[key] = pieces if is_long(box) else (box,)
        index.insert(key, box, pieces if is_long(box) else ())
    for view in (*views, *(box_of(one) for one in all_pieces.values())):
        found = {key for key, pieces in all_pieces.items() if any(one.touches(view) for one in pieces)}
        assert index.query(view) == index.twin().query(view) == found
    for key in list(all_pieces):
        index.remove(key)
    assert len(index) == 0
    assert index._cells == {}


def test_a_long_wire_is_not_found_where_it_does_not_run(catalog: Catalog) -> None:
    key = ("a", "exec_out", "b", "exec_in")
    for there in ((8_000, 6_000), (-8_000, 6_000)):
        graph = Graph([Node("a", "LogNode", {}, (0, 0)), Node("b", "LogNode", {}, there)], [Connection(*key)])
        geometry = GraphGeometry(graph, catalog)
        assert geometry.wires_near(Rect(there[0] * 0.9, 300, 400, 400)) == set()
        line = geometry.course_of(key).flattened()
        for (ax, ay), (bx, by) in pairwise(line):
            assert geometry.wires_near(Rect((ax + bx) / 2 - 2, (ay + by) / 2 - 2, 4, 4)) == {key}


def test_a_wire_stands_in_few_cells_however_long_it_is() -> None:
    for length in (1_000.0, 30_000.0, 1e6):
        index = WireIndex()
        box: Box = Rect(0, 0, length, 10)
        index.insert(("a", "", "b", ""), box, (box,))
        assert sum(len(cells) for cells in index._cells.values()) <= 18
