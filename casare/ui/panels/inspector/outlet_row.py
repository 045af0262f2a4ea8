"""One port or promoted parameter of a subgraph, as it is edited from inside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casare.app.documents.parameters import text_as_value, value_as_text
from casare.app.subgraphs.boundary import CONTROL
from casare.model import Outlet
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel

_BUTTON = 20
_INDENT = 22


class OutletRow(QWidget):
    """Show a name to be edited, buttons to move and remove, and for a value that comes in what it is without a wire."""

    renamed = Signal(str)
    moved = Signal(int)
    """By how many places."""
    removed = Signal()
    required_set = Signal(bool)
    default_set = Signal(object)

    def __init__(self, outlet: Outlet, *, is_output: bool = False, told: str = "") -> None:
        super().__init__()
        self._outlet = outlet
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        control = outlet.type == CONTROL
        parameter = bool(told)
        icon = "text-cursor-input" if parameter else "play" if control else "circle-dot"
        head.addWidget(IconLabel(icon, "text_secondary", 14))
        self.name = QLineEdit(outlet.name)
        self.name.setAccessibleName(f"Name of {outlet.name}")
        self.name.editingFinished.connect(self._on_named)
        head.addWidget(self.name, 1)
        if not parameter:
            self._add_button(head, "arrow-up", f"Move {outlet.name} up").clicked.connect(lambda: self.moved.emit(-1))
            self._add_button(head, "arrow-down", f"Move {outlet.name} down").clicked.connect(lambda: self.moved.emit(1))
        self._add_button(head, "x", f"Remove {outlet.name}").clicked.connect(self.removed)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, 0)
        below.setSpacing(SPACE_S)
        if parameter:
            below.addWidget(TextLabel(told, "caption"), 1)
            column.addLayout(below)
        elif not control and not is_output:
            self.default = QLineEdit("" if outlet.default is None else value_as_text(outlet.default))
            self.default.setPlaceholderText("Default")
            self.default.setAccessibleName(f"Default of {outlet.name}")
            self.default.editingFinished.connect(self._on_default)
            self.required = QCheckBox("Required")
            self.required.setChecked(outlet.required)
            self.required.clicked.connect(self.required_set)
            below.addWidget(self.default, 1)
            below.addWidget(self.required)
            column.addLayout(below)

    def _add_button(self, row: QHBoxLayout, icon: str, text: str) -> IconButton:
        button = IconButton(icon, text, size=12)
        button.setFixedSize(_BUTTON, _BUTTON)
        row.addWidget(button)
        return button

    def _on_named(self) -> None:
        text = self.name.text().strip()
        if text and text != self._outlet.name:
            self.renamed.emit(text)

    def _on_default(self) -> None:
        text = self.default.text()
        before = "" if self._outlet.default is None else value_as_text(self._outlet.default)
        if text != before:
            self.default_set.emit(text_as_value(text) if text else None)
