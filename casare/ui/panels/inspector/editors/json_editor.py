"""The editor of JSON: a tree, or the text of it."""

from __future__ import annotations

import json
from typing import Any, Final

import orjson
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from casare.app.documents.json_edits import as_json_text
from casare.app.documents.parameters import MIXED, UNSET
from casare.sdk import DataType, Param
from casare.ui.panels.inspector.editors.base import mark
from casare.ui.panels.inspector.editors.blocks import BlockEditor
from casare.ui.panels.inspector.editors.json_model import JsonModel
from casare.ui.panels.inspector.editors.json_tree import JsonTree
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.view_frame import ViewFrame

_BUTTON: Final = 22
_ICON: Final = 14
LONGEST_TEXT: Final = 500_000
"""Bytes of JSON beyond which there is only the tree: a text field reads all of it again after each key."""


class JsonEditor(BlockEditor):
    """Edit lists and objects as a tree, and anything, templates too, as text.

    What is there decides which of them comes first; the button at the right changes over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = UNSET
        self._anew = True
        self._prefers_text = False
        self._locked = False
        self.model = JsonModel(self)
        self.tree = JsonTree(self.model)
        self._frame = ViewFrame(self.tree)
        self._acts = QWidget()
        self.add_button = _button("plus", "Add a value (Ins)")
        self.remove_button = _button("trash-2", "Remove (Del)")
        self.up_button = _button("arrow-up", "Move up (Alt+Up)")
        self.down_button = _button("arrow-down", "Move down (Alt+Down)")
        self.type_button = _button("type", "Change the type")
        self.mode_button = _button("code", "")
        self._lay_out()
        self._connect()
        self._use_tree(False)

    @property
    def in_tree(self) -> bool:
        """Whether the tree is on show."""
        return not self._frame.isHidden()

    @property
    def main(self) -> QWidget:
        """The tree, or the text field."""
        return self.tree if self.in_tree else self.block

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter."""
        super().set_param(param)
        self._anew = True

    def describe(self, name: str, description: str) -> None:
        """Say to a screen reader what tree and text are."""
        for widget in (self.tree, self.block):
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(description)

    def show_value(self, value: Any) -> None:
        """Show a value: a list or an object as a tree, unless a person wants text; all else as text."""
        known = not self._anew and value is self._value
        self._value = value
        if known:
            return
        branch = _container_in(value)
        if self._anew:
            self._anew = False
            self._use_tree(bool(branch) and (not self._prefers_text or self._is_too_long(branch)))
        elif self.in_tree and branch is None and value is not UNSET:
            self._use_tree(False)
        if self.in_tree:
            self.model.show(self._empty() if branch is None else branch)
            self.refused.emit("")
        else:
            super().show_value(value)
        self._show_ways(branch)

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        super().set_problem(has_problem)
        mark(self._frame, has_problem)

    def set_locked(self, locked: bool) -> None:
        """Let the value be read and copied, not changed."""
        super().set_locked(locked)
        self._locked = locked
        self.model.editable = not locked
        self._acts.setEnabled(not locked)

    def toggle(self) -> None:
        """Change over between tree and text."""
        branch = _container_in(self._value)
        self._prefers_text = self.in_tree
        self._use_tree(not self.in_tree)
        if self.in_tree:
            self.model.show(self._empty() if branch is None else branch)
        else:
            super().show_value(self._value)
        self._show_ways(branch)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self) -> None:
        if self.in_tree:
            # The text behind the tree was coloured anew, with another theme; nobody typed.
            return
        super()._on_text()
        if not self._filling:
            self._value = self._shown
            self._show_ways(_container_in(self.block.toPlainText()))

    def _on_tree(self, fresh: Any) -> None:
        as_text = self.param.type is DataType.TEXT or isinstance(self._value, str)
        value = as_json_text(fresh) if as_text else fresh
        self._value = value
        self._show_ways(fresh)
        self.edited.emit(value)
        self.left.emit()

    def _show_ways(self, branch: Any) -> None:
        """Say what the button changes over to, or why it cannot."""
        tree = self.in_tree
        possible = not self._is_too_long(branch) if tree else branch is not None or self._value in (UNSET, None, "")
        told = "Edit as text" if tree else "Edit as a tree"
        if not possible:
            told = "Too long to be edited as text" if tree else "Only a list or an object is a tree"
        self.mode_button.set_icon("code" if tree else "list-tree")
        self.mode_button.setToolTip(told)
        self.mode_button.setAccessibleName(told)
        self.mode_button.setEnabled(possible)

    def _use_tree(self, wanted: bool) -> None:
        self._frame.setVisible(wanted)
        self._acts.setVisible(wanted)
        self.block.setVisible(not wanted)
        self.setFocusProxy(self.tree if wanted else self.block)
        if not wanted:
            self._shown = self

    def _empty(self) -> Any:
        return [] if self.param.type is DataType.LIST else {}

    @staticmethod
    def _is_too_long(branch: Any) -> bool:
        return len(orjson.dumps(branch, default=str, option=orjson.OPT_NON_STR_KEYS)) > LONGEST_TEXT

    def _show_kinds(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tree.fill_kinds(menu)
        menu.popup(self.type_button.mapToGlobal(QPoint(0, self.type_button.height())))

    def _lay_out(self) -> None:
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(0)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button, self.type_button):
            acts.addWidget(button)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 2, 0, 0)
        bar.addWidget(self._acts)
        bar.addStretch(1)
        bar.addWidget(self.mode_button)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.setSpacing(0)
        column.addWidget(self._frame)
        column.addLayout(bar)

    def _connect(self) -> None:
        self.type_button.clicked.connect(self._show_kinds)
        self.add_button.clicked.connect(self.tree.add)
        self.remove_button.clicked.connect(self.tree.remove)
        self.up_button.clicked.connect(lambda: self.tree.shift(-1))
        self.down_button.clicked.connect(lambda: self.tree.shift(1))
        self.mode_button.clicked.connect(self.toggle)
        self.model.edited.connect(self._on_tree)
        self.model.refused.connect(self.refused)
        self.watch(self.tree)


def _button(icon: str, text: str) -> IconButton:
    button = IconButton(icon, text, size=_ICON)
    button.setFixedSize(_BUTTON, _BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _container_in(value: Any) -> Any:
    """Return a list or an object, also one that is written as text; None for all else."""
    if value is UNSET or value is MIXED:
        return None
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, (dict, list)) else None
