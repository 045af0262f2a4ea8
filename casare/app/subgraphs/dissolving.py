"""Put what is inside a subgraph back in the place of an instance."""

from __future__ import annotations

from typing import NamedTuple

from casare.app.editing.naming import fresh_ids
from casare.app.editing.parameters import DISABLED
from casare.app.editing.placing import whole
from casare.app.subgraphs.boundary import definition_of, is_boundary
from casare.app.subgraphs.grouping import center
from casare.app.subgraphs.inlining import JOINT, opened_once, renamed_config
from casare.model import (
    AddFrames,
    AddNodes,
    AddNotes,
    Batch,
    Change,
    Connect,
    Connection,
    Disconnect,
    Frame,
    Graph,
    Node,
    RemoveNodes,
    RemoveSubflows,
    ReplaceFrames,
    ReplaceNodes,
    SetVariables,
    Subflow,
)
from casare.model.values import Point


class Dissolved(NamedTuple):
    """A change that dissolves an instance, and the ids of the nodes that come out."""

    change: Change
    nodes: tuple[str, ...]


def dissolve(graph: Graph, instance_id: str, *, last: bool = False) -> Dissolved | None:
    """Return the change that replaces an instance by the nodes inside; `last` lets go of the definition too.

    Values that the instance sets are written into the nodes. None when the node is no instance of a known subgraph.
    """
    instance = graph.nodes.get(instance_id)
    subflow = definition_of(graph, instance) if instance is not None else None
    if instance is None or subflow is None:
        return None
    flat = opened_once(graph, instance_id).graph
    inside = [one for one in subflow.graph.nodes.values() if not is_boundary(one)]
    taken = (graph.nodes.keys() | graph.variables.keys()) - {instance_id}
    fresh = dict(zip([one.id for one in inside], fresh_ids([one.id for one in inside], taken), strict=True))
    names = {f"{instance_id}{JOINT}{old}": new for old, new in fresh.items()}
    shift = _shift(instance, inside)
    nodes = tuple(_come_out(flat.nodes[old], new, names, shift, instance) for old, new in names.items())
    place = list(graph.nodes).index(instance_id)
    changes: list[Change] = []
    old_wires = tuple(wire.key for wire in graph.wires_of([instance_id]))
    if old_wires:
        changes.append(Disconnect(old_wires))
    frames = _frames_around(graph, instance_id, tuple(fresh.values()))
    if frames:
        changes.append(ReplaceFrames(frames))
    changes.append(RemoveNodes((instance_id,)))
    if nodes:
        changes.append(AddNodes(nodes, tuple(range(place, place + len(nodes)))))
    kept = {key for key in graph.connections if key not in set(old_wires)}
    coming = _shown_as_before(graph, instance_id, [wire for key, wire in flat.connections.items() if key not in kept])
    wires = tuple(_renamed_wire(wire, names) for wire in coming)
    if wires:
        changes.append(Connect(wires))
    changes += _decor(graph, subflow, fresh, shift)
    changed = _others(graph, flat, names, instance_id)
    if changed:
        changes.append(ReplaceNodes(changed))
    if flat.variables != graph.variables:
        changes.append(SetVariables(flat.variables))
    if last:
        changes.append(RemoveSubflows((subflow.id,)))
    return Dissolved(Batch(tuple(changes), "Dissolve subgraph"), tuple(fresh.values()))


def _shift(instance: Node, inside: list[Node]) -> Point:
    if not inside:
        return (0, 0)
    middle = center(inside)
    return (instance.position[0] - middle[0], instance.position[1] - middle[1])


def _come_out(node: Node, new_id: str, names: dict[str, str], shift: Point, instance: Node) -> Node:
    config = renamed_config(node.config, names)
    if instance.config.get(DISABLED):
        config[DISABLED] = True
    return node._replace(id=new_id, config=config, position=_moved(node.position, shift))


def _moved(place: Point, shift: Point) -> Point:
    return whole((place[0] + shift[0], place[1] + shift[1]))


def _shown_as_before(graph: Graph, instance_id: str, wires: list[Connection]) -> list[Connection]:
    """Return the wires with the look that those at the instance had: bent, faint, or as portals."""
    into = {(wire.source_node, wire.source_port): wire.extra for wire in graph.incoming(instance_id).values()}
    out_of = {(wire.target_node, wire.target_port): wire.extra for wire in graph.outgoing(instance_id).values()}
    shown = []
    for wire in wires:
        source, target = (wire.source_node, wire.source_port), (wire.target_node, wire.target_port)
        look = into.get(source) or out_of.get(target) or wire.extra
        shown.append(wire._replace(extra=look))
    return shown


def _renamed_wire(wire: Connection, names: dict[str, str]) -> Connection:
    source, target = wire.source_node, wire.target_node
    return wire._replace(source_node=names.get(source, source), target_node=names.get(target, target))


def _frames_around(graph: Graph, instance_id: str, nodes: tuple[str, ...]) -> tuple[Frame, ...]:
    return tuple(
        frame._replace(
            node_ids=tuple(one for held in frame.node_ids for one in (nodes if held == instance_id else (held,)))
        )
        for frame in graph.frames.values()
        if instance_id in frame.node_ids
    )


def _decor(graph: Graph, subflow: Subflow, fresh: dict[str, str], shift: Point) -> list[Change]:
    inner = subflow.graph
    changes: list[Change] = []
    if inner.frames:
        ids = fresh_ids(inner.frames, graph.frames)
        changes.append(
            AddFrames(
                tuple(
                    frame._replace(
                        id=new,
                        position=_moved(frame.position, shift),
                        node_ids=tuple(fresh[one] for one in frame.node_ids if one in fresh),
                    )
                    for frame, new in zip(inner.frames.values(), ids, strict=True)
                )
            )
        )
    if inner.notes:
        ids = fresh_ids(inner.notes, graph.notes)
        notes = zip(inner.notes.values(), ids, strict=True)
        changes.append(
            AddNotes(tuple(note._replace(id=new, position=_moved(note.position, shift)) for note, new in notes))
        )
    return changes


def _others(graph: Graph, flat: Graph, names: dict[str, str], instance_id: str) -> tuple[Node, ...]:
    """Return the nodes outside that referred to something inside."""
    outside = [node for node in flat.nodes.values() if node.id in graph.nodes and node.id != instance_id]
    renamed = [node._replace(config=renamed_config(node.config, names)) for node in outside]
    return tuple(node for node in renamed if node.config != graph.nodes[node.id].config)
