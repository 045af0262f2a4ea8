"""Use a definition in several places, or part from the others: instances, copies, clipboards, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import Placed, whole
from casare.app.subgraphs.boundary import ID_KEY, INSTANCE, NAME_KEY, definition_of, instances_in
from casare.app.subgraphs.interfaces import levels
from casare.app.subgraphs.nesting import reachable
from casare.model import AddNodes, AddSubflows, Batch, Change, Graph, Node, RemoveSubflows, SetConfig, Subflow
from casare.model.values import Point


def place_instance(graph: Graph, subflow: Subflow, position: Point) -> Placed:
    """Return the change that adds an instance of a subgraph with its card at `position` (scene px)."""
    node_id = fresh_ids(["subgraph"], graph.nodes.keys() | graph.variables.keys())[0]
    node = Node(node_id, INSTANCE, instance_config(subflow), whole(position))
    return Placed(AddNodes((node,)), node_id)


def instance_config(subflow: Subflow) -> dict[str, Any]:
    """Return the configuration a new instance begins with."""
    return {ID_KEY: subflow.id, NAME_KEY: subflow.name}


def make_unique(graph: Graph, instance_id: str) -> Change | None:
    """Give an instance a definition of its own, which nobody else uses; None when it is no instance."""
    node = graph.nodes.get(instance_id)
    subflow = definition_of(graph, node) if node is not None else None
    if node is None or subflow is None:
        return None
    names = {one.name for one in graph.subflows.values()}
    number = 2
    while (name := f"{subflow.name} {number}") in names:
        number += 1
    value = subflow.value()
    twin = replace(value, id=_new_id(), interface=value.interface._replace(name=name))
    config = {**node.config, ID_KEY: twin.id, NAME_KEY: name}
    return Batch((AddSubflows((twin,)), SetConfig(instance_id, config)), "Make subgraph unique")


def unused(root: Graph) -> list[str]:
    """Return the subgraphs that nothing in the document leads to."""
    used = reachable(root)
    return [one for one in root.subflows if one not in used]


def remove_unused(root: Graph) -> Change | None:
    """Let go of the subgraphs that nothing leads to."""
    found = unused(root)
    return RemoveSubflows(tuple(found), "Remove unused subgraphs") if found else None


def count_instances(root: Graph, definition_id: str) -> int:
    """Return how many instances of a subgraph stand in a document, on all its levels."""
    return sum(len(instances_in(graph, definition_id)) for _, graph in levels(root))


def with_subgraphs(part: Graph, graph: Graph) -> Graph:
    """Add to a part of a graph the subgraphs that its instances mean, and those inside them; return the part."""
    part.subflows.clear()
    probe = Graph(part.nodes.values())
    probe.subflows = graph.subflows
    wanted = reachable(probe)
    for one in graph.subflows.values():
        if one.id in wanted:
            part.subflows[one.id] = Subflow.made(one.value(), part.subflows)
    return part


def brought_along(graph: Graph, part: Graph) -> tuple[AddSubflows | None, Graph]:
    """Return the change that adds what a pasted part brings along, and the part with its instances meaning that.

    A subgraph that is there already with the same content is shared; one that differs gets a new id.
    """
    new_ids: dict[str, str] = {}
    for one in part.subflows.values():
        held = graph.subflows.get(one.id)
        if held is not None and held.value() != one.value():
            new_ids[one.id] = _new_id()
    missing = [one for one in part.subflows.values() if one.id in new_ids or one.id not in graph.subflows]
    if not missing:
        return None, part
    made = tuple(
        replace(value, id=new_ids.get(one.id, one.id), nodes=tuple(_meaning(node, new_ids) for node in value.nodes))
        for one in missing
        if (value := one.value())
    )
    renamed = part.copy()
    renamed.nodes = {key: _meaning(node, new_ids) for key, node in part.nodes.items()}
    return AddSubflows(made), renamed


def as_workflow(subflow: Subflow) -> Graph:
    """Return a subgraph as a workflow of its own, in the shape of a subflow file, with the subgraphs it uses."""
    from casare.storage import subflow_object

    raw = subflow_object(subflow)
    own = {"nodes", "connections", "variables", "settings", "frames", "notes", "metadata", "name", "description"}
    value = subflow.value()
    told: Mapping[str, Any] = raw.get("metadata") or {}
    metadata = {"name": subflow.name, "description": subflow.interface.description, **told}
    made = Graph(
        value.nodes,
        value.connections,
        frames=value.frames,
        notes=value.notes,
        metadata=metadata,
        variables=value.variables,
        settings=value.settings,
        extra={"id": subflow.id, **{key: held for key, held in raw.items() if key not in own}},
        unreadable=value.unreadable,
    )
    return with_subgraphs(made, subflow.graph)


def _meaning(node: Node, new_ids: Mapping[str, str]) -> Node:
    held = node.config.get(ID_KEY) if node.type == INSTANCE else None
    if not isinstance(held, str) or held not in new_ids:
        return node
    return node._replace(config={**node.config, ID_KEY: new_ids[held]})


def _new_id() -> str:
    return f"subflow_{uuid4().hex[:12]}"
