"""Rectangles in scene px."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.rect import Rect

# Whole numbers: sums of them are exact, so equality is meant and not nearly.
numbers = st.integers(-10_000, 10_000).map(float)
sizes = st.integers(0, 10_000).map(float)
rects = st.builds(Rect, numbers, numbers, sizes, sizes)


def test_edges_and_middle_follow_from_corner_and_size() -> None:
    rect = Rect(10, 20, 30, 40)
    assert (rect.right, rect.bottom, rect.center) == (40, 60, (25, 40))


@given(numbers, numbers, numbers, numbers)
def test_the_order_of_two_corners_does_not_matter(ax: float, ay: float, bx: float, by: float) -> None:
    spanned = Rect.spanning(ax, ay, bx, by)
    assert spanned == Rect.spanning(bx, by, ax, ay) == Rect.spanning(ax, by, bx, ay)
    assert spanned.contains(ax, ay)
    assert spanned.contains(bx, by)
    assert spanned.width >= 0
    assert spanned.height >= 0


@given(st.lists(rects, min_size=1, max_size=20))
def test_the_rectangle_around_others_encloses_each_and_is_the_smallest(held: list[Rect]) -> None:
    around = Rect.around(held)
    assert around is not None
    assert all(around.encloses(rect) for rect in held)
    assert around.x in {rect.x for rect in held}
    assert around.y in {rect.y for rect in held}
    assert around.right in {rect.right for rect in held}
    assert around.bottom in {rect.bottom for rect in held}


def test_nothing_has_no_rectangle_around_it() -> None:
    assert Rect.around([]) is None


@given(rects, rects)
def test_touching_is_mutual_and_enclosing_implies_it(one: Rect, other: Rect) -> None:
    assert one.touches(other) == other.touches(one)
    if one.encloses(other):
        assert one.touches(other)


@given(rects, numbers, numbers)
def test_a_rectangle_moved_there_and_back_is_the_same(rect: Rect, dx: float, dy: float) -> None:
    assert rect.moved(dx, dy).moved(-dx, -dy) == rect


@given(rects, sizes)
def test_a_grown_rectangle_encloses_the_old_and_shrinks_back(rect: Rect, margin: float) -> None:
    grown = rect.grown(margin)
    assert grown.encloses(rect)
    assert grown.grown(-margin) == rect
    assert grown.center == rect.center


def test_the_edge_belongs_to_the_rectangle_and_the_next_pixel_does_not() -> None:
    rect = Rect(0, 0, 10, 10)
    assert rect.contains(10, 10)
    assert rect.touches(Rect(10, 10, 5, 5))
    assert not rect.contains(10.5, 5)
    assert not rect.touches(Rect(11, 0, 5, 5))
