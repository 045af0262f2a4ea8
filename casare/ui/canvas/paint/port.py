"""Ports: a triangle passes the turn, a disc one value, a square a list, a diamond a dict, a hexagon an open handle."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from casare.sdk import DataType, Port, PortKind
from casare.ui.canvas.look import CanvasLook
from casare.ui.geometry.metrics import PORT_RADIUS

_PLAIN = (
    DataType.ANY,
    DataType.TEXT,
    DataType.INTEGER,
    DataType.FLOAT,
    DataType.NUMBER,
    DataType.BOOLEAN,
    DataType.BYTES,
)


def draw_port(painter: QPainter, port: Port, x: float, y: float, look: CanvasLook, *, filled: bool) -> None:
    """Draw a port with its centre at (x, y) scene px; an unwired one is only an outline."""
    colour = look.port_colour(port)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QBrush(colour) if filled else QBrush(look.body))
    painter.drawPath(port_path(port).translated(x, y))


def draw_halo(painter: QPainter, port: Port, x: float, y: float, colour: QColor) -> None:
    """Draw the ring that says: a wire may end here."""
    glow = QColor(colour)
    glow.setAlphaF(0.28)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    painter.drawEllipse(QPointF(x, y), PORT_RADIUS * 2.3, PORT_RADIUS * 2.3)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), PORT_RADIUS * 1.75, PORT_RADIUS * 1.75)


def draw_offer(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    """Draw the dashed ring that says: a wire may end here with a converter before it."""
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), PORT_RADIUS * 1.75, PORT_RADIUS * 1.75)


def port_path(port: Port) -> QPainterPath:
    """Return the shape of a port around the origin."""
    if port.kind is PortKind.CONTROL:
        return _shape("triangle")
    if port.type in _PLAIN:
        return _shape("disc")
    return _shape({DataType.LIST: "square", DataType.DICT: "diamond"}.get(port.type, "hexagon"))


@cache
def _shape(name: str) -> QPainterPath:
    path = QPainterPath()
    r = PORT_RADIUS
    if name == "disc":
        path.addEllipse(QPointF(0, 0), r, r)
    elif name == "square":
        path.addRoundedRect(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8, 1, 1)
    else:
        corners = {
            "triangle": ((-r * 0.8, -r), (r * 1.05, 0), (-r * 0.8, r)),
            "diamond": ((0, -r * 1.2), (r * 1.2, 0), (0, r * 1.2), (-r * 1.2, 0)),
            "hexagon": ((-r, 0), (-r / 2, -r), (r / 2, -r), (r, 0), (r / 2, r), (-r / 2, r)),
        }[name]
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    return path
