"""How a problem looks: icon in the colour of its severity, message, hint, and a way to the node."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.storage import Problem
from casare.ui.panels.problems.problems_model import PROBLEM_ROLE
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, TEXT_BODY, Theme
from casare.ui.widgets.row_ground import fill_row_ground

ROW = 28
_ICON = 14
_SHOW = "Show"

LOOK: dict[str, tuple[str, str]] = {
    "error": ("circle-alert", "error"),
    "warning": ("triangle-alert", "warning"),
    "info": ("info", "accent"),
}
"""The icon and the colour token of each severity."""


class ProblemDelegate(QStyledItemDelegate):
    """Paint one problem a row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the problem."""
        problem: Problem = index.data(PROBLEM_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        fill_row_ground(painter, option)
        _paint_problem(painter, rect, problem, theme)
        painter.restore()


def _paint_problem(painter: QPainter, rect: QRect, problem: Problem, theme: Theme) -> None:
    icon_name, token = LOOK[problem.severity]
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    pixmap = icon_pixmap(icon_name, getattr(theme, token), _ICON, ratio)
    painter.drawPixmap(QPoint(rect.left() + SPACE_M, rect.center().y() - _ICON // 2 + 1), pixmap)
    text = rect.adjusted(SPACE_M + _ICON + SPACE_S, 0, -SPACE_M, 0)
    if problem.node_id or isinstance(problem.connection, tuple):
        painter.setFont(ui_font(TEXT_BODY))
        painter.setPen(qcolor(theme.accent))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _SHOW)
        text.setRight(text.right() - painter.fontMetrics().horizontalAdvance(_SHOW) - SPACE_M)
    painter.setFont(ui_font(TEXT_BODY, QFont.Weight.Medium))
    painter.setPen(qcolor(theme.text))
    taken = _text(painter, text, problem.message) + SPACE_M
    if problem.hint and taken + 60 < text.width():
        painter.setFont(ui_font(TEXT_BODY))
        painter.setPen(qcolor(theme.text_secondary))
        _text(painter, text.adjusted(taken, 0, 0, 0), problem.hint)


def _text(painter: QPainter, rect: QRect, text: str) -> int:
    shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
