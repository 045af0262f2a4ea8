"""Axis-aligned rectangles in scene pixels (y grows downwards)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle by its top-left corner and size, in scene px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower edge."""
        return self.y + self.height

    @property
    def center(self) -> tuple[float, float]:
        """Return the middle point."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    def contains(self, x: float, y: float) -> bool:
        """Tell whether the point lies inside or on the edge."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def encloses(self, other: Rect) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def touches(self, other: Rect) -> bool:
        """Tell whether the two share at least one point."""
        return self.x <= other.right and other.x <= self.right and self.y <= other.bottom and other.y <= self.bottom

    def grown(self, margin: float) -> Rect:
        """Return this rectangle with `margin` px more on each side (less when negative)."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, dx: float, dy: float) -> Rect:
        """Return this rectangle shifted by (dx, dy)."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    @staticmethod
    def spanning(ax: float, ay: float, bx: float, by: float) -> Rect:
        """Return the rectangle between two opposite corners, given in any order."""
        return Rect(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))

    @staticmethod
    def around(rects: Iterable[Rect]) -> Rect | None:
        """Return the smallest rectangle holding all of `rects`, or None when there are none."""
        # By column, because after an edit of a thousand nodes this is what takes longest.
        boxes = list(rects)
        if not boxes:
            return None
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        return Rect(left, top, right - left, bottom - top)
