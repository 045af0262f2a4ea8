"""What casare is, and what it runs on."""

from __future__ import annotations

import platform
import sys

import PySide6
from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casare import __version__
from casare.ui.dialogs.sheet import Sheet
from casare.ui.theme.icons import application_icon
from casare.ui.theme.tokens import SPACE_L, SPACE_S, SPACE_XL
from casare.ui.widgets.text_label import TextLabel

_LOGO = 56


class AboutSheet(Sheet):
    """Tell name, version, licence and the versions a report of a defect should name."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "About casare", width=420)
        logo = QLabel()
        logo.setPixmap(application_icon().pixmap(QSize(_LOGO, _LOGO), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(TextLabel("casare", "heading"))
        words.addWidget(TextLabel(f"Version {__version__}", "secondary"))
        head = QHBoxLayout()
        head.setSpacing(SPACE_L)
        head.addWidget(logo)
        head.addLayout(words, 1)
        copy = QPushButton("Copy versions")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        close = QPushButton("Close")
        close.setProperty("kind", "primary")
        close.clicked.connect(self.dismiss)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        column.setSpacing(SPACE_L)
        column.addLayout(head)
        column.addWidget(
            TextLabel("A visual workflow editor with a profiler. Wire nodes, press Ctrl+P for a grade.", wrap=True)
        )
        facts = TextLabel(versions(), "muted")
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(facts)
        column.addWidget(TextLabel("MIT licence. Icons by Lucide (ISC), type by Inter (OFL).", "caption", wrap=True))
        column.addLayout(buttons)
        self.content.addLayout(column)
        self._close_button = close

    def open(self) -> None:
        """Show the sheet with Close under Enter."""
        super().open()
        self._close_button.setFocus(Qt.FocusReason.PopupFocusReason)


def versions() -> str:
    """Return the versions that matter for a report, one a line."""
    return "\n".join(
        (
            f"casare {__version__}",
            f"Python {sys.version.split()[0]}",
            f"PySide6 {PySide6.__version__}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()}",
        )
    )
