"""How a card looks: picture, name, counts, grade, when, format; and the states of a file that cannot be shown."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.app.ages import age
from casare.app.files.previews import Seen
from casare.ui.panels.start.cards import Card, CardState
from casare.ui.panels.start.cards_model import CARD_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    RADIUS_CARD,
    RADIUS_CHIP,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    TEXT_BODY,
    TEXT_CAPTION,
    TEXT_TITLE,
    Theme,
)
from casare.ui.widgets.grade_chip import paint_grade

PICTURE_HEIGHT = 132
FOOTER_HEIGHT = 52
GAP = SPACE_L
INSET = 2
"""Room for the ring around the chosen card, inside its cell."""
_BUTTON = 22
_PIXMAPS = 160
_CHIP = QSize(22, 16)

PicturePainter = Callable[[QPainter, QRectF, Any, Theme], None]
"""Draws the picture of a skeleton into a rectangle."""


class CardDelegate(QStyledItemDelegate):
    """Paint cards, their pictures drawn once for each size and theme."""

    def __init__(self, paint_picture: PicturePainter, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._paint_picture = paint_picture
        self._cell = QSize(280, PICTURE_HEIGHT + FOOTER_HEIGHT + GAP)
        self._pixmaps: OrderedDict[tuple[object, ...], tuple[Seen, QPixmap]] = OrderedDict()

    def set_cell(self, size: QSize) -> None:
        """Give the cards another size."""
        self._cell = size

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a cell."""
        return self._cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the card."""
        card: Card = index.data(CARD_ROLE)
        theme = current_theme()
        rect = card_rect(option.rect)
        shape = QPainterPath()
        shape.addRoundedRect(rect, RADIUS_CARD, RADIUS_CARD)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(shape, qcolor(theme.raised))
        painter.setClipPath(shape)
        self._paint_upper(painter, rect, card, theme)
        painter.setClipping(False)
        _paint_footer(painter, rect, card, theme)
        _paint_edge(painter, rect, option, theme)
        if hovered and card.opened_at is not None:
            _paint_cross(painter, cross_rect(option.rect), theme)
        painter.restore()

    def over_cross(self, index: QModelIndex, cell: QRect, point: QPointF) -> bool:
        """Tell whether a point of the view lies on the cross that removes a card."""
        card: Card | None = index.data(CARD_ROLE)
        return card is not None and card.opened_at is not None and cross_rect(cell).contains(point)

    def _paint_upper(self, painter: QPainter, rect: QRectF, card: Card, theme: Theme) -> None:
        upper = QRectF(rect.left(), rect.top(), rect.width(), PICTURE_HEIGHT)
        painter.fillRect(upper, qcolor(theme.canvas))
        if card.state is CardState.READY and card.seen is not None:
            painter.drawPixmap(upper.topLeft(), self._picture(card, card.seen, upper.size().toSize(), painter, theme))
        elif card.state is CardState.MISSING:
            _paint_mark(painter, upper, "unlink", "text_muted", "The file is not there any more", theme)
        elif card.state is CardState.BROKEN:
            _paint_mark(painter, upper, "triangle-alert", "warning", card.reason, theme)
        else:
            _paint_mark(painter, upper, "loader-circle", "text_muted", "", theme)
        painter.fillRect(QRectF(rect.left(), upper.bottom(), rect.width(), 1), qcolor(theme.line))

    def _picture(self, card: Card, seen: Seen, size: QSize, painter: QPainter, theme: Theme) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        key = (card.path, size.width(), size.height(), ratio, theme.name)
        found = self._pixmaps.get(key)
        if found is not None and found[0] is seen:
            self._pixmaps.move_to_end(key)
            return found[1]
        picture = seen.preview.picture
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        inner = QPainter(made)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(SPACE_L, SPACE_M, size.width() - 2 * SPACE_L, size.height() - 2 * SPACE_M)
        if picture:
            self._paint_picture(inner, room, picture, theme)
        else:
            _paint_mark(inner, room, "workflow", "text_muted", "No nodes yet", theme)
        inner.end()
        self._pixmaps[key] = (seen, made)
        while len(self._pixmaps) > _PIXMAPS:
            self._pixmaps.popitem(last=False)
        return made


def card_rect(cell: QRect) -> QRectF:
    """Return the card within its cell."""
    return QRectF(
        cell.left() + INSET, cell.top() + INSET, cell.width() - GAP - 1, PICTURE_HEIGHT + FOOTER_HEIGHT
    ).adjusted(0.5, 0.5, -0.5, -0.5)


def cross_rect(cell: QRect) -> QRectF:
    """Return where the cross of a card is pressed."""
    card = card_rect(cell)
    return QRectF(card.right() - _BUTTON - 6, card.top() + 6, _BUTTON, _BUTTON)


def _paint_footer(painter: QPainter, rect: QRectF, card: Card, theme: Theme) -> None:
    footer = QRectF(rect.left() + SPACE_M, rect.bottom() - FOOTER_HEIGHT + 1, rect.width() - 2 * SPACE_M, FOOTER_HEIGHT)
    chip = QRectF(footer.left(), footer.center().y() - _CHIP.height() / 2, _CHIP.width(), _CHIP.height())
    dim = card.state in (CardState.MISSING, CardState.BROKEN)
    painter.setOpacity(0.55 if dim else 1.0)
    paint_grade(painter, chip, card.grade, theme)
    painter.setOpacity(1.0)
    text = footer.adjusted(_CHIP.width() + SPACE_M, 9, 0, -9)
    upper = QRectF(text.left(), text.top(), text.width(), 18)
    lower = QRectF(text.left(), text.top() + 17, text.width(), 17)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
    painter.setPen(qcolor(theme.text_muted))
    when = age(card.moment, time.time()) if card.moment is not None else ""
    painter.drawText(upper, right, when)
    painter.drawText(lower, right, card.suffix)
    metrics = painter.fontMetrics()
    upper.setRight(upper.right() - metrics.horizontalAdvance(when) - SPACE_S)
    lower.setRight(lower.right() - metrics.horizontalAdvance(card.suffix) - SPACE_S)
    painter.setPen(qcolor(theme.warning if card.state is CardState.BROKEN else theme.text_muted))
    _text(painter, lower, card.counts)
    painter.setFont(ui_font(TEXT_TITLE, QFont.Weight.DemiBold))
    painter.setPen(qcolor(theme.text_muted if dim else theme.text))
    _text(painter, upper, card.title)


def _paint_edge(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if option.state & QStyle.StateFlag.State_Selected:
        focused = bool(option.state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
        painter.setPen(QPen(qcolor(theme.focus_ring, 1.0 if focused else 0.6), 2))
        painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS_CARD + 0.5, RADIUS_CARD + 0.5)
        return
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(qcolor(theme.outline if hovered else theme.line), 1))
    painter.drawRoundedRect(rect, RADIUS_CARD, RADIUS_CARD)


def _paint_mark(painter: QPainter, rect: QRectF, icon_name: str, token: str, text: str, theme: Theme) -> None:
    ratio = painter.device().devicePixelRatio()
    top = rect.center().y() - (22 if text else 12)
    pixmap = icon_pixmap(icon_name, getattr(theme, token), 24, ratio)
    painter.drawPixmap(QPointF(round(rect.center().x() - 12), round(top)), pixmap)
    if text:
        painter.setFont(ui_font(TEXT_CAPTION))
        painter.setPen(qcolor(theme.text_secondary))
        room = QRectF(rect.left() + SPACE_M, top + 28, rect.width() - 2 * SPACE_M, 34)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, text)


def _paint_cross(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(qcolor(theme.line_strong), 1))
    painter.setBrush(qcolor(theme.overlay))
    painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
    pixmap = icon_pixmap("x", theme.text_secondary, 12, painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(rect.center().x() - 6, rect.center().y() - 6), pixmap)


def _text(painter: QPainter, rect: QRectF, text: str) -> None:
    painter.setFont(ui_font(TEXT_BODY) if painter.font().pixelSize() < TEXT_BODY else painter.font())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
