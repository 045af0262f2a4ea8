"""Rectangles along a wire's course: together they hold it, and leave out most of what it only goes round."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, hypot

from casare.foundation.rect import Rect
from casare.ui.geometry.clipping import is_plain
from casare.ui.geometry.wire import Course, Point, box_around

_PIECE = 600.0
"""About how long the part of a curve is that one rectangle holds (scene px)."""
_MOST = 32
THIN = 80.0
"""A course that rises no more than this (scene px) is one rectangle, which leaves out nothing that matters."""


def course_boxes(way: Course) -> tuple[Rect, ...]:
    """Return rectangles (scene px) of which at least one holds each point of a course."""
    if not way.is_curve:
        return tuple(Rect.spanning(*one, *other) for one, other in pairwise(way.points))
    found: list[Rect] = []
    for at in range(0, len(way.points) - 1, 3):
        found += _along(way.points[at : at + 4])
    return tuple(found)


def _along(points: tuple[Point, ...]) -> list[Rect]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    whole = box_around(Course(True, points))
    if min(whole.width, whole.height) <= THIN:
        return [whole]
    steps = min(ceil((whole.width + whole.height) / _PIECE), _MOST)
    slack = 0.0
    if not is_plain(points):
        bend = max(hypot(ax - 2 * bx + cx, ay - 2 * by + cy), hypot(bx - 2 * cx + dx, by - 2 * cy + dy))
        # Wang's bound: so far is the curve at most from the chord of one of `steps` pieces.
        slack = 0.75 * bend / (steps * steps)
    line = [points[0]]
    for step in range(1, steps):
        t = step / steps
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        line.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    line.append(points[3])
    # A plain curve turns back in neither direction, so the corners of a piece are its ends.
    boxes = [Rect.spanning(*one, *other) for one, other in pairwise(line)]
    return [_within(one.grown(slack), whole) for one in boxes] if slack else boxes


def _within(box: Rect, around: Rect) -> Rect:
    """Return what of a rectangle lies inside another that it shares something with."""
    left, top = max(box.x, around.x), max(box.y, around.y)
    return Rect(left, top, min(box.right, around.right) - left, min(box.bottom, around.bottom) - top)
