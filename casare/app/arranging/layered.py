"""A level laid out: every part in columns from left to right, and the parts below one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from casare.app.arranging.blocks import heights_of
from casare.app.arranging.layering import columns_of
from casare.app.arranging.levels import Level, Link, Part, parts_of, restricted
from casare.app.arranging.measures import COLUMN_GAP, PART_GAP
from casare.app.arranging.ordering import ordered
from casare.app.arranging.strands import Chart

_LEAST_SHELF = 5 * (10 + COLUMN_GAP)
"""Steps that single items may take up side by side, before the next row begins: five cards."""


def lay_out(level: Level) -> list[Part]:
    """Return the placed parts of a level as they were read before: top to bottom, then left to right."""
    groups = [group for group in parts_of(level) if not level.fixed.issuperset(group)]
    number_of = {item: number for number, group in enumerate(groups) for item in group}
    links: list[list[Link]] = [[] for _ in groups]
    for link in level.links:
        if link.source in number_of:
            links[number_of[link.source]].append(link)
    parts = [_part(level, group, among) for group, among in zip(groups, links, strict=True)]
    return sorted(parts, key=lambda part: min((level.before[item], item) for item in part.places))


def stacked(parts: Sequence[Part], loose: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Return the corner of each part in steps, the first at (0, 0): below one another.

    Loose items that follow each other stand side by side, in rows no wider than the widest part.
    """
    widest = max([_LEAST_SHELF, *(part.width for part in parts)])
    corners: list[tuple[int, int]] = []
    x = y = bottom = 0
    in_row = False
    for part in parts:
        single = len(part.places) == 1 and loose.issuperset(part.places)
        if not (single and in_row and x + part.width <= widest):
            x, y = 0, bottom + PART_GAP if corners else 0
        corners.append((x, y))
        bottom = max(bottom, y + part.height)
        x += part.width + COLUMN_GAP
        in_row = single
    return corners


def _part(level: Level, items: Sequence[int], links: Sequence[Link]) -> Part:
    if len(items) == 1:
        return Part([[items[0]]], {items[0]: (0, 0)}, *level.sizes[items[0]], {})
    own = restricted(level, items, links)
    chart = Chart(own, columns_of(len(items), own.links))
    order = ordered(chart)
    tops = heights_of(chart, order)
    widths = [0] * chart.width
    for item, column in enumerate(chart.column):
        widths[column] = max(widths[column], own.sizes[item][0])
    lefts = list(accumulate((width + COLUMN_GAP for width in widths), initial=0))
    start = min(lefts[chart.column[item]] for item in chart.free)
    left = [lefts[column] - start for column in chart.column]
    return Part(
        [[items[item] for item in column] for column in order if column],
        {items[item]: (left[item], tops[item]) for item in chart.free},
        max(left[item] + widths[chart.column[item]] for item in chart.free),
        max(tops[item] + chart.heights[item] for item in chart.free),
        {items[item]: left[item] for item in own.fixed},
    )
