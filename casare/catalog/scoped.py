"""A catalog in which some nodes have a type of their own: instances of subgraphs, whose ports a document declares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from casare.catalog.catalog import Catalog
from casare.catalog.palette import PaletteEntry
from casare.catalog.reading import Problem
from casare.catalog.resolve import NodePorts, resolve_params, resolve_ports
from casare.sdk import NodeType, Param

OwnType = Callable[[str, Mapping[str, Any]], NodeType | None]
"""Return the type that one node has for itself, told by its type id and its configuration; None for most nodes."""


class ScopedCatalog(Catalog):
    """All that another catalog knows, and beyond that the types that nodes have for themselves.

    `own_type` must return the same object as long as nothing it depends on has changed.
    """

    def __init__(self, base: Catalog, own_type: OwnType) -> None:
        super().__init__(lambda: ())
        self.base: Catalog = base.base if isinstance(base, ScopedCatalog) else base
        self._own_type = own_type
        self._shapes: dict[tuple[int, tuple[str, ...], tuple[str, ...]], tuple[NodeType, NodePorts]] = {}
        # Listeners of either hear of the same changes.
        self.changed = self.base.changed

    @property
    def revision(self) -> int:
        """Return the revision of the catalog below."""
        return self.base.revision

    @revision.setter
    def revision(self, value: int) -> None:
        """Ignore what the constructor of every catalog sets."""

    @property
    def problems(self) -> list[Problem]:
        """Return what the catalog below could not read."""
        return self.base.problems

    def find(self, type_id: str) -> NodeType | None:
        """Return the type of this id or alias, or None for an unknown one."""
        return self.base.find(type_id)

    def canonical(self, type_id: str) -> str:
        """Return the id that an alias stands for."""
        return self.base.canonical(type_id)

    def migration(self, type_id: str, config: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """Return the type and configuration that an old node becomes, or None."""
        return self.base.migration(type_id, config)

    def types(self) -> list[NodeType]:
        """Return all types in the order of the palette."""
        return self.base.types()

    def categories(self) -> list[str]:
        """Return the names of the categories in use."""
        return self.base.categories()

    def entries(self) -> list[PaletteEntry]:
        """Return what a person can pick to add a node."""
        return self.base.entries()

    def member(self, node_type: NodeType, config: Mapping[str, Any]) -> NodeType | None:
        """Return the type a node has for itself, else the one that its configuration chooses in a family."""
        return self._own_type(node_type.id, config) or self.base.member(node_type, config)

    def ports(
        self,
        type_id: str,
        config: Mapping[str, Any],
        wired_inputs: Collection[str] = (),
        wired_outputs: Collection[str] = (),
    ) -> NodePorts:
        """Return the ports of a node; one object for all nodes of the same shape."""
        own = self._own_type(type_id, config)
        if own is None:
            return self.base.ports(type_id, config, wired_inputs, wired_outputs)
        inputs, outputs = {port.name for port in own.inputs}, {port.name for port in own.outputs}
        more = (
            tuple(sorted({name for name in wired_inputs if name not in inputs})),
            tuple(sorted({name for name in wired_outputs if name not in outputs})),
        )
        key = (id(own), *more)
        held = self._shapes.get(key)
        if held is None:
            # The type is held beside its ports, so that no other object can come to its address.
            held = self._shapes[key] = (own, resolve_ports(own, None, config, *more))
        return held[1]

    def params(self, type_id: str, config: Mapping[str, Any]) -> tuple[Param, ...]:
        """Return the parameters of a node, also for keys its type does not declare."""
        own = self._own_type(type_id, config)
        return self.base.params(type_id, config) if own is None else resolve_params(own, None, config)

    def register(self, node_type: NodeType, body: Callable[..., Any] | None = None) -> None:
        """Add a type to the catalog below."""
        self.base.register(node_type, body)

    def implementation(self, type_id: str) -> Callable[..., Any]:
        """Return the function or class behind a type. Raises CasareError."""
        return self.base.implementation(type_id)

    def preload(self, type_ids: Iterable[str]) -> list[Problem]:
        """Import the modules of these types; return those that failed."""
        return self.base.preload(type_ids)

    def refresh(self) -> bool:
        """Look at the sources again; tell whether anything had changed."""
        return self.base.refresh()
