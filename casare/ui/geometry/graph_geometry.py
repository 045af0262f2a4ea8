"""The places of everything in one graph, kept true by the facts the graph sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import NamedTuple

from casare.catalog import Catalog, NodePorts
from casare.events import GraphChanged
from casare.foundation.rect import Rect
from casare.model import Graph, Node, WireKey
from casare.storage.collection import without_collection
from casare.ui.geometry.card import Card, CardShape
from casare.ui.geometry.grid_index import Box, GridIndex
from casare.ui.geometry.wire import Course, course, forward_reach, reach

_NODE_CELL = 400
_WIRE_CELL = 400


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
        """Work everything out anew, as when the catalog has changed."""
        graph = self._graph
        self._shapes = {}
        self._ranks = {node_id: rank for rank, node_id in enumerate(graph.nodes)}
        self._node_index = GridIndex(_NODE_CELL)
        self._wire_index = GridIndex(_WIRE_CELL)
        self._bounds_known = False
        with without_collection():
            self.cards = {node_id: self._card(node) for node_id, node in graph.nodes.items()}
            self._node_index.fill(
                {card[0]: (card[1], card[2], card[3].width, card[3].height) for card in self.cards.values()}
            )
            self._wire_index.fill(self._reaches())

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
        cards = self.cards
        dirty += [self.reach_of(key) for key in wires if key[0] in cards and key[2] in cards]
        added = {node_id for node_id in stale_nodes if node_id in graph.nodes and node_id not in cards}
        for node_id in stale_nodes:
            if node_id in graph.nodes:
                self._place(node_id)
                dirty.append(cards[node_id].rect)
            elif cards.pop(node_id, None) is not None:
                self._node_index.remove(node_id)
                del self._ranks[node_id]
        if added:
            self._rank(added)
        for key in wires:
            if key not in graph.connections:
                self._wire_index.remove(key)
            else:
                box = self.reach_of(key)
                self._wire_index.insert(key, box)
                dirty.append(box)
        self._bounds_known = False
        return Redraw(Rect.around(dirty), wires)

    def nodes_in(self, rect: Rect) -> list[str]:
        """Return the nodes whose cards touch `rect`, lowest first: what came later lies on top."""
        return sorted(self._node_index.query(rect), key=self._ranks.__getitem__)

    def wires_near(self, rect: Rect) -> set[WireKey]:
        """Return the wires that may touch `rect`: those whose reach does."""
        return self._wire_index.query(rect)

    def course_of(self, key: WireKey, offsets: Collection[str] = (), shift: tuple[float, float] = (0, 0)) -> Course:
        """Return the course of a wire; nodes in `offsets` are taken to stand `shift` px from their place."""
        source, target = self.cards[key[0]], self.cards[key[2]]
        if source.node_id in offsets:
            source = source._replace(x=source.x + shift[0], y=source.y + shift[1])
        if target.node_id in offsets:
            target = target._replace(x=target.x + shift[0], y=target.y + shift[1])
        return course(source.port_at(key[1], True), target.port_at(key[3], False), source.rect, target.rect)

    def reach_of(self, key: WireKey) -> Rect:
        """Return a rectangle that holds the course of a wire."""
        source_id, source_port, target_id, target_port = key
        source, target = self.cards[source_id], self.cards[target_id]
        start, end = source.port_at(source_port, True), target.port_at(target_port, False)
        if start[0] <= end[0]:
            return forward_reach(start, end)
        return reach(start, end, source.rect, target.rect)

    def bounds(self) -> Rect | None:
        """Return the rectangle around all cards, frames and notes; None for an empty canvas."""
        if not self._bounds_known:
            graph = self._graph
            boxes = [Rect(*frame.position, *frame.size) for frame in graph.frames.values()]
            boxes += [Rect(*note.position, *note.size) for note in graph.notes.values()]
            around = self._around_cards()
            self._bounds = Rect.around(boxes if around is None else (around, *boxes))
            self._bounds_known = True
        return self._bounds

    def bounds_of(self, node_ids: Iterable[str]) -> Rect | None:
        """Return the rectangle around the cards of these nodes."""
        return Rect.around(self.cards[one].rect for one in node_ids if one in self.cards)

    def _around_cards(self) -> Rect | None:
        # Without a rectangle for each card, because this runs after every edit.
        cards = self.cards.values()
        if not cards:
            return None
        left, top = min(card[1] for card in cards), min(card[2] for card in cards)
        right = max(card[1] + card[3].width for card in cards)
        bottom = max(card[2] + card[3].height for card in cards)
        return Rect(left, top, right - left, bottom - top)

    def _reaches(self) -> dict[WireKey, Box]:
        """Return what `reach_of` does for every wire, without its calls: they are half the time of a rebuild."""
        cards = self.cards
        boxes: dict[WireKey, Box] = {}
        for key in self._graph.connections:
            source_id, source_port, target_id, target_port = key
            _, x, y, shape = cards[source_id]
            dx, dy = shape.places.get((source_port, True)) or shape.place(source_port, True)
            left, start = x + dx, y + dy
            _, x, y, shape = cards[target_id]
            dx, dy = shape.places.get((target_port, False)) or shape.place(target_port, False)
            right, end = x + dx, y + dy
            if left <= right:
                boxes[key] = (left, start if start < end else end, right - left, abs(end - start))
            else:
                boxes[key] = self.reach_of(key)
        return boxes

    def _place(self, node_id: str) -> None:
        card = self.cards[node_id] = self._card(self._graph.nodes[node_id])
        self._node_index.insert(node_id, card.rect)

    def _card(self, node: Node) -> Card:
        node_id, type_id, config, (x, y), _, _ = node
        graph = self._graph
        ports = self._catalog.ports(
            type_id,
            config,
            [key[3] for key in graph.incoming(node_id)],
            [key[1] for key in graph.outgoing(node_id)],
        )
        # By identity, because the catalog hands the same object to every node of one shape; held, so that no other
        # object can come to the same address.
        found = self._shapes.get(id(ports))
        if found is None:
            found = self._shapes[id(ports)] = (ports, CardShape(ports))
        return Card(node_id, x, y, found[1])

    def _rank(self, added: set[str]) -> None:
        """Give new nodes their place in the pile: that of the document, where later lies on top."""
        nodes = self._graph.nodes
        last = list(islice(reversed(nodes), len(added)))
        if added.issuperset(last) and len(self.cards) > len(added):
            top = self._ranks[next(islice(reversed(nodes), len(added), None))]
            self._ranks.update((node_id, top + place) for place, node_id in enumerate(reversed(last), 1))
        else:
            self._ranks = {node_id: rank for rank, node_id in enumerate(nodes)}
