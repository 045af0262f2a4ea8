"""A line of text that shows where it was cut."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from casare.ui.theme.fonts import mono_font, ui_font
from casare.ui.theme.tokens import TEXT_BODY

_QT_TEXT_MARGIN = 2


class ElidedLine(QLineEdit):
    """Edit a line; while it has no focus, a text that is too long ends in an ellipsis."""

    def overflows(self) -> bool:
        """Tell whether the text is too long to be seen whole."""
        return self.fontMetrics().horizontalAdvance(self.displayText()) > self._room().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, with an ellipsis where one is due."""
        if self.hasFocus() or not self.text() or not self.overflows():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self._room()
        shown = self.fontMetrics().elidedText(self.displayText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        rect = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        margins = self.textMargins()
        return rect.adjusted(margins.left() + _QT_TEXT_MARGIN, 0, -margins.right() - _QT_TEXT_MARGIN, 0)


def keep_font(field: QWidget, mono: bool) -> None:
    """Give a field its font again if it has another: a new font of the application replaces that of its widgets."""
    wanted = mono_font(TEXT_BODY) if mono else ui_font(TEXT_BODY)
    if field.font().families() != wanted.families():
        field.setFont(wanted)
