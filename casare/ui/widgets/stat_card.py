"""One figure with what it is called and what to know about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import SPACE_M, SPACE_S, TEXT_FIGURE
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.sparkline import Sparkline


class StatCard(QFrame):
    """Show a caption, a figure and a line below it, on a card."""

    def __init__(self, caption: str, figure: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._caption = ElidedLabel(caption, "caption")
        self._figure = ElidedLabel(figure, "figure")
        self._figure.setFont(ui_font(TEXT_FIGURE, tabular=True))
        self._detail = ElidedLabel(detail, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        column.setSpacing(2)
        self.history = Sparkline()
        self.history.hide()
        for part in (self._caption, self._figure, self._detail, self.history):
            column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_figure(figure, detail)

    def set_figure(self, figure: str, detail: str = "") -> None:
        """Show another figure and another line below it; an empty figure is shown as a dash."""
        self._figure.setText(figure or "–")
        self._detail.setText(detail)
        self.setAccessibleName(f"{self._caption.text()}: {figure or 'not known yet'}")
        self.setAccessibleDescription(detail)

    def set_history(self, values: Sequence[float]) -> None:
        """Show past values below, oldest first; without two of them there is no line."""
        self.history.set_values(values)
        self.history.setVisible(len(values) > 1)
