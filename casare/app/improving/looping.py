"""Turn many alike nodes behind one port into a parallel loop that runs a few of them at a time.

Alike are nodes of one type that differ in a single plain setting, begin at the same port, lead to the same place and
give nothing that anybody reads. The first of them becomes the body of the loop and takes that setting from the item.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import Any, Final

from casare.app.editing.deleting import delete
from casare.app.editing.naming import fresh_ids
from casare.expressions import has_template
from casare.model import AddNodes, Batch, Change, Connect, Connection, Disconnect, MoveNodes, Node, SetConfig
from casare.profiling.costs.kinds import Pass
from casare.profiling.evidence import Evidence
from casare.sdk import Role

AT_ONCE: Final = 8
"""So many turns run at a time: below what services throttle, above what a few workers can do."""
_BODY_ASIDE: Final = (250.0, 220.0)
"""How far the body moves right and down to make room for the loop (scene px)."""


def in_a_loop(evidence: Evidence, number: int, more_than: float) -> tuple[tuple[str, ...], Change] | None:
    """Return the nodes behind `number` that one loop can run, and the change; None for no more than so many alike."""
    groups: dict[Hashable, list[Connection]] = {}
    for wire in evidence.graph.outgoing(evidence.ids[number]).values():
        likeness = _likeness(evidence, number, wire)
        if likeness is not None:
            groups.setdefault(likeness, []).append(wire)
    into = max(groups.values(), key=len, default=[])
    nodes = [evidence.graph.nodes[wire.target_node] for wire in into]
    key = _differing(nodes) if len(nodes) > more_than else None
    return None if key is None else (tuple([node.id for node in nodes]), _looped(evidence, into, nodes, key))


def _likeness(evidence: Evidence, source: int, wire: Connection) -> Hashable | None:
    """Return what is equal for nodes that one loop may run; None for a node that is none of them."""
    shape, number = evidence.shape, evidence.shape.order.wiring.number[wire.target_node]
    held, wiring = evidence.facts[number], shape.order.wiring
    sets_variables = any(name.startswith("var:") for name in held.effects.writes)
    # A turn has variables of its own, so what a node sets there would be lost outside.
    if held.kind.role is not Role.WORK or held.kind.spec is None or held.free or sets_variables:
        return None
    if wiring.control_in[number] != [source] or wiring.data_in[number] or wiring.return_in[number]:
        return None
    leaving = list(evidence.graph.outgoing(wire.target_node).values())
    if len(leaving) > 1 or _is_read(evidence, number):
        return None
    if leaving and held.kind.passes.get(leaving[0].source_port) is not Pass.CONTROL:
        return None
    behind = tuple([one[1:4] for one in leaving])
    return held.node.type, wire.source_port, wire.target_port, behind, frozenset(held.node.config)


def _is_read(evidence: Evidence, number: int) -> bool:
    wiring = evidence.shape.order.wiring
    return any(
        number in wiring.data_in[other] or number in wiring.reference_in[other]
        for other in evidence.shape.order.successors[number]
    )


def _differing(nodes: Sequence[Node]) -> str | None:
    """Return the one setting in which nodes differ, when each has a plain value there."""
    first = nodes[0].config
    keys = [key for key in first if any(node.config[key] != first[key] for node in nodes)]
    plain = len(keys) == 1 and all(_is_plain(node.config[keys[0]]) for node in nodes)
    return keys[0] if plain else None


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not has_template(value)


def _looped(evidence: Evidence, into: Sequence[Connection], nodes: Sequence[Node], key: str) -> Change:
    graph, body = evidence.graph, nodes[0]
    taken: Collection[str] = graph.nodes.keys() | graph.variables.keys()
    items = [node.config[key] for node in nodes]
    settings = {"items": items, "batch_size": AT_ONCE, "fail_fast": True}
    loop = Node(fresh_ids(["for_each"], taken)[0], "ParallelForEachNode", settings, body.position)
    leaving = list(graph.outgoing(body.id).values())
    wires = [into[0]._replace(target_node=loop.id, target_port="exec_in")]
    wires.append(Connection(loop.id, "body", body.id, into[0].target_port))
    wires += [wire._replace(source_node=loop.id, source_port="completed") for wire in leaving]
    gone = delete(graph, nodes=[node.id for node in nodes[1:]])
    left, top = body.position
    changes: list[Change] = [gone] if gone is not None else []
    changes += [
        AddNodes((loop,)),
        Disconnect((into[0].key, *[wire.key for wire in leaving])),
        Connect(tuple(wires)),
        SetConfig(body.id, {**body.config, key: f"{{{{{loop.id}.current_item}}}}"}),
        MoveNodes({body.id: (left + _BODY_ASIDE[0], top + _BODY_ASIDE[1])}),
    ]
    return Batch(tuple(changes), "Run a few at a time")
