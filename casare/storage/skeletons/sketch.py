"""Draw the small picture of a workflow: each node a box while they are few, a grid of clusters when they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from math import sqrt
from typing import Final, NamedTuple

from casare.foundation.rect import Rect
from casare.storage.skeletons.picture import MAX_BOXES, MAX_WIRES, Picture, make_picture

CARD_WIDTH: Final = 200.0
"""Width of a node's card in scene px, as the picture draws it."""

_AIM: Final = 0.85 * MAX_BOXES
_WIRES_LOOKED_AT: Final = 5_000


class Card(NamedTuple):
    """How a node of one type is drawn: its category and the height of its card in scene px."""

    category: str
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """A workflow as columns: what a picture needs of nodes and wires, whoever read them."""

    ids: Sequence[str]
    types: Sequence[str]
    xs: Sequence[float]
    ys: Sequence[float]
    sources: Sequence[str]
    targets: Sequence[str]


def bounds_of(columns: Columns, tallest: float) -> Rect | None:
    """Return the rectangle around all cards, as if each were as tall as the tallest; None without nodes."""
    if not columns.ids:
        return None
    left, top = min(columns.xs), min(columns.ys)
    return Rect(left, top, max(columns.xs) - left + CARD_WIDTH, max(columns.ys) - top + tallest)


def sketch(columns: Columns, card_of: Callable[[str], Card]) -> tuple[Picture | None, Rect | None]:
    """Return the picture and the bounds of a workflow, both None when it has no nodes."""
    cards = {node_type: card_of(node_type) for node_type in dict.fromkeys(columns.types)}
    bounds = bounds_of(columns, max((card.height for card in cards.values()), default=0))
    if bounds is None:
        return None, None
    draw = _each_node if len(columns.ids) <= MAX_BOXES else _clusters
    places, categories, wires = draw(columns, cards, bounds)
    left, top, width, height = bounds
    picture = make_picture(places, categories, wires, left=left, top=top, width=width, height=height)
    return picture, bounds


_Drawn = tuple[list[tuple[float, float, float, float]], list[str], list[tuple[int, int]]]


def _each_node(columns: Columns, cards: dict[str, Card], _bounds: Rect) -> _Drawn:
    places = [
        (x, y, CARD_WIDTH, cards[node_type].height)
        for x, y, node_type in zip(columns.xs, columns.ys, columns.types, strict=True)
    ]
    index_of = {node_id: index for index, node_id in enumerate(columns.ids)}
    ends = zip(columns.sources, columns.targets, strict=True)
    wires = list(
        dict.fromkeys((index_of[one], index_of[other]) for one, other in ends if one in index_of and other in index_of)
    )
    if len(wires) > MAX_WIRES:
        wires = [wires[index * len(wires) // MAX_WIRES] for index in range(MAX_WIRES)]
    return places, [cards[node_type].category for node_type in columns.types], wires


def _clusters(columns: Columns, cards: dict[str, Card], bounds: Rect) -> _Drawn:
    cells, side = _cells(columns, bounds)
    stride = _stride(bounds, side)
    order = sorted(set(cells))
    number = {cell: index for index, cell in enumerate(order)}
    best: dict[int, tuple[int, str]] = {}
    covered = dict.fromkeys(order, 0.0)
    area = {node_type: CARD_WIDTH * card.height for node_type, card in cards.items()}
    weights = Counter(zip(cells, columns.types, strict=True))
    of_category: dict[tuple[int, str], int] = {}
    for (cell, node_type), count in weights.items():
        covered[cell] += count * area[node_type]
        key = (cell, cards[node_type].category)
        of_category[key] = of_category.get(key, 0) + count
    for (cell, category), count in of_category.items():
        if cell not in best or (count, category) > best[cell]:
            best[cell] = (count, category)
    categories = [best[cell][1] for cell in order]
    places = [_box_of(*divmod(cell, stride), side, covered[cell], bounds) for cell in order]
    return places, categories, _cluster_wires(columns, cells, number)


def _cells(columns: Columns, bounds: Rect) -> tuple[list[int], float]:
    """Return the cell of each node, as one number, and the side of a cell in scene px; at most MAX_BOXES cells.

    The first guess fits a filled plane and a straight line; a layout that leaves most of the plane empty gets finer
    cells until they are used well.
    """
    width, height = bounds.width, bounds.height
    side = max(sqrt(width * height / _AIM), max(width, height) / _AIM)
    cells = _cells_of_side(columns, bounds, side)
    while (used := len(set(cells))) > MAX_BOXES:
        side *= max(1.05, sqrt(used / _AIM))
        cells = _cells_of_side(columns, bounds, side)
    for _ in range(3):
        if used > MAX_BOXES / 2:
            break
        finer = side * max(0.1, used / _AIM)
        trial = _cells_of_side(columns, bounds, finer)
        if len(set(trial)) > MAX_BOXES:
            break
        side, cells, used = finer, trial, len(set(trial))
    return cells, side


def _cells_of_side(columns: Columns, bounds: Rect, side: float) -> list[int]:
    left, top, scale, stride = bounds.x, bounds.y, 1 / side, _stride(bounds, side)
    return [
        int((x - left) * scale) * stride + int((y - top) * scale) for x, y in zip(columns.xs, columns.ys, strict=True)
    ]


def _stride(bounds: Rect, side: float) -> int:
    """Return how many cells lie below one another, by which a cell's number is its column times this plus its row."""
    return int(bounds.height / side) + 1


def _box_of(column: int, row: int, side: float, covered: float, bounds: Rect) -> tuple[float, float, float, float]:
    """Return a box in the middle of its cell, as large a part of it as the cards inside cover."""
    part = min(1.0, max(0.3, sqrt(covered) / side))
    left = bounds.x + (column + (1 - part) / 2) * side
    top = bounds.y + (row + (1 - part) / 2) * side
    width, height = min(part * side, bounds.width), min(part * side, bounds.height)
    return min(left, bounds.right - width), min(top, bounds.bottom - height), width, height


def _cluster_wires(columns: Columns, cells: Sequence[int], number: dict[int, int]) -> list[tuple[int, int]]:
    """Return the wires between clusters, the most used first when there are too many."""
    cell_of = dict(zip(columns.ids, cells, strict=True))
    step = max(1, len(columns.sources) // _WIRES_LOOKED_AT)
    sources: Iterable[int | None] = map(cell_of.get, islice(columns.sources, 0, None, step))
    targets: Iterable[int | None] = map(cell_of.get, islice(columns.targets, 0, None, step))
    counts = Counter(zip(sources, targets, strict=True))
    between = [
        (count, (one, other))
        for (one, other), count in counts.items()
        if one is not None and other is not None and one != other
    ]
    most = nlargest(MAX_WIRES, between)
    return sorted((number[one], number[other]) for _, (one, other) in most)
