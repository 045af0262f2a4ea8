"""An index of wires that knows how long ones run, so that a view is not handed those that only go round it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.geometry.grid_index import Box, Cells, GridIndex, held_cells

LONG: Final = 800.0
"""A wire that measures more than this (scene px) stands in the cells along its course."""
_CELL: Final = 400
_MOST_CELLS: Final = 16
"""The cells of a long wire are so large that no more than about so many lie along it."""

Places = tuple[Box, Sequence[Box]]
"""The rectangle around a wire and, for a long one, those along its course (scene px)."""


class WireIndex:
    """Wires by place. Short ones are found by their rectangles, long ones by those along their courses.

    Adding and removing takes the same time at any length, because longer wires stand in larger cells.
    """

    __slots__ = ("_cells", "_long", "_short")

    def __init__(self) -> None:
        self._short: GridIndex[WireKey] = GridIndex(_CELL)
        self._long: dict[WireKey, Places] = {}
        self._cells: dict[float, Cells[WireKey]] = {}

    def fill(self, short: dict[WireKey, Box]) -> None:
        """Add many short wires to an index that holds none yet, and which keeps the dict."""
        self._short.fill(short)

    def twin(self) -> WireIndex:
        """Return an index that holds the same and can go its own way."""
        made = WireIndex()
        made._short = self._short.twin()
        made._long = dict(self._long)
        made._cells = {size: {place: set(keys) for place, keys in cells.items()} for size, cells in self._cells.items()}
        return made

    def insert(self, key: WireKey, box: Box, pieces: Sequence[Box] = ()) -> None:
        """Add a wire, or give it a new place: its rectangle and, for a long one, those along its course."""
        self.remove(key)
        if not pieces:
            self._short.insert(key, box)
            return
        self._long[key] = (box, pieces)
        cells = self._cells.setdefault(size := _cell_of(box), {})
        for place in _places(pieces, size):
            if place in cells:
                cells[place].add(key)
            else:
                cells[place] = {key}

    def remove(self, key: WireKey) -> None:
        """Take a wire out; do nothing when it is not there."""
        self._short.remove(key)
        held = self._long.pop(key, None)
        if held is None:
            return
        box, pieces = held
        cells = self._cells[size := _cell_of(box)]
        for place in _places(pieces, size):
            cells[place].discard(key)
            if not cells[place]:
                del cells[place]
        if not cells:
            del self._cells[size]

    def box(self, key: WireKey) -> Box | None:
        """Return the rectangle around a wire, None when it is not there."""
        held = self._long.get(key)
        return held[0] if held is not None else self._short.box(key)

    def query(self, rect: Rect) -> set[WireKey]:
        """Return the wires of which a rectangle shares at least a point with `rect`."""
        found = self._short.query(rect)
        left, top, width, height = rect
        right, bottom = left + width, top + height
        at_edge: set[WireKey] = set()
        for size, cells in self._cells.items():
            first, last, upper, lower = left / size, right / size - 1, top / size, bottom / size - 1
            near = held_cells(cells, left // size, top // size, right // size, bottom // size)
            for (column, row), keys in near:
                if first <= column <= last and upper <= row <= lower:
                    found |= keys
                else:
                    at_edge |= keys
        for key in at_edge - found:
            for x, y, wide, high in self._long[key][1]:
                if x <= right and y <= bottom and x + wide >= left and y + high >= top:
                    found.add(key)
                    break
        return found

    def __len__(self) -> int:
        return len(self._short) + len(self._long)


def is_long(box: Box) -> bool:
    """Tell whether a wire with this rectangle is to be found along its course."""
    return box[2] > LONG or box[3] > LONG


def _cell_of(box: Box) -> float:
    longest, size = max(box[2], box[3]), LONG
    while longest > size * _MOST_CELLS:
        size *= 2
    return size


def _places(pieces: Sequence[Box], size: float) -> list[tuple[float, float]] | set[tuple[float, float]]:
    """Return the cells that these rectangles touch, each once."""
    if len(pieces) == 1:
        return _touched(pieces[0], size)
    return {place for piece in pieces for place in _touched(piece, size)}


def _touched(box: Box, size: float) -> list[tuple[float, float]]:
    x, y, width, height = box
    columns = range(int(x // size), int((x + width) // size) + 1)
    top, bottom = int(y // size), int((y + height) // size)
    if top == bottom:
        return [(column, top) for column in columns]
    return [(column, row) for column in columns for row in range(top, bottom + 1)]
