"""How a node type looks in a list to add from: icon, title and category, and below them what goes in and out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.catalog import PaletteEntry
from casare.ui.dialogs.pick_list import ITEM_ROLE
from casare.ui.panels.palette.rows import category_title
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.row_ground import paint_row_ground

HEIGHT = 44
_ICON = 16


class FoundNode(NamedTuple):
    """An entry and its data ports in words."""

    entry: PaletteEntry
    ports: str


class FoundNodeDelegate(QStyledItemDelegate):
    """Paint the rows from the theme."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        found: FoundNode = index.data(ITEM_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        ratio = painter.device().devicePixelRatio()
        pixmap = icon_pixmap(found.entry.icon, theme.category(found.entry.category), _ICON, ratio)
        painter.drawPixmap(QPoint(rect.left() + SPACE_M, rect.top() + 7), pixmap)
        text = rect.adjusted(SPACE_M + _ICON + SPACE_S, 4, -SPACE_M, -4)
        upper = QRect(text.left(), text.top(), text.width(), text.height() // 2)
        lower = QRect(text.left(), upper.bottom() + 1, text.width(), text.height() // 2)
        taken = _group(painter, upper, category_title(found.entry.category), theme)
        _line(painter, upper.adjusted(0, 0, -taken, 0), found.entry.title, theme.text, ui_font(TEXT_BODY))
        small = ui_font(TEXT_CAPTION)
        if found.ports:
            width = min(QFontMetrics(small).horizontalAdvance(found.ports), lower.width() * 3 // 5)
            ports = QRect(lower.right() - width, lower.top(), width + 1, lower.height())
            _line(painter, ports, found.ports, theme.text_muted, small)
            lower = lower.adjusted(0, 0, -width - SPACE_M, 0)
        _line(painter, lower, found.entry.summary, theme.text_secondary, small)
        painter.restore()


def _group(painter: QPainter, rect: QRect, title: str, theme: Theme) -> int:
    painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(qcolor(theme.text_muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)
    return painter.fontMetrics().horizontalAdvance(title) + SPACE_M


def _line(painter: QPainter, rect: QRect, text: str, colour: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(qcolor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
