"""A column of values to fill in: name, kind, field, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casare.app.documents.parameters import UNSET, problem_with
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.editors import make_editor
from casare.ui.panels.inspector.editors.line import TextEditor
from casare.ui.theme.tokens import SPACE_L, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel

_RESET = 20
_MISSING = "This needs a value."


class Asked(NamedTuple):
    """One value that is asked for. `kind` says in a word what it is; a secret is shown as dots."""

    key: str
    param: Param
    kind: str = ""
    secret: bool = False


class ValueRow(QWidget):
    """One value; empty means the default."""

    changed = Signal()

    def __init__(self, asked: Asked, value: Any = UNSET) -> None:
        super().__init__()
        self.asked = asked
        self.value = value
        self._refused = ""
        self._urged = False
        """Whether a value that is missing is called so: not before the person thinks to be done."""
        widget = Widget.TEXT if asked.secret else asked.param.widget
        self.editor = make_editor(widget)
        self.editor.set_param(_hidden(asked.param) if asked.secret else asked.param)
        if asked.secret and isinstance(self.editor, TextEditor):
            self.editor.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.describe(asked.param.title, asked.param.help)
        self.editor.edited.connect(self._on_edited)
        self.editor.refused.connect(self._on_refused)
        self.reset = IconButton("undo-2", "Reset to the default", size=12)
        self.reset.setFixedSize(_RESET, _RESET)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.reset.clicked.connect(lambda: self.show_value(UNSET))
        self._message = TextLabel("", "error", wrap=True)
        self._build(widget is Widget.BOOLEAN)
        self.show_value(value)

    @property
    def problem(self) -> str:
        """What is wrong with what was typed, or that nothing was; empty when all is well."""
        return self.mistake or (_MISSING if self.value is UNSET and self.asked.param.required else "")

    @property
    def mistake(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self._message.text()

    def urge(self) -> None:
        """Say that the value is missing, if it is."""
        self._urged = True
        self._tell()

    def show_value(self, value: Any) -> None:
        """Show a value, UNSET for the default."""
        self.value = value
        self._refused = ""
        self.editor.show_value(value)
        self._tell()

    def _build(self, is_box: bool) -> None:
        name = ElidedLabel(self.asked.param.title, "body")
        name.setToolTip(self.asked.param.help)
        name.setBuddy(self.editor.main)
        kind = TextLabel(self.asked.kind, "muted")
        kind.setVisible(bool(self.asked.kind))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(SPACE_S)
        # The label of a box stands beside it.
        head.addWidget(self.editor if is_box else name, 1)
        head.addWidget(self.reset)
        head.addWidget(kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(head)
        if is_box:
            name.deleteLater()
        else:
            column.addWidget(self.editor)
        if self.asked.param.help:
            column.addWidget(TextLabel(self.asked.param.help, "muted", wrap=True))
        column.addWidget(self._message)

    def _on_edited(self, value: Any) -> None:
        self.value = value
        self._refused = ""
        self._tell()

    def _on_refused(self, reason: str) -> None:
        self._refused = reason
        self._tell()

    def _tell(self) -> None:
        told = self._refused
        if not told and self.value is not UNSET and not self.asked.secret:
            told = problem_with(self.asked.param, self.value) or ""
        if not told and self._urged and self.value is UNSET and self.asked.param.required:
            told = _MISSING
        self._message.setText(told)
        self._message.setVisible(bool(told))
        self.editor.set_problem(bool(told))
        self.reset.setVisible(self.value is not UNSET)
        self.changed.emit()


class ValueForm(QWidget):
    """Rows of values, in the order they are asked for."""

    changed = Signal()
    """What was typed, or what is wrong with it, became another."""

    def __init__(self, asked: Sequence[Asked], values: Mapping[str, Any]) -> None:
        super().__init__()
        self.rows = [ValueRow(one, values.get(one.key, UNSET)) for one in asked]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_S, 0)
        column.setSpacing(SPACE_L)
        for row in self.rows:
            row.changed.connect(self.changed)
            column.addWidget(row)

    @property
    def values(self) -> dict[str, Any]:
        """The values that differ from the default, by key."""
        return {row.asked.key: row.value for row in self.rows if row.value is not UNSET}

    @property
    def has_mistake(self) -> bool:
        """Whether something that is shown is said to be wrong."""
        return any(row.mistake for row in self.rows)

    def is_done(self) -> bool:
        """Return whether all is well; else say what is missing and go to the first of it."""
        if not any(row.problem for row in self.rows):
            return True
        for row in self.rows:
            row.urge()
        self.focus_first()
        return False

    def reset(self) -> None:
        """Take back the defaults."""
        for row in self.rows:
            row.show_value(UNSET)

    def focus_first(self) -> None:
        """Put the focus into the first field that is wrong, else into the first."""
        wanted = next((row for row in self.rows if row.problem), self.rows[0] if self.rows else None)
        if wanted is not None:
            wanted.editor.main.setFocus()


def _hidden(param: Param) -> Param:
    """Return how a secret is filled in: its default is not for other eyes."""
    return Param(param.name, label=param.label, placeholder="as stored in the workflow" if param.default else "")
