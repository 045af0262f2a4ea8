"""A column of fields that is shown again and again for other nodes without being made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casare.app.documents.parameters import Field
from casare.sdk import Widget
from casare.ui.panels.inspector.editors import Surroundings
from casare.ui.panels.inspector.field_row import FieldRow
from casare.ui.theme.tokens import SPACE_S


class ParameterForm(QWidget):
    """Show fields one below the other. Rows are kept by the kind of their editor and used again."""

    edited = Signal(object, object)
    """The Field and its new value."""
    left = Signal()
    """The focus left a field."""
    jump_asked = Signal(object)
    """A Field whose source the person wants to see."""

    promotion_asked = Signal(object)
    """A Field that is to become a parameter of the subgraph around it, or to be none any longer."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.frozen = False
        """Whether fields shown from now on may only be read."""
        self._rows: list[FieldRow] = []
        self._spare: dict[Widget, list[FieldRow]] = defaultdict(list)
        self._shown: tuple[Hashable, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_S)

    @property
    def rows(self) -> list[FieldRow]:
        """The rows that are shown, from top to bottom."""
        return list(self._rows)

    def prepare(self, kind: Widget) -> None:
        """Make a row ahead of its first use."""
        row = self._make(kind)
        row.hide()
        self._spare[kind].append(row)

    def row(self, name: str) -> FieldRow:
        """Return the row of a parameter. Raises KeyError when it is not shown."""
        for row in self._rows:
            if row.field.param.name == name:
                return row
        raise KeyError(name)

    def show_fields(
        self, target: Hashable, fields: Sequence[Field], source_of: Callable[[Field], str] = lambda field: ""
    ) -> None:
        """Show these fields of `target`; when target and parameters are those shown, only values are renewed."""
        wanted = (target, *((field.key, field.param.widget, field.param.name) for field in fields))
        same = wanted == self._shown
        if not same:
            self._arrange([field.param.widget or Widget.ANY for field in fields])
            self._shown = wanted
        for row, field in zip(self._rows, fields, strict=True):
            unchanged = same and row.field.param == field.param
            row.frozen = self.frozen
            row.show_field(field, source_of(field), same_target=unchanged)

    def _arrange(self, kinds: Sequence[Widget]) -> None:
        """Put rows of these kinds into the column, as many of those there as can be used again."""
        if [row.kind for row in self._rows] == list(kinds):
            return
        self.setUpdatesEnabled(False)
        for row in self._rows:
            self._column.removeWidget(row)
            self._spare[row.kind].append(row)
        self._rows = []
        for spare in self._spare.values():
            spare.reverse()
        for kind in kinds:
            row = self._spare[kind].pop() if self._spare[kind] else self._make(kind)
            self._rows.append(row)
            self._column.addWidget(row)
        for spare in self._spare.values():
            for row in spare:
                row.hide()
        for row in self._rows:
            row.show()
        self.setUpdatesEnabled(True)

    def _make(self, kind: Widget) -> FieldRow:
        row = FieldRow(kind, self._surroundings, self)
        row.edited.connect(lambda value: self.edited.emit(row.field, value))
        row.left.connect(self.left)
        row.jump_asked.connect(lambda: self.jump_asked.emit(row.field))
        row.promotion_asked.connect(lambda: self.promotion_asked.emit(row.field))
        return row
