"""A part of a panel that folds away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import FIELD_HEIGHT, RADIUS_FIELD, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION
from casare.ui.widgets.focus_ring import paint_focus_ring

_CHEVRON = 12


class CollapsibleSection(QWidget):
    """Show a heading that folds `content` away and back, by mouse, Space, Left and Right."""

    toggled = Signal(bool)
    """Whether the section is open now."""

    def __init__(
        self, title: str, content: QWidget | None = None, opened: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._header = _Header(title, opened)
        self._header.toggled.connect(self._on_toggled)
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_XS)
        self._column.addWidget(self._header)
        self.setAccessibleName(title)
        if content is not None:
            self.set_content(content)

    @property
    def opened(self) -> bool:
        """Whether the content is shown."""
        return self._header.isChecked()

    def set_opened(self, opened: bool) -> None:
        """Show the content or fold it away."""
        self._header.setChecked(opened)

    def set_trailing(self, text: str) -> None:
        """Show a short text, such as a count, at the right of the heading."""
        self._header.trailing = text
        self._header.update()

    def set_content(self, content: QWidget) -> None:
        """Put another widget under the heading; the one before is given away without a parent."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.setParent(None)
        self._content = content
        self._column.addWidget(content)
        content.setVisible(self.opened)

    def _on_toggled(self, opened: bool) -> None:
        if self._content is not None:
            self._content.setVisible(opened)
        self.toggled.emit(opened)


class _Header(QAbstractButton):
    def __init__(self, title: str, opened: bool) -> None:
        super().__init__()
        self.trailing = ""
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setChecked(opened)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 40, FIELD_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(event.key() == Qt.Key.Key_Right)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.pressed if self.isDown() else theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        at_y = (self.height() - _CHEVRON) // 2
        paint_icon(painter, QPoint(SPACE_XS, at_y), chevron, theme.text_secondary, _CHEVRON)
        rect = self.rect().adjusted(SPACE_XS + _CHEVRON + SPACE_XS, 0, -SPACE_S, 0)
        taken = self._paint_trailing(painter, rect, theme.text_muted)
        painter.setFont(ui_font(TEXT_BODY, QFont.Weight.DemiBold))
        painter.setPen(qcolor(theme.text if self.isEnabled() else theme.text_disabled))
        room = rect.adjusted(0, 0, -taken, 0)
        title = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _paint_trailing(self, painter: QPainter, rect: QRect, colour: str) -> int:
        if not self.trailing:
            return 0
        painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
        painter.setPen(qcolor(colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.trailing)
        return painter.fontMetrics().horizontalAdvance(self.trailing) + SPACE_S
