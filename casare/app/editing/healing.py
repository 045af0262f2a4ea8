"""Take nodes out of the flow and close the gap: what ran through them, or was handed through, goes on without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casare.app.editing.deleting import delete
from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, NodePorts, refusal
from casare.model import Batch, Change, Connect, Connection, Disconnect, Graph
from casare.sdk import PortKind

FAILURES = frozenset(("error", "failed", "on_error", "invalid", "catch_body"))
"""Control outputs taken only when something went wrong: what they lead to must not run when their node is gone."""


def heal(graph: Graph, catalog: Catalog, node_ids: Collection[str]) -> Change | None:
    """Delete nodes and reconnect what flowed through them.

    Whatever led to them by control leads to all that came after them, except after a failure. An input that got its
    value from them gets it from what fed them, where the types allow; of several, from the first that fits.
    """
    wanted = set(node_ids)
    gone = [one for one in graph.nodes if one in wanted]
    removal = delete(graph, nodes=gone)
    if removal is None:
        return None
    bridges = _bridges(graph, catalog, frozenset(gone))
    if not bridges:
        return removal
    what = "node" if len(gone) == 1 else f"{len(gone)} nodes"
    return Batch((removal, Connect(tuple(bridges))), f"Delete {what} and heal")


def extract(graph: Graph, catalog: Catalog, node_ids: Collection[str]) -> Change | None:
    """Detach nodes, with the wires among them, and reconnect what flowed through them; None when nothing holds them."""
    taken = frozenset(node_ids) & graph.nodes.keys()
    loosened = tuple(
        wire.key
        for wire in graph.wires_of(one for one in graph.nodes if one in taken)
        if wire.source_node not in taken or wire.target_node not in taken
    )
    if not loosened:
        return None
    changes: list[Change] = [Disconnect(loosened)]
    bridges = _bridges(graph, catalog, taken)
    if bridges:
        changes.append(Connect(tuple(bridges)))
    return Batch(tuple(changes), "Extract node" if len(taken) == 1 else f"Extract {len(taken)} nodes")


def _bridges(graph: Graph, catalog: Catalog, gone: frozenset[str]) -> list[Connection]:
    gap = _Gap(graph, catalog, gone)
    found: dict[tuple[str, str, str, str], Connection] = {}
    for wire in (*gap.control(), *gap.data()):
        if wire.source_node != wire.target_node and wire.key not in graph.connections:
            found.setdefault(wire.key, wire)
    return list(found.values())


class _Gap:
    """The hole that nodes leave, and the wires at its edge."""

    def __init__(self, graph: Graph, catalog: Catalog, gone: frozenset[str]) -> None:
        self.graph = graph
        self.catalog = catalog
        self.gone = gone
        self._ports: dict[str, NodePorts] = {}

    def control(self) -> Iterator[Connection]:
        """Yield the control wires across: from what led in to all that came out behind it."""
        exits: dict[str, list[Connection]] = {}
        for node_id in self._in_order():
            for wire in self.graph.incoming(node_id).values():
                if wire.source_node in self.gone or not self._is_control(wire):
                    continue
                if node_id not in exits:
                    exits[node_id] = self._exits(node_id)
                for out in exits[node_id]:
                    bridge = Connection(wire.source_node, wire.source_port, out.target_node, out.target_port)
                    # A file may hold wires that never fitted.
                    if self._fits(bridge):
                        yield bridge

    def data(self) -> Iterator[Connection]:
        """Yield the data wires across: each input that loses its source gets the first one behind it that fits."""
        for node_id in self._in_order():
            for wire in self.graph.outgoing(node_id).values():
                if wire.target_node in self.gone or self._is_control(wire):
                    continue
                for node, port in self._sources(node_id):
                    bridge = Connection(node, port, wire.target_node, wire.target_port)
                    if node != wire.target_node and self._fits(bridge):
                        yield bridge
                        break

    def _fits(self, wire: Connection) -> bool:
        source = self._ports_of(wire.source_node).output(wire.source_port)
        target = self._ports_of(wire.target_node).input(wire.target_port)
        return source is not None and target is not None and refusal(source, target) is None

    def _exits(self, entry: str) -> list[Connection]:
        """Return the control wires that leave the gap, seen from a node at its edge."""
        found: list[Connection] = []
        seen, waiting = {entry}, [entry]
        for node_id in waiting:
            wires = [wire for wire in self.graph.outgoing(node_id).values() if self._is_control(wire)]
            names = [port.name for port in self._ports_of(node_id).outputs if port.kind is PortKind.CONTROL]
            ordinary = any(name not in FAILURES for name in names)
            for wire in wires:
                if ordinary and wire.source_port in FAILURES:
                    continue
                if wire.target_node not in self.gone:
                    found.append(wire)
                elif wire.target_node not in seen:
                    seen.add(wire.target_node)
                    waiting.append(wire.target_node)
        return found

    def _sources(self, start: str) -> Iterator[tuple[str, str]]:
        """Yield the outputs that fed a node from outside the gap: its own inputs first, in the order of its ports."""
        seen, waiting = {start}, [start]
        for node_id in waiting:
            ports = self._ports_of(node_id)
            place = {port.name: at for at, port in enumerate(ports.inputs)}
            wires = [wire for wire in self.graph.incoming(node_id).values() if not self._is_control(wire)]
            wires.sort(key=lambda wire: place[found.name] if (found := ports.input(wire.target_port)) else len(place))
            for wire in wires:
                if wire.source_node not in self.gone:
                    yield wire.source_node, wire.source_port
                elif wire.source_node not in seen:
                    seen.add(wire.source_node)
                    waiting.append(wire.source_node)

    def _in_order(self) -> list[str]:
        return [one for one in self.graph.nodes if one in self.gone]

    def _is_control(self, wire: Connection) -> bool:
        port = self._ports_of(wire.source_node).output(wire.source_port)
        return port is not None and port.kind is PortKind.CONTROL

    def _ports_of(self, node_id: str) -> NodePorts:
        found = self._ports.get(node_id)
        if found is None:
            found = self._ports[node_id] = ports_of(self.graph, self.catalog, node_id)
        return found
