"""What a list shows when it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel

_TEXT_WIDTH = 280


class EmptyState(QWidget):
    """Say why there is nothing here and what to do about it, with a button for it if there is one act to take."""

    action_triggered = Signal()

    def __init__(
        self, icon_name: str, title: str, text: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon_name, "text_muted", 32)
        self._title = TextLabel(title, "title", wrap=True)
        self._text = TextLabel(text, "muted", wrap=True)
        self._button = QPushButton(action)
        self._button.clicked.connect(self.action_triggered)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_XL, SPACE_L, SPACE_XL)
        middle = QWidget()
        middle.setMaximumWidth(_TEXT_WIDTH)
        row.addWidget(middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE_S)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(SPACE_M)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_content(title, text, action)

    def set_content(self, title: str, text: str = "", action: str = "") -> None:
        """Say something else; an empty `action` takes the button away."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def trigger_action(self) -> None:
        """Press the button."""
        self._button.click()
