"""An editor that chooses several of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from casare.app.documents.parameters import MIXED, UNSET, is_template
from casare.sdk import Param
from casare.ui.panels.inspector.editors.base import Editor, mark
from casare.ui.panels.inspector.editors.choices import Combo


class MultiChoiceEditor(Editor):
    """Choose several of the choices, from a menu that stays open until it is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = _StayingMenu(self)
        self._offered: list[Any] | None = None
        self.combo = _MenuCombo(self.open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self.setFocusProxy(self.combo)
        self.watch(self.combo)

    @property
    def main(self) -> QWidget:
        """The box that opens the menu."""
        return self.combo

    def open_menu(self) -> None:
        """Show the choices below the box."""
        self.menu.setMinimumWidth(self.combo.width())
        self.menu.popup(self.combo.mapToGlobal(QPoint(0, self.combo.height())))

    def set_param(self, param: Param) -> None:
        """Offer the choices of another parameter."""
        super().set_param(param)
        self._offered = None
        self._offer([])

    def takes(self, value: Any) -> bool:
        """Tell whether the value is a list of choices, also written with commas."""
        return not is_template(value) and not isinstance(value, dict)

    def show_value(self, value: Any) -> None:
        """Tick what is chosen."""
        given = self.param.default if value is UNSET else value
        chosen = [part.strip() for part in given.split(",")] if isinstance(given, str) else given
        names = [str(one) for one in chosen] if isinstance(chosen, (list, tuple)) else []
        self._offer([one for one in chosen if str(one) not in map(str, self.param.choices)] if names else [])
        for action in self.menu.actions():
            action.setChecked(str(action.data()) in names)
        self._show_words(value is MIXED)

    def set_problem(self, has_problem: bool) -> None:
        """Draw the border of an error."""
        mark(self.combo, has_problem)

    def _offer(self, others: list[Any]) -> None:
        """List the choices, then what is chosen and is none of them, so that it is seen and can be unticked."""
        if others == self._offered:
            return
        self._offered = others
        self.menu.clear()
        for choice in (*self.param.choices, *others):
            action = self.menu.addAction(str(choice))
            action.setCheckable(True)
            action.setData(choice)
            action.triggered.connect(self._on_triggered)

    def _show_words(self, mixed: bool) -> None:
        shown = ", ".join(action.text() for action in self.menu.actions() if action.isChecked())
        self.combo.setPlaceholderText("several values" if mixed else shown or "None chosen")

    def _on_triggered(self) -> None:
        self._show_words(False)
        self.edited.emit([action.data() for action in self.menu.actions() if action.isChecked()])


class _MenuCombo(Combo):
    """A combo box that opens something else than a list; what is chosen stands where its text would."""

    def __init__(self, open_menu: Callable[[], None]) -> None:
        super().__init__()
        self._open_menu = open_menu

    def showPopup(self) -> None:  # noqa: N802
        self._open_menu()


class _StayingMenu(QMenu):
    """A menu of check marks that is not closed by setting one."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action: QAction | None = self.activeAction()
        if action is not None:
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action: QAction | None = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)
