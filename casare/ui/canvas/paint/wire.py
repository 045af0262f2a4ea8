"""Wires: curves forwards, rounded detours backwards."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from casare.ui.geometry.wire import Course, Point

_CORNER = 14.0


def wire_path(course: Course) -> QPainterPath:
    """Return a wire's course as a path to stroke (scene px)."""
    points = course.points
    path = QPainterPath(QPointF(*points[0]))
    if course.is_curve:
        path.cubicTo(QPointF(*points[1]), QPointF(*points[2]), QPointF(*points[3]))
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
    share = min(_CORNER, length / 2) / length
    return (corner[0] + dx * share, corner[1] + dy * share)
