"""Where a dragged selection comes to rest: edges and ports that line up first, else the grid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from casare.foundation.rect import Rect
from casare.ui.geometry.metrics import GRID


class Guide(NamedTuple):
    """A line that shows what the drag lined up with, from (ax, ay) to (bx, by) in scene px."""

    ax: float
    ay: float
    bx: float
    by: float


class Snapped(NamedTuple):
    """The shift to use instead of the raw one, and the lines that explain it."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


def snap(
    moving: Rect, anchor: tuple[float, float], dx: float, dy: float, others: Iterable[Rect], *, reach: float, grid: bool
) -> Snapped:
    """Return the shift for a drag of (dx, dy) px.

    `moving` is the selection's rectangle before the drag, `anchor` the pressed card's corner, `others` the cards around
    that stay. Left and top edges, and centres, snap to theirs within `reach` px; where nothing lines up, the anchor
    falls on the grid.
    """
    box = moving.moved(dx, dy)
    best_x, guide_x = _nearest_x(box, others := list(others), reach)
    best_y, guide_y = _nearest_y(box, others, reach)
    guides = []
    if best_x is not None:
        dx += best_x
    elif grid:
        dx = round((anchor[0] + dx) / GRID) * GRID - anchor[0]
    if best_y is not None:
        dy += best_y
    elif grid:
        dy = round((anchor[1] + dy) / GRID) * GRID - anchor[1]
    final = moving.moved(dx, dy)
    if guide_x is not None:
        x, other = guide_x
        guides.append(Guide(x, min(final.y, other.y) - 8, x, max(final.bottom, other.bottom) + 8))
    if guide_y is not None:
        y, other = guide_y
        guides.append(Guide(min(final.x, other.x) - 8, y, max(final.right, other.right) + 8, y))
    return Snapped(dx, dy, tuple(guides))


def _nearest_x(box: Rect, others: list[Rect], reach: float) -> tuple[float | None, tuple[float, Rect] | None]:
    best, found = reach, None
    shift = None
    for other in others:
        for mine, theirs in ((box.x, other.x), (box.center[0], other.center[0])):
            gap = theirs - mine
            if abs(gap) < best or (abs(gap) == best == 0):
                best, shift, found = abs(gap), gap, (theirs, other)
    return shift, found


def _nearest_y(box: Rect, others: list[Rect], reach: float) -> tuple[float | None, tuple[float, Rect] | None]:
    best, found = reach, None
    shift = None
    for other in others:
        for mine, theirs in ((box.y, other.y), (box.center[1], other.center[1])):
            gap = theirs - mine
            if abs(gap) < best or (abs(gap) == best == 0):
                best, shift, found = abs(gap), gap, (theirs, other)
    return shift, found
