"""Work that waits for no reason: it runs one after another although nothing but the drawing says so.

Along each way down a tree of the lifted workflow, every node is scheduled twice: as drawn, each after the one before,
and with true needs only: data wires, references, and conflicts between what nodes touch (variables, files, sessions).
The difference of its two starts is what a node waits for no reason.

What is measured is chosen so that a workflow never looks better for being worse. A wait does not shrink when work is
put between, beside or before; and what nobody knows (an unknown type) or what only lets time pass (a pause) waits for
all before it but is no reason for what comes after to wait, so that putting one between two calls excuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from casare.profiling.costs.facts import NodeFacts
from casare.profiling.structure.lifted import Lifted
from casare.profiling.structure.touched import Touched

WORTH_MS: Final = 5.0
"""Below this, handing a node to another worker costs as much as it saves."""

_LOOK_BACK: Final = 64
"""Among so many nodes before it a partner is sought for one that waits."""


class SerialRun(NamedTuple):
    """Independent nodes of one tree, what it takes (ms) as drawn and with true needs only, and each node's wait."""

    nodes: tuple[int, ...]
    serial_ms: float
    together_ms: float
    waits_ms: tuple[float, ...]
    """The waits for no reason, in topological order."""

    @property
    def saved_ms(self) -> float:
        """Return how much sooner the tree would be done."""
        return self.serial_ms - self.together_ms


class Serial(NamedTuple):
    """All findings by the root of their tree, and what each node takes with all that is inside (ms)."""

    runs: dict[int, SerialRun]
    takes_ms: list[float]

    def in_order(self) -> list[SerialRun]:
        """Return the findings in the order of the document."""
        return [self.runs[root] for root in sorted(self.runs)]


def serial_runs(facts: Sequence[NodeFacts], lifted: Lifted, weights: Sequence[float]) -> Serial:
    """Return what waits for no reason in the whole workflow, with these runtimes (ms)."""
    takes = list(weights)
    for owner in lifted.inside:
        takes[owner] = lifted.span(owner, weights)
    worth = sum([taken >= WORTH_MS for taken in takes])
    runs: dict[int, SerialRun] = {}
    if worth >= 2:
        for root in lifted.members:
            run = _run_of(root, facts, lifted, takes)
            if run is not None:
                runs[root] = run
    return Serial(runs, takes)


def renewed(
    last: Serial,
    changed: Iterable[int],
    facts: Sequence[NodeFacts],
    lifted: Lifted,
    weights: Sequence[float],
    regrown: Iterable[int] = (),
) -> Serial:
    """Return the same after these nodes take another time. Only the trees that hold them are looked at again.

    `regrown` are roots of trees that have other nodes, or none any more.
    """
    takes, runs = last.takes_ms.copy(), last.runs.copy()
    roots = set(regrown)
    for root in roots:
        runs.pop(root, None)
    for number in changed:
        takes[number] = lifted.span(number, weights) if number in lifted.inside else weights[number]
        roots.add(lifted.root[number])
        for owner in lifted.around(number):
            takes[owner] = lifted.span(owner, weights)
            roots.add(lifted.root[owner])
    for root in roots.intersection(lifted.members):
        run = _run_of(root, facts, lifted, takes)
        if run is not None:
            runs[root] = run
        else:
            runs.pop(root, None)
    return Serial(runs, takes)


def _run_of(root: int, facts: Sequence[NodeFacts], lifted: Lifted, takes: Sequence[float]) -> SerialRun | None:
    members = lifted.members[root]
    worth = [number for number in members if takes[number] >= WORTH_MS]
    if len(worth) < 2:
        return None
    # What comes after the last node worth it on its way down delays nothing that counts.
    parent = lifted.parent
    counts = {root}
    heavy = set(worth)
    behind = False
    for number in worth:
        while number not in counts:
            counts.add(number)
            number = parent[number]  # noqa: PLW2901
            behind = behind or number in heavy
    if not behind:
        # No two of them lie on one way down, so none waits for another.
        return None
    return _Tree([number for number in members if number in counts], facts, lifted, takes).run()


class _Tree:
    """One tree while it is being scheduled both ways."""

    def __init__(
        self, members: Sequence[int], facts: Sequence[NodeFacts], lifted: Lifted, takes: Sequence[float]
    ) -> None:
        """Take the nodes to schedule in topological order, the root first."""
        self._facts, self._lifted, self._takes = facts, lifted, takes
        self._members = members
        self._root = root = members[0]
        self._drawn: dict[int, float] = {}
        self._needed: dict[int, tuple[float, float]] = {}
        self._states: dict[int, Touched] = {}
        self._children: dict[int, int] = {}
        for number in members:
            if number != root:
                above = lifted.parent[number]
                self._children[above] = self._children.get(above, 0) + 1

    def run(self) -> SerialRun | None:
        """Return what waits in this tree, or None."""
        waits: list[float] = []
        found: dict[int, None] = {}
        for number in self._members:
            wait = self._schedule(number)
            if wait >= WORTH_MS:
                waits.append(wait)
                found[number] = None
                partner = self._partner(number)
                if partner is not None:
                    found[partner] = None
        if not waits:
            return None
        serial = max(self._drawn.values())
        together = max(end for _, end in self._needed.values())
        return SerialRun(tuple(sorted(found)), serial, together, tuple(waits))

    def _schedule(self, number: int) -> float:
        """Put a node into both schedules; return how long it waits for no reason (ms), 0 for what is not worth it."""
        lifted, takes = self._lifted, self._takes[number]
        above = lifted.parent[number] if number != self._root else None
        begun = self._drawn[above] if above is not None else 0.0
        self._drawn[number] = begun + takes
        state = self._state_below(above)
        inside = number in lifted.inside
        effects = lifted.effects(number, self._facts) if inside else (self._facts[number].effects,)
        barrier = any(one.barrier for one in effects) if inside else effects[0].barrier
        unsure = barrier and self._unsure(number)
        if unsure and inside:
            # What is unknown inside a loop is no reason for the whole loop to wait.
            effects = tuple([one for one in effects if not one.barrier])
        begin = state.free_at(effects)
        for source in lifted.needs(number):
            done = self._needed.get(source)
            if done is not None and done[1] > begin:
                begin = done[1]
        self._needed[number] = (begin, begin + takes)
        state.touch(effects, begin + takes, holds=not unsure)
        if number in self._children:
            self._states[number] = state
        return begun - begin if takes >= WORTH_MS else 0.0

    def _state_below(self, above: int | None) -> Touched:
        if above is None:
            return Touched(self._lifted.keys)
        state = self._states[above]
        self._children[above] -= 1
        if self._children[above]:
            return state.copy()
        del self._states[above]
        return state

    def _unsure(self, number: int) -> bool:
        """Tell whether a node orders what comes after it for no better reason than that it is unknown, or a pause."""
        barriers = [one for one in (number, *self._lifted.inside.get(number, ())) if self._facts[one].effects.barrier]
        return all(self._facts[one].kind.spec is None or self._facts[one].kind.waits for one in barriers)

    def _partner(self, number: int) -> int | None:
        """Return the nearest node above that a waiting node could run beside."""
        begin, end = self._needed[number]
        above = number
        for _ in range(_LOOK_BACK):
            if above == self._root:
                return None
            above = self._lifted.parent[above]
            if self._takes[above] >= WORTH_MS:
                its_begin, its_end = self._needed[above]
                if its_begin < end and begin < its_end:
                    return above
        return None
