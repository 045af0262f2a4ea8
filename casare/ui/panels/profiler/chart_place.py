"""Where a chart will stand: its library is loaded on a thread, and a sketch stands in until there is a chart."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from casare.ui.background import Errands
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_FIELD, SPACE_M

Chart = TypeVar("Chart", bound=QWidget)

_SKETCHED = ((0.0, 0.42), (0.12, 0.3), (0.42, 0.5), (0.3, 0.22))
"""Where each bar of the sketch begins, and how long it is, as shares of the width."""
_BAR = 18
_APART = 34


class ChartPlace(QStackedWidget, Generic[Chart]):
    """Hold one chart, which is made when it is first wanted and drawn once there is something to show."""

    def __init__(self, module: str, name: str, made: Callable[[Chart], object]) -> None:
        """The chart is the class `name` of `module`, which nobody imports before; `made` is called when it is there."""
        super().__init__()
        self.chart: Chart | None = None
        self._module, self._name, self._made = module, name, made
        self._loading = False
        self._errands = Errands(self)
        self.destroyed.connect(self._errands.close)
        self.addWidget(_Sketch())

    @property
    def settled(self) -> bool:
        """Whether nothing is being loaded."""
        return not self._loading

    def load(self) -> None:
        """Begin to load the chart, unless that was done."""
        if self.chart is not None or self._loading:
            return
        if self._module in sys.modules:
            self._make()
            return
        self._loading = True
        self._errands.run(lambda: importlib.import_module(self._module), lambda _module: self._make())

    def reveal(self) -> None:
        """Put the chart in the place of the sketch."""
        if self.chart is not None:
            self.setCurrentWidget(self.chart)

    def _make(self) -> None:
        self._loading = False
        chart: Chart = getattr(importlib.import_module(self._module), self._name)()
        self.chart = chart
        self.addWidget(chart)
        self._made(chart)


class _Sketch(QWidget):
    """Bars without meaning, in the place of those to come."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(current_theme().hover))
        width = self.width() - 2 * SPACE_M
        for lane, (begin, length) in enumerate(_SKETCHED):
            bar = QRectF(SPACE_M + begin * width, SPACE_M + lane * _APART, length * width, _BAR)
            painter.drawRoundedRect(bar, RADIUS_FIELD, RADIUS_FIELD)
        painter.end()
