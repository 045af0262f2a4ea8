"""Parts of a wire's course."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.rect import Rect
from casare.ui.geometry.clipping import clip
from casare.ui.geometry.wire import Course, course, course_through

PLACES = st.tuples(st.floats(-5_000, 5_000), st.floats(-5_000, 5_000))
BOXES = st.builds(Rect, st.floats(-3_000, 3_000), st.floats(-3_000, 3_000), st.floats(10, 1_500), st.floats(10, 1_500))


def cards(source, target):
    return Rect(source[0] - 200, source[1] - 40, 200, 100), Rect(target[0], target[1] - 40, 200, 100)


def fine(way: Course, pieces: int = 400):
    """Return points along a course, so close that none is more than a few px from the next."""
    points = []
    if not way.is_curve:
        for (ax, ay), (bx, by) in pairwise(way.points):
            points += [(ax + (bx - ax) * i / pieces, ay + (by - ay) * i / pieces) for i in range(pieces + 1)]
        return points
    for at in range(0, len(way.points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = way.points[at : at + 4]
        for i in range(pieces + 1):
            t = i / pieces
            a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            points.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return points


def assert_covers(way, parts, boxes):
    drawn = [point for part in parts for point in fine(part)]
    for x, y in fine(way, 60):
        if any(box.contains(x, y) for box in boxes):
            assert min((x - dx) ** 2 + (y - dy) ** 2 for dx, dy in drawn) < 40**2


@given(PLACES, PLACES, BOXES)
def test_no_seen_part_of_a_wire_is_lost(source, target, box):
    way = course(source, target, *cards(source, target))
    assert_covers(way, clip(way, [box]), [box])


@given(PLACES, PLACES, PLACES, BOXES, BOXES)
def test_no_seen_part_of_a_wire_by_a_waypoint_is_lost(source, target, stop, one, other):
    way = course_through(source, target, [stop])
    assert_covers(way, clip(way, [one, other]), [one, other])


@given(st.floats(0, 1_000), st.floats(-400, 400))
def test_a_strip_shows_little_of_a_long_wire(x, rise):
    way = course((-3_000, 0), (4_000, rise), *cards((-3_000, 0), (4_000, rise)))
    (part,) = clip(way, [Rect(x, -1_000, 20, 2_000)])
    assert part.points[-1][0] - part.points[0][0] < 400


def test_a_wire_that_is_nowhere_near_has_no_parts():
    way = course((0, 0), (900, 600), *cards((0, 0), (900, 600)))
    assert clip(way, [Rect(0, 500, 100, 100)]) == []


def test_a_curve_that_is_mostly_seen_is_drawn_as_it_is():
    way = course((0, 0), (900, 300), *cards((0, 0), (900, 300)))
    assert clip(way, [Rect(-10, -10, 905, 400)]) == [way]


@given(PLACES, PLACES, BOXES, BOXES)
def test_parts_for_two_strips_never_overlap(source, target, one, other):
    way = course(source, target, *cards(source, target))
    if way.is_curve:
        parts = clip(way, [one, other])
        assert all(part.points[-1][0] <= after.points[0][0] + 0.001 for part, after in pairwise(parts))
