"""Line up what is selected: align, distribute, straighten, nudge. Each is one change, or None."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping

from casare.app.arranging.ends import ends_of
from casare.app.arranging.measures import CARD_SIZE, GRID
from casare.app.editing.moving import move_by, move_to
from casare.catalog import Catalog
from casare.foundation.rect import Rect
from casare.model import Change, Graph
from casare.model.values import Point

Sizes = Mapping[str, tuple[float, float]]
"""Width and height of the cards, scene px."""
PortHeight = Callable[[str, str, bool], float]
"""How far below the top of a node's card a port is (scene px), by node, port name and whether it is an output."""


class Line(enum.StrEnum):
    """What cards are brought to one line with: an edge, or the middle."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    CENTER_X = "center_x"
    """All middles on one vertical line."""
    CENTER_Y = "center_y"
    """All middles on one horizontal line."""


def align(graph: Graph, sizes: Sizes, node_ids: Collection[str], line: Line) -> Change | None:
    """Move nodes so that this edge, or the middle, is on one line: that of the whole selection."""
    cards = _cards(graph, sizes, node_ids)
    around = Rect.around(cards.values())
    if around is None:
        return None
    places: dict[str, Point] = {}
    for node_id, card in cards.items():
        x, y = card.x, card.y
        if line is Line.LEFT:
            x = around.x
        elif line is Line.RIGHT:
            x = around.right - card.width
        elif line is Line.TOP:
            y = around.y
        elif line is Line.BOTTOM:
            y = around.bottom - card.height
        elif line is Line.CENTER_X:
            x = around.center[0] - card.width / 2
        else:
            y = around.center[1] - card.height / 2
        places[node_id] = (x, y)
    return move_to(graph, places)


def distribute(graph: Graph, sizes: Sizes, node_ids: Collection[str], *, horizontally: bool) -> Change | None:
    """Move nodes so that the gaps between their cards are equal; the outermost two stay. None for fewer than three.

    Where the cards are wider (or taller) together than the way from one end to the other, they overlap evenly.
    """
    cards = _cards(graph, sizes, node_ids)
    if len(cards) < 3:
        return None
    axis, side = (0, 2) if horizontally else (1, 3)
    order = sorted(cards, key=lambda one: (cards[one][axis], cards[one][axis] + cards[one][side]))
    first, last = cards[order[0]], cards[order[-1]]
    room = last[axis] - first[axis] - first[side] - sum(cards[one][side] for one in order[1:-1])
    gap = room / (len(order) - 1)
    places: dict[str, Point] = {}
    at = first[axis] + first[side] + gap
    for node_id in order[1:-1]:
        card = cards[node_id]
        places[node_id] = (at, card.y) if horizontally else (card.x, at)
        at += card[side] + gap
    return move_to(graph, places)


def straighten(
    graph: Graph, catalog: Catalog, node_ids: Collection[str], port_height: PortHeight | None = None
) -> Change | None:
    """Make the control wires among nodes level, by moving nodes up or down; a single node is levelled with its source.

    From each node one wire is levelled, and to each node one: so a flow is level from its first node on, and where it
    branches, the first port goes straight on. Without `port_height`, cards with level tops count as level.
    """
    wanted = set(node_ids)
    chosen = [one for one in graph.nodes if one in wanted]
    if not chosen:
        return None
    wires = [wire for one in chosen for wire in graph.incoming(one).values()]
    if len(chosen) > 1:
        wires = [wire for wire in wires if wire.source_node in wanted]
    ends = [one for one in ends_of(graph, catalog, iter(wires)) if one.control]
    position = {one: graph.nodes[one].position for one in {*chosen, *(end.wire.source_node for end in ends)}}
    ends.sort(key=lambda one: (position[one.wire.source_node][0], one.source_rank, position[one.wire.target_node][1]))
    onwards: dict[str, tuple[str, float]] = {}
    led_to: set[str] = set()
    for end in ends:
        wire = end.wire
        if wire.source_node not in onwards and wire.target_node not in led_to:
            lower = 0.0
            if port_height is not None:
                lower = port_height(wire.source_node, wire.source_port, True)
                lower -= port_height(wire.target_node, wire.target_port, False)
            onwards[wire.source_node] = (wire.target_node, lower)
            led_to.add(wire.target_node)
    places: dict[str, Point] = {}
    for first in [one for one in onwards if one not in led_to]:
        node_id, height = first, position[first][1]
        while node_id in onwards:
            node_id, lower = onwards[node_id]
            height += lower
            places[node_id] = (position[node_id][0], height)
    return move_to(graph, places)


def nudge(
    graph: Graph,
    right: int,
    down: int,
    *,
    nodes: Collection[str] = (),
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> Change | None:
    """Move nodes, frames with what is in them, and notes by whole steps of the grid (20 px)."""
    return move_by(graph, right * GRID, down * GRID, nodes=nodes, frames=frames, notes=notes)


def _cards(graph: Graph, sizes: Sizes, node_ids: Collection[str]) -> dict[str, Rect]:
    return {one: Rect(*graph.nodes[one].position, *sizes.get(one, CARD_SIZE)) for one in node_ids if one in graph.nodes}
