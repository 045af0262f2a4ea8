"""The rows of the find bar: what was found, and the words that made it fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.app.documents.faces import face_of
from casare.app.finding import Kind, Match
from casare.catalog import Catalog
from casare.model import Node
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.row_ground import paint_row_ground

ROW = 40
MATCH_ROLE = int(Qt.ItemDataRole.UserRole) + 1
WAY_ROLE = MATCH_ROLE + 1
FOUND_MARK = 0.18
"""How strongly found words are marked: any more, and text on the mark of a chosen row falls below WCAG AA."""
_ICON = 16
_ICONS = {Kind.FRAME: "frame", Kind.NOTE: "sticky-note", Kind.PORTAL: "waypoints"}
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class FindModel(QAbstractListModel):
    """Serve the matches of a search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matches: Sequence[Match] = ()
        self._level = ""

    def set_matches(self, matches: Sequence[Match], level: str = "") -> None:
        """Serve other matches, seen from a level; nothing is told when they are the same."""
        if matches != self._matches or level != self._level:
            self.beginResetModel()
            self._matches, self._level = matches, level
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many matches there are."""
        return 0 if parent.isValid() else len(self._matches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the match, its title, or all of it as a screen reader says it."""
        if not index.isValid() or index.row() >= len(self._matches):
            return None
        match = self._matches[index.row()]
        if role == MATCH_ROLE:
            return match
        if role == WAY_ROLE:
            return match.way if match.level != self._level else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return match.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            way = index.data(WAY_ROLE)
            told = (match.title, match.type_title, f"in {way}" if way else "")
            return ", ".join(part for part in (*told, match.where, match.excerpt) if part)
        return None


class FindDelegate(QStyledItemDelegate):
    """Paint a match as its title over where the words were found."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._icons: dict[str, str] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        match: Match = index.data(MATCH_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        at = rect.topLeft()
        at.setX(at.x() + SPACE_M)
        at.setY(rect.center().y() - _ICON // 2 + 1)
        paint_icon(painter, at, self._icon(match), theme.category(match.category), _ICON)
        text = rect.adjusted(SPACE_M + _ICON + SPACE_S + 2, 4, -SPACE_M, -4)
        _paint_title(painter, text, match, str(index.data(WAY_ROLE)), theme)
        _paint_excerpt(painter, text, match, theme)
        painter.restore()

    def _icon(self, match: Match) -> str:
        if match.kind is not Kind.NODE:
            return _ICONS[match.kind]
        known = self._icons.get(match.type_title)
        if known is None:
            spec = next((one for one in self._catalog.types() if one.title == match.type_title), None)
            known = spec.icon if spec else face_of(Node("", match.type_title), self._catalog).icon
            self._icons[match.type_title] = known
        return known


def _paint_title(painter: QPainter, rect: QRect, match: Match, way: str, theme: Theme) -> None:
    upper = QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2)
    painter.setFont(ui_font(TEXT_CAPTION))
    # On another level, where it is tells more than what it is.
    kind = f"in {way}" if way else match.type_title if match.type_title != match.title else ""
    metrics = QFontMetrics(painter.font())
    if way:
        kind = metrics.elidedText(kind, Qt.TextElideMode.ElideMiddle, rect.width() // 2 - 1)
    width = metrics.horizontalAdvance(kind)
    if kind and width < rect.width() // 2:
        painter.setPen(qcolor(theme.text_muted))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, kind)
        upper.setRight(upper.right() - width - SPACE_S)
    font = ui_font(TEXT_BODY, QFont.Weight.Medium)
    painter.setFont(font)
    painter.setPen(qcolor(theme.text))
    shown = QFontMetrics(font).elidedText(match.title, Qt.TextElideMode.ElideRight, upper.width())
    painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_excerpt(painter: QPainter, rect: QRect, match: Match, theme: Theme) -> None:
    lower = QRect(rect.left(), rect.top() + rect.height() // 2, rect.width(), rect.height() - rect.height() // 2)
    font = ui_font(TEXT_CAPTION)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(qcolor(theme.text_muted))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if not match.excerpt:
        painter.drawText(lower, flags, metrics.elidedText(match.id, Qt.TextElideMode.ElideRight, lower.width()))
        return
    label = f"{match.where}  "
    painter.drawText(lower, flags, label)
    lower.setLeft(lower.left() + metrics.horizontalAdvance(label))
    shown = metrics.elidedText(match.excerpt, Qt.TextElideMode.ElideRight, lower.width())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(theme.found, FOUND_MARK))
    for start, end in match.spans:
        if end <= len(shown):
            left = lower.left() + metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[start:end])
            painter.drawRoundedRect(QRectF(left - 1, lower.top() + 1, width + 2, lower.height() - 1), 2, 2)
    painter.setPen(qcolor(theme.text if match.spans else theme.text_secondary))
    painter.drawText(lower, flags, shown)
