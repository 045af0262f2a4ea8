"""Take a node out of the flow: one that repeats another's work, or one whose result nothing reads."""

from __future__ import annotations

from casare.app.editing.deleting import delete
from casare.expressions import rename_roots
from casare.model import Batch, Change, Connect, Connection, ReplaceNodes
from casare.profiling.evidence import Evidence
from casare.profiling.rules.duplicate_fetch import alike, inputs_of
from casare.sdk import Role


def shared(evidence: Evidence, number: int) -> tuple[int, Change] | None:
    """Return an earlier node whose result can be used instead, and the change that does so; None when none is sure.

    Sure is only what always runs before, in the same turn of the same loops or outside of them, with nothing in the
    whole workflow that might write what is read.
    """
    held = evidence.facts[number]
    families = {name[: name.index(":")] for name in evidence.shape.written}
    if held.sameness is None or any(name[: name.index(":")] in families for name in held.effects.reads):
        return None
    group = next((group for group in alike(evidence) if number in group), [])
    regions = evidence.shape.regions
    around = {*regions.chain(regions.of_node[number]), 0}
    mine = inputs_of(evidence, number)
    before = _ancestors(evidence, number)
    for other in group:
        if other in before and regions.of_node[other] in around and inputs_of(evidence, other) == mine:
            change = without(evidence, number, instead=other)
            return (other, change) if change is not None else None
    return None


def without(evidence: Evidence, number: int, *, instead: int | None = None) -> Change | None:
    """Return the change that takes a plain node out and closes the gap; readers get the output of `instead`."""
    graph, node_id = evidence.graph, evidence.ids[number]
    held = evidence.facts[number]
    arriving, leaving = list(graph.incoming(node_id).values()), list(graph.outgoing(node_id).values())
    passes = held.kind.passes
    if held.kind.role is not Role.WORK or any(passes.get(wire.source_port) == 2 for wire in leaving):
        return None
    control_in = [
        wire
        for wire in arriving
        if evidence.facts[_number(evidence, wire.source_node)].kind.passes.get(wire.source_port)
    ]
    made: dict[tuple[str, str, str, str], Connection] = {}
    for wire in leaving:
        if passes.get(wire.source_port):
            bridges = [Connection(come.source_node, come.source_port, *wire[2:4]) for come in control_in]
        elif instead is not None:
            bridges = [Connection(evidence.ids[instead], *wire[1:4])]
        else:
            return None
        made.update({one.key: one for one in bridges if one.source_node != one.target_node})
    new = tuple(wire for key, wire in made.items() if key not in graph.connections)
    changes: list[Change] = []
    if instead is not None:
        names = {node_id: evidence.ids[instead]}
        renamed = [
            node._replace(config=config)
            for node in graph.nodes.values()
            if node.id != node_id and (config := rename_roots(node.config, names)) is not node.config
        ]
        if renamed:
            changes.append(ReplaceNodes(tuple(renamed)))
    gone = delete(graph, nodes=(node_id,))
    if gone is None:
        return None
    changes.append(gone)
    if new:
        changes.append(Connect(new))
    return Batch(tuple(changes), "Use an earlier result" if instead is not None else "Remove node")


def _number(evidence: Evidence, node_id: str) -> int:
    return evidence.shape.order.wiring.number[node_id]


def _ancestors(evidence: Evidence, number: int) -> set[int]:
    found: set[int] = set()
    waiting = [number]
    while waiting:
        for other in evidence.shape.order.predecessors[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
