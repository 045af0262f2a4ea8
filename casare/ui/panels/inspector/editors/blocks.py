"""Editors of several lines: long text, code, expressions, JSON."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from casare.app.documents.parameters import MIXED, UNSET, is_template, json_problem, value_as_text
from casare.app.editing.parameters import is_same
from casare.sdk import DataType, Param, Widget
from casare.ui.panels.inspector.editors.base import Editor, mark
from casare.ui.panels.inspector.editors.carets import BlockCaret
from casare.ui.panels.inspector.editors.elided_line import keep_font
from casare.ui.panels.inspector.editors.highlighting import Highlighter
from casare.ui.panels.inspector.editors.line import placeholder_of
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import mono_font, ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import FIELD_HEIGHT, TEXT_BODY

_LEAST_LINES = {Widget.EXPRESSION: 1, Widget.JSON: 3, Widget.CODE: 6, Widget.MULTILINE: 3}
_MOST_LINES = 14
_PADDING = 14


class Block(QPlainTextEdit):
    """A text field that is as high as its text, between a least and a most number of lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._theme = current_theme()
        self._mono = False
        super().__init__(parent)
        self._least = 1
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(2)
        self.highlighter = Highlighter(self.document())
        self.document().contentsChanged.connect(self._fit)
        self._height = 0

    def set_look(self, mono: bool, wraps: bool, least_lines: int) -> None:
        """Choose font, wrapping and the least height."""
        self._mono = mono
        self.setFont(mono_font(TEXT_BODY) if mono else ui_font(TEXT_BODY))
        modes = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(modes.WidgetWidth if wraps else modes.NoWrap)
        self._least = least_lines
        self._fit()

    def mark_line(self, number: int) -> None:
        """Mark the line in which something is wrong, counted from 1; 0 marks none."""
        marks = []
        if number:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(number - 1))
            mark.format.setBackground(qcolor(current_theme().error_ground))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks = [mark]
        self.setExtraSelections(marks)

    def sizeHint(self) -> QSize:
        """Return a modest width and the height of the text."""
        return QSize(120, self._height or FIELD_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, as the field does not shrink."""
        return QSize(60, self._height or FIELD_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Keep font and colours when the theme, and with it font and stylesheet of the application, is another one."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            keep_font(self, self._mono)
        theme = current_theme()
        if theme is not self._theme:
            self._theme = theme
            self.highlighter.rehighlight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the lines again when the width is another one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        needed = int(self.document().size().height())
        policies = Qt.ScrollBarPolicy
        # A bar that comes and goes would change the width, and with it the number of lines.
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if needed > _MOST_LINES else policies.ScrollBarAlwaysOff
        )
        lines = max(self._least, min(needed, _MOST_LINES))
        spacing = QFontMetrics(self.font()).lineSpacing()
        height = max(FIELD_HEIGHT, lines * spacing + _PADDING)
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)


class BlockEditor(Editor):
    """Edit a text of several lines; JSON is kept once it can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block = Block()
        self._shown: Any = UNSET
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.block)
        self.block.textChanged.connect(self._on_text)
        self.setFocusProxy(self.block)
        self.watch(self.block)

    @property
    def main(self) -> QWidget:
        """The text field."""
        return self.block

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter."""
        super().set_param(param)
        kind = param.widget or Widget.MULTILINE
        self._filling = True
        mono = kind is not Widget.MULTILINE
        self.block.set_look(mono, kind is not Widget.CODE, _LEAST_LINES.get(kind, 2))
        self.block.highlighter.set_language(_language(param))
        self._filling = False
        self._shown = self

    def show_value(self, value: Any) -> None:
        """Show a value, unless it is what stands there already."""
        self.block.setPlaceholderText("several values" if value is MIXED else placeholder_of(self.param))
        text = self._text_of(value)
        if is_same(value, self._shown):
            # What stands there may be half an object, or laid out by hand; the value has not moved, so it stays.
            return
        self._shown = value
        if self.block.toPlainText() != text:
            self._filling = True
            caret = self.block.textCursor().position()
            self.block.setPlainText(text)
            self.block.mark_line(0)
            if self.block.hasFocus():
                cursor = QTextCursor(self.block.document())
                cursor.setPosition(min(caret, len(text)))
                self.block.setTextCursor(cursor)
            self._filling = False
        self.refused.emit("")

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        mark(self.block, has_problem)

    def set_locked(self, locked: bool) -> None:
        """Let the text be read and copied, not changed."""
        self.block.setReadOnly(locked)

    def _text_of(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if value is UNSET or value is MIXED or self.param.widget is not Widget.JSON:
            return value_as_text(value)
        return json.dumps(value, ensure_ascii=False, indent=2, default=str)

    def _on_text(self) -> None:
        if self._filling:
            return
        text = self.block.toPlainText()
        if self.block.hasFocus():
            self.help_with_templates(BlockCaret(self.block))
        try:
            value = self._parse(text)
        except ValueError as error:
            self.block.mark_line(error.lineno if isinstance(error, json.JSONDecodeError) else 0)
            self.refused.emit(json_problem(error))
            return
        self.block.mark_line(0)
        self.refused.emit("")
        if not is_same(value, self._shown):
            self._shown = value
            self.edited.emit(value)

    def _parse(self, text: str) -> Any:
        if not text and (self.param.widget is Widget.JSON or not self.param.default):
            return UNSET
        if self.param.widget is not Widget.JSON or is_template(text):
            return text
        value = json.loads(text)
        return text if self.param.type is DataType.TEXT else value


def _language(param: Param) -> str:
    if param.widget is Widget.JSON:
        return "json"
    return (param.language or "python") if param.widget is Widget.CODE else ""
