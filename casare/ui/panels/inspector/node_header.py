"""The head of the node page: what the selected node is, its name, and whether it takes part."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from casare.sdk import NodeType
from casare.ui.panels.inspector.editors.base import Editor
from casare.ui.panels.inspector.editors.elided_line import ElidedLine
from casare.ui.panels.inspector.help_popover import HelpPopover
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.icons import paint_icon
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_FIELD, SPACE_L, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel

_MARK = 36
_ICON = 20


class NodeHeader(QWidget):
    """Show the icon, the name to edit in place, the type, a summary, and boxes to switch the node off or pass it by."""

    renamed = Signal(str)
    """The name typed so far; empty for the type's own title."""
    left = Signal()
    """The focus left the name."""
    enabled_changed = Signal(bool)
    """Whether the node or nodes should take part in runs."""
    bypassed_changed = Signal(bool)
    """Whether values should pass the node or nodes by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type: NodeType | None = None
        self._title = ""
        self.frozen = False
        """Whether what is shown from now on may only be read."""
        self._mark = _Mark()
        self.name = _NameLine()
        self.name.textEdited.connect(self._on_name)
        self.name.confirmed.connect(self.left)
        self._kind = ElidedLabel("", "caption")
        self._help = IconButton("circle-question-mark", "What this node does", size=14)
        self._help.clicked.connect(self.open_help)
        self._summary = TextLabel("", "secondary", wrap=True)
        self.enabled = QCheckBox("Enabled")
        self.enabled.setToolTip("A disabled node does nothing and passes the turn on")
        self.enabled.clicked.connect(self._on_enabled)
        self.bypassed = QCheckBox("Bypassed")
        self.bypassed.setToolTip("A bypassed node does nothing, and its inputs are handed on as its outputs")
        self.bypassed.clicked.connect(self._on_bypassed)
        self._watch = _Watch(self)
        self._watch.watch(self.name)
        self._watch.left.connect(self.left)
        self._build()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        caption = QHBoxLayout()
        caption.setContentsMargins(5, 0, 0, 0)
        caption.addWidget(self._kind)
        words.addLayout(caption)
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(row)
        column.addWidget(self._summary)
        switches = QHBoxLayout()
        switches.setSpacing(SPACE_L)
        switches.addWidget(self.enabled)
        switches.addWidget(self.bypassed)
        switches.addStretch(1)
        column.addLayout(switches)

    def show_node(
        self, node_type: NodeType | None, type_id: str, name: str, disabled: bool, bypassed: bool = False
    ) -> None:
        """Show a node of a type; `name` is what a person called it, or empty."""
        self._type = node_type
        title = node_type.title if node_type else type_id
        self._mark.show_icon(node_type.icon if node_type else "package", node_type.category if node_type else "")
        self.name.setReadOnly(self.frozen)
        self._title = title
        self.name.setPlaceholderText(title)
        if not (self.name.hasFocus() and not name and not self.name.text()):
            # An emptied name stays empty until the field is left, so that another can be typed.
            self.name.show_text(name or title)
        self._kind.setText(f"{type_id} · {node_type.category}" if node_type else f"{type_id} · unknown type")
        self._summary.setText(node_type.summary if node_type else "Its settings and wires are kept as they are.")
        self._help.setVisible(node_type is not None)
        self._show_checks(not disabled, bypassed)

    def show_several(
        self, title: str, told: str, summary: str, enabled: bool | None, bypassed: bool | None = False
    ) -> None:
        """Show several nodes; `enabled` and `bypassed` are None when they differ."""
        self._type = None
        self._mark.show_icon("layers", "")
        self.name.show_text(title)
        self.name.setReadOnly(True)
        self._kind.setText(told)
        self._summary.setText(summary)
        self._help.hide()
        self._show_checks(enabled, bypassed)

    def open_help(self) -> None:
        """Show the help of the type."""
        if self._type is not None:
            HelpPopover(self._type, self).open_below(self._help)

    def _show_checks(self, enabled: bool | None, bypassed: bool | None) -> None:
        for box, on in ((self.enabled, enabled), (self.bypassed, bypassed)):
            _show_check(box, on)
            box.setEnabled(not self.frozen)

    def _on_name(self, text: str) -> None:
        self.renamed.emit("" if text == self._title else text)

    def _on_enabled(self) -> None:
        self.enabled_changed.emit(self.enabled.checkState() is not Qt.CheckState.Unchecked)

    def _on_bypassed(self) -> None:
        self.bypassed_changed.emit(self.bypassed.checkState() is not Qt.CheckState.Unchecked)


def _show_check(box: QCheckBox, on: bool | None) -> None:
    """Show on, off, or both."""
    states = Qt.CheckState
    box.setTristate(on is None)
    box.setCheckState(states.PartiallyChecked if on is None else states.Checked if on else states.Unchecked)


class _Watch(Editor):
    """Only what an editor does about focus and undo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()


class _NameLine(ElidedLine):
    """A title that turns into a field under the pointer and with the focus."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Name of the node")
        self.setToolTip("Name of the node")
        self.setStyleSheet(
            "QLineEdit { font-size: 13px; font-weight: 600; padding: 0 4px; min-height: 22px; }"
            "QLineEdit:!hover:!focus { background: transparent; border-color: transparent; }"
            "QLineEdit:read-only { background: transparent; border-color: transparent; }"
            "QLineEdit:focus { padding: 0 3px; min-height: 20px; }"
        )

    def show_text(self, text: str) -> None:
        if self.text() != text:
            caret = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(caret, len(text)) if self.hasFocus() else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.confirmed.emit()
            self.clearFocus()
            event.accept()
            return
        super().keyPressEvent(event)


class _Mark(QWidget):
    """The icon of a type on the colour of its category."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._category = "box", ""
        self.setFixedSize(_MARK, _MARK)

    def show_icon(self, icon: str, category: str) -> None:
        self._icon, self._category = icon, category
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.header_ground(self._category) if self._category else theme.field))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        at = (_MARK - _ICON) // 2
        colour = theme.category(self._category) if self._category else theme.text_secondary
        paint_icon(painter, QPoint(at, at), self._icon, colour, _ICON)
        painter.end()
