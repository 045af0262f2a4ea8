"""The command palette: every command there is, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casare.app.commands import COMMANDS, Command
from casare.app.search import Fields, SearchIndex
from casare.ui.dialogs.pick_list import ITEM_ROLE, PickModel, PickSheet
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import (
    ICON_SIZE,
    RADIUS_CHIP,
    RADIUS_FIELD,
    SPACE_M,
    SPACE_S,
    TEXT_BODY,
    TEXT_CAPTION,
    Theme,
)
from casare.ui.widgets.key_cap import key_names

_ROW = 32
_CAP = 18

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
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.accent_ground if chosen else theme.hover))
            ground = QRectF(option.rect).adjusted(SPACE_S, 0, -SPACE_S, 0)
            painter.drawRoundedRect(ground, RADIUS_FIELD, RADIUS_FIELD)
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
    x = float(rect.right())
    for key in reversed([key for stroke in key_names(command.keys[0] if command.keys else "") for key in stroke]):
        width = max(_CAP, metrics.horizontalAdvance(key) + 10)
        cap = QRectF(x - width, rect.center().y() - _CAP / 2 + 1, width, _CAP)
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.setBrush(qcolor(theme.raised))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
        painter.setPen(qcolor(theme.text_secondary))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        x -= width + 3
    return round(rect.right() - x) + SPACE_S
