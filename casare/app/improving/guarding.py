"""Put a node that may fail into a Retry of its own.

Only what reads can be tried again without harm, and only a plain link of a line can be taken out of it: the Retry takes
its place, the node becomes the Retry's body, and the line goes on at the Retry's *success*.
"""

from __future__ import annotations

from typing import Final

from casare.app.editing.naming import fresh_ids
from casare.model import AddNodes, Batch, Change, Connect, Connection, Disconnect, MoveNodes, Node
from casare.profiling.evidence import Evidence
from casare.sdk import Role

ATTEMPTS: Final = 3
_ASIDE: Final = (250.0, 220.0)
"""How far the node moves right and down to make room for the Retry (scene px): clear of it, and its wire runs on."""


def guarded(evidence: Evidence, number: int) -> Change | None:
    """Return the change that puts a node into a Retry; None when trying it twice could do harm, or rewire too much."""
    held, wiring = evidence.facts[number], evidence.shape.order.wiring
    effects = held.effects
    if held.kind.role is not Role.WORK or not held.kind.outside or effects.writes or effects.barrier:
        return None
    if len(wiring.control_in[number]) != 1 or len(wiring.control_out[number]) > 1:
        return None
    graph, node = evidence.graph, held.node
    before, after = (
        evidence.ids[wiring.control_in[number][0]],
        [evidence.ids[one] for one in wiring.control_out[number]],
    )
    arriving = [wire for wire in graph.incoming(node.id).values() if wire.source_node == before]
    arriving = [wire for wire in arriving if evidence.facts[wiring.number[before]].kind.passes.get(wire.source_port)]
    leaving = [wire for wire in graph.outgoing(node.id).values() if wire.target_node in after]
    leaving = [wire for wire in leaving if held.kind.passes.get(wire.source_port)]
    if len(arriving) != 1 or len(leaving) != len(after):
        return None
    retry_id = fresh_ids(["retry"], graph.nodes.keys() | graph.variables.keys())[0]
    retry = Node(retry_id, "RetryNode", {"max_attempts": ATTEMPTS}, node.position)
    into, out = arriving[0], leaving
    wires = [
        into._replace(target_node=retry.id, target_port="exec_in"),
        Connection(retry.id, "retry_body", node.id, into.target_port),
        *[wire._replace(source_node=retry.id, source_port="success") for wire in out],
    ]
    left, top = node.position
    return Batch(
        (
            AddNodes((retry,)),
            Disconnect((into.key, *[wire.key for wire in out])),
            Connect(tuple(wires)),
            MoveNodes({node.id: (left + _ASIDE[0], top + _ASIDE[1])}),
        ),
        "Try again when it fails",
    )
