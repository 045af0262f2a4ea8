"""Edits of wires: connect and disconnect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model.changes.ordered import Places, first_missing, put, take
from casare.model.values import Connection, WireKey

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


def _count(verb: str, number: int) -> str:
    return verb if number == 1 else f"{verb} {number} wires"


@dataclass(frozen=True, slots=True)
class Connect:
    """Add wires, at the end or at the given places."""

    connections: tuple[Connection, ...]
    places: Places = ()

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count("Connect", len(self.connections))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Add the wires; refuse one that exists, that lacks an end, or that joins a node to itself."""
        entries: dict[WireKey, Connection] = {}
        for wire in self.connections:
            for node_id in (wire.source_node, wire.target_node):
                if node_id not in graph.nodes:
                    raise ChangeRefusedError(f"There is no node {node_id!r} to connect.", where=f"node {node_id}")
            if wire.source_node == wire.target_node:
                raise ChangeRefusedError("A node cannot be wired to itself.", where=f"node {wire.source_node}")
            if wire.key in graph.connections or wire.key in entries:
                raise ChangeRefusedError("This wire already exists.", where=" ".join(wire.key))
            entries[wire.key] = wire
        at_end = put(graph.connections, entries, self.places)
        graph._wires_added(entries, at_end=at_end)
        return Disconnect(tuple(entries)), GraphChanged(wires=frozenset(entries))


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Remove wires."""

    keys: tuple[WireKey, ...]

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return _count("Disconnect", len(self.keys))

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Remove the wires; refuse one that is not there."""
        missing = first_missing(graph.connections, self.keys)
        if missing is not None:
            raise ChangeRefusedError("There is no such wire.", where=" ".join(missing))
        taken, places = take(graph.connections, set(self.keys))
        graph._wires_removed(taken.values())
        return Connect(tuple(taken.values()), places), GraphChanged(wires=frozenset(taken))


@dataclass(frozen=True, slots=True)
class ReplaceWires:
    """Put new values in the stead of wires with the same ends: how they are drawn, kept in their extra keys."""

    connections: tuple[Connection, ...]
    what: str = "Edit wire"

    @property
    def label(self) -> str:
        """Return what the edit does."""
        number = len(self.connections)
        return self.what if number == 1 else f"{self.what} ({number} wires)"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the wires; refuse one that is not there."""
        keys = tuple(wire.key for wire in self.connections)
        missing = first_missing(graph.connections, keys)
        if missing is not None:
            raise ChangeRefusedError("There is no such wire.", where=" ".join(missing))
        before = tuple(graph.connections[key] for key in keys)
        entries = dict(zip(keys, self.connections, strict=True))
        graph.connections.update(entries)
        graph._wires_revalued(entries)
        return ReplaceWires(before, self.what), GraphChanged(wires=frozenset(keys))
