"""The marks of a running gesture: the rubber band, the wire being drawn, ports that light up, alignment lines."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from casare.foundation.rect import Rect
from casare.ui.canvas.layers.base import Layer
from casare.ui.canvas.paint.port import draw_halo, draw_offer
from casare.ui.canvas.paint.text import draw_text
from casare.ui.canvas.paint.wire import draw_waypoint, wire_path
from casare.ui.canvas.stage import Bent, PendingWire, Stroke


class OverlayLayer(Layer):
    """Paints above everything else; empty while no gesture runs."""

    def paint_exposed(self, painter: QPainter, area: Rect, scale: float) -> None:
        """Paint the marks of the gesture."""
        self._paint_lit_ports(painter)
        if self.stage.pending is not None:
            self._paint_pending(painter, self.stage.pending, scale)
        if self.stage.bent is not None:
            self._paint_bent(painter, self.stage.bent)
        if self.stage.stroke is not None:
            self._paint_stroke(painter, self.stage.stroke, scale)
        self._paint_guides(painter)
        if self.stage.band is not None:
            self._paint_band(painter, self.stage.band)

    def _paint_lit_ports(self, painter: QPainter) -> None:
        look = self.stage.look
        veil = QColor(look.body)
        veil.setAlphaF(0.7)
        for lit in self.stage.lit:
            if lit.allowed:
                draw_halo(painter, lit.port, lit.x, lit.y, look.port_colour(lit.port))
            elif lit.convertible:
                draw_offer(painter, lit.x, lit.y, look.port_colour(lit.port))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(veil)
                painter.drawEllipse(QPointF(lit.x, lit.y), 6.5, 6.5)

    def _paint_pending(self, painter: QPainter, pending: PendingWire, scale: float) -> None:
        look = self.stage.look
        pen = look.wire_pen(pending.port)
        if pending.reason:
            pen.setColor(look.error)
            pen.setStyle(Qt.PenStyle.DashLine)
        elif not pending.snapped:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(wire_path(pending.course))
        if pending.reason or pending.offer:
            self._paint_words(painter, pending)

    def _paint_bent(self, painter: QPainter, bent: Bent) -> None:
        look = self.stage.look
        port = self.stage.source_port(bent.wire)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.wire_pen(port, width_factor=1.3))
        painter.drawPath(wire_path(bent.course))
        draw_waypoint(painter, QPointF(*bent.place), look.port_colour(port), look, True)

    def _paint_stroke(self, painter: QPainter, stroke: Stroke, scale: float) -> None:
        look = self.stage.look
        colour = look.error if stroke.cuts else look.accent
        pen = QPen(colour, 2 / scale, Qt.PenStyle.DashLine if stroke.cuts else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([QPointF(x, y) for x, y in stroke.points])
        for place in stroke.marks:
            draw_waypoint(painter, QPointF(*place), look.accent, look, False)

    def _paint_words(self, painter: QPainter, pending: PendingWire) -> None:
        look = self.stage.look
        # At the size of the screen whatever the zoom.
        end = painter.worldTransform().map(QPointF(*_loose_end(pending)))
        painter.save()
        painter.resetTransform()
        font = look.text_font
        lines = _wrapped(pending.offer or pending.reason, 44)
        metrics = QFontMetricsF(font)
        width = max(metrics.horizontalAdvance(line) for line in lines) + 20
        height = 18.0 * len(lines) + 10
        box = QRectF(end.x() + 16, end.y() + 16, width, height)
        view = QRectF(self.scene().views()[0].viewport().rect()).adjusted(8, 8, -8, -8)
        if box.right() > view.right():
            box.moveRight(max(view.left() + width, min(end.x() - 16, view.right())))
        if box.bottom() > view.bottom():
            box.moveBottom(end.y() - 16)
        painter.setBrush(look.overlay)
        painter.setPen(QPen(look.accent if pending.offer else look.error, 1))
        painter.drawRoundedRect(box, 6, 6)
        for number, line in enumerate(lines):
            draw_text(painter, QRectF(box.x() + 10, box.y() + 5 + 18 * number, width, 18), line, font, look.text)
        painter.restore()

    def _paint_guides(self, painter: QPainter) -> None:
        if not self.stage.guides:
            return
        pen = QPen(self.stage.look.accent, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for guide in self.stage.guides:
            painter.drawLine(QPointF(guide.ax, guide.ay), QPointF(guide.bx, guide.by))

    def _paint_band(self, painter: QPainter, band: Rect) -> None:
        look = self.stage.look
        # Dashed: what it touches is taken. Solid: only what it encloses.
        style = Qt.PenStyle.DashLine if self.stage.band_touches else Qt.PenStyle.SolidLine
        pen = QPen(look.ring, 1, style)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(look.band)
        painter.drawRect(QRectF(*band))


def _loose_end(pending: PendingWire) -> tuple[float, float]:
    # A wire drawn from an input has its loose end at the source.
    points = pending.course.points
    return points[0] if pending.backwards else points[-1]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
