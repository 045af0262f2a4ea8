"""How a line of the log looks: time, level, source, message."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.app.log_book import Entry, Level
from casare.ui.panels.log.log_model import ENTRY_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_M, SPACE_S, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.row_ground import fill_row_ground

_ICON = 14
_TIME, _SOURCE = 60, 150

LOOK: dict[Level, tuple[str, str]] = {
    Level.DEBUG: ("bug", "text_muted"),
    Level.INFO: ("info", "text_muted"),
    Level.WARNING: ("triangle-alert", "warning"),
    Level.ERROR: ("circle-alert", "error"),
}
"""The icon and the colour token of each level."""


class LogDelegate(QStyledItemDelegate):
    """Paint one entry a row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry."""
        entry: Entry = index.data(ENTRY_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        fill_row_ground(painter, option)
        _paint_entry(painter, rect, entry, theme)
        painter.restore()


def _paint_entry(painter: QPainter, rect: QRect, entry: Entry, theme: Theme) -> None:
    icon_name, token = LOOK[entry.level]
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    pixmap = icon_pixmap(icon_name, getattr(theme, token), _ICON, ratio)
    painter.drawPixmap(QPoint(rect.left() + SPACE_M, rect.center().y() - _ICON // 2 + 1), pixmap)
    x = rect.left() + SPACE_M + _ICON + SPACE_S
    painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
    painter.setPen(qcolor(theme.text_muted))
    _text(painter, QRect(x, rect.top(), _TIME, rect.height()), time.strftime("%H:%M:%S", time.localtime(entry.at)))
    x += _TIME
    wide = rect.width() > 560
    if wide:
        painter.setPen(qcolor(theme.text_secondary))
        _text(painter, QRect(x, rect.top(), _SOURCE - SPACE_S, rect.height()), entry.source)
        x += _SOURCE
    painter.setFont(ui_font(TEXT_BODY))
    painter.setPen(qcolor(theme.error if entry.level >= Level.ERROR else theme.text))
    message = " ".join(entry.message.split())
    _text(painter, QRect(x, rect.top(), rect.right() - x - SPACE_M, rect.height()), message)


def _text(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
