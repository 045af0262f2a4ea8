"""One level of a layout: the items that stand side by side, the links among them, and the parts they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """A wire between two items of a level, by their index."""

    source: int
    target: int
    source_row: int
    """Steps from the top of the source to where a level wire leaves it."""
    target_row: int
    source_rank: int
    """Where the wire leaves the source, finer than a step: only for the order of wires, top to bottom."""
    target_rank: int
    control: bool

    @property
    def weight(self) -> int:
        """Return how much more than a data wire this one wants to be short and level."""
        return 8 if self.control else 1


class Level(NamedTuple):
    """Items in document order. A fixed one counts for the columns, and is not placed."""

    sizes: Sequence[tuple[int, int]]
    """Width and height in steps."""
    before: Sequence[tuple[float, float]]
    """Where each stood, (y, x) in scene px: the reading order that is kept."""
    links: Sequence[Link]
    fixed: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()
    """Items without a wire, also to other levels: they may stand side by side."""


class Part(NamedTuple):
    """Items that links join, placed: their columns from left to right, each from top to bottom."""

    columns: list[list[int]]
    places: dict[int, tuple[int, int]]
    """The top-left corner of each item in steps, from the corner of the part."""
    width: int
    height: int
    fixed: dict[int, int]
    """The left edge of the column of each fixed item, in steps."""


def parts_of(level: Level) -> list[list[int]]:
    """Return the groups of items that links join, and in each the items, in the order of the level."""
    leader = list(range(len(level.sizes)))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for link in level.links:
        one, other = find(link.source), find(link.target)
        if one != other:
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for item in range(len(leader)):
        groups.setdefault(find(item), []).append(item)
    return list(groups.values())


def restricted(level: Level, items: Sequence[int], links: Sequence[Link]) -> Level:
    """Return the level of these items alone, numbered anew in their order; `links` are those among them."""
    number = {item: new for new, item in enumerate(items)}
    return Level(
        [level.sizes[item] for item in items],
        [level.before[item] for item in items],
        [link._replace(source=number[link.source], target=number[link.target]) for link in links],
        frozenset(number[item] for item in items if item in level.fixed),
    )
