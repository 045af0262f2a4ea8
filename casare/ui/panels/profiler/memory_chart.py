"""Memory over time as a chart. Importing this loads pyqtgraph, so only do it when somebody looks at it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casare.profiling import memory_text
from casare.profiling.schedule.alive import Alive
from casare.ui.panels.profiler.plots import dress_plot, make_plot, name_times, name_values
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor


class MemoryChart(QWidget):
    """Show what is alive as steps, with the peak marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alive: Alive | None = None
        self.plot: Any = make_plot()
        self.plot.setAccessibleName("Memory alive over the run")
        self.plot.getViewBox().setMouseEnabled(x=True, y=False)
        name_times(self.plot.getAxis("bottom"))
        name_values(self.plot.getAxis("left"), memory_text)
        self._steps: Any = self.plot.plot([], [], stepMode="right", fillLevel=0)
        self._peak: Any = self.plot.plot([], [], pen=None, symbol="o", symbolSize=9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self._dress()

    def show_alive(self, alive: Alive) -> None:
        """Show the memory of a run; the zoom stays when it takes as long as the one before."""
        before, self._alive = self._alive, alive
        end = max(alive.end_ms, 1e-6)
        times, sizes = [*alive.times_ms, end], [*alive.sizes_mb, 0.0]
        self._steps.setData(times, sizes)
        self._peak.setData([alive.peak_ms], [alive.peak_mb])
        if before is None or before.end_ms != alive.end_ms:
            view = self.plot.getViewBox()
            view.setLimits(xMin=0, xMax=end * 1.02, minXRange=end / 1000)
            view.setRange(xRange=(0, end * 1.02), padding=0)
        self.plot.getViewBox().setRange(yRange=(0, max(alive.peak_mb, 1e-6) * 1.12), padding=0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        dress_plot(self.plot)
        line, ring = QPen(qcolor(theme.accent), 1.5), QPen(qcolor(theme.text), 1.5)
        for pen in (line, ring):
            # Else its width would be in ms and MB.
            pen.setCosmetic(True)
        self._steps.setPen(line)
        self._steps.setBrush(qcolor(theme.accent, 0.22))
        self._peak.setSymbolPen(ring)
        self._peak.setSymbolBrush(qcolor(theme.accent))
