"""Where two lines cross."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casare.ui.geometry.wire import Point


def crossing(start: Point, end: Point, line: Sequence[Point]) -> Point | None:
    """Return the first point at which the segment from `start` to `end` crosses a polyline, or None."""
    best: tuple[float, Point] | None = None
    for one, other in pairwise(line):
        share = _share(start, end, one, other)
        if share is not None and (best is None or share < best[0]):
            place = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            best = (share, place)
    return best[1] if best is not None else None


def _share(a: Point, b: Point, c: Point, d: Point) -> float | None:
    """Return how far along a-b it meets c-d, from 0 to 1; None when it does not, or when both run the same way."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    across = ux * vy - uy * vx
    if across == 0:
        return None
    wx, wy = c[0] - a[0], c[1] - a[1]
    along, other = (wx * vy - wy * vx) / across, (wx * uy - wy * ux) / across
    return along if 0 <= along <= 1 and 0 <= other <= 1 else None
