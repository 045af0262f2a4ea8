"""The graph: nodes, wires, frames and notes with the indexes that keep every look-up O(degree)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.foundation.signal import Signal
from casare.model.subflows import Subflow
from casare.model.values import Connection, Frame, Node, Note, Unreadable, WireKey

if TYPE_CHECKING:
    from casare.model.changes import Change

_NO_WIRES: Mapping[WireKey, Connection] = {}


class Graph:
    """One workflow. Read its mappings freely; change it only through `apply`.

    The order of nodes and connections is the order of the file, and an undo restores it too. Every connection has both
    ends in `nodes`, and they differ. `changed` is emitted once for each applied change, after it is complete.
    """

    __slots__ = (
        "__weakref__",
        "_index",
        "applied",
        "changed",
        "connections",
        "extra",
        "frames",
        "metadata",
        "nodes",
        "notes",
        "settings",
        "subflows",
        "unreadable",
        "variables",
    )

    def __init__(
        self,
        nodes: Iterable[Node] | dict[str, Node] = (),
        connections: Iterable[Connection] | dict[WireKey, Connection] = (),
        *,
        frames: Iterable[Frame] = (),
        notes: Iterable[Note] = (),
        metadata: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        unreadable: Unreadable | None = None,
    ) -> None:
        """Build in bulk, from values or from dicts of them by id and key.

        The caller vouches that ids are unique and that connections join two nodes of the graph.
        """
        self.nodes: dict[str, Node] = dict(nodes) if isinstance(nodes, dict) else {node.id: node for node in nodes}
        self.connections: dict[WireKey, Connection] = (
            dict(connections) if isinstance(connections, dict) else {wire[:4]: wire for wire in connections}
        )
        self.frames: dict[str, Frame] = {frame.id: frame for frame in frames}
        self.notes: dict[str, Note] = {note.id: note for note in notes}
        self.metadata: Mapping[str, Any] = metadata or {}
        self.variables: Mapping[str, Any] = variables or {}
        self.settings: Mapping[str, Any] = settings or {}
        self.extra: Mapping[str, Any] = extra or {}
        """Top-level keys of the file that casare does not know; a known key with an empty value marks its presence."""
        self.unreadable = unreadable or Unreadable()
        self.applied: Signal[[Change]] = Signal()
        """Each change right after it was carried out, before `changed`: what a journal writes down."""
        self.subflows: dict[str, Subflow] = {}
        """The subgraphs of the document by id. One dict, shared by the outermost graph and the graphs inside all."""
        self.changed: Signal[[GraphChanged]] = Signal()
        self._index: _Index | None = None

    def apply(self, change: Change, *, before_telling: Callable[[Change], None] | None = None) -> Change:
        """Carry out `change`, tell the listeners once, and return the change that takes it back.

        `before_telling` is given that inverse first, so that a history has it whatever a listener does or raises.
        Raises ChangeRefusedError, with the graph as it was, when the change does not fit the graph.
        """
        inverse, fact = change.carry_out(self)
        if before_telling is not None:
            before_telling(inverse)
        if len(self.applied):
            self.applied.emit(change)
        self.changed.emit(fact)
        return inverse

    def incoming(self, node_id: str) -> Mapping[WireKey, Connection]:
        """Return the wires that end at a node, in the order of the file."""
        return (self._index or self._make_index()).incoming.get(node_id, _NO_WIRES)

    def outgoing(self, node_id: str) -> Mapping[WireKey, Connection]:
        """Return the wires that start at a node, in the order of the file."""
        return (self._index or self._make_index()).outgoing.get(node_id, _NO_WIRES)

    def wires_of(self, node_ids: Iterable[str]) -> list[Connection]:
        """Return every wire with at least one end at these nodes, each once, node by node in the order given."""
        found: dict[WireKey, Connection] = {}
        for node_id in node_ids:
            found.update(self.incoming(node_id))
            found.update(self.outgoing(node_id))
        return list(found.values())

    def copy(self) -> Graph:
        """Return a snapshot that shares the values and none of the containers; listeners are not copied.

        It has the subgraphs too, so that one of a graph inside a document is a document of its own.
        """
        twin = self._copied()
        for one in self.subflows.values():
            inner = one.graph._copied()
            inner.subflows = twin.subflows
            twin.subflows[one.id] = Subflow(one.id, one.interface, inner)
        return twin

    def _copied(self) -> Graph:
        twin = Graph.__new__(Graph)
        twin.nodes = dict(self.nodes)
        twin.connections = dict(self.connections)
        twin.frames = dict(self.frames)
        twin.notes = dict(self.notes)
        twin.metadata, twin.variables, twin.settings = self.metadata, self.variables, self.settings
        twin.extra, twin.unreadable = self.extra, self.unreadable
        twin.applied, twin.changed = Signal(), Signal()
        twin.subflows = {}
        twin._index = None
        return twin

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same values in the same order."""
        if not isinstance(other, Graph):
            return NotImplemented
        mine, theirs = self.subflows, other.subflows
        return (
            self.holds_what(other)
            and [*mine] == [*theirs]
            and all(one.interface == theirs[key].interface for key, one in mine.items())
            and all(one.graph.holds_what(theirs[key].graph) for key, one in mine.items())
        )

    def holds_what(self, other: Graph) -> bool:
        """Tell whether both hold the same values in the same order, subgraphs aside."""
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

    def _make_index(self) -> _Index:
        # Only when first asked: a snapshot that is written to a file never is.
        index = self._index = _Index()
        index.add(self.connections)
        return index

    def _wires_added(self, wires: Mapping[WireKey, Connection], *, at_end: bool) -> None:
        """Take note of new entries of `connections`. Only changes call this."""
        if self._index is None:
            return
        if at_end:
            self._index.add(wires)
        else:
            self._index.restore(wires, self.connections)

    def _wires_removed(self, wires: Iterable[Connection]) -> None:
        """Take note of entries taken out of `connections`. Only changes call this."""
        if self._index is not None:
            self._index.discard(wires)

    def _wires_replaced(self) -> None:
        """Take note of other `connections` altogether. Only changes call this."""
        self._index = None

    def _wires_revalued(self, wires: Mapping[WireKey, Connection]) -> None:
        """Take note of new values for entries of `connections`. Only changes call this."""
        if self._index is not None:
            for key, wire in wires.items():
                self._index.outgoing[key[0]][key] = self._index.incoming[key[2]][key] = wire


class _Index:
    """The wires of each node that has any, by their end and by their start, in the order of the file."""

    __slots__ = ("incoming", "outgoing")

    def __init__(self) -> None:
        self.incoming: dict[str, dict[WireKey, Connection]] = {}
        self.outgoing: dict[str, dict[WireKey, Connection]] = {}

    def add(self, wires: Mapping[WireKey, Connection]) -> None:
        """Add wires that come after all the others."""
        incoming, outgoing = self.incoming, self.outgoing
        for key, wire in wires.items():
            source, _, target, _ = key
            if source in outgoing:
                outgoing[source][key] = wire
            else:
                outgoing[source] = {key: wire}
            if target in incoming:
                incoming[target][key] = wire
            else:
                incoming[target] = {key: wire}

    def restore(self, wires: Mapping[WireKey, Connection], every: Mapping[WireKey, Connection]) -> None:
        """Add wires that came between others of `every`, bringing those of the same nodes into order again."""
        sources = {key[0]: self.outgoing.setdefault(key[0], {}) for key in wires}
        targets = {key[2]: self.incoming.setdefault(key[2], {}) for key in wires}
        for held in (*sources.values(), *targets.values()):
            held.clear()
        for key, wire in every.items():
            if key[0] in sources:
                sources[key[0]][key] = wire
            if key[2] in targets:
                targets[key[2]][key] = wire

    def discard(self, wires: Iterable[Connection]) -> None:
        """Take wires out."""
        for wire in wires:
            for held, node_id in ((self.outgoing, wire.source_node), (self.incoming, wire.target_node)):
                of_node = held[node_id]
                del of_node[wire[:4]]
                if not of_node:
                    del held[node_id]
