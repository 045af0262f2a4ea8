"""A place on a canvas."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """What a view looks at: the middle of it (scene px), and pixels of the screen per scene px."""

    x: float
    y: float
    zoom: float

    def is_near(self, other: Place, *, pixels: float = 160, factor: float = 1.3) -> bool:
        """Tell whether a person would call both the same place: hardly moved on the screen, hardly zoomed."""
        zoom = min(self.zoom, other.zoom)
        moved = max(abs(self.x - other.x), abs(self.y - other.y)) * zoom
        return moved <= pixels and max(self.zoom, other.zoom) <= zoom * factor
