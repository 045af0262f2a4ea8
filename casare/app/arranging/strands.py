"""A part of a level as layered drawing sees it: columns, with a stand-in wherever a long wire crosses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casare.app.arranging.levels import Level, Link

LONGEST_LANE = 12
"""The most columns a control wire keeps a lane through; a longer one passes behind the cards."""
LONGEST_THREAD = 4
"""The most columns a data wire is followed through when wires are kept from crossing."""
LANE_HEIGHT = 2
"""Steps that a lane keeps free."""
LANE_ROW = 1
"""Steps from the top of a lane to its wire."""
FINE = 16
"""Ranks in one step."""


class Strand(NamedTuple):
    """A piece of a wire from one column to the next: between items, or the stand-ins of the wire on its way."""

    source: int
    source_rank: int
    target: int
    target_rank: int
    source_row: int
    target_row: int
    control: bool


class StandIn(NamedTuple):
    """The place that wires to one port take up in a column they cross. Wires to the same port share it."""

    column: int
    solid: bool
    """Whether cards keep clear of it: it is the lane of a control wire."""
    wires: list[Link]


class Chart:
    """Items with their columns and links, stand-ins numbered after the items, and strands by the column they start in.

    Orders of the columns hold items only. Where the stand-ins go follows from that order, so that the order read off a
    finished layout leads to the same one again.
    """

    def __init__(self, level: Level, columns: Sequence[int]) -> None:
        self.level = level
        self.column = list(columns)
        self.count = len(columns)
        self.width = max(columns) + 1
        self.heights = [size[1] for size in level.sizes]
        self.stand_ins: list[StandIn] = []
        self.strands: list[list[Strand]] = [[] for _ in range(self.width)]
        self.before: list[list[Link]] = [[] for _ in range(self.count)]
        self.after: list[list[Link]] = [[] for _ in range(self.count)]
        found: dict[tuple[int, int, bool, int], int] = {}
        for link in level.links:
            span = self.column[link.target] - self.column[link.source]
            if span < 1 or link.source in level.fixed or link.target in level.fixed:
                continue
            self.after[link.source].append(link)
            self.before[link.target].append(link)
            if span <= (LONGEST_LANE if link.control else LONGEST_THREAD):
                self._follow(link, found)

    @property
    def free(self) -> list[int]:
        """Return the items to place."""
        return [item for item in range(self.count) if item not in self.level.fixed]

    def first_order(self) -> list[list[int]]:
        """Return the columns as they were read so far: top to bottom, left to right, then as in the document."""
        order: list[list[int]] = [[] for _ in range(self.width)]
        before = self.level.before
        for item in sorted(self.free, key=lambda one: (before[one], one)):
            order[self.column[item]].append(item)
        return order

    def stacked(self, column: Sequence[int], gap: int) -> list[int]:
        """Return the top of each item when a column is stacked round the middle, in ranks."""
        top = -(sum(self.heights[item] + gap for item in column) - gap) * FINE // 2
        tops = []
        for item in column:
            tops.append(top)
            top += (self.heights[item] + gap) * FINE
        return tops

    def with_stand_ins(self, order: Sequence[Sequence[int]], gap: int) -> list[list[int]]:
        """Return the columns with the stand-ins where straight wires would cross them."""
        if not self.stand_ins:
            return [list(column) for column in order]
        top = [0] * self.count
        for column in order:
            for item, at in zip(column, self.stacked(column, gap), strict=True):
                top[item] = at
        merged = [[(top[item] + LANE_HEIGHT * FINE, 0, item) for item in column] for column in order]
        for number, stand_in in enumerate(self.stand_ins, self.count):
            merged[stand_in.column].append((self._crossing(stand_in, top), 1, number))
        result = []
        for column, keyed in zip(order, merged, strict=True):
            # The items keep their order whatever their keys: sorting moves stand-ins only.
            keyed.sort()
            rest = iter(column)
            result.append([number if number >= self.count else next(rest) for _, _, number in keyed])
        return result

    def _crossing(self, stand_in: StandIn, top: Sequence[int]) -> int:
        total = 0
        for link in stand_in.wires:
            first, last = self.column[link.source], self.column[link.target]
            start, end = top[link.source] + link.source_rank, top[link.target] + link.target_rank
            total += start + (end - start) * (stand_in.column - first) // (last - first)
        return total // len(stand_in.wires)

    def _follow(self, link: Link, found: dict[tuple[int, int, bool, int], int]) -> None:
        source, rank, row = link.source, link.source_rank, link.source_row
        for column in range(self.column[link.source] + 1, self.column[link.target]):
            key = (link.target, link.target_rank, link.control, column)
            number = found.get(key)
            if number is None:
                number = found[key] = self.count + len(self.stand_ins)
                self.stand_ins.append(StandIn(column, link.control, []))
            self.stand_ins[number - self.count].wires.append(link)
            if self._begins(source):
                self.strands[column - 1].append(Strand(source, rank, number, 0, row, LANE_ROW, link.control))
            source, rank, row = number, 0, LANE_ROW
        if self._begins(source):
            last = Strand(source, rank, link.target, link.target_rank, row, link.target_row, link.control)
            self.strands[self.column[link.target] - 1].append(last)

    def _begins(self, source: int) -> bool:
        # What leaves a stand-in that several wires share is there since the first of them.
        return source < self.count or len(self.stand_ins[source - self.count].wires) == 1
