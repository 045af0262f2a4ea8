"""What an instance of a subgraph is to the rest of casare: a node type of its own, made of the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from casare.app.subgraphs.boundary import (
    CONTROL,
    DEFAULT_KEY,
    ID_KEY,
    INPUT,
    INSTANCE,
    ISOLATION_KEY,
    SHARED,
    inputs_of,
    outputs_of,
)
from casare.catalog import Catalog, ScopedCatalog
from casare.model import Graph, Outlet, Promoted, Subflow
from casare.sdk import DataType, NodeType, Param, Port, PortKind, Visibility, Widget

_TYPES: Final = {one.value: one for one in DataType} | {"string": DataType.TEXT, "str": DataType.TEXT}


class OwnTypes:
    """The types of the instances of a document's subgraphs, each made when first asked for.

    `subflows` is called each time, so that it may follow a graph that is edited; `forget` after edits that matter.
    """

    def __init__(self, subflows: Callable[[], Mapping[str, Subflow]], base: Catalog) -> None:
        self._subflows = subflows
        self._made: dict[str, NodeType] = {}
        self._making: set[str] = set()
        self.catalog = ScopedCatalog(base, self.of)

    def of(self, type_id: str, config: Mapping[str, Any]) -> NodeType | None:
        """Return the type of an instance, None for every other node and for an instance of nothing."""
        wanted = config.get(ID_KEY) if type_id == INSTANCE else None
        if not isinstance(wanted, str):
            return None
        held = self._made.get(wanted)
        if held is not None:
            return held
        subflow = self._subflows().get(wanted)
        if subflow is None or wanted in self._making:
            # A subgraph inside itself has no promoted parameters to speak of; the checks report it.
            return None
        self._making.add(wanted)
        try:
            made = self._made[wanted] = _type_of(subflow, self.catalog)
        finally:
            self._making.discard(wanted)
        return made

    def forget(self) -> set[str]:
        """Make the types that were asked for anew; return the subgraphs whose instances look otherwise now.

        A type that comes out the same stays the same object.
        """
        before, self._made = self._made, {}
        changed: set[str] = set()
        for definition_id, was in before.items():
            now = self.of(INSTANCE, {ID_KEY: definition_id})
            if now == was:
                self._made[definition_id] = was
            else:
                changed.add(definition_id)
        return changed


def scoped(graph: Graph, catalog: Catalog) -> Catalog:
    """Return the catalog in which the instances of a graph's subgraphs have their ports."""
    return OwnTypes(lambda: graph.subflows, catalog).catalog if graph.subflows else catalog


def _type_of(subflow: Subflow, catalog: Catalog) -> NodeType:
    base = catalog.find(INSTANCE) or NodeType(INSTANCE, "Subflow", "flow", "square-stack")
    face = subflow.interface
    inputs, outputs = inputs_of(subflow), outputs_of(subflow)
    promoted = tuple(_promoted(one, subflow, catalog) for one in face.parameters if one.node in subflow.graph.nodes)
    taken = {param.name for param in promoted}
    data = tuple(_input(one, subflow) for one in inputs if one.type != CONTROL and one.id not in taken)
    own = tuple(_own_param(param) for param in base.params)
    count = len(subflow.graph.nodes)
    return NodeType(
        f"{INSTANCE}:{subflow.id}",
        subflow.name,
        base.category,
        face.icon or base.icon,
        summary=face.description or ("1 node inside" if count == 1 else f"{count} nodes inside"),
        help=face.description,
        role=base.role,
        inputs=tuple(_port(one) for one in _control_first(inputs)),
        outputs=tuple(_port(one) for one in _control_first(outputs)),
        params=(*promoted, *data, *(param for param in own if param.name not in taken)),
        cost=base.cost,
    )


def _own_param(param: Param) -> Param:
    """Return a parameter of the instance node itself, which stands behind those of the subgraph."""
    default = SHARED if param.name == ISOLATION_KEY else param.default
    return replace(param, visibility=Visibility.ADVANCED, default=default)


def _control_first(outlets: Iterable[Outlet]) -> list[Outlet]:
    return sorted(outlets, key=lambda outlet: outlet.type != CONTROL)


def _port(outlet: Outlet) -> Port:
    kind = PortKind.CONTROL if outlet.type == CONTROL else PortKind.DATA
    label = outlet.name if outlet.name != outlet.id else ""
    return Port(outlet.id, kind, data_type(outlet.type), label, outlet.required, outlet.description)


def data_type(told: str) -> DataType:
    """Return the data type that an outlet's type means; ANY for a word nobody knows."""
    return _TYPES.get(told.lower(), DataType.ANY)


def _input(outlet: Outlet, subflow: Subflow) -> Param:
    node = subflow.graph.nodes[outlet.node]
    default = outlet.default
    if default is None and node.type == INPUT:
        default = node.config.get(DEFAULT_KEY)
    return Param(
        outlet.id,
        data_type(outlet.type),
        Widget.ANY,
        default,
        outlet.name or outlet.id,
        outlet.description,
        required=outlet.required,
        wired=True,
    )


def _promoted(promoted: Promoted, subflow: Subflow, catalog: Catalog) -> Param:
    node = subflow.graph.nodes[promoted.node]
    params = catalog.params(node.type, node.config)
    origin = next((one for one in params if promoted.param in (one.name, *one.aliases)), Param(promoted.param))
    inner = node.config.get(promoted.param, origin.default)
    default = inner if promoted.default is None else promoted.default
    # Required is what nothing gives: neither the node inside nor the interface.
    return replace(
        origin,
        name=promoted.id,
        label=promoted.label or origin.title,
        default=default,
        required=origin.required and default is None,
        visibility=Visibility.NORMAL,
        wired=False,
        aliases=(),
    )
