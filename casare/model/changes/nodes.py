"""Edits of nodes: add, remove, move, set, rename, replace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model.changes.ordered import Places, first_missing, put, take
from casare.model.values import Node, Point

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


def _count(verb: str, number: int) -> str:
    return f"{verb} node" if number == 1 else f"{verb} {number} nodes"


def _require(graph: Graph, ids: tuple[str, ...] | list[str]) -> None:
    missing = first_missing(graph.nodes, ids)
    if missing is not None:
        raise ChangeRefusedError(f"There is no node {missing!r}.", where=f"node {missing}")


@dataclass(frozen=True, slots=True)
class AddNodes:
    """Add nodes, at the end or at the given places."""

    nodes: tuple[Node, ...]
    places: Places = ()

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count("Add", len(self.nodes))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Add the nodes; refuse an id that is taken."""
        entries = {node.id: node for node in self.nodes}
        if len(entries) < len(self.nodes):
            twice = Counter(node.id for node in self.nodes).most_common(1)[0][0]
            raise ChangeRefusedError(f"Two of the new nodes have the id {twice!r}.")
        taken = next((node_id for node_id in entries if node_id in graph.nodes), None)
        if taken is not None:
            raise ChangeRefusedError(f"There already is a node {taken!r}.", where=f"node {taken}")
        put(graph.nodes, entries, self.places)
        return RemoveNodes(tuple(entries)), GraphChanged(nodes=frozenset(entries))


@dataclass(frozen=True, slots=True)
class RemoveNodes:
    """Remove nodes that have no wires left."""

    ids: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count("Delete", len(self.ids))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Remove the nodes; refuse one that is still wired, because a wire may not dangle."""
        _require(graph, self.ids)
        wired = next((one for one in self.ids if graph.incoming(one) or graph.outgoing(one)), None)
        if wired is not None:
            raise ChangeRefusedError(f"Node {wired!r} still has wires.", where=f"node {wired}")
        taken, places = take(graph.nodes, set(self.ids))
        return AddNodes(tuple(taken.values()), places), GraphChanged(nodes=frozenset(taken))


@dataclass(frozen=True, slots=True)
class MoveNodes:
    """Move nodes to new positions (scene px)."""

    positions: Mapping[str, Point]

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count("Move", len(self.positions))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Put each node at its new position."""
        _require(graph, list(self.positions))
        nodes = graph.nodes
        before = {node_id: nodes[node_id].position for node_id in self.positions}
        for node_id, position in self.positions.items():
            nodes[node_id] = nodes[node_id]._replace(position=position)
        return MoveNodes(before), GraphChanged(moved=frozenset(before))


@dataclass(frozen=True, slots=True)
class SetConfig:
    """Give a node a new configuration. The whole of it, so that undo restores the order of keys as well."""

    node_id: str
    config: Mapping[str, Any]
    what: str = "settings"

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return f"Edit {self.what}"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the configuration."""
        _require(graph, (self.node_id,))
        node = graph.nodes[self.node_id]
        graph.nodes[self.node_id] = node._replace(config=self.config)
        return SetConfig(self.node_id, node.config, self.what), GraphChanged(nodes=frozenset((self.node_id,)))


@dataclass(frozen=True, slots=True)
class RenameNode:
    """Give a node a name of its own; an empty one brings the type's title back."""

    node_id: str
    name: str

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return "Rename node"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Rename the node."""
        _require(graph, (self.node_id,))
        node = graph.nodes[self.node_id]
        graph.nodes[self.node_id] = node._replace(name=self.name)
        return RenameNode(self.node_id, node.name), GraphChanged(nodes=frozenset((self.node_id,)))


@dataclass(frozen=True, slots=True)
class ReplaceNodes:
    """Put new values in the stead of nodes with the same ids, in type, configuration, name and extra keys."""

    nodes: tuple[Node, ...]
    what: str = "Change"

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count(self.what, len(self.nodes))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the nodes."""
        ids = tuple(node.id for node in self.nodes)
        _require(graph, ids)
        before = tuple(graph.nodes[node_id] for node_id in ids)
        for node in self.nodes:
            graph.nodes[node.id] = node
        return ReplaceNodes(before, self.what), GraphChanged(nodes=frozenset(ids))
