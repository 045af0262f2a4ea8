"""Rewire nodes that run one after another for no reason, so that they run side by side.

A control port may have several wires, which run as branches at the same time, and a node waits for all live wires that
arrive. So neither a Fork nor a Merge is needed: each node is wired to what it truly needs, or to where the line begins,
and what nothing in the line needs is wired to where the line goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from casare.model import Batch, Change, Connect, Connection, Disconnect, WireKey
from casare.profiling.evidence import Evidence
from casare.profiling.structure.touched import Touched
from casare.sdk import Role

MOST_NODES: Final = 40
MOST_AT_ONCE: Final = 16


def side_by_side(evidence: Evidence, found: Collection[int]) -> Iterator[tuple[tuple[int, ...], Change]]:
    """Yield each line with several of these nodes and the change that runs them together where nothing forbids it."""
    wanted = set(found)
    for line in _lines(evidence, wanted):
        made = _regrouped(evidence, line)
        if made is not None:
            yield tuple(number for number in line if number in wanted), made


def _lines(evidence: Evidence, wanted: set[int]) -> list[list[int]]:
    """Return maximal lines of plain nodes, each with exactly one control wire in and at most one out."""
    seen: set[int] = set()
    found = []
    for number in sorted(wanted):
        if number in seen or not _is_link(evidence, number):
            continue
        line = _line_through(evidence, number)
        seen.update(line)
        places = [place for place, one in enumerate(line) if one in wanted]
        if len(places) > 1:
            found.append(line[places[0] : places[-1] + 1][:MOST_NODES])
    return found


def _line_through(evidence: Evidence, number: int) -> list[int]:
    wiring, line, within = evidence.shape.order.wiring, [number], {number}
    while _is_link(evidence, before := wiring.control_in[line[0]][0]) and before not in within:
        if wiring.control_out[before] != [line[0]]:
            break
        line.insert(0, before)
        within.add(before)
    while out := wiring.control_out[line[-1]]:
        if not _is_link(evidence, out[0]) or out[0] in within:
            break
        line.append(out[0])
        within.add(out[0])
    return line


def _is_link(evidence: Evidence, number: int) -> bool:
    wiring, held = evidence.shape.order.wiring, evidence.facts[number]
    return (
        held.kind.role is Role.WORK
        and not held.free
        and len(wiring.control_in[number]) == 1
        and len(wiring.control_out[number]) < 2
        and not wiring.return_in[number]
    )


def _regrouped(evidence: Evidence, line: list[int]) -> Change | None:
    needs = _needs(evidence, line)
    if all(needs[number] for number in line[1:]):
        return None
    first = _control_wires(evidence, line[0], arriving=True)
    last = _control_wires(evidence, line[-1], arriving=False)
    if len(first) != 1 or sum(not needs[number] for number in line) > MOST_AT_ONCE:
        return None
    begin = first[0]
    wires: list[Connection] = []
    for number in line:
        into = _control_wires(evidence, number, arriving=True)[0]
        sources = [(evidence.ids[source], _out_port(evidence, source)) for source in needs[number]]
        wires += [Connection(*source, *into[2:4]) for source in sources or [(begin.source_node, begin.source_port)]]
    needed = {source for held in needs.values() for source in held}
    ends = [number for number in line if number not in needed] if last else []
    wires += [Connection(evidence.ids[number], _out_port(evidence, number), *last[0][2:4]) for number in ends]
    old = [wire for number in line for wire in _control_wires(evidence, number, arriving=True)] + last
    keys = {wire.key for wire in wires}
    gone: list[WireKey] = [wire.key for wire in old if wire.key not in keys]
    held_keys = {wire.key for wire in old}
    made = [wire for wire in wires if wire.key not in held_keys]
    return Batch((Disconnect(tuple(gone)), Connect(tuple(made))), "Run side by side") if gone and made else None


def _needs(evidence: Evidence, line: list[int]) -> dict[int, list[int]]:
    """Return for each node of a line the earlier ones it has to wait for, without those that these wait for."""
    wiring = evidence.shape.order.wiring
    every: dict[int, set[int]] = {}
    found: dict[int, list[int]] = {}
    for place, number in enumerate(line):
        read = {*wiring.data_in[number], *wiring.reference_in[number]}
        direct = [other for other in line[:place] if other in read or _conflict(evidence, other, number)]
        covered = {further for other in direct for further in every[other]}
        found[number] = [other for other in direct if other not in covered]
        every[number] = covered.union(direct)
    return found


def _conflict(evidence: Evidence, one: int, other: int) -> bool:
    touched = Touched()
    touched.touch((evidence.facts[one].effects,), 1.0, holds=True)
    return touched.free_at((evidence.facts[other].effects,)) > 0


def _control_wires(evidence: Evidence, number: int, *, arriving: bool) -> list[Connection]:
    graph, wiring, node_id = evidence.graph, evidence.shape.order.wiring, evidence.ids[number]
    others = {evidence.ids[one] for one in (wiring.control_in if arriving else wiring.control_out)[number]}
    held = graph.incoming(node_id) if arriving else graph.outgoing(node_id)
    facts, index = evidence.facts, wiring.number
    return [
        wire
        for key, wire in held.items()
        if key[0 if arriving else 2] in others and facts[index[key[0]]].kind.passes.get(key[1])
    ]


def _out_port(evidence: Evidence, number: int) -> str:
    wires = _control_wires(evidence, number, arriving=False)
    if wires:
        return wires[0].source_port
    outputs = evidence.facts[number].kind.control_outputs
    return "exec_out" if "exec_out" in outputs or not outputs else min(outputs)
