"""What stays in place, and how the parts of a layout make room for it: downwards, and no further than they must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casare.app.arranging.levels import Part
from casare.app.arranging.measures import GRID, PART_GAP, ROW_GAP
from casare.foundation.rect import Rect

_CELL = 400
_CLEARANCE = GRID


class Obstacles:
    """Rectangles that stay (scene px), found by the strip of the canvas they stand in."""

    def __init__(self, rects: Iterable[Rect]) -> None:
        self._strips: dict[int, list[Rect]] = {}
        for rect in rects:
            for strip in range(int((rect.x - _CLEARANCE) // _CELL), int((rect.right + _CLEARANCE) // _CELL) + 1):
                self._strips.setdefault(strip, []).append(rect)
        for held in self._strips.values():
            held.sort(key=lambda rect: rect.y)

    def __bool__(self) -> bool:
        return bool(self._strips)

    def clear(self, x: float, y: float, width: float, height: float) -> float:
        """Return the first grid line from `y` downwards where a box of this size keeps clear."""
        strips = range(int(x // _CELL), int((x + width) // _CELL) + 1)
        near = self._strips.get(strips[0], []) if len(strips) == 1 else self._across(strips)
        for rect in near:
            if rect.y - _CLEARANCE >= y + height:
                break
            beside = rect.right + _CLEARANCE <= x or rect.x - _CLEARANCE >= x + width
            if not beside and rect.bottom + _CLEARANCE > y:
                y = -(-(rect.bottom + _CLEARANCE) // GRID) * GRID
        return y

    def _across(self, strips: range) -> list[Rect]:
        found = {rect for strip in strips for rect in self._strips.get(strip, ())}
        return sorted(found, key=lambda rect: rect.y)


def with_room(
    parts: Sequence[Part],
    corners: Sequence[tuple[int, int]],
    sizes: Sequence[tuple[int, int]],
    shift: tuple[int, int],
    obstacles: Obstacles,
) -> dict[int, tuple[float, float]]:
    """Return the place of every item in scene px, when the whole is shifted by `shift` px.

    Each item comes to stand as high as its shifted place, the items above it and the obstacles allow. So a layout that
    was made room for stays as it is when that is done again, from anywhere between its shifted place and the outcome.
    """
    found: dict[int, tuple[float, float]] = {}
    floor = float("-inf")
    for part, (left, top) in zip(parts, corners, strict=True):
        lowest = floor
        for column in part.columns:
            above = floor
            for item in column:
                x, y = part.places[item]
                width, height = sizes[item][0] * GRID, sizes[item][1] * GRID
                at = ((left + x) * GRID + shift[0], max((top + y) * GRID + shift[1], above))
                if obstacles:
                    at = (at[0], obstacles.clear(*at, width, height))
                    above = at[1] + height + ROW_GAP * GRID
                    lowest = max(lowest, at[1] + height + PART_GAP * GRID)
                found[item] = at
        if obstacles:
            floor = lowest
    return found
