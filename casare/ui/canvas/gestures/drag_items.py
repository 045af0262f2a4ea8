"""Move what is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casare.app.editing import carried, copy_text, extract, insert, move_by, part_in, paste_part, rehoused
from casare.foundation.rect import Rect
from casare.model import Batch, Change, WireKey
from casare.ui.canvas.gestures.base import Hands, Pointer
from casare.ui.canvas.gestures.shaking import Shaking
from casare.ui.canvas.stage import Lift
from casare.ui.geometry.hit import wire_at
from casare.ui.geometry.metrics import WIRE_REACH
from casare.ui.geometry.snapping import Snapped, snap

_MANY = 60
"""From this many dragged nodes on, everything in view is painted again at each step, and nothing is aligned."""
_ALIGN_REACH = 6.0


class DragItems:
    """Lifts the selection, shows it where it would come to rest, and moves it in one step when let go.

    One node let go over a wire goes into it. With Alt a copy is dropped and the originals stay. Shaken, nodes come off
    their wires, and the flow closes behind them.
    """

    cursor: Qt.CursorShape | None = Qt.CursorShape.SizeAllCursor
    hint = "Ctrl: move freely · Shift: keep to one axis · Alt: drop a copy · shake: take out of the flow · Esc cancels"

    def __init__(self, hands: Hands, pointer: Pointer, grabbed: Rect, *, carried_by_hand: bool = False) -> None:
        self._hands = hands
        if carried_by_hand:
            self.hint = "Move, or use the arrows · click, Enter or G puts it down · Esc brings it back"
        self._start = (pointer.x, pointer.y)
        self._anchor = (grabbed.x, grabbed.y)
        selection, graph = hands.document.selection, hands.document.graph
        nodes, frames, notes = carried(graph, selection.nodes, selection.frames, selection.notes)
        self._carried = nodes
        hands.stage.lift = Lift(nodes, frames, notes, copying=pointer.alt)
        self._shaking = Shaking(pointer)
        self._alone = len(selection.nodes) == 1 and not (frames or notes)
        """Whether the one thing in the hand is a node, which may go into a wire."""
        self._fitting: dict[WireKey, bool] = {}
        self._box = self._lifted_box() or grabbed
        self._neighbours = self._find_neighbours()
        self._hands.canvas_scene.redraw_all()

    def move(self, pointer: Pointer) -> None:
        """Show the selection under the pointer, lined up with what is near."""
        scene, stage = self._hands.canvas_scene, self._hands.stage
        few = len(stage.lift.nodes) < _MANY
        old = self._painted_area() if few else None
        snapped = self._snapped(pointer)
        loose = stage.lift.loose or (self._may_shake_off() and self._shaking.follow(pointer))
        if (pointer.alt, loose) != (stage.lift.copying, stage.lift.loose):
            few = False
        stage.lift = stage.lift._replace(shift=(snapped.dx, snapped.dy), copying=pointer.alt, loose=loose)
        stage.guides = snapped.guides
        self._look_for_wire(pointer)
        if few:
            scene.redraw(Rect.around(area for area in (old, self._painted_area()) if area))
        else:
            scene.redraw_all()

    def finish(self, pointer: Pointer) -> None:
        """Put the selection down, or a copy of it."""
        self.move(pointer)
        lift, over = self._hands.stage.lift, self._hands.stage.drop_wire
        self.cancel()
        document = self._hands.document
        dx, dy = lift.shift
        if pointer.alt and (dx or dy):
            text = copy_text(document.graph, lift.nodes, lift.frames, lift.notes)
            at = (self._box.x + dx, self._box.y + dy)
            part = part_in(text, document.catalog)
            if part is not None:
                pasted = paste_part(document.graph, part, at, verb="Duplicate")
                document.do(pasted.change)
                document.selection.set(pasted.nodes, (), pasted.frames, pasted.notes)
            return
        if over is not None:
            document.do(self._insertion(over, dx, dy))
            return
        moved = move_by(document.graph, dx, dy, nodes=lift.nodes, frames=lift.frames, notes=lift.notes)
        shaken = extract(document.graph, document.catalog, lift.nodes) if lift.loose else None
        if shaken is not None and moved is not None:
            moved = Batch((shaken, moved), shaken.label)
        moved = moved or shaken
        homes = self._homes(dx, dy) if moved is not None and not lift.frames else None
        document.do(Batch((moved, homes), moved.label) if moved is not None and homes is not None else moved)

    def cancel(self) -> None:
        """Let go: everything stands where the document says."""
        stage = self._hands.stage
        stage.lift = Lift()
        stage.guides = ()
        stage.drop_wire = None
        self._hands.canvas_scene.redraw_all()

    def _homes(self, dx: float, dy: float) -> Change | None:
        """Return what lets the nodes in the hand join the frames they are put into, and leave the others."""
        document, cards = self._hands.document, self._hands.stage.geometry.cards
        middles = {one: cards[one].rect.moved(dx, dy).center for one in self._carried}
        return rehoused(document.graph, middles) if document.graph.frames else None

    def _look_for_wire(self, pointer: Pointer) -> None:
        """Mark the wire under the pointer that the one node in the hand would go into; Alt keeps it out."""
        stage = self._hands.stage
        found = None
        if self._alone and not pointer.alt:
            key = wire_at(stage.geometry, pointer.x, pointer.y, WIRE_REACH / min(self._hands.zoom, 1.0))
            known = self._fitting.get(key) if key is not None else False
            if key is not None and known is None:
                known = self._fitting[key] = self._insertion(key, 0, 0) is not None
            found = key if known else None
        self._hands.canvas_scene.set_drop_wire(found)

    def _insertion(self, key: WireKey, dx: float, dy: float) -> Change | None:
        document, sizes = self._hands.document, self._hands.stage.geometry.sizes()
        (node_id,) = document.selection.nodes
        x, y = document.graph.nodes[node_id].position
        return insert(document.graph, document.catalog, node_id, key, sizes, position=(x + dx, y + dy))

    def _may_shake_off(self) -> bool:
        lift = self._hands.stage.lift
        return bool(lift.nodes) and not lift.frames and len(lift.nodes) < _MANY

    def _snapped(self, pointer: Pointer) -> Snapped:
        dx, dy = pointer.x - self._start[0], pointer.y - self._start[1]
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if pointer.ctrl:
            return Snapped(dx, dy)
        reach = _ALIGN_REACH / max(self._hands.zoom, 0.25)
        result = snap(self._box, self._anchor, dx, dy, self._neighbours, reach=reach, grid=self._hands.snaps)
        if pointer.shift:
            result = result._replace(dx=result.dx if dx else 0.0, dy=result.dy if dy else 0.0)
        return result

    def _lifted_box(self) -> Rect | None:
        stage, graph = self._hands.stage, self._hands.document.graph
        lift = stage.lift
        return Rect.around(
            (
                *(stage.geometry.cards[one].rect for one in lift.nodes),
                *(stage.geometry.frame_rect(graph.frames[one]) for one in lift.frames),
                *(Rect(*graph.notes[one].position, *graph.notes[one].size) for one in lift.notes),
            )
        )

    def _find_neighbours(self) -> list[Rect]:
        stage = self._hands.stage
        if len(stage.lift.nodes) >= _MANY:
            return []
        around = self._box.grown(900)
        near = stage.geometry.nodes_in(around)
        return [stage.geometry.cards[one].rect for one in near if one not in stage.lift.nodes][:200]

    def _painted_area(self) -> Rect | None:
        stage, graph = self._hands.stage, self._hands.document.graph
        lift = stage.lift
        boxes = [self._box.moved(*lift.shift)]
        for wire in graph.wires_of(lift.nodes):
            points = stage.geometry.course_of(wire.key, lift.nodes, lift.shift).points
            boxes += [Rect(x, y, 0, 0) for x, y in points]
        boxes += [Rect.spanning(*guide) for guide in stage.guides]
        return Rect.around(boxes)
