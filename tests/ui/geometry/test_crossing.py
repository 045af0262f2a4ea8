"""Where a drawn line crosses a wire."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casare.ui.geometry.crossing import crossing
from casare.ui.geometry.wire import course_through

LINE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0))


def test_a_line_that_crosses_is_found_where_it_does() -> None:
    assert crossing((50, -10), (50, 10), LINE) == (50, 0)


def test_of_several_crossings_the_first_one_counts() -> None:
    assert crossing((120, 50), (50, -20), LINE) == (100, 30)


def test_lines_that_miss_or_run_alongside_do_not_cross() -> None:
    assert crossing((50, 1), (50, 10), LINE) is None
    assert crossing((0, 5), (90, 5), LINE) is None
    assert crossing((0, 0), (0, 0), LINE) is None


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), max_size=4))
def test_a_course_goes_by_all_its_points_and_leaves_and_arrives_level(points: list[tuple[int, int]]) -> None:
    course = course_through((0, 0), (300, 100), points)
    assert course.pieces == len(points) + 1
    assert course.points[0::3] == ((0, 0), *points, (300, 100))
    assert course.points[1][1] == 0
    assert course.points[-2][1] == 100
    assert course.points[1][0] > 0
    assert course.points[-2][0] < 300
