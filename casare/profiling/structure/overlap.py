"""Which nodes can run at the same time as another: already now, by the order as it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from casare.profiling.structure.order import Order

_ABSENT = -1


class Overlaps:
    """Which nodes can run beside another, worked out when first asked for; analyses in which it is alike share it."""

    def __init__(self, order: Order, active: Callable[[], Sequence[bool]]) -> None:
        """`active` tells by node number what takes part."""
        self._order = order
        self._active = active

    @cached_property
    def nodes(self) -> list[bool]:
        """Return it by node number."""
        return overlapping(self._order, self._active())


def overlapping(order: Order, active: Sequence[bool]) -> list[bool]:
    """Return for each node whether some other active node is neither before nor after it.

    Exact and O(V + E): a node is ordered against all others exactly when everything earlier in a topological order
    leads to it and it leads to everything later. Everything earlier leads to it when nothing earlier has its first
    successor behind it; the other half is the mirror image.
    """
    line = [number for number in order.topological if active[number]]
    place = [_ABSENT] * len(active)
    for position, number in enumerate(line):
        place[number] = position
    count = len(line)
    alone = [True] * count
    furthest = 0
    for position, number in enumerate(line):
        if furthest > position:
            alone[position] = False
        first = count
        for other in order.successors[number]:
            where = place[other]
            first = where if 0 <= where < first else first
        furthest = first if first > furthest else furthest
    nearest = count
    for position in range(count - 1, -1, -1):
        if nearest < position:
            alone[position] = False
        last = _ABSENT
        for other in order.predecessors[line[position]]:
            where = place[other]
            last = where if where > last else last
        nearest = last if last < nearest else nearest
    found = [False] * len(active)
    for position, number in enumerate(line):
        found[number] = not alone[position]
    return found
