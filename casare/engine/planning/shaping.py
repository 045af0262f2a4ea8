"""Find the regions of a graph: what runs again in a loop, what a Try guards, what goes round in a circle.

A slot belongs to the innermost region that all its control wires come from. So the place where the ways of an If meet
is outside of both, and what follows a loop's *completed* is outside of the loop, without any pairing of nodes.
"""

from __future__ import annotations

from typing import NamedTuple

from casare.engine.errors import CompileError
from casare.engine.planning import kinds
from casare.engine.planning.plan import ROOT
from casare.engine.planning.wiring import Control, Wiring


class Opened(NamedTuple):
    """One region while the plan is made."""

    owner: int
    port: str
    parent: int
    depth: int


class Shape(NamedTuple):
    """The regions, and where every slot belongs. Slots past the nodes stand for circles."""

    regions: list[Opened]
    home: list[int]
    order: list[int]
    """The slots with control wires, each after those that lead to it."""
    control: list[Control]
    """The control wires without those that lead back."""
    back: list[Control]
    """The control wires that lead back to the head of a circle."""
    circles: dict[int, int]
    """The made-up slot of each head of a circle."""

    def around(self, region: int) -> list[int]:
        """Return a region and those around it, innermost first."""
        found = [region]
        while found[-1] != ROOT:
            found.append(self.regions[found[-1]].parent)
        return found

    def common(self, one: int, other: int) -> int:
        """Return the innermost region that both lie in."""
        while one != other:
            if self.regions[one].depth >= self.regions[other].depth:
                one = self.regions[one].parent
            else:
                other = self.regions[other].parent
        return one

    def slot_in(self, slot: int, region: int) -> int:
        """Return what stands for a slot in a region around it: itself, or the owner of the region that holds it."""
        at = self.home[slot]
        while at != region:
            slot = self.regions[at].owner
            at = self.regions[at].parent
        return slot


def find_shape(wiring: Wiring) -> Shape:
    """Return the regions of a graph. Raises CompileError for a circle that can be entered at two places."""
    count = len(wiring.facts)
    onward: list[list[tuple[str, int]]] = [[] for _ in range(count)]
    inward = [0] * count
    for source, port, target in wiring.control:
        onward[source].append((port, target))
        inward[target] += 1
    order, back = _search(wiring, onward, inward)
    forward = [edge for edge in wiring.control if edge not in back] if back else wiring.control
    entering: list[list[tuple[int, str]]] = [[] for _ in range(count)]
    for source, port, target in forward:
        entering[target].append((source, port))
    heads = {target for _, _, target in back}
    shape = Shape([Opened(-1, "", ROOT, 0)], [ROOT] * count, order, forward, [], {})
    by_port: dict[tuple[int, str], int] = {}
    for slot in order:
        region = -1
        for source, port in entering[slot]:
            entered = _entered(shape, by_port, source, port, wiring)
            region = entered if region < 0 else shape.common(region, entered)
        region = max(region, ROOT)
        if slot in heads:
            made_up = len(shape.home)
            shape.home.append(region)
            shape.circles[slot] = made_up
            shape.regions.append(Opened(made_up, "", region, shape.regions[region].depth + 1))
            region = len(shape.regions) - 1
        shape.home[slot] = region
    _settle_back(wiring, shape, back)
    _place_values(wiring, shape, onward, inward)
    return shape


def _search(
    wiring: Wiring, onward: list[list[tuple[str, int]]], inward: list[int]
) -> tuple[list[int], dict[Control, None]]:
    """Walk the control wires depth first: return the order of the slots, and the wires that lead back."""
    facts = wiring.facts
    count = len(facts)
    first = [slot for slot in range(count) if not inward[slot]]
    if wiring.starts:
        first.sort(key=lambda slot: facts[slot].role.value != "start")
    state = bytearray(count)
    order: list[int] = []
    back: dict[Control, None] = {}
    for root in (*first, *range(count)):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(onward[root]))]
        while stack:
            slot, rest = stack[-1]
            for port, target in rest:
                if state[target] == 0:
                    state[target] = 1
                    stack.append((target, iter(onward[target])))
                    break
                if state[target] == 1:
                    back[slot, port, target] = None
            else:
                state[slot] = 2
                order.append(slot)
                stack.pop()
    order.reverse()
    return order, back


def _entered(shape: Shape, by_port: dict[tuple[int, str], int], source: int, port: str, wiring: Wiring) -> int:
    around = shape.home[source]
    if not kinds.opens_region(wiring.facts[source].kind, port):
        return around
    found = by_port.get((source, port))
    if found is None:
        found = by_port[source, port] = len(shape.regions)
        shape.regions.append(Opened(source, port, around, shape.regions[around].depth + 1))
    return found


def _settle_back(wiring: Wiring, shape: Shape, back: dict[Control, None]) -> None:
    """Keep the wires that lead back to the head of their circle. One from a loop's body just ends the turn."""
    for source, port, head in back:
        around = shape.around(shape.home[source])
        if wiring.facts[head].kind in kinds.LOOPS | {kinds.RETRY} and any(
            shape.regions[region].owner == head for region in around
        ):
            continue
        if shape.home[head] not in around:
            ids = [wiring.facts[slot].node.id for slot in (source, head)]
            raise CompileError(
                f"the wires between {ids[0]} and {ids[1]} go round in a circle that is entered at two places",
                where=f"{ids[0]}.{port}",
                mend="Lead every way into the circle to the same node, for instance a Merge.",
            )
        shape.back.append((source, port, head))


def _place_values(wiring: Wiring, shape: Shape, onward: list[list[tuple[str, int]]], inward: list[int]) -> None:
    """Put nodes without control wires where the innermost of their values is made."""
    free = {slot for slot in range(len(wiring.facts)) if not inward[slot] and not onward[slot]}
    sources: dict[int, list[int]] = {slot: [] for slot in free}
    for source, _, target, _ in wiring.data:
        if target in free:
            sources[target].append(source)
    for source, target in wiring.mentions:
        if target in free:
            sources[target].append(source)
    inside = {
        region.owner: number
        for number, region in enumerate(shape.regions)
        if region.owner >= 0 and region.port in ("body", "retry_body")
    }
    placed: set[int] = set()
    for root in sorted(free):
        stack = [root]
        while stack:
            slot = stack[-1]
            waiting = [one for one in sources[slot] if one in free and one not in placed and one not in stack]
            if waiting and slot not in placed:
                stack.append(waiting[0])
                continue
            stack.pop()
            if slot not in placed:
                placed.add(slot)
                made = [inside.get(one, shape.home[one]) for one in sources[slot]]
                shape.home[slot] = max(made, key=lambda region: shape.regions[region].depth, default=ROOT)
