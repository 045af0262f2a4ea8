"""The places of everything in one graph, kept true by the facts the graph sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from casare.catalog import Catalog, NodePorts
from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.model import Connection, Graph, WireKey
from casare.ui.geometry.card import Card, CardShape
from casare.ui.geometry.grid_index import GridIndex
from casare.ui.geometry.wire import Course, course, reach

_NODE_CELL = 400
_WIRE_CELL = 800


class Redraw(NamedTuple):
    """What an edit made stale: a rectangle (scene px; None for nothing), and the wires whose course may differ."""

    area: Rect | None
    wires: set[WireKey]


class GraphGeometry:
    """Cards and wires of a graph, with what it takes to find them by place.

    `follow` must be called with every fact the graph sends. It answers with what has to be drawn again.
    """

    def __init__(self, graph: Graph, catalog: Catalog) -> None:
        self._graph = graph
        self._catalog = catalog
        self._shapes: dict[int, tuple[NodePorts, CardShape]] = {}
        self._node_index: GridIndex[str] = GridIndex(_NODE_CELL)
        self._wire_index: GridIndex[WireKey] = GridIndex(_WIRE_CELL)
        self._bounds: Rect | None = None
        self._bounds_known = False
        self._ranks: dict[str, int] = {}
        self.cards: dict[str, Card] = {}
        self.rebuild()

    def rebuild(self) -> None:
        """Work everything out anew."""
        self.cards = {}
        self._ranks = {}
        self._node_index = GridIndex(_NODE_CELL)
        self._wire_index = GridIndex(_WIRE_CELL)
        self._bounds_known = False
        for node_id in self._graph.nodes:
            self._place(node_id)
        for wire in self._graph.connections.values():
            self._wire_index.insert(wire.key, self._wire_reach(wire))

    def follow(self, fact: GraphChanged) -> Redraw:
        """Bring the places up to date with an edit and return what to draw again."""
        dirty: list[Rect] = []
        graph = self._graph
        wired = {end for key in fact.wires for end in (key[0], key[2])}
        stale_nodes = fact.nodes | fact.moved | wired
        wires: set[WireKey] = set(fact.wires)
        for node_id in stale_nodes:
            wires.update(graph.incoming(node_id))
            wires.update(graph.outgoing(node_id))
            if node_id in self.cards:
                dirty.append(self.cards[node_id].rect)
        dirty += [box for key in wires if (box := self._known_reach(key)) is not None]
        for node_id in stale_nodes:
            if node_id in graph.nodes:
                self._place(node_id)
                dirty.append(self.cards[node_id].rect)
            elif self.cards.pop(node_id, None) is not None:
                self._node_index.remove(node_id)
        for key in wires:
            wire = graph.connections.get(key)
            if wire is None:
                self._wire_index.remove(key)
            else:
                box = self._wire_reach(wire)
                self._wire_index.insert(key, box)
                dirty.append(box)
        self._bounds_known = False
        return Redraw(Rect.around(dirty), wires)

    def nodes_in(self, rect: Rect) -> list[str]:
        """Return the nodes whose cards touch `rect`, lowest first: what came later lies on top."""
        cards = self.cards
        found = self._node_index.query(rect)
        x, y, width, height = rect
        right, bottom = x + width, y + height
        hits = [
            node_id
            for node_id in found
            if (card := cards[node_id]).x <= right
            and card.y <= bottom
            and card.x + card.shape.width >= x
            and card.y + card.shape.height >= y
        ]
        hits.sort(key=self._ranks.__getitem__)
        return hits

    def wires_near(self, rect: Rect) -> set[WireKey]:
        """Return the wires that may touch `rect`."""
        return self._wire_index.query(rect)

    def course_of(self, key: WireKey, offsets: Collection[str] = (), shift: tuple[float, float] = (0, 0)) -> Course:
        """Return the course of a wire; nodes in `offsets` are taken to stand `shift` px from their place."""
        source, target = self.cards[key[0]], self.cards[key[2]]
        if source.node_id in offsets:
            source = source._replace(x=source.x + shift[0], y=source.y + shift[1])
        if target.node_id in offsets:
            target = target._replace(x=target.x + shift[0], y=target.y + shift[1])
        return course(source.port_at(key[1], True), target.port_at(key[3], False), source.rect, target.rect)

    def bounds(self) -> Rect | None:
        """Return the rectangle around all cards, frames and notes; None for an empty canvas."""
        if not self._bounds_known:
            graph = self._graph
            boxes: Iterable[Rect] = [
                *(card.rect for card in self.cards.values()),
                *(Rect(*frame.position, *frame.size) for frame in graph.frames.values()),
                *(Rect(*note.position, *note.size) for note in graph.notes.values()),
            ]
            self._bounds = Rect.around(boxes)
            self._bounds_known = True
        return self._bounds

    def bounds_of(self, node_ids: Iterable[str]) -> Rect | None:
        """Return the rectangle around the cards of these nodes."""
        return Rect.around(self.cards[one].rect for one in node_ids if one in self.cards)

    def _place(self, node_id: str) -> None:
        graph = self._graph
        node = graph.nodes[node_id]
        ports = self._catalog.ports(
            node.type,
            node.config,
            [wire.target_port for wire in graph.incoming(node_id).values()],
            [wire.source_port for wire in graph.outgoing(node_id).values()],
        )
        # By identity, because the catalog hands the same object to every node of one shape; held, so that no other
        # object can come to the same address.
        found = self._shapes.get(id(ports))
        if found is None:
            found = self._shapes[id(ports)] = (ports, CardShape(ports))
        card = Card(node_id, node.position[0], node.position[1], found[1])
        self.cards[node_id] = card
        self._ranks.setdefault(node_id, len(self._ranks))
        self._node_index.insert(node_id, card.rect)

    def _wire_reach(self, wire: Connection) -> Rect:
        source, target = self.cards[wire.source_node], self.cards[wire.target_node]
        return reach(
            source.port_at(wire.source_port, True), target.port_at(wire.target_port, False), source.rect, target.rect
        )

    def _known_reach(self, key: WireKey) -> Rect | None:
        source, target = self.cards.get(key[0]), self.cards.get(key[2])
        if source is None or target is None:
            return None
        return reach(source.port_at(key[1], True), target.port_at(key[3], False), source.rect, target.rect)
