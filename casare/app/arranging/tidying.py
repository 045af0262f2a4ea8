"""Tidy a workflow, or a part of it: from a graph to one change that moves nodes, frames and notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from casare.app.arranging.decor import carried_notes, fitted_frames
from casare.app.arranging.ends import Ends, ends_of
from casare.app.arranging.layered import lay_out, stacked
from casare.app.arranging.levels import Level, Link, Part
from casare.app.arranging.measures import CARD_SIZE, FRAME_INSET, FRAME_TITLE, GRID, on_grid, steps_up
from casare.app.arranging.nesting import OUTSIDE, Nest, nest
from casare.app.arranging.obstacles import Obstacles, with_room
from casare.app.arranging.strands import FINE
from casare.catalog import Catalog
from casare.foundation.rect import Rect
from casare.model import Batch, Change, Graph, MoveNodes, ReplaceFrames, ReplaceNotes
from casare.model.values import Point

Sizes = Mapping[str, tuple[float, float]]
"""Width and height of the cards, scene px."""


def tidy(
    graph: Graph,
    catalog: Catalog,
    sizes: Sizes,
    node_ids: Collection[str] | None = None,
    folded: Sizes | None = None,
) -> Change | None:
    """Lay nodes out in columns from left to right, as one step; all nodes, or those given. None when they are tidy.

    Kept are the reading order, the centre of what moves, and nodes pinned by their `pinned` key. A frame keeps its
    nodes together and is fitted round them; a note goes with what it stands nearest to. What stays is not covered.
    `folded` gives the size of frames that are seen as boxes: they take no more room than that.
    """
    chosen = list(graph.nodes) if node_ids is None else _in_order(graph, node_ids)
    if not chosen:
        return None
    plan = _Plan(graph, catalog, sizes, chosen, folded or {})
    moved = {one: place for one, place in plan.placed().items() if graph.nodes[one].position != place}
    fitted = fitted_frames(graph, sizes, plan.nest, moved)
    notes = carried_notes(graph, sizes, moved, fitted) if moved or fitted else ()
    changes: list[Change] = []
    if moved:
        changes.append(MoveNodes(moved))
    if fitted:
        changes.append(ReplaceFrames(fitted))
    if notes:
        changes.append(ReplaceNotes(notes))
    return Batch(tuple(changes), "Tidy") if changes else None


def _in_order(graph: Graph, node_ids: Collection[str]) -> list[str]:
    wanted = set(node_ids)
    return [one for one in graph.nodes if one in wanted]


class _Inside(NamedTuple):
    """A level laid out by itself: its size, and each node in it from its corner, in steps."""

    width: int
    height: int
    places: dict[str, tuple[int, int]]
    before: tuple[float, float]
    """Where the corner of its frame's item stood, (y, x) in scene px."""


class Item(NamedTuple):
    """What stands in a level: a node, or a frame with all that is in it."""

    id: str
    is_frame: bool = False


class _Plan:
    """The levels of one layout, worked out from the innermost frame to the canvas."""

    def __init__(self, graph: Graph, catalog: Catalog, sizes: Sizes, chosen: Sequence[str], folded: Sizes) -> None:
        self.graph = graph
        self.folded = folded
        self.sizes = sizes
        self.nest = nest(graph, chosen)
        self.inside: dict[str, _Inside] = {}
        self.items = _items(self.nest, chosen)
        self.wires: dict[str, list[tuple[Item, Item, Ends]]] = {}
        among = (
            wire
            for wire in graph.connections.values()
            if wire.source_node in self.nest.home and wire.target_node in self.nest.home
        )
        for ends in ends_of(graph, catalog, among):
            level, one, other = _meeting(self.nest, ends.wire.source_node, ends.wire.target_node)
            if one != other:
                self.wires.setdefault(level, []).append((one, other, ends))
        for frame_id in self.nest.inwards:
            self._lay_out_frame(frame_id)

    def placed(self) -> dict[str, Point]:
        """Return the place of every node that is not pinned, in scene px."""
        items = self.items.get(OUTSIDE, [])
        level = self._level(OUTSIDE)
        parts = lay_out(level)
        if not parts:
            return {}
        obstacles = Obstacles(self._staying())
        corners = stacked(parts, frozenset() if obstacles else level.loose)
        free = [(item, corner, part) for part, corner in zip(parts, corners, strict=True) for item in part.places]
        ideal = {
            node_id: ((corner[0] + part.places[item][0] + x) * GRID, (corner[1] + part.places[item][1] + y) * GRID)
            for item, corner, part in free
            for node_id, (x, y) in self._nodes_of(items[item]).items()
        }

        def settled(shift: tuple[int, int]) -> dict[str, Point]:
            found = with_room(parts, corners, level.sizes, shift, obstacles)
            return {
                node_id: (int(found[item][0]) + x * GRID, int(found[item][1]) + y * GRID)
                for item in found
                for node_id, (x, y) in self._nodes_of(items[item]).items()
            }

        now = {node_id: self.graph.nodes[node_id].position for node_id in ideal}
        rests = _rests(now, ideal)
        if rests is not None and settled(rests) == now:
            return now
        return settled(self._shift(now, ideal, items, parts, corners))

    def _shift(
        self,
        now: Mapping[str, Point],
        ideal: Mapping[str, tuple[int, int]],
        items: Sequence[Item],
        parts: Sequence[Part],
        corners: Sequence[tuple[int, int]],
    ) -> tuple[int, int]:
        """Return the way that keeps the middle of what moves, or that brings pinned nodes into their columns."""
        across = [now[one][0] - ideal[one][0] for one in ideal]
        pinned = [
            self.graph.nodes[items[item].id].position[0] - (corner[0] + left) * GRID
            for part, corner in zip(parts, corners, strict=True)
            for item, left in part.fixed.items()
        ]
        down = sum(now[one][1] - ideal[one][1] for one in ideal) / len(ideal)
        wanted = pinned or across
        return on_grid(sum(wanted) / len(wanted)), on_grid(down)

    def _staying(self) -> Iterable[Rect]:
        """Yield what must not be covered: cards that stay, and frames that hold none of those that move."""
        moving = self.nest.home.keys() - self.nest.pinned
        hidden = {one for frame_id in self.folded for one in self.graph.frames[frame_id].node_ids}
        for node_id, node in self.graph.nodes.items():
            if node_id not in moving and node_id not in hidden:
                yield Rect(*node.position, *self.sizes.get(node_id, CARD_SIZE))
        for frame in self.graph.frames.values():
            if frame.node_ids and moving.isdisjoint(frame.node_ids):
                yield Rect(*frame.position, *self.folded.get(frame.id, frame.size))

    def _lay_out_frame(self, frame_id: str) -> None:
        level = self._level(frame_id)
        parts = lay_out(level)
        corners = stacked(parts, level.loose)
        left = top = FRAME_INSET
        top += FRAME_TITLE
        places = {
            node_id: (left + corner[0] + part.places[item][0] + x, top + corner[1] + part.places[item][1] + y)
            for part, corner in zip(parts, corners, strict=True)
            for item in part.places
            for node_id, (x, y) in self._nodes_of(self.items[frame_id][item]).items()
        }
        width = max((x + part.width for part, (x, _) in zip(parts, corners, strict=True)), default=0)
        height = max((y + part.height for part, (_, y) in zip(parts, corners, strict=True)), default=0)
        before = (
            min((y for y, _ in level.before), default=0.0) - top * GRID,
            min((x for _, x in level.before), default=0.0) - left * GRID,
        )
        box = self.folded.get(frame_id)
        width, height = width + 2 * FRAME_INSET, height + top + FRAME_INSET
        if box is not None:
            width, height = steps_up(box[0]), steps_up(box[1])
        self.inside[frame_id] = _Inside(width, height, places, before)

    def _level(self, key: str) -> Level:
        items = self.items.get(key, [])
        number = {one: at for at, one in enumerate(items)}
        wires = self.wires.get(key, ())
        links = [self._link(number[one], number[other], one, other, ends) for one, other, ends in wires]
        nodes = self.graph.nodes
        sizes: list[tuple[int, int]] = []
        before: list[tuple[float, float]] = []
        for one in items:
            inside = self._layout_of(one)
            if inside is not None:
                sizes.append((inside.width, inside.height))
                before.append(inside.before)
            else:
                width, height = self.sizes.get(one.id, CARD_SIZE)
                sizes.append((steps_up(width), steps_up(height)))
                before.append((nodes[one.id].position[1], nodes[one.id].position[0]))
        pinned = frozenset(at for at, one in enumerate(items) if not one.is_frame and one.id in self.nest.pinned)
        loose = frozenset(at for at, one in enumerate(items) if not any(map(self._is_wired, self._nodes_of(one))))
        return Level(sizes, before, links, pinned, loose)

    def _is_wired(self, node_id: str) -> bool:
        return bool(self.graph.incoming(node_id) or self.graph.outgoing(node_id))

    def _link(self, source: int, target: int, one: Item, other: Item, ends: Ends) -> Link:
        wire, source_row, source_rank, target_row, target_rank, control = ends
        above, beneath = self._depth(one, wire.source_node), self._depth(other, wire.target_node)
        rows = (source_row + above, target_row + beneath)
        return Link(source, target, *rows, source_rank + above * FINE, target_rank + beneath * FINE, control)

    def _depth(self, item: Item, node_id: str) -> int:
        """Return how far below the top of an item a node in it stands, in steps."""
        inside = self._layout_of(item)
        # A box shows its ports below its title, wherever behind it the nodes are.
        return inside.places[node_id][1] if inside is not None and item.id not in self.folded else 0

    def _nodes_of(self, item: Item) -> Mapping[str, tuple[int, int]]:
        inside = self._layout_of(item)
        return inside.places if inside is not None else {item.id: (0, 0)}

    def _layout_of(self, item: Item) -> _Inside | None:
        return self.inside[item.id] if item.is_frame else None


def _items(held: Nest, chosen: Sequence[str]) -> dict[str, list[Item]]:
    """Return what stands in each level, in the order of the document; a frame stands where its first node does."""
    items: dict[str, dict[Item, None]] = {}
    for node_id in chosen:
        item, level = Item(node_id), held.home[node_id]
        items.setdefault(level, {}).setdefault(item)
        while level != OUTSIDE:
            item, level = Item(level, True), held.parent[level]
            items.setdefault(level, {}).setdefault(item)
    return {level: list(held_there) for level, held_there in items.items()}


def _meeting(held: Nest, one: str, other: str) -> tuple[str, Item, Item]:
    """Return the innermost level that holds both nodes, and the items of it that hold one and the other."""
    levels = held.home[one], held.home[other]
    if levels[0] == levels[1]:
        return levels[0], Item(one), Item(other)
    way: dict[str, Item] = {}
    item, level = Item(one), levels[0]
    way[level] = item
    while level != OUTSIDE:
        item, level = Item(level, True), held.parent[level]
        way[level] = item
    item, level = Item(other), levels[1]
    while level not in way:
        item, level = Item(level, True), held.parent[level]
    return level, way[level], item


def _rests(now: Mapping[str, Point], ideal: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Return the only shift that can have led to what there is now, or None when none can."""
    across = {now[one][0] - place[0] for one, place in ideal.items()}
    if len(across) > 1:
        return None
    dx, dy = across.pop(), min(now[one][1] - place[1] for one, place in ideal.items())
    return (int(dx), int(dy)) if dx % GRID == dy % GRID == 0 else None
