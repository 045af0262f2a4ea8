"""Rows of a list that are a name and, at the right, some words about it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.ui.dialogs.pick_list import ITEM_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_M, SPACE_XS, TEXT_BODY, TEXT_CAPTION
from casare.ui.widgets.row_ground import paint_row_ground


class NameRow(NamedTuple):
    """What a row says, and the thing it stands for."""

    name: str
    words: str
    item: object

    def __str__(self) -> str:
        return self.name


class NameDelegate(QStyledItemDelegate):
    """Paint the rows from the theme."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT + SPACE_XS)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        row: NameRow = index.data(ITEM_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        text = rect.adjusted(SPACE_M, 0, -SPACE_M, 0)
        painter.setFont(ui_font(TEXT_CAPTION))
        painter.setPen(qcolor(theme.text_muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.words)
        taken = painter.fontMetrics().horizontalAdvance(row.words) + SPACE_M
        painter.setFont(ui_font(TEXT_BODY))
        painter.setPen(qcolor(theme.text))
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, text.width() - taken)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
