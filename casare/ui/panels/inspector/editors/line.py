"""Editors of one line: text, numbers, anything, secrets, moments."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casare.app.documents.parameters import MIXED, UNSET, is_template, text_as_value, value_as_text
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.editors.base import Editor, mark
from casare.ui.panels.inspector.editors.carets import LineCaret
from casare.ui.panels.inspector.editors.elided_line import ElidedLine, keep_font
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import mono_font, ui_font
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import FIELD_HEIGHT, SPACE_S, SPACE_XS, TEXT_BODY, TEXT_CAPTION

_ICON = 12


class Line(ElidedLine):
    """A line of text that looks like an expression while it holds a template, with a unit at its right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._expression = False
        super().__init__(parent)
        self.setMinimumHeight(FIELD_HEIGHT)
        self._unit = ""

    @property
    def is_expression(self) -> bool:
        """Whether the line has the look of an expression."""
        return self._expression

    def set_unit(self, unit: str) -> None:
        """Show a unit at the right end."""
        self._unit = unit
        self._set_margins()

    def set_expression(self, expression: bool) -> None:
        """Take on the look of an expression, or of plain text."""
        if expression != self._expression:
            self._expression = expression
            self._set_look()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the font when the theme, and with it font and stylesheet of the application, is another one."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            keep_font(self, self._expression)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the beginning of a long text when it is not being edited."""
        super().resizeEvent(event)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the mark of an expression and the unit."""
        super().paintEvent(event)
        theme = current_theme()
        if not (self._expression or self._unit):
            return
        painter = QPainter(self)
        if self._expression:
            at = QPoint(SPACE_S, (self.height() - _ICON) // 2)
            paint_icon(painter, at, "braces", theme.accent if self.isEnabled() else theme.text_disabled, _ICON)
        if self._unit:
            painter.setFont(ui_font(TEXT_CAPTION))
            painter.setPen(qcolor(theme.text_muted if self.isEnabled() else theme.text_disabled))
            rect = self.rect().adjusted(0, 0, -SPACE_S, 0)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
        painter.end()

    def _set_look(self) -> None:
        self.setFont(mono_font(TEXT_BODY) if self._expression else ui_font(TEXT_BODY))
        self._set_margins()

    def _set_margins(self) -> None:
        left = _ICON + SPACE_XS if self._expression else 0
        right = self.fontMetrics().horizontalAdvance(self._unit) + SPACE_XS if self._unit else 0
        self.setTextMargins(left, 0, right, 0)
        self.update()


class TextEditor(Editor):
    """Edit a text in one line; text is kept as it is typed.

    Emptied, it is the default again, or an empty text where the default is another one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = self.make_line()
        self._shown: Any = UNSET
        self._filling = False
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE_XS)
        self.row.addWidget(self.line, 1)
        self.line.textChanged.connect(self._on_text)
        self.setFocusProxy(self.line)
        self.watch(self.line)

    def make_line(self) -> Line:
        """Return the line to edit in."""
        return Line()

    def parse(self, text: str) -> Any:
        """Return the value a text stands for. Raises ValueError with the reason when it stands for none."""
        return text if text or self.param.default else UNSET

    def text_of(self, value: Any) -> str:
        """Return a value as it is typed."""
        return value if isinstance(value, str) else value_as_text(value)

    @property
    def main(self) -> QWidget:
        """The line."""
        return self.line

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter."""
        super().set_param(param)
        self.line.set_unit(param.unit)
        self._shown = _NOTHING
        self._set_placeholder(UNSET)

    def show_value(self, value: Any) -> None:
        """Show a value, unless it is what stands there already."""
        self._set_placeholder(value)
        text = self.text_of(value)
        if _same(value, self._shown):
            # What stands there may be half a number or an open bracket; the value has not moved, so it stays.
            return
        self._shown = value
        if self.line.text() != text:
            self._filling = True
            caret = self.line.cursorPosition()
            self.line.setText(text)
            self.line.setCursorPosition(min(caret, len(text)) if self.line.hasFocus() else 0)
            self._filling = False
            self.refused.emit("")
        self.line.set_expression(is_template(value))

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        mark(self.line, has_problem)

    def set_locked(self, locked: bool) -> None:
        """Let the text be read and copied, not changed."""
        self.line.setReadOnly(locked)
        for at in range(self.row.count()):
            item = self.row.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.line:
                widget.setEnabled(not locked)

    def _set_placeholder(self, value: Any) -> None:
        told = "empty" if value == "" and self.param.default else placeholder_of(self.param)
        self.line.setPlaceholderText("several values" if value is MIXED else told)

    def _on_text(self, text: str) -> None:
        if self._filling:
            return
        self.line.set_expression(is_template(text))
        if self.line.hasFocus():
            self.help_with_templates(LineCaret(self.line))
        if is_template(text):
            value: Any = text
        else:
            try:
                value = self.parse(text)
            except ValueError as error:
                self.refused.emit(str(error))
                return
        self._shown = value
        self.refused.emit("")
        self.edited.emit(value)


class NumberEditor(TextEditor):
    """Edit a number. Up, Down and, with the focus, the wheel change it by a step; ten steps with Shift."""

    def parse(self, text: str) -> Any:
        """Return the whole or decimal number."""
        cleaned = text.strip().replace("\u2212", "-").replace(" ", "")
        if not cleaned:
            return UNSET
        if "{{" in cleaned:
            raise ValueError("Close the expression with }}.")
        whole = self.param.widget is Widget.INTEGER
        try:
            number = float(cleaned.replace(",", ".") if cleaned.count(",") == 1 and "." not in cleaned else cleaned)
            if not math.isfinite(number):
                raise ValueError
            if whole or cleaned.lstrip("+-").isdecimal():
                return int(cleaned) if cleaned.lstrip("+-").isdecimal() else _whole(number)
        except ValueError:
            raise ValueError("This needs a whole number." if whole else "This needs a number.") from None
        return number

    def text_of(self, value: Any) -> str:
        """Return the number without zeros that say nothing."""
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return value if isinstance(value, str) else value_as_text(value)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Step by keys and by the wheel."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if direction and self._step(direction, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
                return True
        if watched is self.line and isinstance(event, QWheelEvent) and self.line.hasFocus():
            turned = event.angleDelta().y()
            if turned and self._step(1 if turned > 0 else -1, False):
                return True
        return super().eventFilter(watched, event)

    def _step(self, direction: int, tenfold: bool) -> bool:
        param = self.param
        if self.line.isReadOnly():
            return False
        try:
            value = self.parse(self.line.text())
        except ValueError:
            return False
        if value is UNSET:
            value = param.default if isinstance(param.default, (int, float)) else param.minimum or 0
        step = param.step or (1 if param.widget is Widget.INTEGER or abs(value) >= 1 else 0.1)
        fresh = round(value + direction * step * (10 if tenfold else 1), 9)
        fresh = max(fresh, param.minimum) if param.minimum is not None else fresh
        fresh = min(fresh, param.maximum) if param.maximum is not None else fresh
        self.line.setText(self.text_of(_whole(fresh) if param.widget is Widget.INTEGER else fresh))
        return True


class AnyEditor(TextEditor):
    """Edit a value of any kind: numbers, true, false, null, lists and objects are typed as JSON, the rest is text."""

    def parse(self, text: str) -> Any:
        """Return what the text means."""
        stripped = text.strip()
        if stripped[:1] in ("{", "[") and not stripped.startswith("{{"):
            import json

            from casare.app.documents.parameters import json_problem

            try:
                return json.loads(stripped)
            except ValueError as error:
                raise ValueError(json_problem(error)) from None
        return text_as_value(text)

    def text_of(self, value: Any) -> str:
        """Return the value as one types it."""
        return value_as_text(value)


def placeholder_of(param: Param) -> str:
    """Return what an empty field shows: the default, else an example."""
    default = param.default
    if default in (None, "", [], {}):
        return param.placeholder
    if isinstance(default, float) and default.is_integer():
        return str(int(default))
    return default if isinstance(default, str) else value_as_text(default)


class _Nothing:
    """Stands for no value shown yet."""


_NOTHING = _Nothing()


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and one == other)


def _whole(number: float) -> int:
    if number != int(number):
        raise ValueError
    return int(number)
