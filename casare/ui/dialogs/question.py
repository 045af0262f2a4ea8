"""The sheet with which a running workflow asks the person something."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from casare.sdk import Question, Reply, Widget
from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.sheet_parts import button, button_row, scrolled, sheet_column
from casare.ui.dialogs.value_form import Asked, ValueForm

_WIDTH: Final = 440
_MOST_HEIGHT: Final = 420
_SECOND_MS: Final = 250


class QuestionSheet(Sheet):
    """Show a question and tell what is answered, once. Esc answers without a button."""

    answered = Signal(object)
    """The Reply."""

    def __init__(self, host: QWidget, question: Question) -> None:
        super().__init__(host, question.title, width=_WIDTH)
        self._question = question
        self._told = False
        asked = [Asked(one.name, one, secret=one.widget is Widget.SECRET) for one in question.fields]
        self.form = ValueForm(asked, question.values)
        *others, usual = question.buttons
        self.buttons = [*(button(text) for text in others), button(usual, "primary")]
        for text, one in zip(question.buttons, self.buttons, strict=True):
            one.clicked.connect(partial(self._answer, text))
        column = sheet_column(question.icon, "accent", question.title, question.message)
        if question.fields:
            column.addWidget(scrolled(self.form, _MOST_HEIGHT))
        column.addLayout(button_row([], self.buttons))
        self.content.addLayout(column)
        self.form.changed.connect(self._follow)
        self._until = QDeadlineTimer(int(question.seconds * 1000)) if question.seconds else None
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._on_clock)
        self._follow()

    def open(self) -> None:
        """Show the question with the caret in the first field, or the usual button under Enter."""
        super().open()
        if self.form.rows:
            self.form.focus_first()
        else:
            self.buttons[-1].setFocus(Qt.FocusReason.PopupFocusReason)
        if self._until is not None:
            self._clock.start()
            self._on_clock()

    def dismiss(self) -> None:
        """Answer without a button."""
        self._tell(Reply(""))

    def withdraw(self) -> None:
        """Take the question away, as nobody waits for the answer any more."""
        self._told = True
        self._clock.stop()
        self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with the usual button at Enter, unless it is a line of a text or the press of another button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        writing = isinstance(self.focusWidget(), (QPlainTextEdit, QPushButton))
        if enter and (not writing or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._answer(self._question.buttons[-1])
            event.accept()
            return
        super().keyPressEvent(event)

    def _answer(self, text: str, _checked: bool = False) -> None:
        usual = text == self._question.buttons[-1]
        if usual and not self.form.is_done():
            return
        self._tell(Reply(text, self.form.values if usual else {}))

    def _tell(self, reply: Reply) -> None:
        if self._told:
            return
        self._told = True
        self._clock.stop()
        self.close_sheet()
        self.answered.emit(reply)

    def _follow(self) -> None:
        self.buttons[-1].setEnabled(not self.form.has_mistake)

    def _on_clock(self) -> None:
        assert self._until is not None
        left = self._until.remainingTime()
        if left <= 0:
            self._tell(Reply(self._question.buttons[-1], self.form.values))
            return
        self.buttons[-1].setText(f"{self._question.buttons[-1]} ({-(-left // 1000)})")
