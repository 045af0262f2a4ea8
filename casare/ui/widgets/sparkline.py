"""A small line of past values, without axes: whether a figure rose or fell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor

_HEIGHT = 16
_DOT = 2.5
_INSET = 4.0


class Sparkline(QWidget):
    """Draw values from left to right, the last one with a dot. Takes no clicks and no focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def values(self) -> tuple[float, ...]:
        """The values on show, oldest first."""
        return self._values

    def set_values(self, values: Sequence[float]) -> None:
        """Show other values; fewer than two are no line."""
        self._values = tuple(values)
        self.setAccessibleName(f"{len(self._values)} past values" if len(self._values) > 1 else "no past values")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line's height."""
        return QSize(60, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line over its whole range; values that are all alike lie in the middle."""
        if len(self._values) < 2:
            return
        theme = current_theme()
        least, most = min(self._values), max(self._values)
        room, reach = self.height() - 2 * _INSET, most - least
        step = (self.width() - 2 * _INSET) / (len(self._values) - 1)
        points = [
            QPointF(_INSET + at * step, _INSET + room * (1 - (value - least) / reach if reach else 0.5))
            for at, value in enumerate(self._values)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.text_muted), 1.25))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.accent))
        painter.drawEllipse(points[-1], _DOT, _DOT)
        painter.end()
