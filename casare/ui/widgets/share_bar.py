"""A thin bar for a share of a whole, as a widget and as a cell of a table."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_S, Theme

Tone = Literal["accent", "ok", "warning", "error", "text_muted"]

THICKNESS = 6


def tone_of_cost(share: float) -> Tone:
    """Return the tone of a share of the cost: error from a half, warning from a fifth, else ok."""
    return "error" if share >= 0.5 else "warning" if share >= 0.2 else "ok"


def paint_share(painter: QPainter, rect: QRectF, share: float, tone: Tone, theme: Theme) -> None:
    """Draw a bar 6 px thick in the vertical middle of `rect`, filled up to `share` (0 to 1)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    track = QRectF(rect.x(), round(rect.center().y() - THICKNESS / 2), rect.width(), THICKNESS)
    painter.setBrush(qcolor(theme.field if theme.dark else theme.line))
    painter.drawRoundedRect(track, THICKNESS / 2, THICKNESS / 2)
    if share > 0:
        filled = max(float(THICKNESS) / 2, track.width() * min(share, 1.0))
        painter.setBrush(qcolor(getattr(theme, tone)))
        painter.drawRoundedRect(QRectF(track.topLeft(), QSize(0, THICKNESS)).adjusted(0, 0, filled, 0), 3, 3)
    painter.restore()


class ShareBar(QWidget):
    """Show a share (0 to 1) of a whole as a thin horizontal bar."""

    def __init__(self, share: float = 0.0, tone: Tone = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._tone = share, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    @property
    def share(self) -> float:
        """The share shown, 0 to 1."""
        return self._share

    def set_share(self, share: float, tone: Tone | None = None) -> None:
        """Show another share, in another tone if one is named."""
        self._share, self._tone = share, tone or self._tone
        self.setAccessibleName(f"{round(share * 100)} percent")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a modest width and the bar's thickness with room around it."""
        return QSize(96, THICKNESS + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        paint_share(painter, QRectF(self.rect()), self._share, self._tone, current_theme())
        painter.end()


class ShareBarDelegate(QStyledItemDelegate):
    """Draw a cell's number (0 to 1), read from `role`, as a share bar.

    Without a `tone` the bar is coloured as a cost: long bars warn.
    """

    def __init__(
        self, role: int = Qt.ItemDataRole.UserRole, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._tone = role, tone

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's ground, then the bar."""
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        widget = cell.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        value = index.data(self._role)
        share = float(value) if isinstance(value, int | float) else 0.0
        rect = QRectF(cell.rect).adjusted(SPACE_S, 0, -SPACE_S, 0)
        paint_share(painter, rect, share, self._tone or tone_of_cost(share), current_theme())
