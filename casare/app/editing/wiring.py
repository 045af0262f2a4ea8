"""Make wires: what may be connected, why not, and which wire gives way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from casare.catalog import Catalog, NodePorts, refusal
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph, WireKey
from casare.sdk import Port, PortKind

_NO_PORT = "There is no such port any more."


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
    that is being moved and so does not count as existing. A port is meant by its old names too; the wire has the new.
    """
    source, target = (one, other) if one.is_output else (other, one)
    reason = _misplaced(one, other)
    if not reason and (source.node not in graph.nodes or target.node not in graph.nodes):
        reason = _NO_PORT
    if reason:
        return Verdict(None, reason)
    source_ports, target_ports = ports_of(graph, catalog, source.node), ports_of(graph, catalog, target.node)
    source_port, target_port = source_ports.output(source.port), target_ports.input(target.port)
    if source_port is None or target_port is None:
        return Verdict(None, _NO_PORT)
    misfit = refusal(source_port, target_port)
    if misfit:
        return Verdict(None, f"{misfit[:1].upper()}{misfit[1:].removesuffix('.')}.")
    wire = Connection(source.node, source_port.name, target.node, target_port.name)
    arriving = [
        key for key in graph.incoming(target.node) if key != ignoring and _is(target_ports.input, key[3], target_port)
    ]
    if any(key[0] == source.node and _is(source_ports.output, key[1], source_port) for key in arriving):
        return Verdict(None, "These ports are wired already.")
    return Verdict(wire, replaces=tuple(arriving) if target_port.kind is PortKind.DATA else ())


def connect(graph: Graph, catalog: Catalog, one: End, other: End, *, moving: WireKey | None = None) -> Change | None:
    """Return the change that wires two ends, taking out what gives way; None when it may not be.

    With `moving`, that wire is taken out in the same step: its end was dragged to another port.
    """
    found = verdict(graph, catalog, one, other, ignoring=moving)
    if found.wire is None:
        return None
    if moving is not None and (found.wire.key == moving or moving == _key_as_given(one, other)):
        return None
    gone = found.replaces if moving is None else (*found.replaces, moving)
    made = Connect((found.wire,))
    return Batch((Disconnect(gone), made), "Rewire" if moving else "Connect") if gone else made


def _misplaced(one: End, other: End) -> str:
    if one.is_output == other.is_output:
        side = "outputs" if one.is_output else "inputs"
        return f"Both are {side}; a wire runs from an output to an input."
    return "A node cannot be wired to itself." if one.node == other.node else ""


def _is(look_up: Callable[[str], Port | None], name: str, port: Port) -> bool:
    """Tell whether a wire's port name, which may be an old one, means `port`."""
    found = look_up(name)
    return found is not None and found.name == port.name


def _key_as_given(one: End, other: End) -> WireKey:
    source, target = (one, other) if one.is_output else (other, one)
    return (source.node, source.port, target.node, target.port)
