"""From node to node along the wires: what the arrow keys do, and all that leads to a node or follows from it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Mapping

from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog
from casare.model import Connection, Graph, WireKey
from casare.sdk import PortKind


class Way(enum.StrEnum):
    """Where a step goes."""

    NEXT = "next"
    PREVIOUS = "previous"
    UP = "up"
    DOWN = "down"


def step(graph: Graph, catalog: Catalog, node_id: str, way: Way) -> str | None:
    """Return the node one step away, or None at the end of the way.

    Next and previous follow the first wire: control before data, then in the order of the ports. Up and down go to the
    nearest node in that direction among those wired to the same neighbour, else among all.
    """
    if way in (Way.NEXT, Way.PREVIOUS):
        found = neighbours(graph, catalog, node_id, onwards=way is Way.NEXT)
        return found[0] if found else None
    below = way is Way.DOWN
    return _nearest(graph, node_id, _siblings(graph, node_id), below=below) or _nearest(
        graph, node_id, graph.nodes, below=below
    )


def neighbours(graph: Graph, catalog: Catalog, node_id: str, *, onwards: bool) -> list[str]:
    """Return the nodes that wires lead to (or come from), those by control first, then in the order of the ports."""
    ports = ports_of(graph, catalog, node_id)
    side = ports.outputs if onwards else ports.inputs
    place = {port.name: (port.kind is not PortKind.CONTROL, at) for at, port in enumerate(side)}

    def rank(wire: Connection) -> tuple[bool, int]:
        port = ports.output(wire.source_port) if onwards else ports.input(wire.target_port)
        return place[port.name] if port is not None else (True, len(place))

    wires = sorted((graph.outgoing(node_id) if onwards else graph.incoming(node_id)).values(), key=rank)
    return list(dict.fromkeys(wire.target_node if onwards else wire.source_node for wire in wires))


def upstream(graph: Graph, node_ids: Collection[str]) -> frozenset[str]:
    """Return these nodes and all that lead to them, by wires of either kind, in time that grows with what is found."""
    return _closure(node_ids, graph, graph.incoming, 0)


def downstream(graph: Graph, node_ids: Collection[str]) -> frozenset[str]:
    """Return these nodes and all that follow from them, by wires of either kind."""
    return _closure(node_ids, graph, graph.outgoing, 2)


def _closure(
    node_ids: Iterable[str], graph: Graph, wires: Callable[[str], Mapping[WireKey, Connection]], end: int
) -> frozenset[str]:
    waiting = [one for one in dict.fromkeys(node_ids) if one in graph.nodes]
    seen = set(waiting)
    for node_id in waiting:
        for key in wires(node_id):
            other = key[end]
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(seen)


def _siblings(graph: Graph, node_id: str) -> list[str]:
    """Return the nodes fed by a node that feeds this one, and those that feed a node fed by this one."""
    found: dict[str, None] = {}
    for source in dict.fromkeys(key[0] for key in graph.incoming(node_id)):
        found.update(dict.fromkeys(key[2] for key in graph.outgoing(source)))
    for target in dict.fromkeys(key[2] for key in graph.outgoing(node_id)):
        found.update(dict.fromkeys(key[0] for key in graph.incoming(target)))
    return list(found)


def _nearest(graph: Graph, node_id: str, among: Iterable[str], *, below: bool) -> str | None:
    """Return the nearest node above or below, where to the side counts double; None when there is none."""
    x, y = graph.nodes[node_id].position
    nearest, found = float("inf"), None
    for one in among:
        if one == node_id:
            continue
        across, down = graph.nodes[one].position
        way = down - y if below else y - down
        distance = way + 2 * abs(across - x)
        # More to the side than up or down is no step in that direction.
        if way > 0 and abs(across - x) <= way * 2 and distance < nearest:
            nearest, found = distance, one
    return found
