"""What follows when nodes are laid out: frames are fitted round their nodes, notes go with what they stand next to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from casare.app.arranging.measures import CARD_SIZE
from casare.app.arranging.nesting import Nest
from casare.app.editing.framing import framing
from casare.app.editing.placing import whole
from casare.foundation.rect import Rect
from casare.model import Frame, Graph, Note
from casare.model.values import Point


def fitted_frames(
    graph: Graph, sizes: Mapping[str, tuple[float, float]], held: Nest, moved: Mapping[str, Point]
) -> tuple[Frame, ...]:
    """Return the frames that change, in the order of the document.

    Frames that were laid out are fitted round their nodes, when anything moved or they do not hold them. Others that
    lost hold of a node grow, unless what is in them is pinned.
    """
    boxes: dict[str, Rect] = {}
    for frame_id in held.inwards:
        frame = graph.frames[frame_id]
        around = _around_nodes(graph, sizes, frame, moved)
        inner = [boxes[one] for one in boxes if held.parent[one] == frame_id]
        kept = Rect(*frame.position, *frame.size)
        fits = not moved and all(kept.encloses(one) for one in (around, *inner))
        boxes[frame_id] = kept if fits else framing(Rect.around((around, *inner)) or around)
    for frame in graph.frames.values():
        loose = [one for one in frame.node_ids if one in moved]
        if loose and frame.id not in boxes:
            kept = Rect(*frame.position, *frame.size)
            around = _around_nodes(graph, sizes, frame, moved)
            boxes[frame.id] = kept if kept.encloses(around) else Rect.around((kept, framing(around))) or kept
    changed = []
    for frame in graph.frames.values():
        if frame.id in boxes:
            box = boxes[frame.id]
            new = frame._replace(position=whole((box.x, box.y)), size=whole((box.width, box.height)))
            if (new.position, new.size) != (tuple(frame.position), tuple(frame.size)):
                changed.append(new)
    return tuple(changed)


def carried_notes(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    moved: Mapping[str, Point],
    frames: Collection[Frame],
) -> tuple[Note, ...]:
    """Return the notes that move: each by as much as the node or frame it stands nearest to; frames go first."""
    if not graph.notes:
        return ()
    ways = {frame.id: _way(graph.frames[frame.id].position, frame.position) for frame in frames}
    boxes = [(Rect(*frame.position, *frame.size), ways.get(frame.id, (0, 0))) for frame in graph.frames.values()] + [
        (
            Rect(*node.position, *sizes.get(node.id, CARD_SIZE)),
            _way(node.position, moved.get(node.id, node.position)),
        )
        for node in graph.nodes.values()
    ]
    carried = []
    for note in graph.notes.values():
        dx, dy = _way_of_nearest(note, boxes)
        if (dx, dy) != (0, 0):
            carried.append(note._replace(position=whole((note.position[0] + dx, note.position[1] + dy))))
    return tuple(carried)


def _way_of_nearest(note: Note, boxes: Collection[tuple[Rect, Point]]) -> Point:
    (left, top), (width, height) = note.position, note.size
    right, bottom = left + width, top + height
    nearest, way = float("inf"), (0.0, 0.0)
    for (x, y, w, h), theirs in boxes:
        across = x - right if x > right else left - x - w if left > x + w else 0.0
        down = y - bottom if y > bottom else top - y - h if top > y + h else 0.0
        distance = across * across + down * down
        if distance < nearest:
            nearest, way = distance, theirs
    return way


def _way(before: Point, after: Point) -> Point:
    return (after[0] - before[0], after[1] - before[1])


def _around_nodes(
    graph: Graph, sizes: Mapping[str, tuple[float, float]], frame: Frame, moved: Mapping[str, Point]
) -> Rect:
    def cards() -> Iterator[Rect]:
        for one in frame.node_ids:
            if one in graph.nodes:
                yield Rect(*(moved.get(one) or graph.nodes[one].position), *sizes.get(one, CARD_SIZE))

    return Rect.around(cards()) or Rect(*frame.position, *frame.size)
