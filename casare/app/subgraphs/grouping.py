"""Make a subgraph of a selection: what crosses its border becomes its ports, and everything is wired as before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import uuid4

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import whole
from casare.app.editing.wiring import End, port_of
from casare.app.subgraphs.boundary import (
    CONTROL,
    ENTRY,
    EXIT,
    ID_KEY,
    INNER_PORT,
    INPUT,
    INSTANCE,
    NAME_KEY,
    OUTPUT,
    PORT_KEY,
    is_boundary,
)
from casare.app.subgraphs.inlining import JOINT, renamed_config
from casare.catalog import Catalog, is_control_name
from casare.model import (
    AddNodes,
    AddSubflows,
    Batch,
    Change,
    Connect,
    Connection,
    Definition,
    Disconnect,
    Frame,
    Graph,
    Interface,
    Node,
    Outlet,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    ReplaceFrames,
    ReplaceNodes,
    WireKey,
)
from casare.model.values import Point
from casare.sdk import PortKind

_ASIDE: Final = 280
"""How far boundary nodes stand from what they are wired to: a card and a gap, scene px."""
_BELOW: Final = 100
_RESERVED: Final = ("subflow_id", "subflow_name", "subflow_path", "isolation")

_Port = tuple[str, str]


class Grouped(NamedTuple):
    """A change that makes a subgraph, the id of the instance and that of the definition."""

    change: Change
    node_id: str
    definition_id: str


@dataclass(slots=True)
class _Crossing:
    """Wires across the border that share one port: the inner and the outer ends."""

    control: bool
    inner: list[_Port] = field(default_factory=list)
    outer: list[_Port] = field(default_factory=list)
    id: str = ""
    node_id: str = ""


def group(
    graph: Graph,
    catalog: Catalog,
    node_ids: Collection[str],
    *,
    frames: Collection[str] = (),
    notes: Collection[str] = (),
    name: str = "",
) -> Grouped | None:
    """Return the change that puts nodes into a new subgraph with one instance in their stead.

    Frames go along when all their nodes do or when named; boundary nodes stay. None when no other node is named.
    """
    chosen = {one: node for one, node in graph.nodes.items() if one in set(node_ids) and not is_boundary(node)}
    if not chosen:
        return None
    definition_id = f"subflow_{uuid4().hex[:12]}"
    title = name or _free_name(graph)
    inputs, outputs = _crossings(graph, catalog, chosen)
    taken = graph.nodes.keys() | graph.variables.keys()
    instance_id = fresh_ids(["subgraph"], taken)[0]
    _name_ids(inputs, outputs, chosen)
    inside = [one for one in graph.connections.values() if one.source_node in chosen and one.target_node in chosen]
    made = _boundary_nodes(chosen, inputs, outputs)
    inner_frames = [
        frame
        for frame in graph.frames.values()
        if frame.id in frames or (frame.node_ids and chosen.keys() >= set(frame.node_ids) & graph.nodes.keys())
    ]
    definition = Definition(
        definition_id,
        Interface(
            title,
            inputs=tuple(_outlet(one, graph, catalog, is_output=False) for one in inputs),
            outputs=tuple(_outlet(one, graph, catalog, is_output=True) for one in outputs),
        ),
        (*chosen.values(), *made),
        (*inside, *_inner_wires(inputs, outputs)),
        tuple(inner_frames),
        tuple(note for note in graph.notes.values() if note.id in notes),
    )
    instance = Node(instance_id, INSTANCE, {ID_KEY: definition_id, NAME_KEY: title}, center(chosen.values()))
    changes = _taken_out(graph, chosen, instance_id, inner_frames, [note.id for note in definition.notes])
    place = next(number for number, one in enumerate(graph.nodes) if one in chosen)
    outer = _outer_wires(graph, instance_id, inputs, outputs)
    changes = [AddSubflows((definition,)), *changes, AddNodes((instance,), (place,))]
    if outer:
        changes.append(Connect(outer))
    named = renamed_nodes(graph, {one: f"{instance_id}{JOINT}{one}" for one in chosen}, leaving=chosen)
    if named:
        changes.append(ReplaceNodes(named))
    return Grouped(Batch(tuple(changes), "Make subgraph"), instance_id, definition_id)


def center(nodes: Iterable[Node]) -> Point:
    """Return the middle of where nodes stand (scene px, of their top-left corners)."""
    places = [node.position for node in nodes]
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    return whole(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))


def renamed_nodes(graph: Graph, names: Mapping[str, str], *, leaving: Collection[str] = ()) -> tuple[Node, ...]:
    """Return the nodes that refer to others by the ids in `names`, referring to them by their new ones."""
    found: list[Node] = []
    for node in graph.nodes.values():
        if node.id not in leaving:
            config = renamed_config(node.config, names)
            if config != node.config:
                found.append(node._replace(config=config))
    return tuple(found)


def _free_name(graph: Graph) -> str:
    taken = {one.name for one in graph.subflows.values()}
    name, number = "Subgraph", 2
    while name in taken:
        name, number = f"Subgraph {number}", number + 1
    return name


def _crossings(graph: Graph, catalog: Catalog, chosen: Mapping[str, Node]) -> tuple[list[_Crossing], list[_Crossing]]:
    """Return what comes in and what goes out. Ends that are wired to the same ends outside share a port."""
    arriving: dict[tuple[_Port, bool], list[_Port]] = {}
    leaving: dict[tuple[_Port, bool], list[_Port]] = {}
    for wire in graph.connections.values():
        into, out_of = wire.target_node in chosen, wire.source_node in chosen
        if into == out_of:
            continue
        source, target = (wire.source_node, wire.source_port), (wire.target_node, wire.target_port)
        control = _is_control(graph, catalog, wire)
        if into:
            arriving.setdefault((target, control), []).append(source)
        else:
            leaving.setdefault((source, control), []).append(target)
    return _shared(arriving), _shared(leaving, data=False)


def _shared(ends: Mapping[tuple[_Port, bool], list[_Port]], *, data: bool = True) -> list[_Crossing]:
    found: dict[object, _Crossing] = {}
    for (inner, control), outer in ends.items():
        # Several values must not arrive by one output; several turns may.
        key: object = (control, frozenset(outer)) if control or data else inner
        crossing = found.setdefault(key, _Crossing(control, outer=outer))
        crossing.inner.append(inner)
    return sorted(found.values(), key=lambda one: not one.control)


def _is_control(graph: Graph, catalog: Catalog, wire: Connection) -> bool:
    port = port_of(graph, catalog, End(wire.source_node, wire.source_port, True))
    return port.kind is PortKind.CONTROL if port is not None else is_control_name(wire.source_port)


def _name_ids(inputs: list[_Crossing], outputs: list[_Crossing], chosen: Mapping[str, Node]) -> None:
    """Give every crossing the id of its port and of its boundary node."""
    stand_ins: list[str] = []
    for crossings, plain, side in ((inputs, "exec_in", "in"), (outputs, "exec_out", "out")):
        wanted = [_wanted(one, plain) for one in crossings]
        for one, outlet_id in zip(crossings, fresh_ids(wanted, _RESERVED), strict=True):
            one.id = outlet_id
            stand_ins.append(f"{side}_{outlet_id}" if not one.control else f"{'entry' if side == 'in' else 'exit'}")
    for one, node_id in zip((*inputs, *outputs), fresh_ids(stand_ins, chosen), strict=True):
        one.node_id = node_id


def _wanted(crossing: _Crossing, plain: str) -> str:
    if crossing.control and (len(crossing.inner) > 1 or plain == "exec_in"):
        return plain
    return crossing.inner[0][1]


def _boundary_nodes(chosen: Mapping[str, Node], inputs: list[_Crossing], outputs: list[_Crossing]) -> list[Node]:
    xs = [node.position[0] for node in chosen.values()]
    made: list[Node] = []
    for crossings, kinds, x in (
        (inputs, (ENTRY, INPUT), min(xs) - _ASIDE),
        (outputs, (EXIT, OUTPUT), max(xs) + _ASIDE),
    ):
        lowest = float("-inf")
        heights = sorted(crossings, key=lambda one: (chosen[one.inner[0][0]].position[1], not one.control))
        for one in heights:
            lowest = max(lowest + _BELOW, chosen[one.inner[0][0]].position[1])
            kind = kinds[0] if one.control else kinds[1]
            made.append(Node(one.node_id, kind, {PORT_KEY: one.id}, whole((x, lowest))))
    return made


def _inner_wires(inputs: list[_Crossing], outputs: list[_Crossing]) -> list[Connection]:
    wires = [
        Connection(one.node_id, INNER_PORT[ENTRY if one.control else INPUT], *end)
        for one in inputs
        for end in one.inner
    ]
    wires += [
        Connection(*end, one.node_id, INNER_PORT[EXIT if one.control else OUTPUT])
        for one in outputs
        for end in one.inner
    ]
    return wires


def _outer_wires(
    graph: Graph, instance_id: str, inputs: list[_Crossing], outputs: list[_Crossing]
) -> tuple[Connection, ...]:
    """Return the wires to the instance, shown as those were that they stand for: bent, faint, or as portals."""

    def look(keys: Iterable[WireKey]) -> Mapping[str, Any]:
        held = (graph.connections[key].extra for key in keys if key in graph.connections)
        return next((extra for extra in held if extra), {})

    wires = [
        Connection(*end, instance_id, one.id, look((*end, *inner) for inner in one.inner))
        for one in inputs
        for end in dict.fromkeys(one.outer)
    ]
    wires += [
        Connection(instance_id, one.id, *end, look((*inner, *end) for inner in one.inner))
        for one in outputs
        for end in dict.fromkeys(one.outer)
    ]
    return tuple(wires)


def _outlet(crossing: _Crossing, graph: Graph, catalog: Catalog, *, is_output: bool) -> Outlet:
    kind = CONTROL
    if not crossing.control:
        port = port_of(graph, catalog, End(*crossing.inner[0], is_output))
        kind = port.type.value if port is not None else "any"
    stand_in = (EXIT if crossing.control else OUTPUT) if is_output else (ENTRY if crossing.control else INPUT)
    return Outlet(crossing.id, crossing.id, kind, crossing.node_id, INNER_PORT[stand_in])


def _taken_out(
    graph: Graph, chosen: Mapping[str, Node], instance_id: str, inner_frames: list[Frame], notes: list[str]
) -> list[Change]:
    gone = {frame.id for frame in inner_frames}
    changes: list[Change] = []
    wires = tuple(wire.key for wire in graph.wires_of(chosen))
    if wires:
        changes.append(Disconnect(wires))
    shrunk = tuple(
        frame._replace(node_ids=tuple(dict.fromkeys(instance_id if one in chosen else one for one in frame.node_ids)))
        for frame in graph.frames.values()
        if frame.id not in gone and not chosen.keys().isdisjoint(frame.node_ids)
    )
    if shrunk:
        changes.append(ReplaceFrames(shrunk))
    if gone:
        changes.append(RemoveFrames(tuple(gone)))
    if notes:
        changes.append(RemoveNotes(tuple(notes)))
    return [*changes, RemoveNodes(tuple(chosen))]
