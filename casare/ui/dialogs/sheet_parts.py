"""What sheets with a heading, a text, a list and buttons at the foot have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel


def sheet_column(icon: str, token: str, title: str, text: str) -> QVBoxLayout:
    """Return the column of a sheet, begun with an icon, a title, and a text below."""
    column = QVBoxLayout()
    column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
    column.setSpacing(SPACE_M)
    head = QHBoxLayout()
    head.setSpacing(SPACE_M)
    head.addWidget(IconLabel(icon, token, 20))
    head.addWidget(ElidedLabel(title, "title"), 1)
    column.addLayout(head)
    if text:
        column.addWidget(TextLabel(text, "secondary", wrap=True))
    return column


def button_row(left: Sequence[QPushButton], right: Sequence[QPushButton]) -> QHBoxLayout:
    """Return the foot of a sheet: what leads elsewhere at the left, what answers at the right, the usual one last."""
    row = QHBoxLayout()
    row.setContentsMargins(0, SPACE_S, 0, 0)
    row.setSpacing(SPACE_S)
    for button in left:
        row.addWidget(button)
    row.addStretch(1)
    for button in right:
        row.addWidget(button)
    return row


def button(text: str, kind: str = "") -> QPushButton:
    """Return a button; `kind` is primary, danger, flat, or nothing."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    return made


def scrolled(widget: QWidget, most: int) -> QScrollArea:
    """Return a scroll area around a widget, at most so many px high and no higher than what is in it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
    area.setWidget(widget)
    area.setFixedHeight(min(most, widget.sizeHint().height() + 2))
    return area
