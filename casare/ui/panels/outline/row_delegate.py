"""How a row of the outline looks: icon, title, and at the right what type it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.app.documents.faces import Face
from casare.app.finding import Row, RowKind
from casare.ui.panels.outline.outline_model import FACE_ROLE, ROW_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.row_ground import paint_row_ground

_ICON = 14


class OutlineDelegate(QStyledItemDelegate):
    """Paint one row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme = current_theme()
        row: Row = index.data(ROW_ROLE)
        face: Face | None = index.data(FACE_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option, left=0)
        name, colour = _mark(row, face, theme)
        paint_icon(painter, QPoint(rect.left() + SPACE_XS, rect.center().y() - _ICON // 2 + 1), name, colour, _ICON)
        text = rect.adjusted(SPACE_XS + _ICON + SPACE_S, 0, -SPACE_S, 0)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        weight = QFont.Weight.Medium if row.kind in (RowKind.FRAME, RowKind.PORTALS) else QFont.Weight.Normal
        font = ui_font(TEXT_BODY, weight)
        width = QFontMetrics(font).horizontalAdvance(title)
        if face is not None and face.headline and not face.disabled:
            _paint_beside(painter, text, width, face.headline, theme)
        painter.setFont(font)
        painter.setPen(qcolor(theme.text_muted if face is not None and face.disabled else theme.text))
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if face is not None and face.disabled:
            off = QRect(text.left() + min(width, text.width()) + SPACE_S, text.top(), 60, text.height())
            painter.setFont(ui_font(TEXT_CAPTION))
            painter.drawText(off, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "off")
        painter.restore()


def _paint_beside(painter: QPainter, rect: QRect, taken: int, words: str, theme: Theme) -> None:
    """Write the most telling value after the title, where there is room for some of it."""
    room = rect.adjusted(taken + SPACE_S, 0, 0, 0)
    if room.width() < 32:
        return
    painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(qcolor(theme.text_muted))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _mark(row: Row, face: Face | None, theme: Theme) -> tuple[str, str]:
    if row.kind is RowKind.FRAME:
        return "frame", theme.category("flow")
    if row.kind in (RowKind.PORTALS, RowKind.PORTAL):
        return "waypoints", theme.text_secondary
    if row.kind is RowKind.NOTE or face is None:
        return "sticky-note", theme.category("notes")
    return face.icon, theme.category(face.category)
