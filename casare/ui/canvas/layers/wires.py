"""All wires that are in view and not in the hand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.paint.wire import wire_path
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.hit import HitKind

GLOW = 6
"""How far the widest mark of a wire reaches beyond its course (scene px)."""


class WireLayer(Layer):
    """Paints wires below the cards, so that none runs over text. Paths are kept until an edit makes them stale."""

    def __init__(self, stage: Stage, z: float) -> None:
        super().__init__(stage, z)
        self._paths: dict[WireKey, QPainterPath] = {}

    def forget(self, keys: Iterable[WireKey]) -> None:
        """Drop the paths of wires whose course may differ."""
        for key in keys:
            self._paths.pop(key, None)

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the wires that may touch `area`."""
        stage = self.stage
        if stage.from_afar:
            return
        lifted = stage.lift.nodes
        near: set[WireKey] = set()
        for part in self.parts(area):
            # The index answers by cells; a strip that came into view is much thinner, so each wire is looked at once.
            near.update(key for key in stage.geometry.wires_near(part) if self._reaches(key, part))
        keys = [key for key in near if key != stage.hidden_wire and key[0] not in lifted and key[2] not in lifted]
        self._paint_curves(painter, keys, scale)

    def path(self, key: WireKey) -> QPainterPath:
        """Return the path of a wire, from the store or worked out now."""
        found = self._paths.get(key)
        if found is None:
            found = self._paths[key] = wire_path(self.stage.geometry.course_of(key))
        return found

    def _reaches(self, key: WireKey, part: Rect) -> bool:
        # Not QRectF.intersects: to that a level wire, which has no height, never intersects anything.
        box = self.path(key).controlPointRect()
        return (
            box.left() <= part.right + GLOW
            and box.right() >= part.x - GLOW
            and box.top() <= part.bottom + GLOW
            and box.bottom() >= part.y - GLOW
        )

    def _paint_curves(self, painter: QPainter, keys: list[WireKey], scale: float) -> None:
        stage = self.stage
        painter.setBrush(Qt.BrushStyle.NoBrush)
        selected = stage.document.selection.wires
        hovered = stage.hover.wire if stage.hover.kind is HitKind.WIRE else None
        # Never thinner than about one pixel of the screen.
        boost = max(1.0, 0.55 / scale)
        plain: dict[int, tuple[QPen, list[WireKey]]] = {}
        special: list[tuple[WireKey, QPen]] = []
        for key in keys:
            port = stage.source_port(key)
            if key in selected or key == hovered or key in stage.critical_wires or key == stage.drop_wire:
                special.append((key, stage.look.wire_pen(port, width_factor=boost)))
                continue
            colour = stage.look.port_colour(port).rgba() ^ (1 if port is None else hash(port.kind) & 1)
            if colour not in plain:
                plain[colour] = (stage.look.wire_pen(port, width_factor=boost), [])
            plain[colour][1].append(key)
        for pen, group in plain.values():
            painter.setPen(pen)
            for key in group:
                painter.drawPath(self.path(key))
        for key, pen in special:
            self._paint_special(painter, key, pen)

    def _paint_special(self, painter: QPainter, key: WireKey, pen: QPen) -> None:
        stage = self.stage
        path = self.path(key)
        glow = None
        if key in stage.critical_wires:
            glow = QColor(stage.look.critical)
        if key in stage.document.selection.wires or key == stage.drop_wire:
            glow = QColor(stage.look.ring)
        if glow is not None:
            glow.setAlphaF(0.55)
            painter.setPen(_wider(pen, glow, 5))
            painter.drawPath(path)
            painter.setPen(pen)
        else:
            painter.setPen(_wider(pen, pen.color(), 1.4))
        painter.drawPath(path)


def _wider(pen: QPen, colour: QColor, by: float) -> QPen:
    wide = QPen(pen)
    wide.setColor(colour)
    wide.setWidthF(pen.widthF() + by)
    return wide
