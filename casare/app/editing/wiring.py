"""Make wires: what may be connected, why not, and which wire gives way."""

from __future__ import annotations

from typing import NamedTuple

from casare.catalog import Catalog, NodePorts, refusal
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph, WireKey
from casare.sdk import Port, PortKind


class End(NamedTuple):
    """One end of a wire: a port of a node, and on which side it is."""

    node: str
    port: str
    is_output: bool


class Verdict(NamedTuple):
    """Whether two ends may be wired. `reason` tells a person why not; `replaces` is the wire that gives way."""

    wire: Connection | None
    reason: str = ""
    replaces: tuple[WireKey, ...] = ()

    @property
    def allowed(self) -> bool:
        """Tell whether the wire may be made."""
        return self.wire is not None


def ports_of(graph: Graph, catalog: Catalog, node_id: str) -> NodePorts:
    """Return the ports of a node as its type, its configuration and its wires make them."""
    node = graph.nodes[node_id]
    return catalog.ports(
        node.type,
        node.config,
        wired_inputs=[wire.target_port for wire in graph.incoming(node_id).values()],
        wired_outputs=[wire.source_port for wire in graph.outgoing(node_id).values()],
    )


def port_of(graph: Graph, catalog: Catalog, end: End) -> Port | None:
    """Return the port an end names, or None when the node has no such port."""
    if end.node not in graph.nodes:
        return None
    ports = ports_of(graph, catalog, end.node)
    return ports.output(end.port) if end.is_output else ports.input(end.port)


def verdict(graph: Graph, catalog: Catalog, one: End, other: End, *, ignoring: WireKey | None = None) -> Verdict:
    """Tell whether the two ends may be wired, in either direction.

    A data input holds one wire, so an old one gives way; a control input takes as many as arrive. `ignoring` is a wire
    that is being moved and so does not count as existing.
    """
    if one.is_output == other.is_output:
        side = "outputs" if one.is_output else "inputs"
        return Verdict(None, f"Both are {side}; a wire runs from an output to an input.")
    source, target = (one, other) if one.is_output else (other, one)
    if source.node == target.node:
        return Verdict(None, "A node cannot be wired to itself.")
    source_port, target_port = port_of(graph, catalog, source), port_of(graph, catalog, target)
    if source_port is None or target_port is None:
        return Verdict(None, "There is no such port any more.")
    reason = refusal(source_port, target_port)
    if reason:
        return Verdict(None, reason)
    wire = Connection(source.node, source.port, target.node, target.port)
    if wire.key in graph.connections and wire.key != ignoring:
        return Verdict(None, "These ports are wired already.")
    replaces: tuple[WireKey, ...] = ()
    if target_port.kind is PortKind.DATA:
        replaces = tuple(
            key for key in graph.incoming(target.node) if key[3] == target.port and key not in (wire.key, ignoring)
        )
    return Verdict(wire, replaces=replaces)


def connect(graph: Graph, catalog: Catalog, one: End, other: End, *, moving: WireKey | None = None) -> Change | None:
    """Return the change that wires two ends, taking out what gives way; None when it may not be.

    With `moving`, that wire is taken out in the same step: its end was dragged to another port.
    """
    found = verdict(graph, catalog, one, other, ignoring=moving)
    if found.wire is None or (moving is not None and found.wire.key == moving):
        return None
    gone = found.replaces if moving is None else (*found.replaces, moving)
    made = Connect((found.wire,))
    return Batch((Disconnect(gone), made), "Rewire" if moving else "Connect") if gone else made
