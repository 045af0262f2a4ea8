"""Claims about the course of a wire."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casare.foundation.rect import Rect
from casare.ui.geometry.crossing import crossing
from casare.ui.geometry.wire import Course, Point, course, reach

WIDTH = 200.0
HEIGHTS = st.integers(3, 12).map(lambda rows: rows * 20.0)
PLACES = st.integers(-700, 700).map(float)
TOLERANCE = 1e-6


@st.composite
def wires(draw: st.DrawFn) -> tuple[Point, Point, Rect, Rect]:
    source = Rect(draw(PLACES), draw(PLACES), WIDTH, draw(HEIGHTS))
    target = Rect(draw(PLACES), draw(PLACES), WIDTH, draw(HEIGHTS))
    start = (source.right, source.y + draw(st.integers(40, int(source.height) - 1)))
    end = (target.x, target.y + draw(st.integers(40, int(target.height) - 1)))
    return start, end, source, target


def apart(source: Rect, target: Rect) -> bool:
    return not source.touches(target)


def along(line: list[Point], step: float = 2.0) -> list[Point]:
    points = []
    for (ax, ay), (bx, by) in pairwise(line):
        pieces = max(1, int(hypot(bx - ax, by - ay) / step))
        points += [(ax + (bx - ax) * k / pieces, ay + (by - ay) * k / pieces) for k in range(pieces + 1)]
    return points


def inside(rect: Rect, x: float, y: float) -> bool:
    return (
        rect.x < x - TOLERANCE and x + TOLERANCE < rect.right and rect.y < y - TOLERANCE and y + TOLERANCE < rect.bottom
    )


def bezier(way: Course, t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = way.points
    s = 1 - t
    a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    return (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)


@given(wires())
def test_a_wire_starts_and_ends_at_its_ports(wire: tuple[Point, Point, Rect, Rect]) -> None:
    start, end, source, target = wire
    line = course(start, end, source, target).flattened()
    assert line[0] == pytest.approx(start)
    assert line[-1] == pytest.approx(end)


@given(wires())
def test_the_whole_course_lies_within_its_reach(wire: tuple[Point, Point, Rect, Rect]) -> None:
    way, box = course(*wire), reach(*wire).grown(TOLERANCE)
    points = [bezier(way, k / 200) for k in range(201)] if way.is_curve else way.points
    assert all(box.contains(x, y) for x, y in points)


@given(wires())
def test_a_wire_never_crosses_the_cards_it_joins_where_they_lie_apart(wire: tuple[Point, Point, Rect, Rect]) -> None:
    start, end, source, target = wire
    assume(apart(source, target))
    line = along(course(start, end, source, target).flattened())
    assert not [point for point in line if inside(source, *point) or inside(target, *point)]


@given(wires())
def test_only_a_wire_that_runs_back_takes_the_way_round(wire: tuple[Point, Point, Rect, Rect]) -> None:
    start, end, source, target = wire
    assert course(start, end, source, target).is_curve == (end[0] >= start[0])


@given(wires())
def test_a_forward_wire_never_turns_back(wire: tuple[Point, Point, Rect, Rect]) -> None:
    start, end, source, target = wire
    assume(end[0] >= start[0])
    line = course(start, end, source, target).flattened()
    assert all(a[0] <= b[0] + TOLERANCE for a, b in pairwise(line))


@given(st.tuples(PLACES, PLACES), st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000)))
def test_the_polyline_of_a_curve_is_nowhere_more_than_a_pixel_or_so_off(start: Point, end: Point) -> None:
    way = course(start, end)
    assert way.is_curve
    line = way.flattened()
    steps = len(line) - 1
    for piece in range(steps):
        x, y = bezier(way, (piece + 0.5) / steps)
        assert way.distance(x, y) <= 3.0


def test_a_wire_being_dragged_is_a_curve_wherever_the_pointer_is() -> None:
    for end in ((500.0, 0.0), (-500.0, 0.0), (0.0, 300.0), (0.0, 0.0)):
        assert course((0, 0), end).is_curve


@given(wires(), st.floats(0, 1))
def test_every_point_of_a_wire_is_at_no_distance_from_it(wire: tuple[Point, Point, Rect, Rect], share: float) -> None:
    way = course(*wire)
    line = along(way.flattened())
    assert way.distance(*line[int(share * (len(line) - 1))]) <= TOLERANCE


@given(wires(), PLACES, PLACES)
def test_the_distance_is_that_to_the_nearest_point(wire: tuple[Point, Point, Rect, Rect], x: float, y: float) -> None:
    way = course(*wire)
    nearest = min(hypot(x - px, y - py) for px, py in along(way.flattened()))
    assert way.distance(x, y) == pytest.approx(nearest, abs=1.5)
    assert way.distance(x, y) <= nearest + TOLERANCE


@given(wires())
def test_the_middle_lies_on_the_wire_with_as_much_before_it_as_after(wire: tuple[Point, Point, Rect, Rect]) -> None:
    way = course(*wire)
    x, y = way.middle()
    assert way.distance(x, y) <= TOLERANCE
    line = way.flattened()
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    before = 0.0
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        to_middle = hypot(x - a[0], y - a[1])
        if to_middle + hypot(x - b[0], y - b[1]) <= length + TOLERANCE:
            assert any(
                abs(sum(lengths[:k]) + hypot(x - one[0], y - one[1]) - sum(lengths) / 2) < 1e-3
                for k, one in enumerate(line)
            )
            return
        before += length
    pytest.fail("the middle lies on no piece of the wire")


def test_a_wire_of_no_length_has_its_middle_and_distance_where_it_is() -> None:
    way = Course(False, ((3.0, 4.0), (3.0, 4.0)))
    assert way.middle() == (3.0, 4.0)
    assert way.distance(0, 0) == 5.0


def test_a_wire_back_runs_between_two_cards_with_room_and_below_them_without() -> None:
    above, below = Rect(0, 0, 200, 100), Rect(-50, 160, 200, 100)
    lane = course((200, 50), (-50, 210), above, below).points[2][1]
    assert 100 < lane < 160
    beside = Rect(-300, 20, 200, 100)
    assert course((200, 50), (-300, 70), above, beside).points[2][1] > 120


def test_two_wires_that_run_back_between_the_same_nodes_never_share_a_stretch() -> None:
    left = Rect(0, 0, 200, 130)
    for right in (Rect(400, 0, 200, 130), Rect(400, 300, 200, 130), Rect(400, -300, 200, 130)):
        control = course((right.right, right.y + 40), (0, 40), right, left)
        data = course((right.right, right.y + 62), (0, 82), right, left)
        for one in pairwise(control.points):
            for other in pairwise(data.points):
                assert crossing(*one, other) is None
                assert not overlap(one, other)


def overlap(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether two level or upright pieces lie on one another."""
    for level in (0, 1):
        if len({place[level] for place in (*one, *other)}) == 1:
            spans = [sorted(place[1 - level] for place in piece) for piece in (one, other)]
            return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
    return False
