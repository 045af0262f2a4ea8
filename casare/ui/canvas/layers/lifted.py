"""What is in the hand: dragged cards with their wires, frames and notes, drawn where they would come to rest."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.sdk import Port
from casare.ui.canvas.card_cache import CardCache
from casare.ui.canvas.layers.base import DETAIL, Layer
from casare.ui.canvas.layers.cards import draw_rings, paint_card_at
from casare.ui.canvas.layers.decor import draw_any_frame
from casare.ui.canvas.paint.card import draw_box
from casare.ui.canvas.paint.decor import draw_note
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.canvas.sheet import Sheet, sheet_of
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.clipping import clip
from casare.ui.theme.colour import mix

_PEN = 3
"""Half of the widest pen, with room (scene px)."""
_MANY_STRETCHED = 60
"""More wires than this are straight and thin while they stretch: nobody follows one of them by eye."""
_THIN = 0.5
"""How strongly those are drawn."""


class _Bundle(NamedTuple):
    """Wires of one colour with one end in the hand: which end, and where both are (x and y, x and y; scene px)."""

    colour: QColor
    from_hand: bool
    wires: list[tuple[WireKey, float, float, float, float]]


class LiftedLayer(Layer):
    """Paints the drag. The document is untouched until the button is released, so cancelling has nothing to undo."""

    def __init__(self, stage: Stage, z: float, cache: CardCache) -> None:
        super().__init__(stage, z)
        self._cache = cache
        self._of: tuple[frozenset[str], bool] = (frozenset(), False)
        self._among: list[tuple[QPen, list[QPainterPath]]] = []
        """The wires among what is in the hand by their pens, as they run when it is put down where it was."""
        self._among_in = Rect(0, 0, 0, 0)
        """The part of the canvas, as it was before the drag, in which those were looked for and cut off."""
        self._picture: Sheet | None = None
        self._outer: list[_Bundle] | None = None
        """The wires to what stays, with the places of both ports before the drag."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint lifted things that touch `area`, and the wires from them to what stays."""
        lift = self.stage.lift
        if not lift:
            return
        if (lift.nodes, lift.loose) != self._of:
            self._of = (lift.nodes, lift.loose)
            self._among, self._among_in = [], Rect(0, 0, 0, 0)
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
        lift = self.stage.lift
        if lift.copying:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.save()
        painter.translate(QPointF(*lift.shift))
        for pen, paths in self._inner(area.moved(-lift.shift[0], -lift.shift[1]).grown(_PEN)):
            painter.setPen(pen)
            for path in paths:
                painter.drawPath(path)
        painter.restore()
        if lift.loose:
            # What was shaken off keeps only the wires among itself.
            return
        self._paint_outer(painter, area.grown(_PEN))

    def _paint_outer(self, painter: QPainter, area: Rect) -> None:
        """Paint the wires that stretch between what is in the hand and what stays."""
        stage, lift = self.stage, self.stage.lift
        left, top, width, height = area
        right, bottom = left + width, top + height
        shown: list[_Bundle] = []
        for bundle in self._stretched():
            # A forward wire lies between its ends, unless it goes by points.
            some = [
                one
                for one in bundle.wires
                if one[1] > one[3]
                or (one[1] <= right and one[3] >= left and min(one[2], one[4]) <= bottom and max(one[2], one[4]) >= top)
                or stage.geometry.waypoints(one[0])
            ]
            shown.append(bundle._replace(wires=some))
        if sum(len(bundle.wires) for bundle in shown) > _MANY_STRETCHED:
            self._paint_thin(painter, shown)
            return
        for key in (one[0] for bundle in shown for one in bundle.wires):
            painter.setPen(stage.look.wire_pen(stage.source_port(key)))
            for piece in clip(stage.geometry.course_of(key, lift.nodes, lift.shift), (area,)):
                painter.drawPath(wire_path(piece))

    def _paint_thin(self, painter: QPainter, bundles: list[_Bundle]) -> None:
        """Paint wires as straight lines in the colour of faint ones.

        Smoothed, or let shine through, a line across the view takes four to fifteen times as long.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for bundle in bundles:
            ground = self.stage.look.theme.canvas
            pen = QPen(QColor(mix(ground, bundle.colour.name(), _THIN)), 1)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines([QLineF(sx, sy, ex, ey) for _, sx, sy, ex, ey in bundle.wires])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _inner(self, seen: Rect) -> list[tuple[QPen, list[QPainterPath]]]:
        """Return the wires among what is in the hand that touch `seen`, where they stood, and some around it."""
        if self._among_in.encloses(seen):
            return self._among
        stage, nodes = self.stage, self.stage.lift.nodes
        self._among_in = region = seen.grown(max(seen.width, seen.height) / 2)
        by_pen: dict[Port | None, list[QPainterPath]] = {}
        for key in stage.geometry.wires_near(region):
            if key[0] in nodes and key[2] in nodes and not stage.geometry.is_portal(key):
                paths = by_pen.setdefault(stage.source_port(key), [])
                paths += [wire_path(piece) for piece in clip(stage.geometry.course_of(key), (region,))]
        self._among = [(stage.look.wire_pen(port), paths) for port, paths in by_pen.items()]
        return self._among

    def _paint_from_afar(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint by a picture that is drawn once and then only moved, and the wires that stretch."""
        stage, lift = self.stage, self.stage.lift
        if not lift.loose:
            self._paint_thin(painter, self._stretched())
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

    def _stretched(self) -> list[_Bundle]:
        """Return the wires between what is in the hand and what stays, where they start and end now."""
        if self._outer is None:
            self._outer = self._find_outer()
        dx, dy = self.stage.lift.shift
        return [
            bundle._replace(
                wires=[(key, sx + dx, sy + dy, ex, ey) for key, sx, sy, ex, ey in bundle.wires]
                if bundle.from_hand
                else [(key, sx, sy, ex + dx, ey + dy) for key, sx, sy, ex, ey in bundle.wires]
            )
            for bundle in self._outer
        ]

    def _find_outer(self) -> list[_Bundle]:
        stage, nodes, cards = self.stage, self.stage.lift.nodes, self.stage.geometry.cards
        bundles: dict[tuple[int, bool], _Bundle] = {}
        for key in (wire.key for wire in stage.document.graph.wires_of(nodes)):
            from_hand = key[0] in nodes
            if from_hand == (key[2] in nodes) or stage.geometry.is_portal(key):
                continue
            colour = stage.look.port_colour(stage.source_port(key))
            bundle = bundles.setdefault((colour.rgba(), from_hand), _Bundle(colour, from_hand, []))
            start, end = cards[key[0]].port_at(key[1], True), cards[key[2]].port_at(key[3], False)
            bundle.wires.append((key, *start, *end))
        return list(bundles.values())

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
