"""How a row of the palette looks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from casare.ui.panels.palette.palette_model import ROW_ROLE
from casare.ui.panels.palette.rows import CategoryRow, EntryRow, category_title
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    ROW_HEIGHT,
    SPACE_M,
    SPACE_S,
    TEXT_BODY,
    TEXT_CAPTION,
    Theme,
)
from casare.ui.widgets.row_ground import paint_row_ground

CATEGORY_HEIGHT = 28
_SQUARE = 8
_ICON = 14
_INDENT = SPACE_M + _SQUARE + SPACE_S


class RowDelegate(QStyledItemDelegate):
    """Paint category headings and entries from the theme, with pixmaps that are drawn once."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        row = index.data(ROW_ROLE)
        return QSize(0, CATEGORY_HEIGHT if isinstance(row, CategoryRow) else ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme = current_theme()
        row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        if isinstance(row, CategoryRow):
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            _paint_category(painter, rect, row, theme, hovered)
        elif isinstance(row, EntryRow):
            _paint_entry(painter, rect, row, theme)
        painter.restore()


def _paint_category(painter: QPainter, rect: QRect, row: CategoryRow, theme: Theme, hovered: bool) -> None:
    _square(painter, rect.left() + SPACE_M, rect.center().y(), row.category, theme)
    right = rect.adjusted(0, 0, -SPACE_M, 0)
    painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
    painter.setPen(qcolor(theme.text_muted))
    count = str(row.size)
    painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
    if hovered or not row.opened:
        chevron = icon_pixmap("chevron-down" if row.opened else "chevron-right", theme.text_muted, 12, _ratio(painter))
        x = right.right() - painter.fontMetrics().horizontalAdvance(count) - SPACE_S - 12
        painter.drawPixmap(QPoint(x, rect.center().y() - 5), chevron)
    taken = painter.fontMetrics().horizontalAdvance(count) + SPACE_M + 24
    painter.setFont(ui_font(TEXT_BODY, QFont.Weight.Medium))
    painter.setPen(qcolor(theme.text_secondary))
    _text(painter, rect.adjusted(_INDENT, 0, -taken, 0), row.title)


def _paint_entry(painter: QPainter, rect: QRect, row: EntryRow, theme: Theme) -> None:
    entry = row.entry
    left = rect.left() + (SPACE_M if row.found else _INDENT)
    pixmap = icon_pixmap(entry.icon, theme.category(entry.category), _ICON, _ratio(painter))
    painter.drawPixmap(QPoint(left, rect.center().y() - _ICON // 2 + 1), pixmap)
    text = QRect(left + _ICON + SPACE_S, rect.top(), rect.right() - left - _ICON - SPACE_S - SPACE_S, rect.height())
    painter.setFont(ui_font(TEXT_BODY))
    title_width = painter.fontMetrics().horizontalAdvance(entry.title)
    if row.found:
        text.setRight(text.right() - _paint_group(painter, text, title_width, entry.category, theme))
    painter.setFont(ui_font(TEXT_BODY))
    painter.setPen(qcolor(theme.text))
    _text(painter, text, entry.title)


def _paint_group(painter: QPainter, rect: QRect, title_width: int, category: str, theme: Theme) -> int:
    """Name the category at the right where there is room for it beside the title; return the room it took."""
    painter.setFont(ui_font(TEXT_CAPTION))
    title = category_title(category)
    width = painter.fontMetrics().horizontalAdvance(title)
    if title_width + width + SPACE_M > rect.width():
        return 0
    painter.setPen(qcolor(theme.text_muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)
    return width + SPACE_S


def _square(painter: QPainter, x: int, middle: int, category: str, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(theme.category(category)))
    painter.drawRoundedRect(QRectF(x, middle - _SQUARE / 2 + 1, _SQUARE, _SQUARE), 2, 2)


def _text(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return device.devicePixelRatio() if device is not None else 1.0
