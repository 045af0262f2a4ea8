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
from casare.ui.geometry.clipping import clip
from casare.ui.geometry.hit import HitKind
from casare.ui.geometry.portals import portal_tags
from casare.ui.geometry.wire import Course, box_around
from casare.ui.geometry.wire_index import LONG

GLOW = 6
"""How far the widest mark of a wire reaches beyond its course (scene px)."""
_GLOW_WIDTH: Final = 5.0
_LEAST_GLOW: Final = 3.0
"""How much wider than a wire the mark around it is (scene px), and at least (px of the screen)."""
FAINT: Final = 0.28
"""How strongly a wire is drawn that was asked to stand back."""


_STRIP: Final = 240
"""What is thinner than this (px of the screen) is a strip. In larger parts nearly all time goes into the pixels."""


class _Sorted(NamedTuple):
    """The wires in view by how they are drawn."""

    plain: list[WireKey]
    faint: list[WireKey]
    hidden: list[WireKey]
    portals: list[WireKey]


_AROUND: Final = 700
"""How far beyond what is painted a long wire is cut off (px of the screen), so that the cut serves many frames."""


class _Kept(NamedTuple):
    """A wire's course, the path along it, and the corners of a rectangle around both (scene px)."""

    course: Course
    path: QPainterPath
    left: float
    top: float
    right: float
    bottom: float


class WireLayer(Layer):
    """Paints wires below the cards, so that none runs over text. Paths are kept until an edit makes them stale.

    Qt works out all of a path however little of it is exposed. So of a wire that crosses a strip, as comes into view
    while panning, only the part inside is stroked, and of a long wire the part around the view, which is kept.
    """

    def __init__(self, stage: Stage, z: float) -> None:
        super().__init__(stage, z)
        self._kept: dict[WireKey, _Kept] = {}
        self._cuts: dict[WireKey, tuple[Rect, list[QPainterPath]]] = {}
        """Of long wires what lies in a rectangle (scene px)."""
        self._serving = Rect(0, 0, 0, 0)
        """Where long wires are cut off that are cut anew."""
        self._exposed_box = self._serving
        """The rectangle around all that is being painted."""
        self._exposed: tuple[Rect, ...] = ()
        """What is being painted, with room for the widest pen."""
        self._strips = False
        """Whether that is so thin that most of each wire lies outside."""

    def forget(self, keys: Iterable[WireKey]) -> None:
        """Drop the paths of wires whose course may differ."""
        for key in keys:
            self._kept.pop(key, None)
            self._cuts.pop(key, None)

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the wires that may touch `area`."""
        stage = self.stage
        if stage.from_afar:
            return
        lifted = stage.lift.gone
        near: set[WireKey] = set()
        self._exposed = tuple(part.grown(max(GLOW, _LEAST_GLOW / scale)) for part in self.parts(area))
        self._strips = any(min(part.width, part.height) * scale < _STRIP for part in self._exposed)
        self._exposed_box = Rect.around(self._exposed) or area
        if not self._serving.encloses(self._exposed_box):
            self._serving = area.grown(_AROUND / scale)
        for part in self._exposed:
            near |= stage.geometry.wires_near(part)
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

    def stroke(self, painter: QPainter, key: WireKey) -> None:
        """Draw with the painter's pen what can be seen of a wire."""
        kept = self._keep(key)
        if max(kept.right - kept.left, kept.bottom - kept.top) > LONG:
            for path in self._cut(key, kept.course):
                painter.drawPath(path)
        elif self._strips:
            for piece in clip(kept.course, self._exposed):
                painter.drawPath(wire_path(piece))
        elif any(_touch(kept, part) for part in self._exposed):
            painter.drawPath(kept.path)

    def _cut(self, key: WireKey, way: Course) -> list[QPainterPath]:
        """Return what of a long wire lies around what is painted."""
        known = self._cuts.get(key)
        # Most regions are the very same, which is quicker to see than that they are large enough.
        if known is not None and (known[0] is self._serving or known[0].encloses(self._exposed_box)):
            return known[1]
        paths = [wire_path(piece) for piece in clip(way, (self._serving,))]
        self._cuts[key] = (self._serving, paths)
        return paths

    def _keep(self, key: WireKey) -> _Kept:
        found = self._kept.get(key)
        if found is None:
            way = self.stage.geometry.course_of(key)
            x, y, width, height = box_around(way)
            found = self._kept[key] = _Kept(way, wire_path(way), x, y, x + width, y + height)
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
                    self.stroke(painter, key)
        for key, pen in special:
            self._paint_special(painter, key, pen, max(_GLOW_WIDTH, _LEAST_GLOW / scale))

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

    def _paint_special(self, painter: QPainter, key: WireKey, pen: QPen, width: float) -> None:
        stage = self.stage
        glow = None
        if key in stage.critical_wires:
            glow = QColor(stage.look.critical)
        if key in stage.document.selection.wires or key == stage.drop_wire:
            glow = QColor(stage.look.ring)
        if stage.stroke is not None and key in stage.stroke.crossed:
            glow = QColor(stage.look.error if stage.stroke.cuts else stage.look.accent)
        if glow is not None:
            glow.setAlphaF(0.55)
            painter.setPen(_wider(pen, glow, width))
            self.stroke(painter, key)
            painter.setPen(pen)
        else:
            painter.setPen(_wider(pen, pen.color(), 1.4))
        self.stroke(painter, key)

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


def _touch(kept: _Kept, part: Rect) -> bool:
    # Not QRectF.intersects: to that a level wire, which has no height, never intersects anything.
    x, y, width, height = part
    return kept.left <= x + width and kept.right >= x and kept.top <= y + height and kept.bottom >= y


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
