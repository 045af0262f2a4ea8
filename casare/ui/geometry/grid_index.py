"""A uniform grid of cells that finds what lies in a rectangle without looking at everything."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import floor
from typing import Generic, TypeVar

from casare.foundation.rect import Rect

Key = TypeVar("Key", bound=Hashable)
Cells = tuple[int, int, int, int]

_MANY = 64
"""A thing over more cells than this is kept aside and looked at every time, so that no insert is ever slow."""


class GridIndex(Generic[Key]):
    """Keys with rectangles, by cells of `cell` scene px.

    A query may return a few keys whose rectangle only comes near; it never leaves one out that touches.
    """

    __slots__ = ("_cell", "_cells", "_large", "_spans")

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], set[Key]] = {}
        self._spans: dict[Key, Cells] = {}
        self._large: set[Key] = set()

    def insert(self, key: Key, rect: Rect) -> None:
        """Add a key, or give it a new rectangle."""
        x, y, width, height = rect
        cell = self._cell
        span = (floor(x / cell), floor(y / cell), floor((x + width) / cell), floor((y + height) / cell))
        old = self._spans.get(key)
        if old == span:
            return
        if old is not None:
            self.remove(key)
        self._spans[key] = span
        left, top, right, bottom = span
        if (right - left + 1) * (bottom - top + 1) > _MANY:
            self._large.add(key)
            return
        cells = self._cells
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                place = (column, row)
                if place in cells:
                    cells[place].add(key)
                else:
                    cells[place] = {key}

    def remove(self, key: Key) -> None:
        """Take a key out; do nothing when it is not there."""
        span = self._spans.pop(key, None)
        if span is None:
            return
        if key in self._large:
            self._large.discard(key)
            return
        left, top, right, bottom = span
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                held = self._cells[(column, row)]
                held.discard(key)
                if not held:
                    del self._cells[(column, row)]

    def query(self, rect: Rect) -> set[Key]:
        """Return the keys in every cell that `rect` touches."""
        cell = self._cell
        left, top = floor(rect.x / cell), floor(rect.y / cell)
        right, bottom = floor(rect.right / cell), floor(rect.bottom / cell)
        found = set(self._large)
        if (right - left + 1) * (bottom - top + 1) > len(self._cells):
            inside: Iterable[set[Key]] = (
                keys for (column, row), keys in self._cells.items() if left <= column <= right and top <= row <= bottom
            )
        else:
            cells = self._cells
            inside = (
                cells[(column, row)]
                for column in range(left, right + 1)
                for row in range(top, bottom + 1)
                if (column, row) in cells
            )
        for keys in inside:
            found |= keys
        return found

    def __len__(self) -> int:
        return len(self._spans)
