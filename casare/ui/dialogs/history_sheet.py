"""Every edit of a document in a list, the newest on top: choosing one goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.app.documents.level import Level
from casare.ui.dialogs.pick_list import ITEM_ROLE, PickModel, PickSheet
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION
from casare.ui.widgets.row_ground import paint_row_ground

_ICON = 14


class Moment(NamedTuple):
    """One state of the document: what led to it, and how many steps away it is (back is negative)."""

    label: str
    steps: int
    number: int


def moments(document: Level) -> list[Moment]:
    """Return every state that can be gone to, the newest first; the last is the one before all edits."""
    done, undone = document.history.labels()
    ahead = [Moment(label, number, len(done) + number) for number, label in enumerate(undone, 1)]
    behind = [Moment(label, number + 1 - len(done), number + 1) for number, label in enumerate(done)]
    return [*reversed(ahead), *reversed(behind), Moment("As it was opened", -len(done), 0)]


class HistorySheet(PickSheet):
    """Show the edits; `chosen` carries a Moment. Typing finds one by its name."""

    def __init__(self, host: QWidget, document: Level) -> None:
        self._moments = moments(document)
        super().__init__(host, "Edits", "Find an edit", PickModel(), _MomentDelegate())

    def matches(self, query: str) -> Sequence[Moment]:
        """Return the states whose edit holds every word of the query."""
        words = query.lower().split()
        return [one for one in self._moments if all(word in one.label.lower() for word in words)]

    def open(self) -> None:
        """Show the sheet with the present state chosen."""
        super().open()
        here = next((row for row, one in enumerate(self.model.items()) if one.steps == 0), 0)
        self._go(here)


class _MomentDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT + SPACE_XS)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Moment = index.data(ITEM_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        here = one.steps == 0
        name = "circle-dot" if here else "redo-2" if one.steps > 0 else "circle"
        colour = theme.accent if here else theme.text_muted
        at = QPoint(rect.left() + SPACE_M, rect.center().y() - _ICON // 2 + 1)
        painter.drawPixmap(at, icon_pixmap(name, colour, _ICON, painter.device().devicePixelRatio()))
        text = rect.adjusted(SPACE_M + _ICON + SPACE_S, 0, -SPACE_M, 0)
        painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
        painter.setPen(qcolor(theme.text_muted))
        side = "now" if here else f"{abs(one.steps)} ahead" if one.steps > 0 else f"{-one.steps} back"
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, side)
        painter.setFont(ui_font(TEXT_BODY))
        painter.setPen(qcolor(theme.text_secondary if one.steps > 0 else theme.text))
        shown = painter.fontMetrics().elidedText(one.label, Qt.TextElideMode.ElideRight, text.width() - 90)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
