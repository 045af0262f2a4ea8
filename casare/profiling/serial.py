"""Work that runs one after another although nothing but the drawing says so.

Within one region, nodes that follow each other along single control wires form a line. A line is then scheduled again
with true needs only: data wires, references, and conflicts between what nodes touch (variables, files, sessions).
A loop or a branch counts as one node, with all that is inside. What the line takes now, less what it would take then,
could be saved; the nodes that would then overlap are the opportunities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from casare.profiling.effects import Effects
from casare.profiling.facts import NodeFacts
from casare.profiling.order import Order
from casare.profiling.path import Path
from casare.profiling.regions import Regions
from casare.profiling.wiring import Wiring

WORTH_MS: Final = 5.0
"""Below this, handing a node to another worker costs as much as it saves."""

_NONE: Final = -1
_SEVERAL: Final = -2


class SerialRun(NamedTuple):
    """Independent nodes of one line, and what the line takes (ms) as drawn and with true needs only."""

    nodes: tuple[int, ...]
    serial_ms: float
    together_ms: float

    @property
    def saved_ms(self) -> float:
        """Return how much time the line would save."""
        return self.serial_ms - self.together_ms


def serial_runs(
    facts: Sequence[NodeFacts], order: Order, regions: Regions, path: Path, weights: Sequence[float]
) -> list[SerialRun]:
    """Return the lines of `order` that hold independent work, in the order of the document."""
    worth = [number for number, taken in enumerate(weights) if taken >= WORTH_MS and not facts[number].effects.barrier]
    if len(worth) < 2:
        return []
    view = _Lifted(facts, order, regions, path, weights)
    found = []
    for line in view.lines():
        if sum(1 for number in line if view.takes[number] >= WORTH_MS) >= 2:
            run = _together(line, view)
            if run is not None:
                found.append(run)
    return found


class _Lifted:
    """The workflow with every edge lifted to the region that its two ends share."""

    def __init__(
        self, facts: Sequence[NodeFacts], order: Order, regions: Regions, path: Path, weights: Sequence[float]
    ) -> None:
        self.regions = regions
        self.takes = list(weights)
        self.effects: list[Sequence[Effects]] = [(held.effects,) for held in facts]
        self.needs: dict[int, list[int]] = {}
        self._before = [_NONE] * len(facts)
        self._after = [_NONE] * len(facts)
        if len(regions.regions) > 1:
            self._fold(facts, path, weights)
        self._join(order.wiring)

    def lines(self) -> list[list[int]]:
        """Return the lines of at least two nodes, each in the order of execution."""
        before, after = self._before, self._after
        follower = [other if other >= 0 and before[other] == number else _NONE for number, other in enumerate(after)]
        found = []
        for first, second in enumerate(follower):
            earlier = before[first]
            if second < 0 or (earlier >= 0 and follower[earlier] == first):
                continue
            line = [first]
            while second >= 0:
                line.append(second)
                second = follower[second]  # noqa: PLW2901
            found.append(line)
        return found

    def _join(self, wiring: Wiring) -> None:
        before, after, of_node = self._before, self._after, self.regions.of_node
        for number, sources in enumerate(wiring.control_in):
            for source in sources:
                one, other = source, number
                if of_node[source] != of_node[number]:
                    one, other = self._lift(source, number)
                    if one == other:
                        continue
                before[other] = one if before[other] in (_NONE, one) else _SEVERAL
                after[one] = other if after[one] in (_NONE, other) else _SEVERAL
        for edges in (wiring.data_in, wiring.reference_in):
            for number, sources in enumerate(edges):
                for source in sources:
                    one, other = source, number
                    if of_node[source] != of_node[number]:
                        one, other = self._lift(source, number)
                    if one != other:
                        self.needs.setdefault(other, []).append(one)

    def _fold(self, facts: Sequence[NodeFacts], path: Path, weights: Sequence[float]) -> None:
        """Give the owner of a region the time and the effects of all that is inside."""
        chains = {region: self.regions.chain(region) for region in set(self.regions.of_node)}
        owners = [region.owner for region in self.regions.regions]
        inside: dict[int, dict[Effects, None]] = {}
        for number, region in enumerate(self.regions.of_node):
            for around in chains[region]:
                owner = owners[around]
                begun = path.finish_ms[owner] - weights[owner]
                self.takes[owner] = max(self.takes[owner], path.finish_ms[number] - begun)
                inside.setdefault(owner, {})[facts[number].effects] = None
        for owner, effects in inside.items():
            self.effects[owner] = (facts[owner].effects, *effects)

    def _lift(self, source: int, target: int) -> tuple[int, int]:
        here, there = self.regions.of_node[source], self.regions.of_node[target]
        known = self.regions.regions
        while here != there:
            if known[here].depth > known[there].depth:
                source, here = known[here].owner, known[here].parent
            else:
                target, there = known[there].owner, known[there].parent
        return source, target


def _together(line: Sequence[int], view: _Lifted) -> SerialRun | None:
    """Return the line scheduled with true needs only, or None when nothing would overlap."""
    done: dict[int, float] = {}
    touched = _Touched()
    spans: list[tuple[float, float, int]] = []
    for number in line:
        effects = view.effects[number]
        begin = touched.free_at(effects)
        for source in view.needs.get(number, ()):
            begin = max(begin, done.get(source, 0.0))
        end = begin + view.takes[number]
        done[number] = end
        touched.touch(effects, end)
        if view.takes[number] >= WORTH_MS:
            spans.append((begin, end, number))
    nodes = _overlapping(spans)
    if not nodes:
        return None
    return SerialRun(tuple(nodes), sum(view.takes[number] for number in line), max(done.values()))


def _overlapping(spans: list[tuple[float, float, int]]) -> list[int]:
    spans.sort()
    found: set[int] = set()
    latest, holder = 0.0, -1
    for begin, end, number in spans:
        if holder >= 0 and begin < latest:
            found.update((holder, number))
        if end > latest:
            latest, holder = end, number
    return sorted(found)


class _Touched:
    """When each resource was last read and written along a line (ms)."""

    def __init__(self) -> None:
        self._read: dict[str, float] = {}
        self._written: dict[str, float] = {}
        self._barrier = 0.0
        self._latest = 0.0
        self._keys: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def free_at(self, effects: Iterable[Effects]) -> float:
        """Return when something with these effects may begin."""
        begin = self._barrier
        for reads, writes, barrier in effects:
            if barrier:
                return self._latest
            for name in reads:
                begin = self._last(self._written, name, begin)
            for name in writes:
                begin = self._last(self._read, name, self._last(self._written, name, begin))
        return begin

    def touch(self, effects: Iterable[Effects], end: float) -> None:
        """Note that something with these effects ends at `end`."""
        self._latest = end if end > self._latest else self._latest
        for reads, writes, barrier in effects:
            if barrier:
                self._barrier = self._latest
            for names, times in ((reads, self._read), (writes, self._written)):
                for name in names:
                    for key in self._keys_of(name)[0]:
                        if end > times.get(key, 0.0):
                            times[key] = end

    def _last(self, times: dict[str, float], name: str, begin: float) -> float:
        for key in self._keys_of(name)[1]:
            last = times.get(key, 0.0)
            begin = last if last > begin else begin
        return begin

    def _keys_of(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return under which keys a touch of `name` is noted, and under which it is looked for.

        A touch is noted for what it names and, with a question mark, for all that contains it.
        """
        found = self._keys.get(name)
        if found is None:
            family, folders = _family(name), _folders(name)
            noted = (name, f"{family}?", *[f"{folder}?" for folder in folders])
            sought = (f"{family}?",) if name == f"{family}*" else (name, f"{name}?", f"{family}*", *folders)
            found = self._keys[name] = (noted, sought)
        return found


def _family(name: str) -> str:
    return name[: name.index(":") + 1]


def _folders(name: str) -> list[str]:
    """Return the folders that a file lies in: `file:/a`, `file:` for `file:/a/b`; nothing for anything but a file."""
    if not name.startswith("file:"):
        return []
    parts = name.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
