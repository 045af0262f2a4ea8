"""A node's card: tinted header with icon and title, one telling line, ports on a common rhythm."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer

from casare.app.documents.faces import Face
from casare.ui.canvas.look import RING_WIDTH, CanvasLook
from casare.ui.canvas.paint.port import draw_port
from casare.ui.canvas.paint.text import draw_text, text_width
from casare.ui.geometry.card import Card, CardShape, PortSpot
from casare.ui.geometry.metrics import CARD_RADIUS, HEADER_HEIGHT, HEADLINE_HEIGHT, ROW_HEIGHT
from casare.ui.theme.icons import icon_svg

MARGIN = 16
"""What is drawn outside the card's rectangle at most: ring, shadow, ports, badge (scene px)."""
_BADGE_HEIGHT = 15
_ICON = 14
_TEXT_LEFT = 12
_LABEL_INSET = 12
_LABEL_GAP = 8
_TINY = 0.13
"""Below this zoom a box is one colour."""
_FAR_HEADER = 0.6
"""How much of the header's height a box shows of its colour."""
_FAR_LINE = 12.0
_FAR_WIDTH = 36.0
"""The least room (px of the screen) for a title on a box."""


class Marks(NamedTuple):
    """The state a card shows beside what it is."""

    selected: bool = False
    hovered: bool = False
    problem: str = ""
    """error, warning or empty."""
    critical: bool = False
    """Whether the node lies on the critical path that is being shown."""
    heat: int = -1
    """Step on the heat scale (0 to HEAT_STEPS - 1), or -1 when no heat is shown."""
    badge: str = ""
    """What the node costs, written above its card."""
    stale: bool = False
    """Whether heat and badge are those of an earlier state."""


PLAIN = Marks()


def draw_card(
    painter: QPainter,
    shape: CardShape,
    face: Face,
    marks: Marks,
    look: CanvasLook,
    wired: Collection[tuple[str, bool]] = (),
) -> None:
    """Draw a card with its top-left corner at the painter's origin. `wired` holds (port, is_output) of wired ports."""
    if face.disabled:
        painter.setOpacity(0.5)
    rect = QRectF(0, 0, shape.width, shape.height)
    if face.stacked:
        _draw_stack(painter, rect, look)
    _draw_ground(painter, rect, face, marks, look)
    _draw_border(painter, rect, face, marks, look)
    _draw_header(painter, shape, face, marks, look)
    if shape.headline and not face.bypassed:
        _draw_headline(painter, shape, face, look)
    for spot in shape.inputs.values():
        draw_port(painter, spot.port, spot.x, spot.y, look, filled=(spot.port.name, False) in wired)
    for spot in shape.outputs.values():
        draw_port(painter, spot.port, spot.x, spot.y, look, filled=(spot.port.name, True) in wired)
    _draw_labels(painter, shape, look)
    if face.disabled:
        painter.setOpacity(1.0)
        if face.bypassed:
            _draw_way_past(painter, shape, look)
        else:
            _draw_strike(painter, rect, look)


def _draw_stack(painter: QPainter, rect: QRectF, look: CanvasLook) -> None:
    """Draw the edges of two cards below this one: there is more inside."""
    painter.setPen(QPen(look.border, 1))
    for inset, down in ((9.5, 9.5), (4.5, 5.0)):
        painter.setBrush(look.body)
        painter.drawRoundedRect(rect.adjusted(inset, 12, -inset, down), CARD_RADIUS, CARD_RADIUS)


def _draw_ground(painter: QPainter, rect: QRectF, face: Face, marks: Marks, look: CanvasLook) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    shadow = look.shadow
    for spread, strength in ((2.5, 0.35), (1.0, 0.5)):
        shade = shadow.toRgb()
        shade.setAlphaF(shadow.alphaF() * strength)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-spread / 2, 0, spread / 2, spread), CARD_RADIUS + 1, CARD_RADIUS + 1)
    painter.setBrush(look.body)
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    if not face.comment:
        painter.setBrush(look.header(face.category) if marks.heat < 0 else look.heat_ground(marks.heat, marks.stale))
        if rect.height() > HEADER_HEIGHT:
            painter.drawPath(_header_path(rect.width()))
        else:
            painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)


def _draw_border(painter: QPainter, rect: QRectF, face: Face, marks: Marks, look: CanvasLook) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not face.known:
        painter.setPen(QPen(look.outline, 1.2, Qt.PenStyle.DashLine))
    else:
        painter.setPen(QPen(look.outline if marks.hovered else look.border, 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
    ring = None
    if marks.selected:
        ring = look.ring
    elif marks.critical:
        ring = look.critical
    if ring is not None:
        painter.setPen(QPen(ring, RING_WIDTH))
        painter.drawRoundedRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5), CARD_RADIUS + 1.5, CARD_RADIUS + 1.5)


def _draw_header(painter: QPainter, shape: CardShape, face: Face, marks: Marks, look: CanvasLook) -> None:
    top = (HEADER_HEIGHT - _ICON) / 2
    hot = marks.heat >= 0
    title_colour = look.on_heat(marks.heat, marks.stale) if hot else look.text
    colour = title_colour if hot else look.category(face.category)
    _icon_renderer(face.icon, colour.name()).render(painter, QRectF(10, top, _ICON, _ICON))
    right = shape.width - (30 if marks.problem else 10)
    draw_text(painter, QRectF(30, 0, right - 30, HEADER_HEIGHT), face.title, look.title_font, title_colour)
    if marks.badge:
        above = QRectF(0, -_BADGE_HEIGHT, shape.width - 2, _BADGE_HEIGHT)
        ink = look.muted if marks.stale else look.secondary
        draw_text(painter, above, marks.badge, look.badge_font, ink, Qt.AlignmentFlag.AlignRight)
    if marks.problem:
        colour = look.error if marks.problem == "error" else look.warning
        name = "circle-alert" if marks.problem == "error" else "triangle-alert"
        _icon_renderer(name, colour.name()).render(painter, QRectF(shape.width - 24, top, _ICON, _ICON))


def _draw_headline(painter: QPainter, shape: CardShape, face: Face, look: CanvasLook) -> None:
    rect = QRectF(_TEXT_LEFT, HEADER_HEIGHT, shape.width - 2 * _TEXT_LEFT, HEADLINE_HEIGHT)
    draw_text(painter, rect, face.headline, look.text_font, look.secondary if face.known else look.muted)


def _draw_labels(painter: QPainter, shape: CardShape, look: CanvasLook) -> None:
    left = {spot.y: spot.port.title for spot in shape.inputs.values() if spot.labelled}
    right = {spot.y: spot.port.title for spot in shape.outputs.values() if spot.labelled}
    for spots, opposite, align in (
        (shape.inputs.values(), right, Qt.AlignmentFlag.AlignLeft),
        (shape.outputs.values(), left, Qt.AlignmentFlag.AlignRight),
    ):
        for spot in spots:
            if spot.labelled:
                room = label_room(shape.width, spot.port.title, opposite.get(spot.y, ""), look.text_font)
                _draw_label(painter, shape, spot, room, align, look)


def _draw_label(
    painter: QPainter, shape: CardShape, spot: PortSpot, width: float, align: Qt.AlignmentFlag, look: CanvasLook
) -> None:
    left = _LABEL_INSET if align is Qt.AlignmentFlag.AlignLeft else shape.width - _LABEL_INSET - width
    rect = QRectF(left, spot.y - ROW_HEIGHT / 2, width, ROW_HEIGHT)
    draw_text(painter, rect, spot.port.title, look.text_font, look.secondary, align)


def label_room(width: float, title: str, opposite: str, font: QFont) -> float:
    """Return how wide the name of a port may be on a card of `width` when another one stands at the other side (px).

    Each gets what it needs; where both do not fit, none gets less than half.
    """
    room = width - 2 * _LABEL_INSET
    if not opposite:
        return room
    room -= _LABEL_GAP
    return max(room / 2, room - text_width(opposite, font)) if text_width(title, font) > room / 2 else room / 2


def _draw_strike(painter: QPainter, rect: QRectF, look: CanvasLook) -> None:
    # Not by colour alone: a disabled card is also struck through.
    painter.setPen(QPen(look.muted, 1.5))
    painter.drawLine(
        QPoint(int(rect.left()) + 10, HEADER_HEIGHT // 2), QPoint(int(rect.right()) - 10, HEADER_HEIGHT // 2)
    )


def _draw_way_past(painter: QPainter, shape: CardShape, look: CanvasLook) -> None:
    """Draw the way values take past a card that does not run: from its way in to its way out."""
    # Under the title of a card that has no other row.
    start = next(iter(shape.inputs.values()), None) if shape.headline else None
    end = next(iter(shape.outputs.values()), None) if shape.headline else None
    y = HEADER_HEIGHT / 2 if shape.headline else HEADER_HEIGHT - 5
    one = QPointF(start.x + 7, start.y) if start is not None else QPointF(8, y)
    other = QPointF(end.x - 7, end.y) if end is not None else QPointF(shape.width - 8, y)
    path = QPainterPath(one)
    path.cubicTo(QPointF(one.x() + 50, one.y()), QPointF(other.x() - 50, other.y()), other)
    pen = QPen(look.accent, 2, Qt.PenStyle.DashLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(QPen(look.accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for back in (-4, 4):
        painter.drawLine(other, QPointF(other.x() - 5, other.y() + back))


@lru_cache(maxsize=8)
def _header_path(width: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, width, HEADER_HEIGHT + CARD_RADIUS), CARD_RADIUS, CARD_RADIUS)
    below = QPainterPath()
    below.addRect(QRectF(0, HEADER_HEIGHT, width, CARD_RADIUS))
    return path.subtracted(below)


@lru_cache(maxsize=256)
def _icon_renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(icon_svg(name, colour)))


def draw_stand_in(painter: QPainter, card: Card, face: Face, marks: Marks, look: CanvasLook) -> None:
    """Draw in the place of a card, until there is time to draw it, what the pictures from afar show of it.

    Of a hundred cards that come into view at once all but a few are drawn so for a frame or two.
    """
    rect = QRectF(card.x, card.y, card.shape.width, card.shape.height)
    painter.fillRect(rect, look.body)
    colour = look.category(face.category) if marks.heat < 0 else look.heat_ground(marks.heat, marks.stale)
    painter.fillRect(QRectF(card.x, card.y, card.shape.width, HEADER_HEIGHT), colour)
    _draw_far_ring(painter, rect, marks, look)


def draw_box(painter: QPainter, rect: QRectF, face: Face, marks: Marks, look: CanvasLook) -> None:
    """Draw a card from afar: its colour, and its title at a size that can still be read; no ports.

    Very far away the colour fills it, or nothing would be seen.
    """
    scale = painter.worldTransform().m11()
    tiny = scale < _TINY
    colour = look.category(face.category) if marks.heat < 0 else look.heat_ground(marks.heat, marks.stale)
    if face.stacked and not tiny:
        painter.setPen(QPen(look.border, 1))
        painter.setBrush(look.body)
        painter.drawRoundedRect(rect.adjusted(8, 12, -8, 10), CARD_RADIUS, CARD_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour if tiny else look.body)
    radius = 0.0 if tiny else CARD_RADIUS
    painter.drawRoundedRect(rect, radius, radius)
    if not tiny:
        painter.setBrush(colour)
        painter.drawRect(QRectF(rect.x(), rect.y(), rect.width(), HEADER_HEIGHT * _FAR_HEADER))
        _draw_far_title(painter, rect, face, look, scale)
    _draw_far_ring(painter, rect, marks, look)


def _draw_far_ring(painter: QPainter, rect: QRectF, marks: Marks, look: CanvasLook) -> None:
    ring = look.ring if marks.selected else look.critical if marks.critical else None
    if ring is not None:
        pen = QPen(ring, RING_WIDTH)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def _draw_far_title(painter: QPainter, rect: QRectF, face: Face, look: CanvasLook, scale: float) -> None:
    """Write the title over the body at the size of the screen, where there is room for a line of it."""
    body = rect.adjusted(0, HEADER_HEIGHT * _FAR_HEADER, 0, 0)
    if body.height() * scale < _FAR_LINE or rect.width() * scale < _FAR_WIDTH:
        return
    painter.save()
    painter.translate(body.topLeft())
    painter.scale(1 / scale, 1 / scale)
    line = QRectF(4, 0, body.width() * scale - 8, body.height() * scale)
    draw_text(painter, line, face.title, look.far_font, look.secondary, Qt.AlignmentFlag.AlignHCenter)
    painter.restore()
