"""Claims about where a dragged selection comes to rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.rect import Rect
from casare.ui.geometry.metrics import GRID
from casare.ui.geometry.snapping import snap

NUMBERS = st.integers(-500, 500).map(float)
BOXES = st.builds(Rect, NUMBERS, NUMBERS, st.just(200.0), st.sampled_from([60.0, 80.0, 100.0, 140.0]))
WAYS = st.floats(-300, 300)
REACH = 6.0


@given(BOXES, WAYS, WAYS)
def test_without_neighbours_and_grid_nothing_snaps(box: Rect, dx: float, dy: float) -> None:
    assert snap(box, (box.x, box.y), dx, dy, [], reach=REACH, grid=False) == (dx, dy, ())


@given(BOXES, WAYS, WAYS)
def test_with_the_grid_alone_the_pressed_card_falls_on_it(box: Rect, dx: float, dy: float) -> None:
    found = snap(box, (box.x, box.y), dx, dy, [], reach=REACH, grid=True)
    assert (box.x + found.dx) % GRID == pytest.approx(0, abs=1e-6)
    assert (box.y + found.dy) % GRID == pytest.approx(0, abs=1e-6)
    assert abs(found.dx - dx) <= GRID / 2 + 1e-6
    assert found.guides == ()


@given(BOXES, st.lists(BOXES, min_size=1, max_size=8), WAYS, WAYS)
def test_without_the_grid_nothing_snaps_further_than_the_reach_and_each_snap_is_explained(
    box: Rect, others: list[Rect], dx: float, dy: float
) -> None:
    found = snap(box, (box.x, box.y), dx, dy, others, reach=REACH, grid=False)
    final = box.moved(found.dx, found.dy)
    assert abs(found.dx - dx) <= REACH
    assert abs(found.dy - dy) <= REACH
    for guide in found.guides:
        if guide.ax == guide.bx:
            assert min(abs(guide.ax - final.x), abs(guide.ax - final.center[0])) < 1e-6
            assert any(guide.ax in (other.x, other.center[0]) for other in others)
            assert guide.ay < final.y
            assert guide.by > final.bottom
        else:
            assert guide.ay == guide.by
            assert min(abs(guide.ay - final.y), abs(guide.ay - final.center[1])) < 1e-6
    assert (found.dx == dx) or any(guide.ax == guide.bx for guide in found.guides)
    assert (found.dy == dy) or any(guide.ay == guide.by for guide in found.guides)


@given(BOXES, st.lists(BOXES, max_size=8), WAYS, WAYS)
def test_what_has_snapped_stays_put_when_snapped_again(box: Rect, others: list[Rect], dx: float, dy: float) -> None:
    first = snap(box, (box.x, box.y), dx, dy, others, reach=REACH, grid=False)
    again = snap(box, (box.x, box.y), first.dx, first.dy, others, reach=REACH, grid=False)
    assert (again.dx, again.dy) == pytest.approx((first.dx, first.dy))


@given(BOXES, st.lists(BOXES, min_size=2, max_size=6), WAYS, WAYS)
def test_the_order_of_the_neighbours_does_not_matter(box: Rect, others: list[Rect], dx: float, dy: float) -> None:
    one = snap(box, (0, 0), dx, dy, others, reach=REACH, grid=False)
    other = snap(box, (0, 0), dx, dy, others[::-1], reach=REACH, grid=False)
    assert abs(one.dx - dx) == pytest.approx(abs(other.dx - dx))
    assert abs(one.dy - dy) == pytest.approx(abs(other.dy - dy))


def test_lining_up_with_a_card_wins_over_the_grid() -> None:
    other = Rect(13, 500, 200, 60)
    found = snap(Rect(0, 0, 200, 60), (0, 0), 11, 27, [other], reach=REACH, grid=True)
    assert found.dx == 13
    assert found.dy == 20
    assert len(found.guides) == 1


def test_the_nearest_of_several_lines_is_taken() -> None:
    others = [Rect(5, 300, 200, 60), Rect(2, 600, 200, 60)]
    assert snap(Rect(0, 0, 200, 60), (0, 0), 1, 0, others, reach=REACH, grid=False).dx == 2
