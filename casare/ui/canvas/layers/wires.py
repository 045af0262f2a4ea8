"""All wires that are in view and not in the hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.app.editing.wire_looks import Display, display_of, portal_of
from casare.foundation.rect import Rect
from casare.model import WireKey
from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.paint.portal import draw_portal
from casare.ui.canvas.paint.wire import draw_stubs, draw_waypoint, wire_path
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.hit import HitKind
from casare.ui.geometry.portals import portal_tags

GLOW = 6
"""How far the widest mark of a wire reaches beyond its course (scene px)."""
FAINT: Final = 0.28
"""How strongly a wire is drawn that was asked to stand back."""


class _Sorted(NamedTuple):
    """The wires in view by how they are drawn."""

    plain: list[WireKey]
    faint: list[WireKey]
    hidden: list[WireKey]
    portals: list[WireKey]


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
        lifted = stage.lift.gone
        near: set[WireKey] = set()
        for part in self.parts(area):
            # The index answers by cells; a strip that came into view is much thinner, so each wire is looked at once.
            near.update(key for key in stage.geometry.wires_near(part) if self._reaches(key, part))
        keys = [key for key in near if key != stage.hidden_wire and key[0] not in lifted and key[2] not in lifted]
        if stage.bent is not None:
            keys = [key for key in keys if key != stage.bent.wire]
        found = self._sorted(keys)
        self._paint_curves(painter, found, scale)
        for key in found.hidden:
            draw_stubs(painter, stage.geometry.course_of(key), stage.look.wire_pen(stage.source_port(key)))
        for key in found.portals:
            self._paint_portal(painter, key)
        self._paint_waypoints(painter, (*found.plain, *found.faint))

    def path(self, key: WireKey) -> QPainterPath:
        """Return the path of a wire, from the store or worked out now."""
        found = self._paths.get(key)
        if found is None:
            found = self._paths[key] = wire_path(self.stage.geometry.course_of(key))
        return found

    def _sorted(self, keys: list[WireKey]) -> _Sorted:
        stage = self.stage
        connections = stage.document.graph.connections
        found = _Sorted([], [], [], [])
        for key in keys:
            extra = connections[key][4]
            if not extra:
                found.plain.append(key)
            elif portal_of(extra):
                found.portals.append(key)
            else:
                how = display_of(extra)
                if how is Display.FULL or stage.revealed(key):
                    found.plain.append(key)
                else:
                    (found.faint if how is Display.FAINT else found.hidden).append(key)
        return found

    def _reaches(self, key: WireKey, part: Rect) -> bool:
        # Not QRectF.intersects: to that a level wire, which has no height, never intersects anything.
        if self.stage.document.graph.connections[key][4]:
            return True
        box = self.path(key).controlPointRect()
        return (
            box.left() <= part.right + GLOW
            and box.right() >= part.x - GLOW
            and box.top() <= part.bottom + GLOW
            and box.bottom() >= part.y - GLOW
        )

    def _paint_curves(self, painter: QPainter, found: _Sorted, scale: float) -> None:
        stage = self.stage
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Never thinner than about one pixel of the screen.
        boost = max(1.0, 0.55 / scale)
        plain: dict[int, tuple[QPen, list[WireKey]]] = {}
        special: list[tuple[WireKey, QPen]] = []
        for keys, strength in ((found.faint, FAINT), (found.plain, 1.0)):
            plain.clear()
            for key in keys:
                port = stage.source_port(key)
                if self._is_special(key):
                    special.append((key, stage.look.wire_pen(port, width_factor=boost)))
                    continue
                colour = stage.look.port_colour(port).rgba() ^ (1 if port is None else hash(port.kind) & 1)
                if colour not in plain:
                    plain[colour] = (_faded(stage.look.wire_pen(port, width_factor=boost), strength), [])
                plain[colour][1].append(key)
            for pen, group in plain.values():
                painter.setPen(pen)
                for key in group:
                    painter.drawPath(self.path(key))
        for key, pen in special:
            self._paint_special(painter, key, pen)

    def _is_special(self, key: WireKey) -> bool:
        stage = self.stage
        hover = stage.hover
        return (
            key in stage.document.selection.wires
            or (key == hover.wire and hover.kind in (HitKind.WIRE, HitKind.WAYPOINT))
            or key in stage.critical_wires
            or key == stage.drop_wire
            or (stage.stroke is not None and key in stage.stroke.crossed)
        )

    def _paint_special(self, painter: QPainter, key: WireKey, pen: QPen) -> None:
        stage = self.stage
        path = self.path(key)
        glow = None
        if key in stage.critical_wires:
            glow = QColor(stage.look.critical)
        if key in stage.document.selection.wires or key == stage.drop_wire:
            glow = QColor(stage.look.ring)
        if stage.stroke is not None and key in stage.stroke.crossed:
            glow = QColor(stage.look.error if stage.stroke.cuts else stage.look.accent)
        if glow is not None:
            glow.setAlphaF(0.55)
            painter.setPen(_wider(pen, glow, 5))
            painter.drawPath(path)
            painter.setPen(pen)
        else:
            painter.setPen(_wider(pen, pen.color(), 1.4))
        painter.drawPath(path)

    def _paint_portal(self, painter: QPainter, key: WireKey) -> None:
        stage = self.stage
        tags = portal_tags(stage.geometry, stage.document.graph, key)
        if tags is not None:
            chosen = key in stage.document.selection.wires
            hovered = stage.hover.kind is HitKind.PORTAL and stage.hover.wire == key
            draw_portal(painter, tags, stage.source_port(key), stage.look, chosen=chosen, hovered=hovered)

    def _paint_waypoints(self, painter: QPainter, keys: Iterable[WireKey]) -> None:
        stage = self.stage
        for key in keys:
            if not stage.document.graph.connections[key][4]:
                continue
            for index, place in enumerate(stage.geometry.waypoints(key)):
                hovered = stage.hover.wire == key and stage.hover.waypoint == index
                draw_waypoint(
                    painter, QPointF(*place), stage.look.port_colour(stage.source_port(key)), stage.look, hovered
                )


def _faded(pen: QPen, strength: float) -> QPen:
    if strength < 1:
        colour = pen.color()
        colour.setAlphaF(strength)
        pen.setColor(colour)
    return pen


def _wider(pen: QPen, colour: QColor, by: float) -> QPen:
    wide = QPen(pen)
    wide.setColor(colour)
    wide.setWidthF(pen.widthF() + by)
    return wide
