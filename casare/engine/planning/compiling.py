"""Compile a graph into a plan, in stages that are timed apart."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

from casare.catalog import Catalog
from casare.engine.planning import kinds
from casare.engine.planning.dependencies import Dependencies, find_dependencies
from casare.engine.planning.plan import ROOT, Exit, Fire, Leaving, Plan, Region, Wire
from casare.engine.planning.shaping import Shape, find_shape
from casare.engine.planning.wiring import NodeFacts, Wiring, find_mentions, read_facts, usual_ports, wire_up
from casare.foundation.collection import without_collection
from casare.model import Graph
from casare.sdk import PortKind, Role


class Compiled(NamedTuple):
    """A plan, and how long each stage took (ms)."""

    plan: Plan
    timings: Mapping[str, float]


def compile_graph(graph: Graph, catalog: Catalog) -> Compiled:
    """Return the plan of a graph. Raises CompileError when it cannot be run."""
    with without_collection():
        return _compile(graph, catalog)


def _compile(graph: Graph, catalog: Catalog) -> Compiled:
    timings: dict[str, float] = {}
    begun = time.perf_counter()

    def ended(stage: str) -> None:
        nonlocal begun
        now = time.perf_counter()
        timings[stage] = (now - begun) * 1000
        begun = now

    facts = read_facts(graph, catalog)
    ended("parse")
    mentions = find_mentions(facts)
    ended("templates")
    wiring = wire_up(graph, facts, mentions)
    ended("wire")
    shape = find_shape(wiring)
    ended("validate")
    dependencies = find_dependencies(wiring, shape)
    plan = _Builder(wiring, shape, dependencies).build()
    ended("build")
    return Compiled(plan, timings)


class _Builder:
    """Lay the shape of a graph out in arrays."""

    def __init__(self, wiring: Wiring, shape: Shape, dependencies: Dependencies) -> None:
        self._wiring = wiring
        self._shape = shape
        self._dependencies = dependencies
        count = len(shape.home)
        self._members: list[list[int]] = [[] for _ in shape.regions]
        self._held: list[list[int]] = [[] for _ in shape.regions]
        self._place = [0] * count
        for slot, region in enumerate(shape.home):
            self._place[slot] = len(self._members[region])
            self._members[region].append(slot)
        self._pending = [0] * count
        self._controlled = bytearray(count)
        self._opened: list[list[int]] = [[] for _ in shape.regions]
        self._opened_exits: list[list[int]] = [[] for _ in shape.regions]
        self._fires: list[dict[str, tuple[list[int], list[int]]]] = [{} for _ in range(count)]
        self._leaving: dict[int, list[Leaving]] = {}
        self._exits: list[Exit] = []
        self._back: list[tuple[int, int]] = []
        self._joined: dict[int, list[tuple[int, str]]] = {}
        self._owners = {region.owner for region in shape.regions}
        self._by_port = {(region.owner, region.port): number for number, region in enumerate(shape.regions)}

    def build(self) -> Plan:
        """Return the plan."""
        shape, facts = self._shape, self._wiring.facts
        made_up = len(shape.home) - len(facts)
        self._edges()
        for source, port, head in shape.back:
            self._back.append((self._exit(source, port, head), head))
        for head, slot in shape.circles.items():
            # A visit of the circle begins at its head, or wherever a wire leads back to.
            self._controlled[head] = 1
            self._pending[head] += 1
            self._opened[shape.home[head]].append(self._place[head])
            del slot
        for source, target in self._dependencies.edges:
            self._pending[target] += 1
            del source
        # A region is opened after the one around it, so from the last to the first each is complete when it is added.
        for number in range(len(shape.regions) - 1, ROOT, -1):
            self._held[number] += self._members[number]
            if shape.regions[number].parent != ROOT:
                self._held[shape.regions[number].parent] += self._held[number]
        wires: dict[int, list[Wire]] = {}
        for source, output, target, into in self._wiring.data:
            wires.setdefault(target, []).append(Wire(into, source, output))
        fed, place = self._dependencies.fed(), self._place
        slots = range(len(shape.home))
        return Plan(
            ids=(*(held.node.id for held in facts), *("" for _ in range(made_up))),
            kinds=(*(held.kind for held in facts), *(kinds.CIRCLE for _ in range(made_up))),
            regions=tuple(self._region(number) for number in range(len(shape.regions))),
            home=tuple(shape.home),
            place=tuple(self._place),
            fires=tuple([_fires(by_port) if by_port else () for by_port in self._fires]),
            usual=(*self._usual(), *(() for _ in range(made_up))),
            feeds=tuple([tuple([place[one] for one in fed[slot]]) if slot in fed else () for slot in slots]),
            leaving=tuple([tuple(self._leaving.get(slot, ())) for slot in slots]),
            exits=tuple(self._exits),
            back=tuple(self._back),
            children=self._children(),
            wires=tuple([tuple(wires.get(slot, ())) for slot in slots]),
            pairs=(*self._wiring.pairs, *(-1 for _ in range(made_up))),
            refreshed=(*self._dependencies.refreshed, *(() for _ in range(made_up))),
            entered=tuple([(slot, tuple(ways)) for slot, ways in self._wiring.entered.items()]),
            joined=tuple([tuple(self._joined.get(slot, ())) for slot in slots]),
        )

    def _usual(self) -> list[tuple[str, ...]]:
        """Return the usual outputs of each node. Nodes of one type and shape share them."""
        known: dict[tuple[int, int, bool, bool, str], tuple[str, ...]] = {}
        found: list[tuple[str, ...]] = []
        for held, pair in zip(self._wiring.facts, self._wiring.pairs, strict=True):
            key = (id(held.ports), id(held.spec), held.disabled, pair >= 0, held.kind)
            ports = known.get(key)
            if ports is None:
                ports = known[key] = usual_ports(held, pair)
            found.append(ports)
        return found

    def _edges(self) -> None:
        """Put every control wire where it counts. Nearly all join two plain nodes of one region."""
        shape, facts, place = self._shape, self._wiring.facts, self._place
        home, circles, pending, controlled, fires = (
            shape.home,
            shape.circles,
            self._pending,
            self._controlled,
            self._fires,
        )
        special = [held.kind in kinds.OPENING or held.role is Role.JOIN for held in facts]
        for edge in shape.control:
            source, port, target = edge
            if special[source] or special[target] or home[source] != home[target] or target in circles:
                self._edge(*edge)
                continue
            pending[target] += 1
            controlled[target] = 1
            by_port = fires[source]
            fire = by_port.get(port)
            if fire is None:
                fire = by_port[port] = ([], [])
            fire[0].append(place[target])

    def _edge(self, source: int, port: str, target: int) -> None:
        shape = self._shape
        arriving = shape.circles.get(target, target)
        region = shape.home[arriving]
        opens = kinds.opens_region(self._wiring.facts[source].kind, port)
        entered = self._by_port[source, port] if opens else shape.home[source]
        self._pending[arriving] += 1
        self._controlled[arriving] = 1
        name = self._wiring.facts[source].node.id
        if region == entered:
            if opens:
                self._opened[entered].append(self._place[arriving])
            else:
                self._fire(source, port)[0].append(self._place[arriving])
        else:
            left = self._exit(source, port, target)
            child = next(one for one in shape.around(entered) if shape.regions[one].parent == region)
            owner = shape.regions[child].owner
            self._leaving.setdefault(owner, []).append(Leaving(left, child, self._place[arriving]))
            if owner < len(self._wiring.facts) and self._wiring.facts[owner].kind == kinds.FORK:
                name = shape.regions[child].port
        if target < len(self._wiring.facts) and self._wiring.facts[target].role is Role.JOIN:
            joined = self._joined.setdefault(target, [])
            taken = any(name == held for _, held in joined)
            joined.append((source, self._wiring.facts[source].node.id if taken else name))

    def _exit(self, source: int, port: str, target: int) -> int:
        self._exits.append(Exit(source, port, target))
        number = len(self._exits) - 1
        if kinds.opens_region(self._wiring.facts[source].kind, port):
            self._opened_exits[self._by_port[source, port]].append(number)
        else:
            self._fire(source, port)[1].append(number)
        return number

    def _fire(self, source: int, port: str) -> tuple[list[int], list[int]]:
        return self._fires[source].setdefault(port, ([], []))

    def _region(self, number: int) -> Region:
        opened = self._shape.regions[number]
        members = self._members[number]
        return Region(
            owner=opened.owner,
            port=opened.port,
            parent=opened.parent,
            members=tuple(members),
            pending=tuple([self._pending[slot] for slot in members]),
            free=tuple([int(self._is_free(slot, number)) for slot in members]),
            valued=tuple([int(self._is_valued(slot)) for slot in members]),
            opened=tuple(self._opened[number]),
            opened_exits=tuple(self._opened_exits[number]),
            held=tuple(sorted(self._held[number])),
            joins=tuple(
                [self._place[slot] for slot in members if slot in self._joined or slot in self._wiring.entered]
            ),
        )

    def _is_valued(self, slot: int) -> bool:
        """Tell whether a slot runs because a value arrives: it has no control wires, and values made in its region."""
        facts = self._wiring.facts
        return slot < len(facts) and not self._controlled[slot] and not self._fires[slot] and self._pending[slot] > 0

    def _is_free(self, slot: int, region: int) -> bool:
        if self._controlled[slot] or self._is_valued(slot):
            return False
        if slot >= len(self._wiring.facts):
            # A circle that nothing leads into begins at its first node.
            return region != ROOT or not self._wiring.starts
        if region != ROOT:
            return True
        held = self._wiring.facts[slot]
        if not self._wiring.starts or held.role is Role.START:
            return True
        if self._fires[slot] or slot in self._owners:
            return False
        return slot in self._dependencies.touched or not _has_control(held)

    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self._shape.home]
        for number, region in enumerate(self._shape.regions):
            if region.owner >= 0:
                found[region.owner].append(number)
        regions = self._shape.regions
        return tuple(tuple(sorted(one, key=lambda number: _natural(regions[number].port))) for one in found)


def _fires(by_port: Mapping[str, tuple[list[int], list[int]]]) -> tuple[Fire, ...]:
    return tuple([Fire(port, tuple(into), tuple(out)) for port, (into, out) in by_port.items()])


def _natural(name: str) -> tuple[str, int]:
    """Return a key that puts branch_10 after branch_2, and the catches of a Try in the order of the document."""
    number = len(name) - len(name.rstrip("0123456789"))
    return (name[: len(name) - number], int(name[-number:]) if number else -1)


def _has_control(held: NodeFacts) -> bool:
    return any(port.kind is PortKind.CONTROL for port in (*held.ports.inputs, *held.ports.outputs))
