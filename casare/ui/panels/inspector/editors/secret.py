"""The editor of secrets: what is typed goes to the keyring, and the workflow gets a name for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from casare.app.documents.parameters import UNSET, is_template
from casare.foundation.errors import CasareError
from casare.ui.panels.inspector.editors.line import TextEditor
from casare.ui.widgets.icon_button import IconButton


class SecretEditor(TextEditor):
    """Take a secret without showing it or putting it into the workflow.

    What is typed is kept when the field is left, and the workflow gets `{{$secret:name}}` in its place. A secret that a
    file brought along in plain text is shown as dots, with a button that moves it to the keyring.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self.keep_button = IconButton("key", "Move it out of the file, into the keyring of this computer", size=14)
        self.keep_button.clicked.connect(self._on_keep)
        self.keep_button.hide()
        self.row.addWidget(self.keep_button)

    def show_value(self, value: Any) -> None:
        """Show dots for a secret, and the reference itself."""
        super().show_value(value)
        self._conceal(value)
        self.keep_button.setVisible(isinstance(value, str) and bool(value) and not is_template(value))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Keep what was typed when the field is left, or with Enter."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.line and (
            event.type() == QEvent.Type.FocusOut or (enter and event.type() == QEvent.Type.KeyPress)
        ):
            self._keep(self._typed)
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if self._filling:
            return
        self._conceal(text)
        if not text or is_template(text):
            self._typed = ""
            super()._on_text(text)
        else:
            self._typed = text

    def _on_keep(self) -> None:
        self._keep(self.line.text())

    def _keep(self, secret: str) -> None:
        if not secret or self.surroundings is None:
            return
        try:
            reference = self.surroundings.keep_secret(self.param, secret, self._shown)
        except CasareError as error:
            self.refused.emit(f"{error.what} {error.mend}")
            return
        self._typed = ""
        self.refused.emit("")
        self.edited.emit(reference)
        self.show_value(reference)

    def _conceal(self, value: Any) -> None:
        shown = is_template(value) or value is UNSET
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        if self.line.echoMode() != mode:
            self.line.setEchoMode(mode)
