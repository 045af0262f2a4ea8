"""Editors that choose: yes or no, one of several, several of several, a variable, a node."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from casare.app.documents.parameters import MIXED, UNSET, is_template
from casare.sdk import Param
from casare.ui.panels.inspector.editors.base import Editor, mark
from casare.ui.panels.inspector.editors.line import placeholder_of
from casare.ui.theme.tokens import FIELD_HEIGHT

_WORDS = {True: ("true", "yes", "on", "1", "y", "t"), False: ("false", "no", "off", "0", "n", "f")}


class Combo(QComboBox):
    """A combo box that may be narrow, and that a form scrolls past: the wheel turns it only with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(FIELD_HEIGHT)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form unless the box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class BooleanEditor(Editor):
    """Switch something on and off; the label stands beside the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.box.clicked.connect(self._on_clicked)
        self.setFocusProxy(self.box)
        self.watch(self.box)

    @property
    def main(self) -> QWidget:
        """The check box."""
        return self.box

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter."""
        super().set_param(param)
        self.box.setText(param.title)

    def takes(self, value: Any) -> bool:
        """Tell whether a value means yes or no."""
        return value is UNSET or value is MIXED or value is None or _truth(value) is not None

    def show_value(self, value: Any) -> None:
        """Tick the box, or half of it when the values differ."""
        self.box.setTristate(value is MIXED)
        if value is MIXED:
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.box.setChecked(bool(_truth(self.param.default if value is UNSET else value)))

    def _on_clicked(self) -> None:
        self.edited.emit(self.box.checkState() is not Qt.CheckState.Unchecked)
        self.left.emit()


class ChoiceEditor(Editor):
    """Choose one of the choices of the parameter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = self.make_combo()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self.combo.activated.connect(self._on_activated)
        self.setFocusProxy(self.combo)
        self.watch(self.combo)

    def make_combo(self) -> Combo:
        """Return the box to choose in."""
        return Combo()

    @property
    def main(self) -> QWidget:
        """The combo box."""
        return self.combo

    def set_param(self, param: Param) -> None:
        """Offer the choices of another parameter."""
        super().set_param(param)
        self.combo.clear()
        for choice in param.choices:
            self.combo.addItem(str(choice), choice)

    def takes(self, value: Any) -> bool:
        """Tell whether the value may be among the choices; an expression is edited as text."""
        return not is_template(value) and not isinstance(value, (list, dict))

    def show_value(self, value: Any) -> None:
        """Show the choice; a value that is none is shown with the others and marked."""
        place = self._place(value)
        if place < 0 and value not in (UNSET, MIXED, None, ""):
            self.combo.addItem(str(value), value)
            place = self.combo.count() - 1
        self.combo.setPlaceholderText("several values" if value is MIXED else placeholder_of(self.param) or "Choose…")
        if self.combo.currentIndex() != place:
            self.combo.setCurrentIndex(place)

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        mark(self.combo, has_problem)

    def _place(self, value: Any) -> int:
        for at in range(self.combo.count()):
            held = self.combo.itemData(at)
            if held == value or (value not in (UNSET, MIXED) and str(held) == str(value)):
                return at
        return -1

    def _on_activated(self, at: int) -> None:
        self.edited.emit(self.combo.itemData(at))
        self.left.emit()


class NodeEditor(ChoiceEditor):
    """Choose a node that this one may belong to; the list is made when it is opened."""

    def make_combo(self) -> Combo:
        """Return a box that asks for the nodes when it opens."""
        return _LateCombo(self.fill)

    def fill(self) -> None:
        """List the nodes there are now."""
        chosen = self.combo.currentData()
        self.combo.clear()
        for node_id, title in self.surroundings.partners() if self.surroundings else ():
            self.combo.addItem(_named(title, node_id), node_id)
        if chosen and self.combo.findData(chosen) < 0:
            self.combo.addItem(self._name_of(chosen), chosen)
        self.combo.setCurrentIndex(self.combo.findData(chosen) if chosen else -1)

    def show_value(self, value: Any) -> None:
        """Show the node by its title and its id."""
        if isinstance(value, str) and value and self.combo.findData(value) < 0:
            self.combo.addItem(self._name_of(value), value)
        super().show_value(value if value != "" else UNSET)

    def _name_of(self, node_id: str) -> str:
        return _named(self.surroundings.node_title(node_id) if self.surroundings else "", node_id)


class VariableEditor(Editor):
    """Name a variable: one that exists, offered when the list is opened, or a new one, typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = _LateCombo(self.fill)
        self.line = QLineEdit()
        self.combo.setEditable(True)
        self.combo.setLineEdit(self.line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Qt's completer would type the rest of a name that only begins like another.
        self.combo.setCompleter(None)  # type: ignore[arg-type]
        self._filling = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self.combo.editTextChanged.connect(self._on_text)
        self.setFocusProxy(self.combo)
        self.watch(self.line)

    @property
    def main(self) -> QWidget:
        """The combo box."""
        return self.combo

    def fill(self) -> None:
        """List the variables there are now."""
        self._filling = True
        text = self.combo.currentText()
        self.combo.clear()
        self.combo.addItems(self.surroundings.variables() if self.surroundings else [])
        self.combo.setCurrentIndex(self.combo.findText(text))
        self.combo.setEditText(text)
        self._filling = False

    def show_value(self, value: Any) -> None:
        """Show the name."""
        told = placeholder_of(self.param) or "Choose, or type a name"
        self.line.setPlaceholderText("several values" if value is MIXED else told)
        text = "" if value in (UNSET, MIXED, None) else str(value)
        if self.combo.currentText() != text:
            self._filling = True
            caret = self.line.cursorPosition()
            self.combo.setEditText(text)
            self.line.setCursorPosition(min(caret, len(text)))
            self._filling = False

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        mark(self.combo, has_problem)

    def _on_text(self, text: str) -> None:
        if not self._filling:
            self.edited.emit(text or UNSET)


class _LateCombo(Combo):
    """A combo box that is filled when it opens or gets the focus."""

    def __init__(self, fill: Any) -> None:
        super().__init__()
        self._fill = fill

    def showPopup(self) -> None:  # noqa: N802
        """Fill the list, then open it."""
        self._fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Fill the list, so that the arrow keys have something to choose from."""
        self._fill()
        super().focusInEvent(event)


def _named(title: str, node_id: str) -> str:
    if not title:
        return f"{node_id} (missing)"
    return f"{title} · {node_id}" if title != node_id else title


def _truth(value: Any) -> bool | None:
    if isinstance(value, str):
        word = value.strip().casefold()
        return next((truth for truth, words in _WORDS.items() if word in words), None)
    return value if isinstance(value, bool) else bool(value) if isinstance(value, (int, float)) else None
