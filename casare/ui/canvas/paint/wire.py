"""Wires: curves forwards, rounded detours backwards."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from casare.ui.canvas.look import CanvasLook
from casare.ui.geometry.metrics import WAYPOINT_RADIUS, WIRE_CORNER
from casare.ui.geometry.wire import Course, Point

_STUB = 26.0


def wire_path(course: Course) -> QPainterPath:
    """Return a wire's course as a path to stroke (scene px)."""
    points = course.points
    path = QPainterPath(QPointF(*points[0]))
    if course.is_curve:
        for at in range(1, len(points), 3):
            path.cubicTo(QPointF(*points[at]), QPointF(*points[at + 1]), QPointF(*points[at + 2]))
        return path
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start = _towards(corner, before)
        end = _towards(corner, after)
        path.lineTo(QPointF(*start))
        path.quadTo(QPointF(*corner), QPointF(*end))
    path.lineTo(QPointF(*points[-1]))
    return path


def _towards(corner: Point, other: Point) -> Point:
    """Return where the rounding of a corner begins: at most half-way to the next one."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = hypot(dx, dy)
    if length == 0:
        return corner
    share = min(WIRE_CORNER, length / 2) / length
    return (corner[0] + dx * share, corner[1] + dy * share)


def draw_waypoint(painter: QPainter, place: QPointF, colour: QColor, look: CanvasLook, hovered: bool) -> None:
    """Draw the dot at a point that a wire goes by; larger under the pointer, to say that it can be dragged."""
    radius = WAYPOINT_RADIUS + (1.5 if hovered else 0)
    painter.setPen(QPen(look.canvas, 1.5))
    painter.setBrush(look.ring if hovered else colour)
    painter.drawEllipse(place, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_stubs(painter: QPainter, course: Course, pen: QPen) -> None:
    """Draw the two ends of a wire that is hidden, dotted, so that its ports do not look free."""
    faint = QColor(pen.color())
    faint.setAlphaF(0.6)
    painter.setPen(QPen(faint, pen.widthF(), Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap))
    (sx, sy), (tx, ty) = course.points[0], course.points[-1]
    painter.drawLine(QPointF(sx + 6, sy), QPointF(sx + _STUB, sy))
    painter.drawLine(QPointF(tx - _STUB, ty), QPointF(tx - 6, ty))
