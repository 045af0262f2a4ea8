"""Frames that are folded to one box: which nodes they hide, and the ports by which wires go in and out of the box."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from casare.catalog import NodePorts
from casare.foundation.rect import Rect
from casare.model import Frame, Graph, Node
from casare.sdk import Port
from casare.ui.geometry.card import CardShape, PortSpot
from casare.ui.geometry.metrics import FOLDED_WIDTH, FRAME_TITLE_HEIGHT, ROW_HEIGHT

_PADDING = 8


class BoxPort(NamedTuple):
    """A port of a folded frame: the port of a node inside that a wire from outside ends at. `y` from the box's top."""

    node_id: str
    port: Port
    is_output: bool
    y: float


class FoldedBox(NamedTuple):
    """A folded frame where it stands (scene px)."""

    frame_id: str
    rect: Rect
    nodes: frozenset[str]
    ports: tuple[BoxPort, ...]

    def port_at(self, port: BoxPort) -> tuple[float, float]:
        """Return the place of one of the ports."""
        return (self.rect.right if port.is_output else self.rect.x, self.rect.y + port.y)


class FoldedShape(CardShape):
    """The shape a hidden node has for its wires: that of the box, with its ports where the box has them."""

    __slots__ = ()

    def __init__(self, ports: NodePorts, box: FoldedBox, node_id: str) -> None:
        self.ports = ports
        self.width, self.height = box.rect.width, box.rect.height
        own = [one for one in box.ports if one.node_id == node_id]
        self.inputs = {one.port.name: PortSpot(one.port, 0.0, one.y, True) for one in own if not one.is_output}
        self.outputs = {one.port.name: PortSpot(one.port, self.width, one.y, True) for one in own if one.is_output}
        self.places = {}
        self.headline = True


class Folding(NamedTuple):
    """All folded frames of a graph, and what they hide."""

    boxes: dict[str, FoldedBox]
    owner: dict[str, str]
    """The folded frame that hides a node."""
    frames: frozenset[str]
    """Frames inside folded frames."""
    notes: frozenset[str]
    listed: frozenset[str] = frozenset()
    """Every node that a folded frame names, there or not: an edit of one of them may change what is hidden."""

    def joins(self, one: str, other: str) -> bool:
        """Tell whether two nodes are hidden by the same box, so that a wire between them is not seen."""
        owner = self.owner.get(one)
        return owner is not None and owner == self.owner.get(other)


NOT_FOLDED = Folding({}, {}, frozenset(), frozenset())


def fold(graph: Graph, ports_of: Callable[[Node], NodePorts]) -> Folding:
    """Work out what folded frames hide. Of frames inside each other the outermost folded one counts."""
    folded = [frame for frame in graph.frames.values() if frame.collapsed]
    if not folded:
        return NOT_FOLDED
    folded.sort(key=lambda frame: -frame.size[0] * frame.size[1])
    boxes: dict[str, FoldedBox] = {}
    owner: dict[str, str] = {}
    hidden: set[str] = set()
    notes: set[str] = set()
    listed: set[str] = set()
    for frame in folded:
        if frame.id in hidden:
            continue
        inner = frames_within(graph, frame)
        hidden.update(inner)
        notes.update(notes_within(graph, frame))
        own = _members(graph, (frame, *(graph.frames[one] for one in inner)), owner)
        listed.update(one for held in (frame, *(graph.frames[one] for one in inner)) for one in held.node_ids)
        boxes[frame.id] = _box(graph, frame, own, ports_of)
        owner.update(dict.fromkeys(own, frame.id))
    return Folding(boxes, owner, frozenset(hidden), frozenset(notes), frozenset(listed))


def frames_within(graph: Graph, frame: Frame) -> list[str]:
    """Return the frames that lie wholly inside a frame."""
    area = Rect(*frame.position, *frame.size)
    return [
        one.id
        for one in graph.frames.values()
        if one.id != frame.id and area.encloses(Rect(*one.position, *one.size)) and one.size != frame.size
    ]


def notes_within(graph: Graph, frame: Frame) -> list[str]:
    """Return the notes that lie wholly inside a frame."""
    area = Rect(*frame.position, *frame.size)
    return [one.id for one in graph.notes.values() if area.encloses(Rect(*one.position, *one.size))]


def _members(graph: Graph, frames: Iterable[Frame], taken: Collection[str]) -> list[str]:
    ids = dict.fromkeys(one for frame in frames for one in frame.node_ids)
    return [one for one in ids if one in graph.nodes and one not in taken]


def _box(graph: Graph, frame: Frame, own: list[str], ports_of: Callable[[Node], NodePorts]) -> FoldedBox:
    inside = frozenset(own)
    sides: tuple[dict[tuple[str, str], Port], dict[tuple[str, str], Port]] = ({}, {})
    for node_id in own:
        ports = ports_of(graph.nodes[node_id])
        for key in graph.incoming(node_id):
            port = ports.input(key[3]) if key[0] not in inside else None
            if port is not None:
                sides[0].setdefault((node_id, port.name), port)
        for key in graph.outgoing(node_id):
            port = ports.output(key[1]) if key[2] not in inside else None
            if port is not None:
                sides[1].setdefault((node_id, port.name), port)
    top = FRAME_TITLE_HEIGHT + _PADDING + ROW_HEIGHT / 2
    found = tuple(
        BoxPort(node_id, port, is_output, top + ROW_HEIGHT * row)
        for is_output, side in ((False, sides[0]), (True, sides[1]))
        for row, ((node_id, _), port) in enumerate(side.items())
    )
    rows = max(1, len(sides[0]), len(sides[1]))
    height = FRAME_TITLE_HEIGHT + 2 * _PADDING + ROW_HEIGHT * rows
    return FoldedBox(frame.id, Rect(*frame.position, FOLDED_WIDTH, height), inside, found)
