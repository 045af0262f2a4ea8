"""The rows of the keymap editor: what a command is called, and the keys it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casare.app.commands import Command
from casare.app.keymaps import Keymap
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION, Theme
from casare.ui.widgets.key_cap import paint_caps_before
from casare.ui.widgets.row_ground import paint_row_ground

ROW = 30
COMMAND_ROLE = int(Qt.ItemDataRole.UserRole) + 1
OWN_ROLE = COMMAND_ROLE + 1
_DOT = 6
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class KeymapModel(QAbstractListModel):
    """Serve commands with the keys they have in a keymap."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: Sequence[Command] = ()
        self._keymap: Keymap | None = None

    def show(self, commands: Sequence[Command], keymap: Keymap) -> None:
        """Serve these commands; the rows stay where they are when only keys differ."""
        same = [one.id for one in commands] == [one.id for one in self._commands]
        self._keymap = keymap
        if same and commands:
            self._commands = commands
            self.dataChanged.emit(self.index(0), self.index(len(commands) - 1))
            return
        self.beginResetModel()
        self._commands = commands
        self.endResetModel()

    def row_of(self, command_id: str) -> int:
        """Return the row of a command, -1 when it is not shown."""
        return next((row for row, one in enumerate(self._commands) if one.id == command_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many commands are shown."""
        return 0 if parent.isValid() else len(self._commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the command, how it reads, or whether its keys are one's own."""
        if not index.isValid() or index.row() >= len(self._commands) or self._keymap is None:
            return None
        command = self._commands[index.row()]
        if role == COMMAND_ROLE:
            return command
        if role == OWN_ROLE:
            return self._keymap.is_own(command.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{command.menu}: {command.title}, {' or '.join(command.keys) or 'no keys'}"
        return None


class KeymapDelegate(QStyledItemDelegate):
    """Paint a command and its keys; a dot marks what was changed."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        command: Command = index.data(COMMAND_ROLE)
        theme = current_theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, option)
        text = rect.adjusted(SPACE_M + SPACE_XS, 0, -SPACE_M, 0)
        text.setRight(text.right() - _paint_keys(painter, text, command))
        if index.data(OWN_ROLE):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.accent))
            painter.drawEllipse(QRectF(rect.left() + SPACE_S - 2, rect.center().y() - _DOT / 2 + 1, _DOT, _DOT))
        _paint_title(painter, text, command, theme)
        painter.restore()


def _paint_title(painter: QPainter, rect: QRect, command: Command, theme: Theme) -> None:
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(ui_font(TEXT_BODY))
    painter.setPen(qcolor(theme.text))
    title = painter.fontMetrics().elidedText(command.title.removesuffix("…"), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags, title)
    taken = painter.fontMetrics().horizontalAdvance(title) + SPACE_M
    painter.setFont(ui_font(TEXT_CAPTION))
    painter.setPen(qcolor(theme.text_muted))
    if taken + painter.fontMetrics().horizontalAdvance(command.menu) < rect.width():
        painter.drawText(rect.adjusted(taken, 0, 0, 0), flags, command.menu)


def _paint_keys(painter: QPainter, rect: QRect, command: Command) -> int:
    """Draw the keys from the right, those of one shortcut close together; return the room they took."""
    x = float(rect.right())
    for shortcut in reversed(command.keys):
        x = paint_caps_before(painter, x, rect.center().y(), shortcut) - SPACE_S
    return round(rect.right() - x)
