"""The parts of a wire's course that can be seen: stroking costs by length, and a long wire is mostly out of view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, hypot, sin

from casare.foundation.rect import Rect
from casare.ui.geometry.metrics import WIRE_CORNER
from casare.ui.geometry.wire import Course, Point

_PIECE = 80.0
"""About how long the pieces are that are looked at one by one (scene px)."""
_FEWEST, _MOST = 6, 48
_HALVINGS = 7
_MOST_OF_IT = 0.75
"""A curve of which more than this share can be seen is drawn whole."""


def clip(way: Course, boxes: Sequence[Rect]) -> list[Course]:
    """Return the parts of a course that touch one of `boxes` (scene px), each a course of its own.

    They run on a little outside, so `boxes` need only be grown by the width of the pen. A part never turns up twice.
    """
    if not way.is_curve:
        return _clip_corners(way.points, [one.grown(2 * WIRE_CORNER) for one in boxes])
    if len(way.points) == 4 and is_plain(way.points):
        return _clip_plain(way, boxes)
    found: list[Course] = []
    for at in range(0, len(way.points) - 1, 3):
        found += _clip_curve(way.points[at : at + 4], boxes)
    return found


def is_plain(points: tuple[Point, ...]) -> bool:
    """Tell whether a curve leaves and arrives level and never turns back, as those of forward wires do."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return ay == by and cy == dy and ax <= bx <= dx and abs(bx - ax - dx + cx) < 0.001


def _clip_plain(way: Course, boxes: Sequence[Rect]) -> list[Course]:
    """Clip a curve that rises or falls in both directions: it enters and leaves a rectangle once."""
    (ax, ay), (bx, _), _, (dx, dy) = way.points
    spans: list[tuple[float, float]] = []
    for x, y, width, height in boxes:
        first, last = 0.0, 1.0
        if ax > x + width or dx < x:
            continue
        upper, lower = (ay, dy) if ay <= dy else (dy, ay)
        if upper > y + height or lower < y:
            continue
        if upper < y or lower > y + height:
            # The height follows 3 t^2 - 2 t^3.
            top, bottom = _eased((y - ay) / (dy - ay)), _eased((y + height - ay) / (dy - ay))
            first, last = (top, bottom) if top <= bottom else (bottom, top)
        if ax < x:
            first = max(first, _reached(dx - ax, bx - ax, x - ax, 0.0))
        if dx > x + width:
            last = min(last, _reached(dx - ax, bx - ax, x + width - ax, 1.0))
        if first <= last:
            spans.append((first, last))
    if not spans:
        return []
    if len(spans) > 1:
        spans = _joined(spans)
    if len(spans) == 1 and spans[0][1] - spans[0][0] > _MOST_OF_IT:
        return [way]
    return [Course(True, _between(way.points, first, last)) for first, last in spans]


def _eased(share: float) -> float:
    """Return where 3 t^2 - 2 t^3 is `share`, kept between 0 and 1."""
    return 0.0 if share <= 0 else 1.0 if share >= 1 else 0.5 - sin(asin(1 - 2 * share) / 3)


def _reached(ahead: float, handle: float, x: float, side: float) -> float:
    """Return a parameter at which a curve is not yet (`side` 0) or no longer (1) before `x`, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        t = (low + high) / 2
        s = 1 - t
        if 3 * s * t * (s * handle + t * (ahead - handle)) + t * t * t * ahead < x:
            low = t
        else:
            high = t
    return high if side else low


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return spans in order, those that overlap as one: what is drawn twice would look bolder at its edges."""
    spans.sort()
    joined = [spans[0]]
    for first, last in spans[1:]:
        if first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _clip_curve(points: tuple[Point, ...], boxes: Sequence[Rect]) -> list[Course]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    length = hypot(bx - ax, by - ay) + hypot(cx - bx, cy - by) + hypot(dx - cx, dy - cy)
    steps = min(max(int(length / _PIECE), _FEWEST), _MOST)
    bend = max(hypot(ax - 2 * bx + cx, ay - 2 * by + cy), hypot(bx - 2 * cx + dx, by - 2 * cy + dy))
    # Wang's bound: so far is the curve at most from the chord of one of `steps` pieces.
    slack = 0.75 * bend / (steps * steps)
    edges = [(x - slack, y - slack, x + wide + slack, y + high + slack) for x, y, wide, high in boxes]
    x, y = ax, ay
    runs: list[list[int]] = []
    for step in range(1, steps + 1):
        t = step / steps
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        nx, ny = a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
        if _touches(edges, x, y, nx, ny):
            if runs and runs[-1][1] == step - 1:
                runs[-1][1] = step
            else:
                runs.append([step - 1, step])
        x, y = nx, ny
    return [Course(True, _between(points, first / steps, last / steps)) for first, last in runs]


def _touches(edges: Iterable[tuple[float, float, float, float]], ax: float, ay: float, bx: float, by: float) -> bool:
    """Tell whether the rectangle between two points shares a point with one of these (left, top, right, bottom)."""
    for left, top, right, bottom in edges:
        across = (ax <= right or bx <= right) and (ax >= left or bx >= left)
        if across and (ay <= bottom or by <= bottom) and (ay >= top or by >= top):
            return True
    return False


def _between(points: tuple[Point, ...], start: float, end: float) -> tuple[Point, ...]:
    """Return the part of a cubic from one parameter to another: by blossoming, so the shape is the very same."""
    if start == 0.0 and end == 1.0:
        return points
    return (
        _blossom(points, start, start, start),
        _blossom(points, start, start, end),
        _blossom(points, start, end, end),
        _blossom(points, end, end, end),
    )


def _blossom(points: tuple[Point, ...], r: float, s: float, t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    u, v, w = 1 - r, 1 - s, 1 - t
    a, d = u * v * w, r * s * t
    b, c = r * v * w + u * s * w + u * v * t, u * s * t + r * v * t + r * s * w
    return (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)


def _clip_corners(points: tuple[Point, ...], boxes: Sequence[Rect]) -> list[Course]:
    """Return the runs of a rounded polyline: cut in its straight parts only, so every corner stays as it is."""
    edges = [(x, y, x + wide, y + high) for x, y, wide, high in boxes]
    left, top = min(one[0] for one in edges), min(one[1] for one in edges)
    right, bottom = max(one[2] for one in edges), max(one[3] for one in edges)
    runs: list[list[Point]] = []
    joined = False
    for (ax, ay), (bx, by) in pairwise(points):
        if not _touches(edges, ax, ay, bx, by):
            joined = False
            continue
        # Every piece is level or upright, so a place outside moves along it to the edge.
        start = (min(max(ax, left), right), ay) if ay == by else (ax, min(max(ay, top), bottom))
        end = (min(max(bx, left), right), by) if ay == by else (bx, min(max(by, top), bottom))
        if joined:
            runs[-1].append(end)
        else:
            runs.append([start, end])
        joined = end == (bx, by)
    return [Course(False, tuple(run)) for run in runs]
