"""The graph: nodes, wires, frames and notes with the indexes that keep every look-up O(degree)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.foundation.signal import Signal
from casare.model.values import Connection, Frame, Node, Note, Unreadable, WireKey

if TYPE_CHECKING:
    from casare.model.changes import Change

_NO_WIRES: Mapping[WireKey, Connection] = {}


class Graph:
    """One workflow. Read its mappings freely; change it only through `apply`.

    The order of nodes and connections is the order of the file, and an undo restores it too. Every connection has both
    ends in `nodes`. `changed` is emitted once for each applied change, after it is complete.
    """

    __slots__ = (
        "__weakref__",
        "_incoming",
        "_outgoing",
        "changed",
        "connections",
        "extra",
        "frames",
        "metadata",
        "nodes",
        "notes",
        "settings",
        "unreadable",
        "variables",
    )

    def __init__(
        self,
        nodes: Iterable[Node] = (),
        connections: Iterable[Connection] = (),
        *,
        frames: Iterable[Frame] = (),
        notes: Iterable[Note] = (),
        metadata: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        unreadable: Unreadable | None = None,
    ) -> None:
        """Build in bulk. The caller vouches that ids are unique and that connections have both ends."""
        self.nodes: dict[str, Node] = {node.id: node for node in nodes}
        self.connections: dict[WireKey, Connection] = {wire[:4]: wire for wire in connections}
        self.frames: dict[str, Frame] = {frame.id: frame for frame in frames}
        self.notes: dict[str, Note] = {note.id: note for note in notes}
        self.metadata: Mapping[str, Any] = metadata or {}
        self.variables: Mapping[str, Any] = variables or {}
        self.settings: Mapping[str, Any] = settings or {}
        self.extra: Mapping[str, Any] = extra or {}
        """Top-level keys of the file that casare does not know; a known key with an empty value marks its presence."""
        self.unreadable = unreadable or Unreadable()
        self.changed: Signal[[GraphChanged]] = Signal()
        self._incoming: dict[str, dict[WireKey, Connection]] = {}
        self._outgoing: dict[str, dict[WireKey, Connection]] = {}
        self._index(self.connections)

    def apply(self, change: Change) -> Change:
        """Carry out `change`, tell the listeners once, and return the change that takes it back.

        Raises ChangeRefusedError, with the graph as it was, when the change does not fit the graph.
        """
        inverse, fact = change.carry_out(self)
        self.changed.emit(fact)
        return inverse

    def incoming(self, node_id: str) -> Mapping[WireKey, Connection]:
        """Return the wires that end at a node, in the order they were made."""
        return self._incoming.get(node_id, _NO_WIRES)

    def outgoing(self, node_id: str) -> Mapping[WireKey, Connection]:
        """Return the wires that start at a node, in the order they were made."""
        return self._outgoing.get(node_id, _NO_WIRES)

    def wires_of(self, node_ids: Iterable[str]) -> list[Connection]:
        """Return every wire with at least one end at these nodes, each once, in the order of the file."""
        wanted = set(node_ids)
        found: dict[WireKey, Connection] = {}
        for node_id in wanted:
            found.update(self.incoming(node_id))
            found.update(self.outgoing(node_id))
        if len(found) < 2:
            return list(found.values())
        if len(found) * 8 < len(self.connections):
            return list(found.values())
        return [wire for key, wire in self.connections.items() if key in found]

    def copy(self) -> Graph:
        """Return a snapshot that shares the values and none of the containers; listeners are not copied."""
        twin = Graph.__new__(Graph)
        twin.nodes = dict(self.nodes)
        twin.connections = dict(self.connections)
        twin.frames = dict(self.frames)
        twin.notes = dict(self.notes)
        twin.metadata, twin.variables, twin.settings = self.metadata, self.variables, self.settings
        twin.extra, twin.unreadable = self.extra, self.unreadable
        twin.changed = Signal()
        twin._incoming = {node_id: dict(wires) for node_id, wires in self._incoming.items()}
        twin._outgoing = {node_id: dict(wires) for node_id, wires in self._outgoing.items()}
        return twin

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same values in the same order."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            list(self.nodes.values()) == list(other.nodes.values())
            and list(self.connections.values()) == list(other.connections.values())
            and list(self.frames.values()) == list(other.frames.values())
            and list(self.notes.values()) == list(other.notes.values())
            and self.metadata == other.metadata
            and self.variables == other.variables
            and self.settings == other.settings
            and self.extra == other.extra
            and self.unreadable == other.unreadable
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def name(self) -> str:
        """Return the workflow's name from its metadata, or an empty string."""
        name = self.metadata.get("name")
        return name if isinstance(name, str) else ""

    def bounds_of_origins(self) -> Rect | None:
        """Return the rectangle around all node positions, without the size of the cards; None when empty."""
        return Rect.around(Rect(*node.position, 0, 0) for node in self.nodes.values())

    def _index(self, wires: Mapping[WireKey, Connection]) -> None:
        incoming, outgoing = self._incoming, self._outgoing
        for key, wire in wires.items():
            source, target = wire.source_node, wire.target_node
            if source in outgoing:
                outgoing[source][key] = wire
            else:
                outgoing[source] = {key: wire}
            if target in incoming:
                incoming[target][key] = wire
            else:
                incoming[target] = {key: wire}

    def _unindex(self, wire: Connection) -> None:
        for index, node_id in ((self._outgoing, wire.source_node), (self._incoming, wire.target_node)):
            wires = index[node_id]
            del wires[wire[:4]]
            if not wires:
                del index[node_id]
