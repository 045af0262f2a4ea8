"""Which values a slot waits for: data wires and references, lifted to where both ends are beside each other."""

from __future__ import annotations

from typing import NamedTuple

from casare.engine.planning import kinds
from casare.engine.planning.shaping import Shape
from casare.engine.planning.wiring import Wiring


class Dependencies(NamedTuple):
    """Pairs of slots of one region, the second waiting for the values of the first."""

    edges: list[tuple[int, int]]
    touched: frozenset[int]
    """Slots that give or take a value."""
    refreshed: list[tuple[int, ...]]

    def fed(self) -> dict[int, list[int]]:
        """Return for each slot that others wait for those that do."""
        found: dict[int, list[int]] = {}
        for source, target in self.edges:
            found.setdefault(source, []).append(target)
        return found


def find_dependencies(wiring: Wiring, shape: Shape) -> Dependencies:
    """Return what waits for what. A value that would have to be there before itself is not waited for."""
    known = _control_edges(wiring, shape)
    wanted: dict[tuple[int, int], None] = {}
    pairs = [(source, target) for source, _, target, _ in wiring.data] + wiring.mentions
    home = shape.home
    for source, target in pairs:
        if home[source] == home[target]:
            if source != target and (source, target) not in known:
                wanted[source, target] = None
            continue
        region = shape.common(shape.home[source], shape.home[target])
        first, then = shape.slot_in(source, region), shape.slot_in(target, region)
        if first != then and (first, then) not in known:
            wanted[first, then] = None
    edges = list(wanted)
    if edges and not _all_forward(edges, shape):
        together = _components(len(shape.home), [*known, *edges])
        edges = [(one, other) for one, other in edges if together[one] != together[other]]
    touched = frozenset(slot for pair in pairs for slot in pair)
    return Dependencies(edges, touched, _refreshed_by(wiring))


def _control_edges(wiring: Wiring, shape: Shape) -> dict[tuple[int, int], None]:
    """Return the control wires between slots of one region; one out of a region counts as from its owner."""
    found: dict[tuple[int, int], None] = {}
    for source, _, target in shape.control:
        arriving = shape.circles.get(target, target)
        region = shape.home[arriving]
        if region == shape.home[source]:
            found[source, arriving] = None
        elif region in shape.around(shape.home[source]):
            found[shape.slot_in(source, region), arriving] = None
    return found


def _all_forward(edges: list[tuple[int, int]], shape: Shape) -> bool:
    """Tell whether all edges keep to the order of the control wires, so that they cannot close a circle."""
    rank = {slot: at for at, slot in enumerate(shape.order)}
    rank.update({slot: rank[head] for head, slot in shape.circles.items()})
    return all(one in rank and other in rank and rank[one] < rank[other] for one, other in edges)


def _components(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return for each slot the number of its strongly connected component (Kosaraju, without recursion)."""
    onward: list[list[int]] = [[] for _ in range(count)]
    backward: list[list[int]] = [[] for _ in range(count)]
    for one, other in edges:
        onward[one].append(other)
        backward[other].append(one)
    found = [-1] * count
    for root in reversed(_finished(onward)):
        stack = [root] if found[root] < 0 else []
        while stack:
            slot = stack.pop()
            if found[slot] < 0:
                found[slot] = root
                stack += [source for source in backward[slot] if found[source] < 0]
    return found


def _finished(onward: list[list[int]]) -> list[int]:
    """Return the slots in the order a walk is done with them."""
    order: list[int] = []
    seen = bytearray(len(onward))
    for root in range(len(onward)):
        stack = [(root, False)]
        while stack:
            slot, done = stack.pop()
            if done:
                order.append(slot)
            elif not seen[slot]:
                seen[slot] = 1
                stack.append((slot, True))
                stack += [(target, False) for target in onward[slot] if not seen[target]]
    return order


def _refreshed_by(wiring: Wiring) -> list[tuple[int, ...]]:
    """Return for each slot that is a loop with a condition the value-only slots behind that; nothing for others."""
    loops = [slot for slot, held in enumerate(wiring.facts) if held.kind == kinds.LOOP]
    found: list[tuple[int, ...]] = [()] * len(wiring.facts)
    conditional = [slot for slot in loops if wiring.facts[slot].ports.input("condition") is not None]
    if conditional:
        controlled = {end for source, _, target in wiring.control for end in (source, target)}
        for slot in conditional:
            found[slot] = _refreshed(slot, wiring, controlled)
    return found


def _refreshed(slot: int, wiring: Wiring, controlled: set[int]) -> tuple[int, ...]:
    """Return the value-only slots behind the condition of a loop, each after those it takes values from."""
    before: dict[int, list[int]] = {}
    for source, _, target, into in wiring.data:
        if target != slot or into == "condition":
            before.setdefault(target, []).append(source)
    found: dict[int, None] = {}
    stack = [(one, False) for one in before.get(slot, ())]
    while stack:
        one, done = stack.pop()
        if one in controlled or one in found or one == slot:
            continue
        if done:
            found[one] = None
        else:
            stack.append((one, True))
            stack += [(source, False) for source in before.get(one, ())]
    return tuple(found)
