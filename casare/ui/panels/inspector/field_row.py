"""One field of a form: label, editor, where the value comes from, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casare.app.documents.parameters import MIXED, UNSET, Field, is_template, problem_with
from casare.app.secrets import secret_named
from casare.app.templating import try_out
from casare.sdk import Param, Widget
from casare.ui.panels.inspector.editors import Editor, Surroundings, make_editor
from casare.ui.panels.inspector.editors.line import TextEditor
from casare.ui.panels.inspector.link_button import LinkButton
from casare.ui.panels.inspector.trial_line import TrialLine
from casare.ui.theme.tokens import SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.reading_order import tab_stops
from casare.ui.widgets.text_label import TextLabel

_BUTTON = 20


class FieldRow(QWidget):
    """Show one field and tell what a person does with it. Made once and shown again for other fields of its kind."""

    edited = Signal(object)
    """The new value, or UNSET to take it away."""
    left = Signal()
    """The focus left the field: what was typed is complete."""
    jump_asked = Signal()
    """The person wants to see the node that feeds the field."""
    promotion_asked = Signal()
    """The person wants the field to be a parameter of the subgraph around it, or no longer."""

    def __init__(self, kind: Widget, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.field = Field(Param(), "", UNSET)
        self.frozen = False
        """Whether fields shown from now on may only be read."""
        self._surroundings = surroundings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._label = ElidedLabel("", "secondary")
        self._reset = _small("undo-2", "Reset to the default")
        self._reset.clicked.connect(self._on_reset)
        self._braces = _small("braces", "Write an expression")
        self._braces.setCheckable(True)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._braces.clicked.connect(self._on_braces)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self._label, 1)
        self._native = self._made(make_editor(kind))
        if kind is Widget.BOOLEAN:
            # The label of a box stands beside it.
            self._label.hide()
            head.addWidget(self._native, 1)
        self._promote: IconButton | None = None
        self._head = head
        head.addWidget(self._braces)
        head.addWidget(self._reset)
        self._column.addLayout(head)
        if kind is not Widget.BOOLEAN:
            self._column.addWidget(self._native)
        self._raw: Editor | None = None
        self._wire_button: LinkButton | None = None
        self._problem: _Message | None = None
        self._trial: TrialLine | None = None
        self._refused = ""
        self._offers_braces = not isinstance(self._native, TextEditor) and self._can_toggle
        self._braces.setVisible(self._offers_braces)

    @property
    def editor(self) -> Editor:
        """The editor in use: that of the kind, or the one for text while the value is an expression."""
        return self._raw if self._raw is not None and not self._raw.isHidden() else self._native

    @property
    def trial(self) -> str:
        """What is said about the value of an expression, or an empty text."""
        return self._trial.text if self._trial is not None and not self._trial.isHidden() else ""

    @property
    def message(self) -> str:
        """What is said to be wrong, or an empty text."""
        return self._problem.text if self._problem is not None and not self._problem.isHidden() else ""

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at: the field first, then the buttons above it."""
        buttons = (self._wire_button, self._braces, self._promote, self._reset)
        above = [one for one in buttons if one is not None and one.isVisibleTo(self) and one.isEnabled()]
        return [*(tab_stops(self.editor) if self.editor.isVisibleTo(self) else []), *above]

    def show_field(self, field: Field, source: str = "", *, same_target: bool = False) -> None:
        """Show a field; `source` names what feeds it by wire. With `same_target`, only the value may be another."""
        self.field = field
        param, value = field.param, field.value
        if not same_target:
            self._label.setText(param.title)
            self._label.setToolTip(_tip(param, field.key))
            self._reset.setAccessibleName(f"Reset {param.title} to the default")
            self._braces.setAccessibleName(f"Write an expression for {param.title}")
            self._refused = ""
            for editor in (self._native, self._raw):
                if editor is not None:
                    editor.set_param(_raw_param(param) if editor is self._raw else param)
        as_text = not self._native.takes(value) or (same_target and self._braces.isChecked() and self._wants_raw(value))
        editor = self._use_raw() if as_text else self._use_native()
        self._label.setBuddy(editor.main)
        editor.main.setToolTip(param.help)
        editor.describe(param.title, param.help or ("fed by a wire" if source else ""))
        wired = field.wire is not None
        locked = wired or self.frozen
        editor.set_locked(locked)
        editor.setVisible(not (wired and value is UNSET))
        editor.show_value(value)
        self._reset.setVisible(value is not UNSET and not locked and field.declared)
        self._braces.setVisible(self._offers_braces and not locked)
        self._show_wire(source if wired else "")
        self._show_problem()
        self._show_trial()

    def show_promotion(self, promoted: bool | None) -> None:
        """Offer to promote the field to a parameter of the subgraph, or to withdraw it; None offers nothing."""
        if promoted is not None and self._promote is None:
            self._promote = _small("arrow-up", "")
            self._promote.setCheckable(True)
            self._promote.clicked.connect(self.promotion_asked)
            self._head.insertWidget(self._head.indexOf(self._reset), self._promote)
        if self._promote is not None:
            self._promote.setVisible(promoted is not None)
            self._promote.setEnabled(not self.frozen)
            self._promote.setChecked(bool(promoted))
            told = "No longer a parameter of the subgraph" if promoted else "Promote to subgraph parameter"
            self._promote.setToolTip(told)
            self._promote.setAccessibleName(f"{told}: {self.field.param.title}")

    def _made(self, editor: Editor) -> Editor:
        editor.surroundings = self._surroundings
        editor.edited.connect(self._on_edited)
        editor.refused.connect(self._on_refused)
        editor.left.connect(self.left)
        return editor

    @property
    def _can_toggle(self) -> bool:
        return self.kind not in (Widget.MULTILINE, Widget.CODE, Widget.EXPRESSION, Widget.JSON, Widget.VARIABLE)

    def _wants_raw(self, value: Any) -> bool:
        return value is UNSET or value is MIXED or is_template(value) or self.editor is self._raw

    def _use_raw(self) -> Editor:
        if self._raw is None:
            self._raw = self._made(make_editor(Widget.ANY))
            self._raw.set_param(_raw_param(self.field.param))
            self._column.insertWidget(1, self._raw)
        swap = self._native.main.hasFocus()
        self._raw.show()
        if self.kind is Widget.BOOLEAN:
            self._label.show()
        self._native.hide()
        self._braces.setChecked(True)
        if swap:
            self._raw.main.setFocus()
        return self._raw

    def _use_native(self) -> Editor:
        if self._raw is not None and not self._raw.isHidden():
            self._raw.hide()
        self._native.show()
        if self.kind is Widget.BOOLEAN:
            self._label.hide()
        self._braces.setChecked(False)
        return self._native

    def _show_wire(self, source: str) -> None:
        if not source:
            if self._wire_button is not None:
                self._wire_button.hide()
            return
        if self._wire_button is None:
            self._wire_button = LinkButton()
            self._wire_button.clicked.connect(self.jump_asked)
            self._column.insertWidget(1, self._wire_button)
        self._wire_button.set_link(source)
        self._wire_button.show()

    def _show_problem(self) -> None:
        field = self.field
        told = self._refused or (problem_with(field.param, field.value) if field.wire is None else None) or ""
        if not told and field.wire is None and field.declared and field.value is UNSET and field.param.required:
            told = "This needs a value" + (", or a wire." if field.param.wired else ".")
        self.editor.set_problem(bool(told))
        if told and self._problem is None:
            self._problem = _Message()
            self._column.addWidget(self._problem)
        if self._problem is not None:
            self._problem.show_text(told)

    def _show_trial(self) -> None:
        """Say under an expression what it comes to, as far as that is known before a run."""
        value = self.field.value
        known = self._surroundings.known() if self.field.wire is None and is_template(value) else None
        if known is None:
            if self._trial is not None:
                self._trial.hide()
            return
        if self._trial is None:
            self._trial = TrialLine()
            self._column.addWidget(self._trial)
        secret = secret_named(value)
        told = self._surroundings.secret_trial(secret) if secret is not None else try_out(value, known)
        self._trial.show_trial(told)

    def _on_edited(self, value: Any) -> None:
        self._refused = ""
        self.field = self.field._replace(value=value)
        self._reset.setVisible(value is not UNSET and self.field.declared)
        self._show_problem()
        self.edited.emit(value)
        self._show_trial()

    def _on_refused(self, reason: str) -> None:
        if reason != self._refused:
            self._refused = reason
            self._show_problem()

    def _on_reset(self) -> None:
        self._refused = ""
        self._braces.setChecked(False)
        self.edited.emit(UNSET)
        self.left.emit()

    def _on_braces(self, wanted: bool) -> None:
        if wanted:
            raw = self._use_raw()
            raw.show_value(self.field.value)
            raw.describe(self.field.param.title, self.field.param.help)
            raw.main.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._native.takes(self.field.value):
            self._use_native().show_value(self.field.value)
            self._native.main.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            # An expression cannot be ticked or chosen; leaving it means going back to the default.
            self._on_reset()
        self._show_problem()


class _Message(QWidget):
    """What is wrong, under the field."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("circle-alert", "error", 12)
        self._label = TextLabel("", "error", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)

    @property
    def text(self) -> str:
        return self._label.text()

    def show_text(self, text: str) -> None:
        self._label.setText(text)
        self.setVisible(bool(text))


def _small(icon: str, text: str) -> IconButton:
    button = IconButton(icon, text, size=12)
    button.setFixedSize(_BUTTON, _BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _raw_param(param: Param) -> Param:
    from dataclasses import replace

    return replace(param, widget=Widget.ANY)


def _tip(param: Param, key: str) -> str:
    lines = [param.help] if param.help else []
    lines.append(f"Key: {key}")
    return "\n".join(lines)
