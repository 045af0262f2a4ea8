"""Subgraphs: a graph kept under an id, with the interface by which any number of instance nodes use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from casare.model.values import Connection, Frame, Node, Note, Unreadable

if TYPE_CHECKING:
    from casare.model.graph import Graph

_EMPTY: Mapping[str, Any] = {}


class Outlet(NamedTuple):
    """One port that a subgraph shows to the outside.

    `id` is what wires outside name and never changes; `name` is what people read. `node` and `port` say what stands
    behind it inside. `type` is "exec" for control, else a data type.
    """

    id: str
    name: str = ""
    type: str = "any"
    node: str = ""
    port: str = ""
    required: bool = False
    default: Any = None
    description: str = ""
    extra: Mapping[str, Any] = _EMPTY
    """Keys of the file that casare does not know, and originals that could not be read."""


class Promoted(NamedTuple):
    """A parameter of an inner node that every instance shows as its own, under the key `id` of its configuration."""

    id: str
    node: str = ""
    param: str = ""
    label: str = ""
    default: Any = None
    """What an instance that sets nothing uses; None leaves the inner node's own value."""
    extra: Mapping[str, Any] = _EMPTY


class Interface(NamedTuple):
    """What a subgraph is called and what it shows to the outside."""

    name: str = ""
    description: str = ""
    inputs: tuple[Outlet, ...] = ()
    outputs: tuple[Outlet, ...] = ()
    parameters: tuple[Promoted, ...] = ()
    icon: str = ""
    color: str = ""
    extra: Mapping[str, Any] = _EMPTY
    """What else the file says of the subgraph: version, author, tags, bounds, and keys casare does not know."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A subgraph as one value, to be carried by changes and clipboards."""

    id: str
    interface: Interface = field(default_factory=Interface)
    nodes: tuple[Node, ...] = ()
    connections: tuple[Connection, ...] = ()
    frames: tuple[Frame, ...] = ()
    notes: tuple[Note, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    unreadable: Unreadable = field(default_factory=Unreadable)


class Subflow:
    """A subgraph in a document: its id, its interface, and the graph inside, which shares the document's subgraphs."""

    __slots__ = ("graph", "id", "interface")

    def __init__(self, definition_id: str, interface: Interface, graph: Graph) -> None:
        self.id = definition_id
        self.interface = interface
        self.graph = graph

    @property
    def name(self) -> str:
        """Return what the subgraph is called, its id when it has no name."""
        return self.interface.name or self.id

    @classmethod
    def made(cls, definition: Definition, subflows: dict[str, Subflow]) -> Subflow:
        """Return a subgraph made from its value; instances inside it mean entries of `subflows`."""
        from casare.model.graph import Graph

        graph = Graph(
            definition.nodes,
            definition.connections,
            frames=definition.frames,
            notes=definition.notes,
            metadata=definition.metadata,
            variables=definition.variables,
            settings=definition.settings,
            unreadable=definition.unreadable,
        )
        graph.subflows = subflows
        return cls(definition.id, definition.interface, graph)

    def value(self) -> Definition:
        """Return the subgraph as it is now, as one value."""
        graph = self.graph
        return Definition(
            self.id,
            self.interface,
            tuple(graph.nodes.values()),
            tuple(graph.connections.values()),
            tuple(graph.frames.values()),
            tuple(graph.notes.values()),
            graph.metadata,
            graph.variables,
            graph.settings,
            graph.unreadable,
        )
