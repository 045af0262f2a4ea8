"""The places of everything in one graph, kept true by the facts the graph sends."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from copy import copy
from itertools import islice
from operator import add, attrgetter
from typing import NamedTuple

from casare.app.editing.node_looks import COLLAPSED, HIDES_UNUSED
from casare.app.editing.wire_looks import portal_of, waypoints_of
from casare.catalog import Catalog, NodePorts
from casare.events import GraphChanged
from casare.foundation.collection import without_collection
from casare.foundation.rect import Rect
from casare.model import Connection, Frame, Graph, Node, WireKey
from casare.ui.geometry.card import Card, CardShape, CardSizes, shown_ports
from casare.ui.geometry.course_boxes import course_boxes
from casare.ui.geometry.folding import NOT_FOLDED, FoldedShape, fold
from casare.ui.geometry.grid_index import GridIndex
from casare.ui.geometry.metrics import WAYPOINT_RADIUS
from casare.ui.geometry.plain_cards import plain_cards
from casare.ui.geometry.portals import portal_tags
from casare.ui.geometry.unplaced import UnplacedWires, pieces_between, reach_between
from casare.ui.geometry.wire import Course, Point, box_around, course, course_through
from casare.ui.geometry.wire_index import Places, WireIndex, is_long

_WIDTH, _HEIGHT = attrgetter("width"), attrgetter("height")
_NODE_CELL = 400
_DOT = WAYPOINT_RADIUS + 2
"""Room for the dots, which may lie at the edge of a course (scene px)."""
_AROUND = 64
"""How much further than asked the ends of wires are looked for before all wires have their places (scene px)."""


class Redraw(NamedTuple):
    """What an edit made stale: a rectangle (scene px; None for nothing), and the wires whose course may differ."""

    area: Rect | None
    wires: set[WireKey]


class GraphGeometry:
    """Cards and wires of a graph, with what it takes to find them by place.

    `follow` must be called with every fact the graph sends. It answers with what has to be drawn again. With `wires`
    off only cards have their places at first, and `complete` gives the wires theirs.
    """

    def __init__(self, graph: Graph, catalog: Catalog, *, wires: bool = True) -> None:
        self._graph = graph
        self._catalog = catalog
        self._shapes: dict[Hashable, tuple[NodePorts, CardShape]] = {}
        self._node_index: GridIndex[str] = GridIndex(_NODE_CELL)
        self._wire_index = WireIndex()
        self._unplaced: UnplacedWires | None = None
        self._bounds: Rect | None = None
        self._bounds_known = False
        self._ranks: dict[str, int] = {}
        self.cards: dict[str, Card] = {}
        self._any_hidden = False
        self.folding = NOT_FOLDED
        """What folded frames hide. A hidden node has the card of the box, and is not found by place."""
        self._place_cards()
        if wires:
            self.complete()
            # The first edit would otherwise have to wait for the index of the wires of each node.
            graph.incoming("")

    def ask(self, catalog: Catalog) -> None:
        """Ask another catalog from now on, one that gives the same ports to what is there."""
        self._catalog = catalog

    def twin(self) -> GraphGeometry:
        """Return the places of the same graph for another view of it, which must `follow` on its own."""
        self.complete()
        made = copy(self)
        # Values are shared, what is written to is not.
        made._shapes, made._ranks, made.cards = dict(self._shapes), dict(self._ranks), dict(self.cards)
        made._node_index, made._wire_index = self._node_index.twin(), self._wire_index.twin()
        return made

    def rebuild(self) -> None:
        """Work everything out anew, as when the catalog has changed."""
        self._place_cards()
        self.complete()

    @property
    def is_complete(self) -> bool:
        """Tell whether every wire has its place. Until then a wire is found by its ends, not by what it crosses."""
        return self._unplaced is None

    def complete(self, at_most: int | None = None) -> None:
        """Give the wires their places, or the next `at_most` of them: 1,000 take about 2 ms."""
        unplaced = self._unplaced
        if unplaced is None:
            return
        with without_collection():
            ready = unplaced.place(at_most)
        if ready is not None:
            self._wire_index, self._unplaced = ready, None

    def follow(self, fact: GraphChanged) -> Redraw:
        """Bring the places up to date with an edit and return what to draw again."""
        # The wires as they were, whose places this edit starts from.
        self.complete()
        dirty: list[Rect] = []
        graph = self._graph
        wired = {end for key in fact.wires for end in (key[0], key[2])}
        stale_nodes = fact.nodes | fact.moved | wired
        # What only moved keeps its shape.
        moved = fact.moved - fact.nodes - wired
        folding = self.folding
        boxed = bool(fact.frames or fact.notes)
        if fact.frames or (folding.boxes and (fact.notes or not folding.listed.isdisjoint(stale_nodes))):
            stale_nodes |= self._refold(dirty)
            boxed, moved = True, frozenset()
        wires: set[WireKey] = set(fact.wires)
        for node_id in stale_nodes:
            wires.update(graph.incoming(node_id))
            wires.update(graph.outgoing(node_id))
            if node_id in self.cards:
                dirty.append(self.cards[node_id].rect)
        cards = self.cards
        places = list(dirty)
        # From the index, because what a wire went by before is not known any more.
        dirty += [Rect(*box) for key in wires if (box := self._wire_index.box(key)) is not None]
        added = {node_id for node_id in stale_nodes if node_id in graph.nodes and node_id not in cards}
        for node_id in stale_nodes:
            if node_id in graph.nodes:
                self._place(node_id, keeps_shape=node_id in moved)
                places.append(cards[node_id].rect)
            elif cards.pop(node_id, None) is not None:
                self._node_index.remove(node_id)
                del self._ranks[node_id]
        if added:
            self._rank(added)
        for key in wires:
            if key not in graph.connections or self.folding.joins(key[0], key[2]):
                self._wire_index.remove(key)
            else:
                box, pieces = self._places_of(key)
                self._wire_index.insert(key, box, pieces)
                dirty.append(Rect(*box))
        dirty += places
        if boxed or not self._are_inside(places):
            self._bounds_known = False
        return Redraw(Rect.around(dirty), wires)

    def nodes_in(self, rect: Rect) -> list[str]:
        """Return the nodes whose cards touch `rect`, lowest first: what came later lies on top."""
        return sorted(self._node_index.query(rect), key=self._ranks.__getitem__)

    def nodes_within(self, rect: Rect) -> set[str]:
        """Return the nodes whose cards lie wholly inside `rect`, in no order."""
        return self._node_index.within(rect)

    def nodes_touching(self, rect: Rect) -> set[str]:
        """Return the nodes whose cards touch `rect`, in no order: quicker than `nodes_in` for many."""
        return self._node_index.query(rect)

    def wires_near(self, rect: Rect) -> set[WireKey]:
        """Return the wires that may touch `rect`: those whose reach does, or a part of it where they are long.

        Before the geometry is complete those with an end in `rect` have to do, which is what a first painting needs.
        """
        if self._unplaced is not None:
            return self._unplaced.between(self._node_index.query(rect.grown(_AROUND)))
        return self._wire_index.query(rect)

    def wires_at(self, node_id: str) -> Sequence[WireKey]:
        """Return the wires with an end at a node, each once."""
        early = self._unplaced.at(node_id) if self._unplaced is not None else None
        if early is not None:
            return early
        return (*self._graph.incoming(node_id), *self._graph.outgoing(node_id))

    def course_of(self, key: WireKey, offsets: Collection[str] = (), shift: tuple[float, float] = (0, 0)) -> Course:
        """Return the course of a wire; nodes in `offsets` are taken to stand `shift` px from their place."""
        source, target = self.cards[key[0]], self.cards[key[2]]
        if source.node_id in offsets:
            source = source._replace(x=source.x + shift[0], y=source.y + shift[1])
        if target.node_id in offsets:
            target = target._replace(x=target.x + shift[0], y=target.y + shift[1])
        points = self.waypoints(key)
        if points:
            if source.node_id in offsets and target.node_id in offsets:
                points = tuple((x + shift[0], y + shift[1]) for x, y in points)
            return course_through(source.port_at(key[1], True), target.port_at(key[3], False), points)
        return course(source.port_at(key[1], True), target.port_at(key[3], False), source.rect, target.rect)

    def waypoints(self, key: WireKey) -> tuple[Point, ...]:
        """Return the points a wire goes by."""
        wire = self._graph.connections.get(key)
        return waypoints_of(wire.extra) if wire is not None and wire.extra else ()

    def is_portal(self, key: WireKey) -> bool:
        """Tell whether a wire is shown as two tags."""
        wire = self._graph.connections.get(key)
        return wire is not None and bool(wire.extra) and bool(portal_of(wire.extra))

    def frame_rect(self, frame: Frame) -> Rect:
        """Return where a frame is seen: its area, or the box it is folded to."""
        box = self.folding.boxes.get(frame.id)
        return box.rect if box is not None else Rect(*frame.position, *frame.size)

    def reach_of(self, key: WireKey) -> Rect:
        """Return a rectangle that holds the course of a wire, and its tags where it is a portal."""
        wire = self._graph.connections.get(key)
        if wire is not None and wire.extra:
            return self._reach_of_special(wire)
        return reach_between(key, self.cards)

    def bounds(self) -> Rect | None:
        """Return the rectangle around all cards, frames and notes; None for an empty canvas."""
        if not self._bounds_known:
            graph = self._graph
            hidden = self.folding
            boxes = [self.frame_rect(frame) for frame in graph.frames.values() if frame.id not in hidden.frames]
            boxes += [Rect(*note.position, *note.size) for note in graph.notes.values() if note.id not in hidden.notes]
            around = self._around_cards()
            self._bounds = Rect.around(boxes if around is None else (around, *boxes))
            self._bounds_known = True
        return self._bounds

    def bounds_of(self, node_ids: Iterable[str]) -> Rect | None:
        """Return the rectangle around the cards of these nodes."""
        return Rect.around(self.cards[one].rect for one in node_ids if one in self.cards)

    def sizes(self) -> CardSizes:
        """Return width and height of every card (scene px)."""
        return CardSizes(self.cards)

    def _around_cards(self) -> Rect | None:
        # A column at a time, because this runs after every edit.
        if not self.cards:
            return None
        _, xs, ys, shapes = zip(*self.cards.values(), strict=True)
        left, top = min(xs), min(ys)
        right = max(map(add, xs, map(_WIDTH, shapes)))
        bottom = max(map(add, ys, map(_HEIGHT, shapes)))
        return Rect(left, top, right - left, bottom - top)

    def _place_cards(self) -> None:
        graph = self._graph
        self._shapes = {}
        self._ranks = {node_id: rank for rank, node_id in enumerate(graph.nodes)}
        self._node_index = GridIndex(_NODE_CELL)
        self._bounds_known = False
        self.folding = fold(graph, self._ports)
        self._any_hidden = bool(self.folding.owner)
        hidden = self.folding.owner
        with without_collection():
            self.cards, others = plain_cards(graph, self._catalog, self._shape)
            for node_id in graph.nodes if hidden else others:
                self.cards[node_id] = self._card(graph.nodes[node_id])
            self._node_index.fill(
                {
                    card[0]: (card[1], card[2], card[3].width, card[3].height)
                    for card in self.cards.values()
                    if not hidden or card[0] not in hidden
                }
            )
            self._unplaced = self._unplaced_wires()

    def _unplaced_wires(self) -> UnplacedWires:
        """Return the wires whose places are still to be worked out, with the places of those that are special."""
        wires = self._graph.connections
        if self._any_hidden:
            joins = self.folding.joins
            return UnplacedWires(
                (), {key: self._places_of(key) for key in wires if not joins(key[0], key[2])}, self.cards
            )
        special = {key: self._places_of(key) for key, wire in wires.items() if wire[4]}
        plain = [key for key in wires if key not in special] if special else wires
        return UnplacedWires(plain, special, self.cards)

    def _are_inside(self, places: Iterable[Rect]) -> bool:
        """Tell whether none of these places of cards, before or after an edit, decides how far the graph reaches."""
        if not self._bounds_known or self._bounds is None:
            return False
        left, top, width, height = self._bounds
        right, bottom = left + width, top + height
        return all(x > left and y > top and x + wide < right and y + high < bottom for x, y, wide, high in places)

    def _place(self, node_id: str, *, keeps_shape: bool) -> None:
        node, known = self._graph.nodes[node_id], self.cards.get(node_id)
        if keeps_shape and known is not None and node_id not in self.folding.owner:
            card = Card(node_id, node.position[0], node.position[1], known.shape)
        else:
            card = self._card(node)
        self.cards[node_id] = card
        if node_id in self.folding.owner:
            self._node_index.remove(node_id)
        else:
            self._node_index.insert(node_id, card.rect)

    def _refold(self, dirty: list[Rect]) -> frozenset[str]:
        """Work out anew what folded frames hide; return the nodes whose card may be another."""
        before = self.folding
        self.folding = fold(self._graph, self._ports)
        self._any_hidden = bool(self.folding.owner)
        for folding in (before, self.folding):
            dirty += [box.rect for box in folding.boxes.values()]
        return frozenset(before.owner) | frozenset(self.folding.owner)

    def _places_of(self, key: WireKey) -> Places:
        """Return where the index of wires finds one."""
        box = self.reach_of(key)
        if not is_long(box):
            return box, ()
        wire = self._graph.connections[key]
        if not wire.extra:
            return box, pieces_between(key, self.cards)
        if portal_of(wire.extra):
            tags = portal_tags(self, self._graph, key)
            return box, (tags.source, tags.target) if tags is not None else ()
        return box, [one.grown(_DOT) for one in course_boxes(self.course_of(key))]

    def _reach_of_special(self, wire: Connection) -> Rect:
        key = wire.key
        if portal_of(wire.extra):
            tags = portal_tags(self, self._graph, key)
            return tags.rect if tags is not None else Rect(0, 0, 0, 0)
        return box_around(self.course_of(key)).grown(_DOT)

    def _ports(self, node: Node) -> NodePorts:
        graph = self._graph
        return self._catalog.ports(
            node.type,
            node.config,
            [key[3] for key in graph.incoming(node.id)],
            [key[1] for key in graph.outgoing(node.id)],
        )

    def _reduced(self, node: Node, ports: NodePorts) -> CardShape | None:
        """Return the shape of a card that hides ports, or of the box it is hidden by; None for a plain one."""
        owner = self.folding.owner.get(node.id)
        if owner is not None:
            return FoldedShape(ports, self.folding.boxes[owner], node.id)
        collapsed, hides = node.extra.get(COLLAPSED) is True, node.extra.get(HIDES_UNUSED) is True
        if not (collapsed or hides):
            return None
        wired = {(port.name, False) for key in self._graph.incoming(node.id) if (port := ports.input(key[3]))}
        wired |= {(port.name, True) for key in self._graph.outgoing(node.id) if (port := ports.output(key[1]))}
        shown = shown_ports(ports, wired, collapsed=collapsed)
        known = self._shapes.get((id(ports), shown, collapsed))
        if known is None:
            known = (ports, CardShape(ports, shown, collapsed=collapsed))
            self._shapes[id(ports), shown, collapsed] = known
        return known[1]

    def _card(self, node: Node) -> Card:
        node_id, type_id, config, (x, y), _, extra = node
        graph = self._graph
        ports = self._catalog.ports(
            type_id,
            config,
            [key[3] for key in graph.incoming(node_id)],
            [key[1] for key in graph.outgoing(node_id)],
        )
        if extra or self._any_hidden:
            shape = self._reduced(node, ports)
            if shape is not None:
                owner = self.folding.owner.get(node_id)
                if owner is not None:
                    x, y = self.folding.boxes[owner].rect[:2]
                return Card(node_id, x, y, shape)
        return Card(node_id, x, y, self._shape(ports))

    def _shape(self, ports: NodePorts) -> CardShape:
        # By identity, because the catalog hands the same object to every node of one shape; held, so that no other
        # object can come to the same address.
        found = self._shapes.get(id(ports))
        if found is None:
            found = self._shapes[id(ports)] = (ports, CardShape(ports))
        return found[1]

    def _rank(self, added: set[str]) -> None:
        """Give new nodes their place in the pile: that of the document, where later lies on top."""
        nodes = self._graph.nodes
        last = list(islice(reversed(nodes), len(added)))
        if added.issuperset(last) and len(self.cards) > len(added):
            top = self._ranks[next(islice(reversed(nodes), len(added), None))]
            self._ranks.update((node_id, top + place) for place, node_id in enumerate(reversed(last), 1))
        else:
            self._ranks = {node_id: rank for rank, node_id in enumerate(nodes)}
