"""All that a graph holds, as one value: what a snapshot is written from, and what a graph can be turned into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from casare.model.graph import Graph
from casare.model.subflows import Definition, Subflow
from casare.model.values import Connection, Frame, Node, Note, Unreadable


class Content(NamedTuple):
    """The values of a graph in their order; a field here for each thing a graph holds."""

    nodes: tuple[Node, ...]
    connections: tuple[Connection, ...]
    frames: tuple[Frame, ...]
    notes: tuple[Note, ...]
    metadata: Mapping[str, Any]
    variables: Mapping[str, Any]
    settings: Mapping[str, Any]
    extra: Mapping[str, Any]
    subflows: tuple[Definition, ...]
    unreadable: Unreadable

    @classmethod
    def of(cls, graph: Graph) -> Content:
        """Return what a graph holds now."""
        return cls(
            tuple(graph.nodes.values()),
            tuple(graph.connections.values()),
            tuple(graph.frames.values()),
            tuple(graph.notes.values()),
            graph.metadata,
            graph.variables,
            graph.settings,
            graph.extra,
            tuple(one.value() for one in graph.subflows.values()),
            graph.unreadable,
        )

    def graph(self) -> Graph:
        """Return a new graph that holds this."""
        nodes, connections, frames, notes, metadata, variables, settings, extra, subflows, unreadable = self
        graph = Graph(
            nodes,
            connections,
            frames=frames,
            notes=notes,
            metadata=metadata,
            variables=variables,
            settings=settings,
            extra=extra,
            unreadable=unreadable,
        )
        graph.subflows.update((one.id, Subflow.made(one, graph.subflows)) for one in subflows)
        return graph
