"""A strip over a view that says something about what is below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel

BannerKind = Literal["info", "ok", "warning", "error"]

_LOOK: dict[BannerKind, tuple[str, str, str]] = {
    # icon, colour token, ground token
    "info": ("info", "accent", "accent_ground"),
    "ok": ("circle-check", "ok", "ok_ground"),
    "warning": ("triangle-alert", "warning", "warning_ground"),
    "error": ("circle-alert", "error", "error_ground"),
}


class Banner(QWidget):
    """Show one message with the acts that answer it; it stays until it is closed or answered."""

    closed = Signal()
    """The person closed the banner; it is hidden, not deleted."""

    def __init__(
        self, text: str = "", kind: BannerKind = "info", closable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind: BannerKind = kind
        self._icon = IconLabel("info")
        self._text = TextLabel("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = IconButton("x", "Close", self, 14)
        self._close.setVisible(closable)
        self._close.clicked.connect(self._on_close)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        self._row.setSpacing(SPACE_S)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.setMinimumHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_message(text, kind)

    def set_message(self, text: str, kind: BannerKind = "info") -> None:
        """Say something else."""
        icon_name, token, _ = _LOOK[kind]
        self._kind = kind
        self._icon.set_icon(icon_name, token)
        self._text.setText(text)
        self.setAccessibleName(f"{kind.capitalize()}: {text}")
        self.update()

    def add_action(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a button that does `act`; the buttons stand in the order they were added."""
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False: act())
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and a rule in the colour of the kind."""
        theme = current_theme()
        _, token, ground = _LOOK[self._kind]
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(getattr(theme, ground)))
        painter.fillRect(QRectF(0, 0, 3, self.height()), qcolor(getattr(theme, token)))
        painter.end()

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
