"""The caret of a text field, whichever kind of field it is."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class Caret(Protocol):
    """What somebody who helps with typing needs of a field. Positions count characters of the text."""

    @property
    def field(self) -> QWidget:
        """The field."""

    def text(self) -> str:
        """Return the text up to the caret and after it, as the caret counts it."""

    def position(self) -> int:
        """Return where the caret is; -1 while something is selected, or nothing may be typed."""

    def put(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of what stands from `start` to `end`, as one step, the caret behind it."""

    def place(self, position: int) -> QPoint:
        """Return where the line with `position` ends below, in px of the field."""


class LineCaret:
    """The caret of a field of one line."""

    def __init__(self, line: QLineEdit) -> None:
        self._line = line

    @property
    def field(self) -> QWidget:
        """The field."""
        return self._line

    def text(self) -> str:
        """Return the text."""
        return self._line.text()

    def position(self) -> int:
        """Return where the caret is, or -1."""
        line = self._line
        return -1 if line.hasSelectedText() or line.isReadOnly() else line.cursorPosition()

    def put(self, start: int, end: int, text: str) -> None:
        """Replace a part of the text."""
        self._line.setSelection(start, end - start)
        self._line.insert(text)

    def place(self, position: int) -> QPoint:
        """Return the lower left corner of the caret, moved back to `position`."""
        line = self._line
        rect = line.cursorRect()
        back = line.fontMetrics().horizontalAdvance(line.text()[position : line.cursorPosition()])
        return QPoint(max(0, rect.center().x() - back), line.height())


class BlockCaret:
    """The caret of a field of several lines."""

    def __init__(self, block: QPlainTextEdit) -> None:
        self._block = block

    @property
    def field(self) -> QWidget:
        """The field."""
        return self._block

    def text(self) -> str:
        """Return the text."""
        return self._block.toPlainText()

    def position(self) -> int:
        """Return where the caret is, or -1."""
        cursor = self._block.textCursor()
        return -1 if cursor.hasSelection() or self._block.isReadOnly() else cursor.position()

    def put(self, start: int, end: int, text: str) -> None:
        """Replace a part of the text."""
        cursor = QTextCursor(self._block.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._block.setTextCursor(cursor)

    def place(self, position: int) -> QPoint:
        """Return the lower left corner of the character at `position`."""
        cursor = QTextCursor(self._block.document())
        cursor.setPosition(position)
        rect: QRect = self._block.cursorRect(cursor)
        return self._block.viewport().mapTo(self._block, rect.bottomLeft())
