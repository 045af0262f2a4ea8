"""Grids of cells that find what lies in a rectangle without looking at everything."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from casare.foundation.rect import Rect

Key = TypeVar("Key", bound=Hashable)
Box = Rect | tuple[float, float, float, float]
Cells = dict[tuple[float, float], set[Key]]

_FILL = 0.999
"""How much of a cell a thing may measure. The rest makes up for rounding where it only just touches."""


class GridIndex(Generic[Key]):
    """Keys with rectangles (x, y, width, height), found by place; a query is exact.

    Each key stands in one cell only, that of its top-left corner, in the finest grid whose cells are larger than the
    thing: cells of `cell` scene px, of twice that, and so on. So adding a thing takes the same time however large it
    is, and a query looks one cell further to the left and above.
    """

    __slots__ = ("_boxes", "_cell", "_grids")

    def __init__(self, cell: float) -> None:
        self._cell = float(cell)
        self._boxes: dict[Key, Box] = {}
        self._grids: dict[float, Cells[Key]] = {}

    def fill(self, boxes: dict[Key, Box]) -> None:
        """Add many keys to an empty index, which keeps the dict."""
        self._boxes = boxes
        limit = self._cell * _FILL
        cell, fine, place_in = self._cell, self._grids.setdefault(self._cell, {}), self._put
        for key, (x, y, width, height) in boxes.items():
            if width > limit or height > limit:
                place_in(key, boxes[key])
                continue
            place = (x // cell, y // cell)
            if place in fine:
                fine[place].add(key)
            else:
                fine[place] = {key}

    def twin(self) -> GridIndex[Key]:
        """Return an index that holds the same and can go its own way."""
        made: GridIndex[Key] = GridIndex(self._cell)
        made._boxes = dict(self._boxes)
        made._grids = {size: {place: set(keys) for place, keys in cells.items()} for size, cells in self._grids.items()}
        return made

    def insert(self, key: Key, box: Box) -> None:
        """Add a key, or give it a new rectangle."""
        if key in self._boxes:
            self.remove(key)
        self._boxes[key] = box
        self._put(key, box)

    def _put(self, key: Key, box: Box) -> None:
        x, y, width, height = box
        size = self._cell
        while width > size * _FILL or height > size * _FILL:
            size *= 2
        cells = self._grids.setdefault(size, {})
        place = (x // size, y // size)
        if place in cells:
            cells[place].add(key)
        else:
            cells[place] = {key}

    def box(self, key: Key) -> Box | None:
        """Return the rectangle of a key, None when it is not there."""
        return self._boxes.get(key)

    def remove(self, key: Key) -> None:
        """Take a key out; do nothing when it is not there."""
        box = self._boxes.pop(key, None)
        if box is None:
            return
        x, y, width, height = box
        size = self._cell
        while width > size * _FILL or height > size * _FILL:
            size *= 2
        cells = self._grids[size]
        place = (x // size, y // size)
        held = cells[place]
        held.discard(key)
        if not held:
            del cells[place]
            if not cells:
                del self._grids[size]

    def query(self, rect: Rect) -> set[Key]:
        """Return the keys whose rectangles share at least a point with `rect`."""
        found: set[Key] = set()
        at_edge: set[Key] = set()
        for size, cells in self._grids.items():
            self._split(rect, size, cells, found, at_edge)
        self._pick(rect, at_edge, found)
        return found

    def within(self, rect: Rect) -> set[Key]:
        """Return the keys whose rectangles lie wholly inside `rect`."""
        boxes = self._boxes
        left, top, width, height = rect
        right, bottom = left + width, top + height
        found: set[Key] = set()
        at_edge: set[Key] = set()
        for size, cells in self._grids.items():
            self._split(rect, size, cells, found, at_edge)
        for key in at_edge:
            x, y, wide, high = boxes[key]
            if x >= left and y >= top and x + wide <= right and y + high <= bottom:
                found.add(key)
        return found

    def _split(self, rect: Rect, size: float, cells: Cells[Key], inside: set[Key], at_edge: set[Key]) -> None:
        """Add what stands in the cells around `rect`: whole cells inside without a look at each thing in them."""
        left, top, width, height = rect
        right, bottom = left + width, top + height
        # Nothing reaches further than one cell beyond the one it stands in.
        first, last, upper, lower = left / size, right / size - 2, top / size, bottom / size - 2
        for (column, row), keys in held_cells(cells, left // size - 1, top // size - 1, right // size, bottom // size):
            if first <= column <= last and upper <= row <= lower:
                inside |= keys
            else:
                at_edge |= keys

    def _pick(self, rect: Rect, keys: Iterable[Key], found: set[Key]) -> None:
        boxes = self._boxes
        left, top, width, height = rect
        right, bottom = left + width, top + height
        for key in keys:
            x, y, wide, high = boxes[key]
            if x <= right and y <= bottom and x + wide >= left and y + high >= top:
                found.add(key)

    def __len__(self) -> int:
        return len(self._boxes)


def held_cells(
    cells: Cells[Key], left: float, top: float, right: float, bottom: float
) -> Iterator[tuple[tuple[float, float], set[Key]]]:
    """Return the cells from one corner to the other with what stands in them, going through whichever are fewer."""
    # One by one, not as a list: thousands of pairs at once call for a garbage collection, which takes 50 ms in a large
    # graph.
    if (right - left + 1) * (bottom - top + 1) > len(cells):
        for held in cells.items():
            column, row = held[0]
            if left <= column <= right and top <= row <= bottom:
                yield held
        return
    for column in range(int(left), int(right) + 1):
        for row in range(int(top), int(bottom) + 1):
            keys = cells.get((column, row))
            if keys is not None:
                yield (column, row), keys
