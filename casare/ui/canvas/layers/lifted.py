"""What is in the hand: dragged cards with their wires, frames and notes, drawn where they would come to rest."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL, Layer
from casare.ui.canvas.layers.cards import draw_rings, paint_card_at
from casare.ui.canvas.layers.decor import draw_any_frame
from casare.ui.canvas.paint.card import draw_box
from casare.ui.canvas.paint.decor import draw_note
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.canvas.sheet import Sheet, faint_pen, sheet_of
from casare.ui.canvas.stage import Stage


class LiftedLayer(Layer):
    """Paints the drag. The document is untouched until the button is released, so cancelling has nothing to undo."""

    def __init__(self, stage: Stage, z: float, cache: CardCache) -> None:
        super().__init__(stage, z)
        self._cache = cache
        self._of: tuple[frozenset[str], bool] = (frozenset(), False)
        self._paths: dict[WireKey, QPainterPath] = {}
        """The wires among what is in the hand, as they run when it is put down where it was."""
        self._picture: Sheet | None = None
        self._outer: list[WireKey] | None = None

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint lifted things that touch `area`, and the wires from them to what stays."""
        lift = self.stage.lift
        if not lift:
            return
        if (lift.nodes, lift.loose) != self._of:
            self._of = (lift.nodes, lift.loose)
            self._paths.clear()
            self._picture = None
            self._outer = None
        self._paint_decor(painter)
        if self.stage.from_afar and not lift.copying:
            self._paint_from_afar(painter, area, scale)
            return
        self._paint_wires(painter, area)
        self._paint_cards(painter, area, scale)

    def _paint_decor(self, painter: QPainter) -> None:
        stage, lift = self.stage, self.stage.lift
        graph = stage.document.graph
        painter.save()
        painter.translate(QPointF(*lift.shift))
        for frame_id in lift.frames:
            if frame_id not in stage.geometry.folding.frames:
                draw_any_frame(painter, stage, graph.frames[frame_id], chosen=True)
        for note_id in lift.notes:
            draw_note(painter, graph.notes[note_id], True, stage.look)
        painter.restore()

    def _paint_wires(self, painter: QPainter, area: Rect) -> None:
        stage, lift = self.stage, self.stage.lift
        if lift.copying:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A wire is in view when it touches the view where it is drawn: inner wires move along, outer ones stretch.
        shifted = area.moved(-lift.shift[0], -lift.shift[1])
        among = stage.geometry.wires_near(shifted)
        for key in among | stage.geometry.wires_near(area):
            inside = (key[0] in lift.nodes) + (key[2] in lift.nodes)
            # What was shaken off keeps only the wires among itself.
            if inside == 0 or (inside == 1 and lift.loose) or stage.geometry.is_portal(key):
                continue
            painter.setPen(stage.look.wire_pen(stage.source_port(key)))
            if inside == 1:
                painter.drawPath(wire_path(stage.geometry.course_of(key, lift.nodes, lift.shift)))
            elif key in among:
                painter.drawPath(self._path(key).translated(*lift.shift))

    def _path(self, key: WireKey) -> QPainterPath:
        found = self._paths.get(key)
        if found is None:
            found = self._paths[key] = wire_path(self.stage.geometry.course_of(key))
        return found

    def _paint_from_afar(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint by a picture that is drawn once and then only moved, and the wires that stretch."""
        stage, lift = self.stage, self.stage.lift
        if not lift.loose:
            painter.setPen(faint_pen(stage.look.control, scale))
            painter.drawLines(self._stretched())
        seen = area.moved(-lift.shift[0], -lift.shift[1])
        sharp = scale * painter.device().devicePixelRatioF()
        kept = self._picture
        if kept is None or kept.scale != sharp or not kept.region.encloses(seen):
            region = seen.grown(max(seen.width, seen.height) / 3)
            boxes = [QRectF(*stage.geometry.cards[one].rect) for one in lift.nodes]

            def mark(over: QPainter) -> None:
                draw_rings(over, boxes, stage.look.ring, scale)

            kept = self._picture = sheet_of(stage, lift.nodes, region, sharp, mark)
        if kept is not None:
            painter.drawImage(QRectF(*kept.region.moved(*lift.shift)), kept.image)

    def _stretched(self) -> list[QLineF]:
        """Return the wires between what is in the hand and what stays, as straight lines."""
        stage, lift = self.stage, self.stage.lift
        cards, lines = stage.geometry.cards, []
        if self._outer is None:
            wires = stage.document.graph.wires_of(lift.nodes)
            self._outer = [one.key for one in wires if (one[0] in lift.nodes) != (one[2] in lift.nodes)]
        for key in self._outer:
            start, end = cards[key[0]].port_at(key[1], True), cards[key[2]].port_at(key[3], False)
            (sx, sy), (ex, ey) = (lift.shift, (0, 0)) if key[0] in lift.nodes else ((0, 0), lift.shift)
            lines.append(QLineF(start[0] + sx, start[1] + sy, end[0] + ex, end[1] + ey))
        return lines

    def _paint_cards(self, painter: QPainter, area: Rect, scale: float) -> None:
        stage, lift = self.stage, self.stage.lift
        dx, dy = lift.shift
        pictures = scale >= DETAIL and self._cache.usable(painter)
        for node_id in stage.geometry.nodes_in(area.moved(-dx, -dy)):
            if node_id not in lift.nodes:
                continue
            card = stage.geometry.cards[node_id]
            moved = card._replace(x=card.x + dx, y=card.y + dy)
            if pictures:
                self._cache.draw(painter, stage, moved, may_render=True)
            elif scale >= DETAIL:
                paint_card_at(painter, stage, moved)
            else:
                box = QRectF(moved.x, moved.y, card.shape.width, card.shape.height)
                draw_box(painter, box, stage.face(node_id), stage.marks(node_id), stage.look)
