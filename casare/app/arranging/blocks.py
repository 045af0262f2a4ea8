"""The height of every item: what one level line runs through is a block, and blocks come to rest near their wires.

Blocks of neighbouring columns never cross, so that "stands above" has no cycle among them (as in Brandes and Köpf 2001,
Fast and simple horizontal coordinate assignment); control wires, and the lanes of long ones, are levelled first.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from casare.app.arranging.measures import ROW_GAP
from casare.app.arranging.ordering import Order, positions
from casare.app.arranging.strands import LANE_HEIGHT, LONGEST_LANE, Chart, Strand

_ROUNDS = 6
_LANE_GAP = 1
"""Steps between a lane and a card."""
_FAR = 1 << 40


def heights_of(chart: Chart, order: Order) -> list[int]:
    """Return the top of each item in steps, the highest at 0; columns keep their order and nothing overlaps."""
    full = chart.with_stand_ins(order, ROW_GAP)
    blocks = _Blocks(chart, full)
    tops = blocks.settled()
    return [tops[blocks.block[item]] + blocks.shift[item] for item in range(chart.count)]


class _Blocks:
    """Items and lanes with the block each is in, and how far below the origin of its block it stands."""

    def __init__(self, chart: Chart, full: Order) -> None:
        self.chart = chart
        self.total = chart.count + len(chart.stand_ins)
        self.solid = [True] * chart.count + [one.solid for one in chart.stand_ins]
        self.columns = [[item for item in column if self.solid[item]] for column in full]
        self.block = [-1] * self.total
        self.shift = [0] * self.total
        self.count = 0
        self._level(positions(full, self.total))
        self.above: list[list[tuple[int, int]]] = [[] for _ in range(self.count)]
        self.below: list[list[tuple[int, int]]] = [[] for _ in range(self.count)]
        self._pile()
        self.wires: list[list[tuple[int, int, int]]] = [[] for _ in range(self.count)]
        self._tie()

    def settled(self) -> list[int]:
        """Return the origin of each block, so that the highest item stands at 0."""
        order = self._downwards()
        top = [0] * self.count
        for block in order:
            top[block] = max((top[other] + gap for other, gap in self.above[block]), default=0)
        for _ in range(_ROUNDS):
            moved = [self._settle(block, top) for block in (*reversed(order), *order)]
            if not any(moved):
                break
        items = self.chart.free
        highest = min(top[self.block[item]] + self.shift[item] for item in items)
        return [one - highest for one in top]

    def _settle(self, block: int, top: list[int]) -> bool:
        wires = self.wires[block]
        if not wires:
            return False
        before = top[block]
        wanted = _middle(sorted([(top[other] + way, weight) for other, way, weight in wires]))
        lowest = max([top[other] + gap for other, gap in self.above[block]], default=-_FAR)
        highest = min([top[other] - gap for other, gap in self.below[block]], default=_FAR)
        top[block] = max(lowest, min(wanted, highest))
        return top[block] != before

    def _level(self, position: Sequence[int]) -> None:
        """Put the two ends of a strand into one block wherever no other such strand is in the way."""
        for column, items in enumerate(self.columns):
            if column:
                for strand in self._levelled(self.chart.strands[column - 1], position):
                    self.block[strand.target] = self.block[strand.source]
                    self.shift[strand.target] = self.shift[strand.source] + strand.source_row - strand.target_row
            for item in items:
                if self.block[item] < 0:
                    self.block[item] = self.count
                    self.count += 1

    def _levelled(self, strands: Sequence[Strand], position: Sequence[int]) -> list[Strand]:
        wanted = [one for one in strands if self.solid[one.source] and self.solid[one.target]]
        wanted.sort(key=lambda one: (self._class(one), position[one.source], one.source_rank, position[one.target]))
        chosen: list[Strand] = []
        # Of the chosen, the ends on both sides: each side is in order, as no two cross.
        lefts: list[int] = []
        rights: list[int] = []
        for strand in wanted:
            left, right = position[strand.source], position[strand.target]
            at = bisect(lefts, left)
            if (at and (lefts[at - 1] == left or rights[at - 1] >= right)) or (at < len(lefts) and rights[at] <= right):
                continue
            lefts.insert(at, left)
            rights.insert(at, right)
            chosen.append(strand)
        return chosen

    def _class(self, strand: Strand) -> int:
        if not strand.control:
            return 2
        return 0 if max(strand.source, strand.target) >= self.chart.count else 1

    def _pile(self) -> None:
        heights = self.chart.heights
        count = self.chart.count
        for column in self.columns:
            for upper, lower in pairwise(column):
                lanes = (upper >= count) + (lower >= count)
                height = heights[upper] if upper < count else LANE_HEIGHT
                gap = (ROW_GAP, _LANE_GAP, 0)[lanes] + height + self.shift[upper] - self.shift[lower]
                self.below[self.block[upper]].append((self.block[lower], gap))
                self.above[self.block[lower]].append((self.block[upper], gap))

    def _tie(self) -> None:
        """Note for each block where each wire that leaves it would have it: so far below another block."""
        for strands in self.chart.strands:
            for one in strands:
                if self.solid[one.source] and self.solid[one.target]:
                    self._wire(one.source, one.source_row, one.target, one.target_row, 4 if one.control else 1)
        for links in self.chart.after:
            for link in links:
                span = self.chart.column[link.target] - self.chart.column[link.source]
                if span > (LONGEST_LANE if link.control else 1):
                    self._wire(link.source, link.source_row, link.target, link.target_row, 1)

    def _wire(self, source: int, source_row: int, target: int, target_row: int, weight: int) -> None:
        one, other = self.block[source], self.block[target]
        if one != other:
            way = self.shift[source] + source_row - self.shift[target] - target_row
            self.wires[other].append((one, way, weight))
            self.wires[one].append((other, -way, weight))

    def _downwards(self) -> list[int]:
        """Return the blocks so that each comes after those it stands below."""
        missing = [len(others) for others in self.above]
        order = [block for block in range(self.count) if not missing[block]]
        for block in order:
            for other, _ in self.below[block]:
                missing[other] -= 1
                if not missing[other]:
                    order.append(other)
        assert len(order) == self.count, "blocks that cross stand above each other"
        return order


def _middle(weighted: Sequence[tuple[int, int]]) -> int:
    """Return the weighted median of (place, weight) pairs in order; between two, the grid line above the middle."""
    half = sum(weight for _, weight in weighted)
    passed = 0
    for at, (place, weight) in enumerate(weighted):
        passed += 2 * weight
        if passed == half:
            return (place + weighted[at + 1][0]) // 2
        if passed > half:
            return place
    return weighted[-1][0]
