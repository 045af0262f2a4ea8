"""The help of a node type, in a pop-up below a button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from casare.sdk import NodeType
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_M, SPACE_XS
from casare.ui.widgets.text_label import TextLabel

_WIDTH = 320


class HelpPopover(QFrame):
    """Say what a node does and what its parameters mean; closes at Esc or a click elsewhere."""

    def __init__(self, node_type: NodeType, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"Help for {node_type.title}")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_XS)
        column.addWidget(TextLabel(node_type.title, "title"))
        for text in (node_type.summary, node_type.help):
            if text:
                column.addWidget(TextLabel(_flowing(text), "body", wrap=True))
        told = [param for param in node_type.params if param.help]
        if told:
            column.addSpacing(SPACE_XS)
        for param in told:
            column.addWidget(TextLabel(param.title, "secondary"))
            column.addWidget(TextLabel(_flowing(param.help), "muted", wrap=True))
        self.setFixedWidth(_WIDTH)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under `anchor`, inside the screen."""
        self.adjustSize()
        at = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + SPACE_XS))
        screen = anchor.screen().availableGeometry()
        x = max(screen.left(), min(at.x(), screen.right() - self.width()))
        y = max(screen.top(), min(at.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the border."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(theme.overlay))
        painter.setPen(QPen(qcolor(theme.line_strong), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


def _flowing(text: str) -> str:
    """Join the lines of a docstring into paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
