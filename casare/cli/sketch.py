"""The small picture of a workflow drawn with box-drawing characters, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from casare.storage import Picture

_NORTH, _EAST, _SOUTH, _WEST = 1, 2, 4, 8
_LINES: Final = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
"""The character for each set of directions that a line leaves a cell in."""
_CORNERS: Final = ("┏", "┓", "┗", "┛", "━", "┃", "■")
_ASCII: Final = str.maketrans("╵╶└╷│┌├╴┘─┴┐┤┬┼┏┓┗┛━┃■", "|-+||++-+-+++++++++=|#"[:22])
_MOST_ROWS: Final = 18

Cell = tuple[int, int]


def draw(picture: Picture, columns: int, *, ascii_only: bool = False) -> list[str]:
    """Return the picture as lines of at most `columns` characters, boxes over wires, as high as its aspect asks for."""
    columns = max(8, columns)
    # A character is about twice as high as it is wide.
    rows = min(_MOST_ROWS, max(3, round(columns / picture.aspect / 2)))
    canvas = _Canvas(columns, rows)
    for x1, y1, x2, y2 in picture.wires():
        canvas.wire((_at(x1, columns), _at(y1, rows)), (_at(x2, columns), _at(y2, rows)))
    for box in picture.boxes():
        # Equal boxes come out equal: their size is rounded by itself, not as the distance of two rounded edges.
        wide, high = round(box.width * columns), max(2, round(box.height * rows))
        left, top = min(_at(box.x, columns), columns - wide), min(_at(box.y, rows), rows - high)
        canvas.box(left, top, left + wide - 1, top + high - 1)
    lines = canvas.lines()
    return [line.translate(_ASCII) for line in lines] if ascii_only else lines


def _at(part: float, cells: int) -> int:
    return min(cells - 1, max(0, int(part * cells)))


class _Canvas:
    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._wires: dict[Cell, int] = {}
        self._boxes: dict[Cell, str] = {}

    def wire(self, start: Cell, end: Cell) -> None:
        """Lead a line to the right, then up or down, then to the right again."""
        (x1, y1), (x2, y2) = start, end
        middle = (x1 + x2) // 2
        self._across(x1, middle, y1)
        self._down(middle, y1, y2)
        self._across(middle, x2, y2)

    def box(self, left: int, top: int, right: int, bottom: int) -> None:
        """Draw a box over whatever is there; a mark where there is no room for one."""
        if right - left < 2:
            self._boxes[left, top] = _CORNERS[6]
            return
        north_west, north_east, south_west, south_east, horizontal, vertical, _ = _CORNERS
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                self._boxes[x, y] = horizontal if y in (top, bottom) else vertical if x in (left, right) else " "
        self._boxes.update(
            {(left, top): north_west, (right, top): north_east, (left, bottom): south_west, (right, bottom): south_east}
        )

    def lines(self) -> list[str]:
        """Return what was drawn, without blanks at the ends."""
        return [
            "".join(self._boxes.get((x, y)) or _LINES[self._mask(x, y)] for x in range(self._columns)).rstrip()
            for y in range(self._rows)
        ]

    def _mask(self, x: int, y: int) -> int:
        mask = self._wires.get((x, y), 0)
        # A wire's end reaches the box beside it.
        if (mask == _EAST and (x - 1, y) in self._boxes) or (mask == _WEST and (x + 1, y) in self._boxes):
            return _EAST | _WEST
        return mask

    def _across(self, start: int, end: int, y: int) -> None:
        low, high = sorted((start, end))
        for x in range(low, high):
            self._join((x, y), _EAST)
            self._join((x + 1, y), _WEST)

    def _down(self, x: int, start: int, end: int) -> None:
        low, high = sorted((start, end))
        for y in range(low, high):
            self._join((x, y), _SOUTH)
            self._join((x, y + 1), _NORTH)

    def _join(self, cell: Cell, direction: int) -> None:
        self._wires[cell] = self._wires.get(cell, 0) | direction
