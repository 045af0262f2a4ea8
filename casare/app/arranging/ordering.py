"""The order of each column from top to bottom: as it was read before, changed only where wires cross less for it."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from casare.app.arranging.levels import Link
from casare.app.arranging.measures import ROW_GAP
from casare.app.arranging.strands import FINE, Chart

Order = list[list[int]]

_WORTH_IT = 0.03
"""The share of crossings that a round has to save. It bounds the rounds, and is the same when a layout is done anew."""
_MOST_SWAPS = 400
"""The most items in a part for which neighbours are swapped one by one."""


def ordered(chart: Chart) -> Order:
    """Return the order of the items in each column.

    Rounds of barycentre sweeps, to the right and to the left, then swaps of neighbours; a round counts only when it
    saves crossings. What a round gives depends on the order before it alone, so the outcome, taken as the start,
    stays what it is.
    """
    best = chart.first_order()
    cost = crossings(chart, best)
    while cost:
        onwards = _swept(chart, best, rightwards=True)
        rounds = [onwards, _swept(chart, onwards, rightwards=False)]
        if chart.count <= _MOST_SWAPS:
            rounds += [_swapped(chart, rounds[1]), _swapped(chart, best)]
        costs = [crossings(chart, order) for order in rounds]
        least = min(costs)
        if least > cost - max(1, cost * _WORTH_IT):
            break
        best, cost = rounds[costs.index(least)], least
    return best


def crossings(chart: Chart, order: Order) -> int:
    """Return how many pairs of wires cross between neighbouring columns (Barth, Jünger, Mutzel 2002, by insertion)."""
    position = positions(chart.with_stand_ins(order, ROW_GAP), chart.count + len(chart.stand_ins))
    total = 0
    for strands in chart.strands:
        if len(strands) < 2:
            continue
        ends = sorted(
            ((position[one.source] << 20) + one.source_rank, (position[one.target] << 20) + one.target_rank)
            for one in strands
        )
        seen: list[int] = []
        for _, target in ends:
            total += len(seen) - bisect_right(seen, target)
            insort(seen, target)
    return total


def positions(order: Iterable[Iterable[int]], count: int) -> list[int]:
    """Return how many stand above each one in its column."""
    position = [0] * count
    for column in order:
        for at, item in enumerate(column):
            position[item] = at
    return position


def _swept(chart: Chart, order: Order, *, rightwards: bool) -> Order:
    """Sort each column by the mean height of what its items are wired to in the columns before (or after) it."""
    result = [list(column) for column in order]
    top = [0] * chart.count
    for column in result:
        for item, at in zip(column, chart.stacked(column, ROW_GAP), strict=True):
            top[item] = at
    for at in range(chart.width) if rightwards else reversed(range(chart.width)):
        column = result[at]
        keys = {item: _barycentre(chart, item, top, rightwards=rightwards) for item in column}
        column.sort(key=keys.__getitem__)
        for item, place in zip(column, chart.stacked(column, ROW_GAP), strict=True):
            top[item] = place
    return result


def _barycentre(chart: Chart, item: int, top: Sequence[int], *, rightwards: bool) -> float:
    total = weights = 0
    if rightwards:
        for link in chart.before[item]:
            total += (top[link.source] + link.source_rank - link.target_rank) * link.weight
            weights += link.weight
    else:
        for link in chart.after[item]:
            total += (top[link.target] + link.target_rank - link.source_rank) * link.weight
            weights += link.weight
    return total / weights if weights else float(top[item])


def _swapped(chart: Chart, order: Order) -> Order:
    """Swap neighbours in a column wherever their wires to the columns beside it cross less the other way round."""
    result = [list(column) for column in order]
    height = [0] * chart.count
    for column in result:
        for place, item in enumerate(column):
            height[item] = place
    for column in result:
        for place in range(len(column) - 1):
            upper, lower = column[place], column[place + 1]
            kept = _crossed(chart, upper, lower, height)
            if kept and _crossed(chart, lower, upper, height) < kept:
                column[place], column[place + 1] = lower, upper
                height[lower], height[upper] = place, place + 1
    return result


def _crossed(chart: Chart, upper: int, lower: int, height: Sequence[int]) -> int:
    """Return how many pairs of wires of two neighbours cross when `upper` stands above `lower`."""
    total = 0
    for links, other in ((chart.before, "source"), (chart.after, "target")):
        above = _ends(chart, links[upper], other, height)
        below = sorted(_ends(chart, links[lower], other, height))
        for column, end in above:
            total += sum(1 for theirs, at in below if theirs == column and at < end)
    return total


def _ends(chart: Chart, links: Iterable[Link], other: str, height: Sequence[int]) -> list[tuple[int, int]]:
    if other == "source":
        return [(chart.column[one.source], height[one.source] * FINE * 64 + one.source_rank) for one in links]
    return [(chart.column[one.target], height[one.target] * FINE * 64 + one.target_rank) for one in links]
