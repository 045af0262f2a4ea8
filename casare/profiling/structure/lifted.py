"""The workflow as one level of each region: a loop or a branch counts as one node, with all that is inside.

Every control wire is lifted to the region that its two ends share. A node with a single predecessor on its level then
hangs below that one, which makes a forest: along each way down a tree, nodes run one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casare.profiling.costs.effects import Effects
from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.order import Order
from casare.profiling.structure.regions import Regions
from casare.profiling.structure.touched import Keys

_NONE: Final = -1
_SEVERAL: Final = -2


class Lifted:
    """The forest of a workflow. Follows from wires and regions alone, and outlives edits of costs."""

    def __init__(self, order: Order, regions: Regions, keys: Keys) -> None:
        self.order = order
        self.regions = regions
        self.keys = keys
        """How the names of what nodes touch are split, once for all trees."""
        self.inside: dict[int, list[int]] = {}
        """For each node that owns a region the nodes in it, at any depth, in topological order."""
        self.parent = [_NONE] * len(regions.of_node)
        """The node each hangs below; negative for a root."""
        self.members: dict[int, list[int]] = {}
        """For each root of a tree of several nodes all of them in topological order."""
        self.root = list(range(len(regions.of_node)))
        self._fill()
        self._hang()
        self._gather()

    def around(self, number: int) -> list[int]:
        """Return the owners of the regions that a node lies in, innermost first."""
        known = self.regions
        return list(dict.fromkeys([known.regions[one].owner for one in known.chain(known.of_node[number])]))

    def span(self, owner: int, weights: Sequence[float]) -> float:
        """Return what an owner takes with all that is inside (ms), going by the edges inside alone."""
        inside = self.inside[owner]
        done: dict[int, float] = {owner: weights[owner]}
        own = weights[owner]
        longest = own
        for number in inside:
            begin = own
            for other in self.order.predecessors[number]:
                end = done.get(other, 0.0)
                begin = end if end > begin else begin
            end = done[number] = begin + weights[number]
            longest = end if end > longest else longest
        return longest

    def effects(self, number: int, facts: Sequence[NodeFacts]) -> tuple[Effects, ...]:
        """Return the effects of a node and of all that is inside it, each once."""
        inside = self.inside.get(number)
        own = facts[number].effects
        return tuple(dict.fromkeys([own, *[facts[one].effects for one in inside]])) if inside else (own,)

    def needs(self, number: int) -> Sequence[int]:
        """Return what a node reads values of, on its own level: by wire or by reference, itself or inside."""
        wiring, of_node = self.order.wiring, self.regions.of_node
        if number not in self.inside and not wiring.data_in[number] and not wiring.reference_in[number]:
            return ()
        found = []
        for one in (number, *self.inside.get(number, ())):
            for source in (*wiring.data_in[one], *wiring.reference_in[one]):
                here, there = source, one
                if of_node[source] != of_node[one]:
                    here, there = self._lift(source, one)
                if there == number and here != number:
                    found.append(here)
        return found

    def rewired(self, order: Order, targets: Iterable[int]) -> tuple[Lifted, set[int]]:
        """Return the forest after other wires lead to `targets`, and the roots of the trees that are others now.

        Regions are what they were.
        """
        twin = Lifted.__new__(Lifted)
        twin.order, twin.regions, twin.keys = order, self.regions, self.keys
        twin.inside, twin.parent, twin.members, twin.root = self.inside, self.parent, self.members, self.root
        hung = [(number, above) for number in targets if (above := twin._above(number)) != self.parent[number]]
        resorted = self._resorted(order)
        roots = {self.root[number] for number in resorted}
        for number, above in hung:
            roots.add(self.root[number])
            if above >= 0:
                roots.add(self.root[above])
        if not roots:
            return twin, roots
        place = order.place.__getitem__
        twin.inside = self.inside.copy()
        for owner in {owner for number in resorted for owner in self.around(number)}:
            twin.inside[owner] = sorted(self.inside[owner], key=place)
        twin.parent, twin.root, twin.members = self.parent.copy(), self.root.copy(), self.members.copy()
        for number, above in hung:
            twin.parent[number] = above
        changed = [one for root in roots for one in twin.members.pop(root, (root,))]
        twin._gather_again(sorted(changed, key=place))
        return twin, roots

    def _resorted(self, order: Order) -> list[int]:
        """Return the nodes that stand in another place of the order now."""
        before = self.order.topological
        if order.topological is before:
            return []
        return [now for now, then in zip(order.topological, before, strict=True) if now != then]

    def _above(self, number: int) -> int:
        """Return the node that one hangs below, by the wires that lead to it."""
        above = _NONE
        for source in self.order.wiring.control_in[number]:
            one, other = self._lift(source, number)
            if one != other and other == number:
                above = one if above in (_NONE, one) else _SEVERAL
        return above

    def _gather_again(self, numbers: Sequence[int]) -> None:
        root, parent, members = self.root, self.parent, self.members
        for number in numbers:
            above = parent[number]
            if above < 0:
                root[number] = number
                continue
            top = root[number] = root[above]
            if top in members:
                members[top].append(number)
            else:
                members[top] = [top, number]

    def _fill(self) -> None:
        known, of_node = self.regions.regions, self.regions.of_node
        if len(known) == 1:
            return
        owners = [self._owners(region) for region in range(len(known))]
        for number in self.order.topological:
            for owner in owners[of_node[number]]:
                if owner in self.inside:
                    self.inside[owner].append(number)
                else:
                    self.inside[owner] = [number]

    def _owners(self, region: int) -> list[int]:
        return list(dict.fromkeys([self.regions.regions[one].owner for one in self.regions.chain(region)]))

    def _hang(self) -> None:
        parent, of_node = self.parent, self.regions.of_node
        for number, sources in enumerate(self.order.wiring.control_in):
            for source in sources:
                one, other = source, number
                if of_node[source] != of_node[number]:
                    one, other = self._lift(source, number)
                    if one == other:
                        continue
                parent[other] = one if parent[other] in (_NONE, one) else _SEVERAL

    def _gather(self) -> None:
        root, parent, members = self.root, self.parent, self.members
        seen = bytearray(len(root))
        rings: set[int] = set()
        for number in self.order.topological:
            seen[number] = 1
            above = parent[number]
            if above < 0:
                continue
            if not seen[above]:
                # Its only way in is the backward wire of a ring, which orders all of the ring.
                rings.add(number)
                continue
            top = root[number] = root[above]
            if top not in rings:
                if top in members:
                    members[top].append(number)
                else:
                    members[top] = [top, number]

    def _lift(self, source: int, target: int) -> tuple[int, int]:
        here, there = self.regions.of_node[source], self.regions.of_node[target]
        known = self.regions.regions
        while here != there:
            if known[here].depth > known[there].depth:
                source, here = known[here].owner, known[here].parent
            else:
                target, there = known[there].owner, known[there].parent
        return source, target
