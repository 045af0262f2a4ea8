"""The slices that an edit of wires is about: a stretch of the order between two gates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.order import Order
from casare.profiling.structure.slices import Slice, Slices, cut, gates_of, inside, is_cut, takes_part

MOST_NODES: Final = 3000
"""A wider stretch is not worth keeping the rest."""


class Window(NamedTuple):
    """Slices `begin` to `end` (not included) give way to `fresh`; all before and behind stay as they are."""

    begin: int
    end: int
    fresh: list[Slice]
    gone: list[int]
    """Nodes that take part in the order no more."""

    @property
    def nodes(self) -> list[int]:
        """Return the nodes of the fresh slices."""
        return [number for held in self.fresh for number in held.nodes]

    @property
    def places(self) -> range:
        """Return the places of the fresh slices."""
        return range(self.begin, self.begin + len(self.fresh))


def window_of(
    order: Order, facts: Sequence[NodeFacts], reachable: Sequence[bool], last: Slices, rewired: Iterable[int]
) -> Window | None:
    """Return the window around nodes whose wires, or whether a run gets to them, changed; None for a very wide one."""
    of_node = last.of_node
    joining: set[int] = set()
    seeds: set[int] = set()
    gone: list[int] = []
    for number in rewired:
        part = takes_part(number, order, facts, reachable)
        if part and of_node[number] < 0:
            joining.add(number)
            seeds.update(of_node[other] for other in (*order.predecessors[number], *order.successors[number]))
        elif not part and of_node[number] >= 0:
            gone.append(number)
        seeds.add(of_node[number])
    seeds.discard(-1)
    if not seeds:
        return None if joining else Window(0, 0, [], gone)
    begin, end = min(seeds), max(seeds) + 1
    while True:
        members = joining.union(*[last.slices[at].nodes for at in range(begin, end)]).difference(gone)
        if len(members) > MOST_NODES:
            return None
        wider = _wider(begin, end, members, order, last, set(gone))
        if wider is None:
            return None
        if wider != (begin, end):
            begin, end = wider
            continue
        line = sorted(members, key=order.place.__getitem__)
        gates = gates_of(order, line)
        if end == len(last.slices) or (line and gates[-1] and is_cut(line[-1], _distance(gates))):
            return Window(begin, end, cut(line, gates), gone)
        end += 1


def _distance(gates: Sequence[bool]) -> int:
    return next((step for step in range(1, len(gates)) if gates[-1 - step]), len(gates))


def _wider(
    begin: int, end: int, members: Collection[int], order: Order, last: Slices, gone: Collection[int]
) -> tuple[int, int] | None:
    """Return the same stretch when it still lies between gates, a wider one when it does not, None for no such one."""
    of_node, slices = last.of_node, last.slices
    if begin:
        gate = slices[begin - 1].nodes[-1]
        for number in members:
            others = order.predecessors[number]
            if not any(other == gate or other in members for other in others):
                before = [of_node[other] for other in others if of_node[other] >= 0 and other not in gone]
                return (min(begin - 1, max(before)), end) if before else None
    if end < len(slices):
        exits = slices[end - 1].nodes[-1]
        if exits not in members:
            return begin, end + 1
        for number in members:
            others = order.successors[number]
            if number != exits and not any(other in members for other in others):
                behind = [of_node[other] for other in others if of_node[other] >= 0 and other not in gone]
                return (begin, max(end, min(behind)) + 1) if behind else None
    return begin, end


def sliced_again(order: Order, last: Slices, window: Window) -> Slices:
    """Return the slices with those of a window in place of the old ones."""
    more = len(window.fresh) - (window.end - window.begin)
    of_node = (
        [place + more if place >= window.end else place for place in last.of_node] if more else last.of_node.copy()
    )
    before, after = last.before.copy(), last.after.copy()
    for number in window.gone:
        of_node[number] = -1
    for here, (nodes, _) in zip(window.places, window.fresh, strict=True):
        for number in nodes:
            of_node[number] = here
    for here, (nodes, is_chain) in zip(window.places, window.fresh, strict=True):
        for number in nodes:
            waits, goes = order.predecessors[number], order.successors[number]
            before[number] = waits if is_chain else inside(waits, here, of_node)
            after[number] = goes if is_chain else inside(goes, here, of_node)
    slices = [*last.slices[: window.begin], *window.fresh, *last.slices[window.end :]]
    return Slices(slices, of_node, before, after)
