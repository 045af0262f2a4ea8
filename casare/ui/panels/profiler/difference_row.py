"""A row that says how one node or one rule differs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from casare.ui.panels.profiler.comparing import NodeLine
from casare.ui.panels.profiler.rows import TIME_WIDTH, NodesRow, draw_line
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import ROW_HEIGHT, SPACE_S, TEXT_BODY

_MARKS: Final = {"new": "+", "gone": "−", "changed": "~"}
_MARK_WIDTH: Final = 16


class DifferenceRow(NodesRow):
    """Show a mark, a name and two differences at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._name, self._first, self._second = "", "", "", ""

    def show_node(self, line: NodeLine) -> None:
        """Show a node; one that is gone leads nowhere."""
        self._mark, self._name = _MARKS[line.what], line.name
        self._first, self._second = line.time, line.memory
        self.set_nodes(() if line.what == "gone" else (line.id,))
        self.setAccessibleName(f"{line.name}, {line.what} {line.time} {line.memory}".strip())
        self.update()

    def show_rule(self, title: str, points: float) -> None:
        """Show a rule and how many more points it takes."""
        self._mark, self._name = ("−" if points > 0 else "+"), title
        self._first, self._second = "", f"{-points:+g}".replace("-", "−")
        self.set_nodes(())
        self.setAccessibleName(f"{title}: {-points:+g} points")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(160, ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, name and differences."""
        theme = current_theme()
        painter = QPainter(self)
        self.paint_ground(painter)
        rect = self.rect().adjusted(SPACE_S, 0, -SPACE_S, 0)
        figures, right = ui_font(TEXT_BODY, tabular=True), Qt.AlignmentFlag.AlignRight
        second = QRect(rect.right() - TIME_WIDTH, rect.top(), TIME_WIDTH, rect.height())
        first = QRect(second.left() - TIME_WIDTH - SPACE_S, rect.top(), TIME_WIDTH, rect.height())
        draw_line(painter, second, self._second, theme.text_muted if self._first else theme.text, figures, right)
        draw_line(painter, first, self._first, theme.text, figures, right)
        mark = QRect(rect.left(), rect.top(), _MARK_WIDTH, rect.height())
        draw_line(painter, mark, self._mark, theme.text_muted, figures)
        end = first.left() if self._first else second.left()
        name = QRect(mark.right(), rect.top(), end - mark.right() - SPACE_S, rect.height())
        draw_line(painter, name, self._name, theme.text, ui_font(TEXT_BODY))
        self.paint_focus(painter)
        painter.end()
