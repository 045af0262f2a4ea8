"""Use a definition in several places, or part from the others: instances, copies, clipboards, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from casare.app.editing.naming import fresh_ids
from casare.app.editing.placing import Placed, whole
from casare.app.subgraphs.boundary import ID_KEY, INSTANCE, NAME_KEY, definition_of, instances_in
from casare.app.subgraphs.instances import reachable, with_subgraphs
from casare.app.subgraphs.interfaces import levels
from casare.catalog import PaletteEntry
from casare.model import AddNodes, AddSubflows, Batch, Change, Graph, Node, RemoveSubflows, SetConfig, Subflow
from casare.model.values import Point

if TYPE_CHECKING:
    from casare.app.documents.level import Level

CATEGORY: Final = "subgraphs"
"""The section of the palette that holds the subgraphs of the document."""


def place_instance(graph: Graph, subflow: Subflow, position: Point) -> Placed:
    """Return the change that adds an instance of a subgraph with its card at `position` (scene px)."""
    node_id = fresh_ids(["subgraph"], graph.nodes.keys() | graph.variables.keys())[0]
    node = Node(node_id, INSTANCE, instance_config(subflow), whole(position))
    return Placed(AddNodes((node,)), node_id)


def instance_config(subflow: Subflow) -> dict[str, Any]:
    """Return the configuration a new instance begins with."""
    return {ID_KEY: subflow.id, NAME_KEY: subflow.name}


def offered(level: Level | None) -> list[PaletteEntry]:
    """Return the subgraphs that can be put on a level: all but those that would then lie inside themselves."""
    if level is None:
        return []
    return [
        PaletteEntry(
            one.name,
            CATEGORY,
            one.interface.icon or "square-stack",
            one.interface.description or "A subgraph of this workflow",
            INSTANCE,
            instance_config(one),
            ("subgraph", "subflow"),
            INSTANCE,
        )
        for one in level.graph.subflows.values()
        if not level.id or (one.id != level.id and level.id not in reachable(one.graph))
    ]


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


def _new_id() -> str:
    return f"subflow_{uuid4().hex[:12]}"
