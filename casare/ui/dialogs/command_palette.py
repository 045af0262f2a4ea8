"""The command palette: every command there is, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.app.commands import COMMANDS, Command
from casare.app.files.search import Fields, SearchIndex
from casare.ui.dialogs.pick_list import ITEM_ROLE, PickModel, PickSheet
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    ICON_SIZE,
    RADIUS_FIELD,
    SPACE_M,
    SPACE_S,
    TEXT_BODY,
    TEXT_CAPTION,
    Theme,
)
from casare.ui.widgets.key_cap import paint_caps_before
from casare.ui.widgets.row_ground import paint_row_ground

_ROW = 32

Refusal = Callable[[Command], str]
"""Tells why a command cannot be used now; empty when it can."""


class CommandPalette(PickSheet):
    """Find a command by typing and run it with Enter. What was used last comes first; what cannot be used says why."""

    def __init__(
        self,
        host: QWidget,
        refusal: Refusal,
        recent: Sequence[str] = (),
        commands: Sequence[Command] = COMMANDS,
    ) -> None:
        model = _CommandModel()
        super().__init__(host, "Commands", "Find a command", model, _CommandDelegate(refusal))
        self._refusal = refusal
        self._recent = {command_id: place for place, command_id in enumerate(recent)}
        self._commands = commands
        self._index = SearchIndex(commands, command_fields)

    def matches(self, query: str) -> Sequence[Command]:
        """Return the commands that fit; without a query the recent ones, then all in menu order."""
        if query.strip():
            return self._index.find(query, favour=self._favour)
        return sorted(self._commands, key=lambda one: self._recent.get(one.id, len(self._recent)))

    def refusal(self, item: Command) -> str:
        """Return why a command cannot be used now."""
        return self._refusal(item)

    def _favour(self, command: Command) -> float:
        lately = max(0.0, 6.0 - self._recent[command.id]) if command.id in self._recent else 0.0
        return lately - (12.0 if self._refusal(command) else 0.0)


def command_fields(command: Command) -> Fields:
    """Return what of a command may be searched."""
    return Fields(command.title, tuple(command.keywords.split()), command.id, command.menu)


class _CommandModel(PickModel[Command]):
    def text(self, item: Command) -> str:
        return f"{item.menu}: {item.title}"


class _CommandDelegate(QStyledItemDelegate):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self._refusal = refusal

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        command: Command = index.data(ITEM_ROLE)
        reason = self._refusal(command)
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option, left=SPACE_S, right=SPACE_S, radius=RADIUS_FIELD)
        rect: QRect = option.rect
        content = rect.adjusted(SPACE_S + SPACE_M, 0, -SPACE_S - SPACE_M, 0)
        colour = theme.text_disabled if reason else theme.text_secondary
        if command.icon:
            pixmap = icon_pixmap(command.icon, colour, ICON_SIZE, painter.device().devicePixelRatio())
            painter.drawPixmap(QPoint(content.left(), content.center().y() - ICON_SIZE // 2 + 1), pixmap)
        content.setLeft(content.left() + ICON_SIZE + SPACE_M)
        content.setRight(content.right() - _paint_right(painter, content, command, reason, theme))
        _paint_title(painter, content, command, reason, theme)
        painter.restore()


def _paint_title(painter: QPainter, rect: QRect, command: Command, reason: str, theme: Theme) -> None:
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(ui_font(TEXT_BODY))
    painter.setPen(qcolor(theme.text_disabled if reason else theme.text))
    title = painter.fontMetrics().elidedText(command.title, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags, title)
    taken = painter.fontMetrics().horizontalAdvance(title) + SPACE_M
    painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(qcolor(theme.text_disabled if reason else theme.text_muted))
    if taken + painter.fontMetrics().horizontalAdvance(command.menu) < rect.width():
        painter.drawText(rect.adjusted(taken, 0, 0, 0), flags, command.menu)


def _paint_right(painter: QPainter, rect: QRect, command: Command, reason: str, theme: Theme) -> int:
    """Draw the first shortcut as key caps, or the reason why not; return the room it took."""
    painter.setFont(ui_font(TEXT_CAPTION))
    metrics = painter.fontMetrics()
    if reason:
        painter.setPen(qcolor(theme.text_muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, reason)
        return metrics.horizontalAdvance(reason) + SPACE_M
    if not command.keys:
        return SPACE_S
    x = paint_caps_before(painter, rect.right(), rect.center().y(), command.keys[0])
    return round(rect.right() - x) + SPACE_S
