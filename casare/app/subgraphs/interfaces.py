"""Change what a subgraph shows to the outside: its name, its ports, its promoted parameters."""

from __future__ import annotations

from typing import Any, Final

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import whole
from casare.app.subgraphs.boundary import (
    CONTROL,
    DEFAULT_KEY,
    ENTRY,
    EXIT,
    ID_KEY,
    INNER_PORT,
    INPUT,
    NAME_KEY,
    OUTPUT,
    PORT_KEY,
    inputs_of,
    instances_in,
    is_boundary,
    outputs_of,
)
from casare.catalog import Catalog
from casare.model import (
    AddNodes,
    Batch,
    Change,
    Disconnect,
    Graph,
    Interface,
    Node,
    Outlet,
    Promoted,
    RemoveNodes,
    ReplaceNodes,
    SetConfig,
    SetInterface,
    Subflow,
    at_level,
)

_BELOW: Final = 120


def rename_subgraph(root: Graph, subflow: Subflow, name: str) -> Change | None:
    """Call a subgraph so, and let its instances on every level say it; None when it is called so already."""
    name = " ".join(name.split())
    if not name or name == subflow.interface.name:
        return None
    changes: list[Change] = [SetInterface(subflow.id, subflow.interface._replace(name=name))]
    for level, graph in levels(root):
        told = tuple(
            node._replace(config={**node.config, NAME_KEY: name})
            for one in instances_in(graph, subflow.id)
            if (node := graph.nodes[one]).config.get(NAME_KEY) != name
        )
        if told:
            changes.append(at_level(ReplaceNodes(told), level))
    return Batch(tuple(changes), "Rename subgraph")


def levels(root: Graph) -> list[tuple[str, Graph]]:
    """Return every level of a document with its id, the outermost (an empty id) first."""
    return [("", root), *((one.id, one.graph) for one in root.subflows.values())]


def rename_port(subflow: Subflow, outlet_id: str, name: str) -> Change | None:
    """Call a port so; wires outside stay, because they know it by its id."""
    name = " ".join(name.split())
    outlet = _find(subflow, outlet_id)
    if outlet is None or not name or name == outlet.name:
        return None
    changes: list[Change] = [_listed(subflow, outlet_id, outlet._replace(name=name))]
    node = subflow.graph.nodes[outlet.node]
    if is_boundary(node):
        changes.append(at_level(SetConfig(node.id, {**node.config, PORT_KEY: name}), subflow.id))
    return Batch(tuple(changes), "Rename port")


def set_port(
    subflow: Subflow, outlet_id: str, *, required: bool | None = None, kind: str = "", default: Any = ...
) -> Change | None:
    """Say whether an input must be given, what type a port has, or what an input is when nothing gives it."""
    outlet = _find(subflow, outlet_id)
    if outlet is None:
        return None
    after = outlet._replace(
        required=outlet.required if required is None else required,
        type=kind or outlet.type,
        default=outlet.default if default is ... else default,
    )
    if after == outlet and type(after.default) is type(outlet.default):
        return None
    changes: list[Change] = [_listed(subflow, outlet_id, after)]
    node = subflow.graph.nodes[outlet.node]
    if default is not ... and node.type == INPUT and DEFAULT_KEY in node.config:
        # One place says the default; the interface is the one that people see from outside.
        config = {key: value for key, value in node.config.items() if key != DEFAULT_KEY}
        changes.append(at_level(SetConfig(node.id, config), subflow.id))
    return Batch(tuple(changes), "Edit port")


def move_port(subflow: Subflow, outlet_id: str, steps: int) -> Change | None:
    """Move a port up (negative) or down among those of its side."""
    for side, outlets in (("inputs", inputs_of(subflow)), ("outputs", outputs_of(subflow))):
        at = next((number for number, one in enumerate(outlets) if one.id == outlet_id), None)
        if at is None:
            continue
        to = min(max(at + steps, 0), len(outlets) - 1)
        if to == at:
            return None
        order = list(outlets)
        order.insert(to, order.pop(at))
        return SetInterface(subflow.id, _with_side(subflow, side, tuple(order)), "Move port")
    return None


def add_port(subflow: Subflow, *, is_output: bool, control: bool = False, name: str = "") -> Change:
    """Give a subgraph a port more, with a boundary node inside that waits to be wired."""
    outlets = outputs_of(subflow) if is_output else inputs_of(subflow)
    kind = (EXIT if control else OUTPUT) if is_output else (ENTRY if control else INPUT)
    plain = ("exec_out" if is_output else "exec_in") if control else ("output" if is_output else "input")
    taken = {one.id for one in outlets} | {one.id for one in subflow.interface.parameters}
    outlet_id = fresh_ids([_slug(name) or plain], taken)[0]
    nodes = subflow.graph.nodes
    node_id = fresh_ids([f"{'out' if is_output else 'in'}_{outlet_id}"], nodes)[0]
    node = Node(node_id, kind, {PORT_KEY: name or outlet_id}, _free_place(subflow, is_output=is_output))
    outlet = Outlet(outlet_id, name or outlet_id, CONTROL if control else "any", node_id, INNER_PORT[kind])
    side = "outputs" if is_output else "inputs"
    interface = _with_side(subflow, side, (*outlets, outlet))
    return Batch((at_level(AddNodes((node,)), subflow.id), SetInterface(subflow.id, interface)), "Add port")


def remove_port(root: Graph, subflow: Subflow, outlet_id: str, *, is_output: bool) -> Change | None:
    """Take a port away, with its boundary node and with what is wired to it inside and at every instance."""
    outlets = outputs_of(subflow) if is_output else inputs_of(subflow)
    outlet = next((one for one in outlets if one.id == outlet_id), None)
    if outlet is None:
        return None
    changes: list[Change] = []
    node = subflow.graph.nodes[outlet.node]
    if is_boundary(node):
        inner = tuple(wire.key for wire in subflow.graph.wires_of([node.id]))
        if inner:
            changes.append(at_level(Disconnect(inner), subflow.id))
        changes.append(at_level(RemoveNodes((node.id,)), subflow.id))
    for level, graph in levels(root):
        for instance in instances_in(graph, subflow.id):
            wires = graph.outgoing(instance) if is_output else graph.incoming(instance)
            gone = tuple(key for key in wires if key[1 if is_output else 3] == outlet_id)
            if gone:
                changes.append(at_level(Disconnect(gone), level))
    side = "outputs" if is_output else "inputs"
    left = tuple(one for one in outlets if one.id != outlet_id)
    changes.append(SetInterface(subflow.id, _with_side(subflow, side, left)))
    return Batch(tuple(changes), "Remove port")


def promoted_as(subflow: Subflow, node_id: str, param: str) -> Promoted | None:
    """Return the promoted parameter that a parameter of an inner node is, or None."""
    found = (one for one in subflow.interface.parameters if (one.node, one.param) == (node_id, param))
    return next(found, None)


def promote(subflow: Subflow, catalog: Catalog, node_id: str, param: str) -> Change | None:
    """Show a parameter of an inner node on every instance; None when it is shown already."""
    if promoted_as(subflow, node_id, param) is not None:
        return None
    node = subflow.graph.nodes[node_id]
    told = next((one for one in catalog.params(node.type, node.config) if param in (one.name, *one.aliases)), None)
    taken = {one.id for one in inputs_of(subflow)} | {one.id for one in subflow.interface.parameters}
    taken |= {ID_KEY, NAME_KEY, "subflow_path", "isolation"}
    made = Promoted(fresh_ids([param], taken)[0], node_id, param, told.title if told else param)
    interface = subflow.interface._replace(parameters=(*subflow.interface.parameters, made))
    return SetInterface(subflow.id, interface, "Promote parameter")


def demote(subflow: Subflow, promoted_id: str) -> Change | None:
    """Show a promoted parameter no more; what instances set for it stays in them without effect."""
    left = tuple(one for one in subflow.interface.parameters if one.id != promoted_id)
    if len(left) == len(subflow.interface.parameters):
        return None
    return SetInterface(subflow.id, subflow.interface._replace(parameters=left), "Withdraw parameter")


def rename_parameter(subflow: Subflow, promoted_id: str, label: str) -> Change | None:
    """Call a promoted parameter so; what instances set for it stays, because they know it by its id."""
    label = " ".join(label.split())
    found = tuple(one._replace(label=label) if one.id == promoted_id else one for one in subflow.interface.parameters)
    if not label or found == subflow.interface.parameters:
        return None
    return SetInterface(subflow.id, subflow.interface._replace(parameters=found), "Rename parameter")


def _find(subflow: Subflow, outlet_id: str) -> Outlet | None:
    return next((one for one in (*inputs_of(subflow), *outputs_of(subflow)) if one.id == outlet_id), None)


def _listed(subflow: Subflow, outlet_id: str, after: Outlet) -> Change:
    """Return the change that lists all ports of a side as they are, with one of them as told."""
    side, outlets = "inputs", inputs_of(subflow)
    if all(one.id != outlet_id for one in outlets):
        side, outlets = "outputs", outputs_of(subflow)
    now = tuple(after if one.id == outlet_id else one for one in outlets)
    return SetInterface(subflow.id, _with_side(subflow, side, now))


def _with_side(subflow: Subflow, side: str, outlets: tuple[Outlet, ...]) -> Interface:
    if side == "outputs":
        return subflow.interface._replace(outputs=outlets)
    return subflow.interface._replace(inputs=outlets)


def _free_place(subflow: Subflow, *, is_output: bool) -> tuple[float, float]:
    nodes = subflow.graph.nodes.values()
    kinds = (EXIT, OUTPUT) if is_output else (ENTRY, INPUT)
    beside = [node.position for node in nodes if node.type in kinds]
    if beside:
        return whole((beside[-1][0], max(place[1] for place in beside) + _BELOW))
    others = [node.position for node in nodes] or [(0.0, 0.0)]
    xs = [place[0] for place in others]
    return whole((max(xs) + 280 if is_output else min(xs) - 280, min(place[1] for place in others)))


def _slug(name: str) -> str:
    kept = "".join(one if one.isalnum() else "_" for one in name.strip().lower()).strip("_")
    return f"p_{kept}" if kept[:1].isdigit() else kept
