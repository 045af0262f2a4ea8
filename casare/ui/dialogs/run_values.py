"""The sheet that asks what a workflow is to be run with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.sheet_parts import button, button_row, scrolled, sheet_column
from casare.ui.dialogs.value_form import Asked, ValueForm

_WIDTH: Final = 460
_MOST_HEIGHT: Final = 420


class RunValuesSheet(Sheet):
    """Fill in the values of a workflow and run it. Enter runs; in a text of several lines, Ctrl+Enter does."""

    run_chosen = Signal(object)
    """The values by key; what keeps its default is not among them."""

    def __init__(self, host: QWidget, title: str, asked: Sequence[Asked], values: Mapping[str, Any]) -> None:
        super().__init__(host, "Run with values", width=_WIDTH)
        self.form = ValueForm(asked, values)
        self.run_button = button("Run", "primary")
        self.cancel_button = button("Cancel")
        self.reset_button = button("Reset all", "flat")
        column = sheet_column("circle-play", "accent", f"Run “{title}”", "An empty field takes its default.")
        column.addWidget(scrolled(self.form, _MOST_HEIGHT))
        column.addLayout(button_row([self.reset_button], [self.cancel_button, self.run_button]))
        self.content.addLayout(column)
        self.run_button.clicked.connect(self._on_run)
        self.cancel_button.clicked.connect(self.dismiss)
        self.reset_button.clicked.connect(self.form.reset)
        self.form.changed.connect(self._follow)
        self._follow()

    def open(self) -> None:
        """Show the sheet with the caret in the first field."""
        super().open()
        self.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run at Enter, unless it is a line of a text or the press of another button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = self.focusWidget()
        writing = isinstance(held, (QPlainTextEdit, QPushButton))
        if enter and (not writing or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._on_run()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_run(self) -> None:
        if not self.form.is_done():
            return
        values = self.form.values
        self.close_sheet()
        self.run_chosen.emit(values)

    def _follow(self) -> None:
        self.run_button.setEnabled(not self.form.has_mistake)
        self.reset_button.setEnabled(bool(self.form.values))
