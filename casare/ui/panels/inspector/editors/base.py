"""What every editor of a value has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from casare.app.templating import Known, Trial
from casare.sdk import Param

if TYPE_CHECKING:
    from casare.ui.panels.inspector.editors.carets import Caret
    from casare.ui.panels.inspector.editors.completing import Completing


class Surroundings(Protocol):
    """What an editor may ask about the workflow around the value."""

    def variables(self) -> list[str]:
        """Return the names of the variables that a run may hold."""

    def partners(self) -> list[tuple[str, str]]:
        """Return the id and the title of each node that the node edited may belong to."""

    def node_title(self, node_id: str) -> str:
        """Return what to call a node; an empty text when there is none of this id."""

    def keep_secret(self, param: Param, secret: str, held: Any) -> str:
        """Keep a secret that comes in place of the value `held`, and return what stands for it in the workflow.

        Raises CasareError.
        """

    def secret_trial(self, name: str) -> Trial:
        """Return whether this computer has a secret of this name, in words."""

    def known(self) -> Known | None:
        """Return what an expression may name, with the values that are known; None where there are no expressions."""


class Editor(QWidget):
    """Show one value of a parameter and tell what a person makes of it.

    The value shown last is the truth: what is typed is told by `edited`, and comes back through `show_value`.
    """

    edited = Signal(object)
    """The value a person has given; UNSET when the field was emptied."""
    refused = Signal(str)
    """What was typed is no value yet, for this reason; the value is as it was. Empty when all is well again."""
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = Param()
        self.surroundings: Surroundings | None = None
        self.completing: Completing | None = None
        """The help with templates, None while none was typed."""

    def help_with_templates(self, caret: Caret) -> None:
        """Offer what fits into the template at the caret; called after something was typed."""
        if self.completing is None:
            if "{{" not in caret.text():
                return
            # Made late: most fields never hold a template.
            from casare.ui.panels.inspector.editors.completing import Completing

            self.completing = Completing(caret, self)
        self.completing.surroundings = self.surroundings
        self.completing.look()

    def set_param(self, param: Param) -> None:
        """Edit values of another parameter from now on."""
        self.param = param

    def takes(self, value: Any) -> bool:
        """Tell whether the value can be shown here; else it is edited as text."""
        return True

    def show_value(self, value: Any) -> None:
        """Show a value, UNSET for the default, or MIXED; the caret stays where it can."""
        raise AssertionError(f"{type(self).__name__} shows nothing")

    def set_problem(self, has_problem: bool) -> None:
        """Mark the field as holding what the parameter does not take."""

    def set_locked(self, locked: bool) -> None:
        """Show the value without letting it be changed."""
        self.setEnabled(not locked)

    @property
    def main(self) -> QWidget:
        """The widget that takes the focus."""
        return self

    def describe(self, name: str, description: str) -> None:
        """Say to a screen reader what the field is."""
        self.main.setAccessibleName(name)
        self.main.setAccessibleDescription(description)

    def watch(self, widget: QWidget) -> None:
        """Tell by `left` when the focus leaves `widget`, and leave undo to the document."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the focus leaves, and let the keys of undo and redo through to the window."""
        if isinstance(event, QFocusEvent):
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.type() == QEvent.Type.FocusOut and event.reason() not in passing:
                self.left.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                # A text field keeps its own history and would take these keys; there is one history, the document's.
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def mark(widget: QWidget, has_problem: bool) -> None:
    """Give a field the look of an error, or take it away."""
    state = "error" if has_problem else ""
    if (widget.property("state") or "") != state:
        widget.setProperty("state", state)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
