"""The course of a wire: a curve when it runs forwards, a way round the cards when it runs back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, hypot, sqrt
from typing import NamedTuple

from casare.foundation.rect import Rect
from casare.ui.geometry.metrics import DETOUR, ROW_HEIGHT, WIRE_HANDLE_MAX, WIRE_HANDLE_MIN

Point = tuple[float, float]

_FLATNESS = 1.0
_FEWEST_STEPS, _MOST_STEPS = 8, 64
_LEAST_LANE = 16
"""The smallest gap between two cards that a wire runs back through, in scene px."""
_LANE_EDGE = 4
"""How near to a card it may come there."""
_LANE_STEP = 5
"""How far two wires that run back from neighbouring ports are apart."""
_MOST_OUT = 30


class Course(NamedTuple):
    """A wire's course: Bézier curves one after another (four points, three more for each), or a rounded polyline."""

    is_curve: bool
    points: tuple[Point, ...]

    def flattened(self) -> list[Point]:
        """Return the course as a polyline that is nowhere more than a pixel off."""
        if not self.is_curve:
            return list(self.points)
        line = [self.points[0]]
        for piece in range(self.pieces):
            line += self.flat_piece(piece)[1:]
        return line

    @property
    def pieces(self) -> int:
        """Return of how many curves the course is made: one more than it goes by points."""
        return (len(self.points) - 1) // 3 if self.is_curve else 1

    def flat_piece(self, piece: int) -> list[Point]:
        """Return one of the curves as a polyline that is nowhere more than a pixel off."""
        if not self.is_curve:
            return list(self.points)
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points[3 * piece : 3 * piece + 4]
        bend = max(hypot(ax - 2 * bx + cx, ay - 2 * by + cy), hypot(bx - 2 * cx + dx, by - 2 * cy + dy))
        # Wang's bound: n pieces of a cubic are within e when n * n >= 6 / 8 * bend / e.
        steps = min(max(ceil(sqrt(0.75 * bend / _FLATNESS)), _FEWEST_STEPS), _MOST_STEPS)
        line = []
        for step in range(steps + 1):
            t = step / steps
            s = 1 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            line.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
        return line

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the wire, in scene px."""
        line = self.flattened()
        return min(_segment_distance(x, y, one, other) for one, other in pairwise(line))

    def nearest_piece(self, x: float, y: float) -> int:
        """Return which of the curves runs nearest to a point."""

        def distance(piece: int) -> float:
            return min(_segment_distance(x, y, one, other) for one, other in pairwise(self.flat_piece(piece)))

        return min(range(self.pieces), key=distance)

    def middle(self) -> Point:
        """Return the point half-way along the course."""
        line = self.flattened()
        lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
        left = sum(lengths) / 2
        for ((ax, ay), (bx, by)), length in zip(pairwise(line), lengths, strict=True):
            if left <= length and length:
                share = left / length
                return (ax + (bx - ax) * share, ay + (by - ay) * share)
            left -= length
        return line[-1]


def course(source: Point, target: Point, source_card: Rect | None = None, target_card: Rect | None = None) -> Course:
    """Return the course from an output at `source` to an input at `target`.

    A target to the left is reached round the cards, never through them where they lie apart; without the cards'
    rectangles (a wire that is still being dragged) a wide curve is drawn instead.
    """
    (sx, sy), (tx, ty) = source, target
    ahead = tx - sx
    if source_card is None or target_card is None:
        handle = min(max(abs(ahead) * 0.5, WIRE_HANDLE_MIN), WIRE_HANDLE_MAX)
        if ahead < 0:
            handle = min(WIRE_HANDLE_MAX, handle + abs(ty - sy) * 0.25)
        return Course(True, (source, (sx + handle, sy), (tx - handle, ty), target))
    if ahead >= 0:
        # Handles no longer than the way keep the curve between the two cards.
        handle = min(max(ahead * 0.5, WIRE_HANDLE_MIN), WIRE_HANDLE_MAX, ahead)
        return Course(True, (source, (sx + handle, sy), (tx - handle, ty), target))
    lane, room = _lane(source_card, target_card)
    outside = room is None
    # Each port has a way of its own, the outer one for whichever would otherwise cross the others.
    leaving, arriving = _out(sy, source_card, lane), _out(ty, target_card, lane)
    right, left = sx + DETOUR + leaving, tx - DETOUR - arriving
    shift = (leaving if lane > sy else -leaving) + (arriving if lane > ty else -arriving)
    lane += shift if room is None else min(max(shift, -room), room)
    if outside and target_card.x <= right <= target_card.right:
        right = target_card.right + DETOUR + leaving
    if outside and source_card.x <= left <= source_card.right:
        left = source_card.x - DETOUR - arriving
    return Course(False, (source, (right, sy), (right, lane), (left, lane), (left, ty), target))


def course_through(source: Point, target: Point, waypoints: Sequence[Point]) -> Course:
    """Return the course from an output to an input that goes by points, smoothly: a Catmull-Rom spline in between.

    It leaves and arrives level, as every wire does.
    """
    stops = [source, *waypoints, target]
    points: list[Point] = [source]
    for number, (one, other) in enumerate(pairwise(stops)):
        reach = min(max(hypot(other[0] - one[0], other[1] - one[1]) / 3, WIRE_HANDLE_MIN / 2), WIRE_HANDLE_MAX)
        before = stops[number - 1] if number else None
        after = stops[number + 2] if number + 2 < len(stops) else None
        points.append(_ahead(one, before, other, reach) if before else (one[0] + reach, one[1]))
        points.append(_ahead(other, after, one, reach) if after else (other[0] - reach, other[1]))
        points.append(other)
    return Course(True, tuple(points))


def _ahead(at: Point, behind: Point, towards: Point, reach: float) -> Point:
    """Return the handle at a point: along the line from what is behind it to what it runs towards."""
    dx, dy = towards[0] - behind[0], towards[1] - behind[1]
    length = hypot(dx, dy) or 1.0
    return (at[0] + dx / length * reach, at[1] + dy / length * reach)


def box_around(course: Course) -> Rect:
    """Return a rectangle that holds a course: that of its points and handles."""
    xs, ys = [x for x, _ in course.points], [y for _, y in course.points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _lane(source: Rect, target: Rect) -> tuple[float, float | None]:
    """Return the height at which a wire runs back, and how far up or down it may be moved.

    Where there is room between the cards, it runs there; else outside, below both: None.
    """
    upper, lower = (source, target) if source.y <= target.y else (target, source)
    gap = lower.y - upper.bottom
    if gap >= _LEAST_LANE:
        return (upper.bottom + lower.y) / 2, gap / 2 - _LANE_EDGE
    return max(source.bottom, target.bottom) + DETOUR, None


def _out(y: float, card: Rect, lane: float) -> float:
    """Return how much further out than need be a wire turns at a port: more, the more ports it has to pass."""
    rows = (card.bottom - y if lane > y else y - card.y) / ROW_HEIGHT
    return min(max(rows, 0.0) * _LANE_STEP, _MOST_OUT)


def reach(source: Point, target: Point, source_card: Rect, target_card: Rect) -> Rect:
    """Return a rectangle that holds the whole course, without working the course out."""
    (sx, sy), (tx, ty) = source, target
    if tx >= sx:
        return forward_reach(source, target)
    bottom = max(source_card.bottom, target_card.bottom) + DETOUR + 2 * _MOST_OUT
    top = min(sy, ty, source_card.y, target_card.y)
    left = min(tx, source_card.x) - DETOUR - _MOST_OUT
    right = max(sx, target_card.right) + DETOUR + _MOST_OUT
    return Rect(left, top, right - left, bottom - top)


def forward_reach(source: Point, target: Point) -> Rect:
    """Return the rectangle that holds the course of a wire whose target is not to the left."""
    (sx, sy), (tx, ty) = source, target
    return Rect(sx, sy if sy < ty else ty, tx - sx, abs(ty - sy))


def _segment_distance(x: float, y: float, a: Point, b: Point) -> float:
    (ax, ay), (bx, by) = a, b
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / square)) if square else 0.0
    return hypot(x - ax - share * dx, y - ay - share * dy)
