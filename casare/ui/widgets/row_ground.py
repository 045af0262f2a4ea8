"""What lies behind a row of a list that is selected or that the pointer is over."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CHIP, SPACE_XS


def paint_row_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    *,
    left: int = SPACE_XS,
    right: int = SPACE_XS,
    radius: int = RADIUS_CHIP,
) -> None:
    """Draw the ground of a row with rounded corners, `left` and `right` px away from its ends; nothing at rest."""
    colour = _colour(option)
    if colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(colour))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(left, 0, -right, 0), radius, radius)


def fill_row_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Fill the whole row, from edge to edge; nothing at rest."""
    colour = _colour(option)
    if colour:
        painter.fillRect(option.rect, qcolor(colour))


def _colour(option: QStyleOptionViewItem) -> str:
    theme = current_theme()
    if option.state & QStyle.StateFlag.State_Selected:
        return theme.accent_ground
    return theme.hover if option.state & QStyle.StateFlag.State_MouseOver else ""
