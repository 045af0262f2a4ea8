"""How a node fares in a run, drawn over its card: ring, badge, error, breakpoint, pin; and the counts on wires.

Nothing of it is part of a card's kept picture: a run changes it many times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from casare.profiling.reporting.text import duration_text
from casare.ui.canvas.kept_pictures import KeptPictures
from casare.ui.canvas.look import CanvasLook
from casare.ui.canvas.paint.text import draw_text, text_width
from casare.ui.geometry.card import Card
from casare.ui.geometry.metrics import CARD_RADIUS
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.states import StateLook, state_look
from casare.ui.theme.tokens import RADIUS_CHIP

if TYPE_CHECKING:
    from casare.app.running.board import NodeView

BADGE_HEIGHT: Final = 16
ERROR_GAP: Final = 5
ERROR_HEIGHT: Final = 22
_ICON: Final = 12
_DASH: Final = 4.0
_SPILL: Final = 3.0
_STILL: Final = frozenset({"pending", "skipped", "bypassed", "cancelled"})
"""States of nodes that did nothing: no ring, only a badge."""


class Dressing:
    """What is drawn about one node: its state with the marks a person has set. `phase` turns what runs (0 to 1)."""

    __slots__ = ("breakpoint", "elapsed_ms", "phase", "pinned", "stale", "view")

    def __init__(
        self,
        view: NodeView | None,
        *,
        stale: bool = False,
        breakpoint: bool = False,
        pinned: bool = False,
        phase: float = 0.0,
        elapsed_ms: float = 0.0,
    ) -> None:
        self.view = view
        self.stale = stale
        self.breakpoint = breakpoint
        self.pinned = pinned
        self.phase = phase
        self.elapsed_ms = elapsed_ms

    @property
    def look(self) -> StateLook:
        """Return how its state looks."""
        view = self.view
        return state_look("paused" if view is not None and view.paused else view.status if view is not None else "")


def draw_status(painter: QPainter, card: Card, dressing: Dressing, look: CanvasLook, kept: KeptPictures) -> None:
    """Draw the state of a node over its card (scene px). What does not turn is drawn by kept pictures."""
    rect = QRectF(card.x, card.y, card.shape.width, card.shape.height)
    view = dressing.view
    if view is not None:
        state = dressing.look
        colour = state_colour(state, look, stale=dressing.stale)
        turning = view.status == "running" and not view.paused
        if turning:
            _draw_ring(painter, rect, dressing, colour)
            _draw_badge(painter, _badge_rect(rect, dressing, look), dressing, colour, look)
        else:
            _keep_ring(painter, rect, dressing, colour, kept)
            _keep_badge(painter, rect, dressing, colour, look, kept)
        if view.status == "failed" and view.error:
            _draw_error(painter, error_rect(card), view.error, dressing, look)
    if dressing.breakpoint:
        _draw_breakpoint(painter, rect.topLeft(), look)
    if dressing.pinned:
        _draw_pin(painter, rect.topRight(), look)


def _keep_ring(painter: QPainter, rect: QRectF, dressing: Dressing, colour: QColor, kept: KeptPictures) -> None:
    view = dressing.view
    if view is None or (view.status in _STILL and not view.paused):
        return
    key = ("ring", rect.width(), rect.height(), dressing.look.token, view.status, view.paused, colour.rgba())
    own = QRectF(_SPILL, _SPILL, rect.width(), rect.height())
    around = rect.adjusted(-_SPILL, -_SPILL, _SPILL, _SPILL)
    kept.draw(painter, key, around, lambda on: _draw_ring(on, own, dressing, colour))


def _keep_badge(
    painter: QPainter, rect: QRectF, dressing: Dressing, colour: QColor, look: CanvasLook, kept: KeptPictures
) -> None:
    assert dressing.view is not None
    box = _badge_rect(rect, dressing, look)
    key = ("badge", dressing.look.icon, colour.rgba(), look.canvas.rgba(), badge_text(dressing.view, 0.0))
    own = QRectF(0, 0, box.width(), box.height())
    kept.draw(painter, key, box, lambda on: _draw_badge(on, own, dressing, colour, look))


def error_rect(card: Card) -> QRectF:
    """Return where the message of a failed node stands (scene px)."""
    return QRectF(card.x, card.y + card.shape.height + ERROR_GAP, card.shape.width, ERROR_HEIGHT)


def state_colour(state: StateLook, look: CanvasLook, *, stale: bool) -> QColor:
    """Return the colour of a state; grey when it is of an earlier state of the document."""
    return qcolor(look.theme.stale if stale else getattr(look.theme, state.token))


def badge_text(view: NodeView, elapsed_ms: float) -> str:
    """Return what the badge of a node says: how long it took, and how often it ran when more than once."""
    if view.paused:
        return "Paused here"
    if view.status == "running":
        parts = [duration_text(elapsed_ms)] if elapsed_ms >= 1000 else []
    elif view.status in _STILL:
        parts = []
    else:
        parts = [duration_text(view.total_ms)]
    if view.runs > 1:
        parts.append(f"×{view.runs:,}")
    if view.retries:
        parts.append(f"{view.retries} retr{'y' if view.retries == 1 else 'ies'}")
    return "  ".join(parts)


def draw_count(
    painter: QPainter, middle: tuple[float, float], text: str, colour: QColor, look: CanvasLook, kept: KeptPictures
) -> None:
    """Draw how much has gone over a wire, at its middle (scene px), by kept pictures: most wires show the same."""
    width = text_width(text, look.badge_font) + 10
    # Room for the line around it.
    box = QRectF(middle[0] - width / 2 - 1, middle[1] - 9, width + 2, 18)
    own = QRectF(1, 1, width, 16)

    def draw(on: QPainter) -> None:
        on.setBrush(look.canvas)
        on.setPen(QPen(colour, 1))
        on.drawRoundedRect(own, 8, 8)
        draw_text(on, own, text, look.badge_font, look.secondary, Qt.AlignmentFlag.AlignHCenter)

    kept.draw(painter, ("count", text, colour.rgba(), look.canvas.rgba()), box, draw)


def _draw_ring(painter: QPainter, rect: QRectF, dressing: Dressing, colour: QColor) -> None:
    view = dressing.view
    running = view is not None and view.status == "running" and not view.paused
    strong = running or (view is not None and (view.paused or view.status == "failed"))
    pen = QPen(colour, 2.2 if strong else 1.4)
    if running:
        pen.setDashPattern([_DASH, _DASH * 0.75])
        pen.setDashOffset(-dressing.phase * _DASH * 1.75)
    elif view is not None and view.status == "cached":
        pen.setDashPattern([1.0, 2.0])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


def _badge_rect(rect: QRectF, dressing: Dressing, look: CanvasLook) -> QRectF:
    """Return where the badge of a card stands: above its left corner, beside a breakpoint."""
    assert dressing.view is not None
    text = badge_text(dressing.view, dressing.elapsed_ms)
    width = _ICON + 8 + (text_width(text, look.badge_font) + 4 if text else 0)
    left = rect.x() + (12 if dressing.breakpoint else 0)
    return QRectF(left, rect.y() - BADGE_HEIGHT - 3, width, BADGE_HEIGHT)


def _draw_badge(painter: QPainter, box: QRectF, dressing: Dressing, colour: QColor, look: CanvasLook) -> None:
    view = dressing.view
    assert view is not None
    text = badge_text(view, dressing.elapsed_ms)
    ground, ink = QColor(look.canvas), look.secondary
    ground.setAlphaF(0.88)
    if view.paused:
        # The ring is that of a selection, so the badge is what tells them apart.
        ground, ink = colour, qcolor(look.theme.on_accent)
        colour = ink
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
    spin = dressing.phase * 360 if view.status == "running" and not view.paused else 0.0
    _draw_icon(painter, QPointF(box.x() + 4 + _ICON / 2, box.center().y()), dressing.look.icon, colour, spin)
    if text:
        draw_text(painter, box.adjusted(_ICON + 8, 0, 8, 0), text, look.badge_font, ink)


def _draw_error(painter: QPainter, box: QRectF, message: str, dressing: Dressing, look: CanvasLook) -> None:
    colour = state_colour(dressing.look, look, stale=dressing.stale)
    painter.setBrush(qcolor(look.theme.raised if dressing.stale else look.theme.error_ground))
    painter.setPen(QPen(colour, 1))
    painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
    _draw_icon(painter, QPointF(box.x() + 13, box.center().y()), "circle-alert", colour)
    line = " ".join(message.split())
    draw_text(painter, box.adjusted(24, 0, -6, 0), line[:1].upper() + line[1:200], look.text_font, look.text)


def _draw_breakpoint(painter: QPainter, corner: QPointF, look: CanvasLook) -> None:
    painter.setPen(QPen(look.canvas, 2))
    painter.setBrush(look.error)
    painter.drawEllipse(corner + QPointF(1, 1), 6.5, 6.5)


def _draw_pin(painter: QPainter, corner: QPointF, look: CanvasLook) -> None:
    middle = corner + QPointF(-1, 1)
    painter.setPen(QPen(look.canvas, 2))
    painter.setBrush(look.accent)
    painter.drawEllipse(middle, 9, 9)
    _draw_icon(painter, middle, "pin", qcolor(look.theme.on_accent))


def _draw_icon(painter: QPainter, middle: QPointF, name: str, colour: QColor, turned: float = 0.0) -> None:
    """Draw an icon sharply at whatever zoom, turned by so many degrees."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    pixmap = icon_pixmap(name, colour.name(), max(6, round(_ICON * painter.worldTransform().m11())), ratio)
    target = QRectF(-_ICON / 2, -_ICON / 2, _ICON, _ICON)
    source = QRectF(0, 0, pixmap.width(), pixmap.height())
    if not turned:
        painter.drawPixmap(target.translated(middle), pixmap, source)
        return
    painter.save()
    painter.translate(middle)
    painter.rotate(turned)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawPixmap(target, pixmap, source)
    painter.restore()
