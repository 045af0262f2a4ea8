"""What stands over the cards: what they are, a way back from a folder, and the search."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casare.ui.theme.tokens import SPACE_L, SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.search_field import SearchField

_FIELD_WIDTH = 300


class PageHead(QWidget):
    """Name what the cards below are; of a folder, its path too."""

    back_requested = Signal()
    """The way back to the recent workflows was taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField("Search names, nodes, variables")
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.back = IconButton("arrow-left", "Back to recent workflows")
        self.back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back.clicked.connect(self.back_requested)
        self.heading = ElidedLabel("", "figure")
        self.caption = ElidedLabel("", "muted", Qt.TextElideMode.ElideMiddle)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.heading)
        names.addWidget(self.caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(self.back)
        row.addLayout(names, 1)
        row.addSpacing(SPACE_L)
        row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_list("")

    def show_list(self, title: str) -> None:
        """Name a list that is no folder."""
        self.heading.setText(title)
        self.caption.setVisible(False)
        self.back.setVisible(False)

    def show_folder(self, folder: Path, note: str) -> None:
        """Name a folder and say something about it beside its path."""
        self.heading.setText(folder.name or str(folder))
        self.caption.setText(f"{folder}  ·  {note}" if note else str(folder))
        self.caption.setVisible(True)
        self.back.setVisible(True)
