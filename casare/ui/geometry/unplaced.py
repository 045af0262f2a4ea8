"""The wires of a graph that has just come, until each of them has its place in the index.

Cards are what a first painting needs; the places of 13,000 wires take as long as all cards together, and can follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.geometry.card import Card
from casare.ui.geometry.course_boxes import THIN, course_boxes
from casare.ui.geometry.grid_index import Box
from casare.ui.geometry.wire import course, forward_reach, reach
from casare.ui.geometry.wire_index import LONG, Places, WireIndex


class UnplacedWires:
    """Find wires by the nodes at their ends, and give them their places little by little.

    `placed` are wires whose places are known. Holds as long as no card is given another place.
    """

    def __init__(self, wires: Iterable[WireKey], placed: Mapping[WireKey, Places], cards: Mapping[str, Card]) -> None:
        plain = list(wires)
        self._wires = [*plain, *placed]
        self._left = iter(plain)
        self._short: dict[WireKey, Box] = {}
        self._index = WireIndex()
        for key, (box, pieces) in placed.items():
            self._place(key, box, pieces)
        self._cards = cards
        self._at: dict[str, list[WireKey]] = {}

    def between(self, node_ids: Collection[str]) -> set[WireKey]:
        """Return the wires with an end at any of these nodes. Looks at all wires: 13,000 take 2 ms."""
        asked = [one for one in node_ids if one not in self._at]
        if asked:
            at = {node_id: list[WireKey]() for node_id in asked}
            for key in self._wires:
                if key[0] in at:
                    at[key[0]].append(key)
                if key[2] in at:
                    at[key[2]].append(key)
            self._at.update(at)
        return {key for node_id in node_ids for key in self._at[node_id]}

    def at(self, node_id: str) -> list[WireKey] | None:
        """Return the wires at a node that `between` was asked about, else None."""
        return self._at.get(node_id)

    def place(self, at_most: int | None = None) -> WireIndex | None:
        """Give `at_most` more wires (None: all that are left) their places; return the index once all have one."""
        cards, short = self._cards, self._short
        for key in islice(self._left, at_most):
            box = _box(key, cards)
            if box[2] > LONG or box[3] > LONG:
                self._place(key, box, (box,) if box[3] <= THIN else pieces_between(key, cards))
            else:
                short[key] = box
        if len(short) + len(self._index) < len(self._wires):
            return None
        self._index.fill(short)
        return self._index

    def _place(self, key: WireKey, box: Box, pieces: Sequence[Box]) -> None:
        if pieces:
            self._index.insert(key, box, pieces)
        else:
            self._short[key] = box


def reach_between(key: WireKey, cards: Mapping[str, Card]) -> Rect:
    """Return a rectangle that holds the course of a wire."""
    source_id, source_port, target_id, target_port = key
    source, target = cards[source_id], cards[target_id]
    start, end = source.port_at(source_port, True), target.port_at(target_port, False)
    if start[0] <= end[0]:
        return forward_reach(start, end)
    return reach(start, end, source.rect, target.rect)


def pieces_between(key: WireKey, cards: Mapping[str, Card]) -> Sequence[Box]:
    """Return rectangles along the course of a long wire."""
    source_id, source_port, target_id, target_port = key
    source, target = cards[source_id], cards[target_id]
    start, end = source.port_at(source_port, True), target.port_at(target_port, False)
    return course_boxes(course(start, end, source.rect, target.rect))


def _box(key: WireKey, cards: Mapping[str, Card]) -> Box:
    """Return what `reach_between` does without its calls, which are half the time of placing all."""
    source_id, source_port, target_id, target_port = key
    _, x, y, shape = cards[source_id]
    dx, dy = shape.places.get((source_port, True)) or shape.place(source_port, True)
    left, start = x + dx, y + dy
    _, x, y, shape = cards[target_id]
    dx, dy = shape.places.get((target_port, False)) or shape.place(target_port, False)
    right, end = x + dx, y + dy
    if left <= right:
        return (left, start if start < end else end, right - left, abs(end - start))
    return reach_between(key, cards)
