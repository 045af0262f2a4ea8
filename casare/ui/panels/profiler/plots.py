"""What all charts of the profiler have alike. Importing this loads pyqtgraph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from casare.profiling import duration_text
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_CAPTION

_LEFT_AXIS = 56

# With its limit the last movement before the pointer rests may be dropped, and the wrong bar is told.
pyqtgraph.setConfigOption("mouseRateLimit", -1)


def make_plot() -> Any:
    """Return a bare plot without menus and buttons."""
    plot = pyqtgraph.PlotWidget()
    plot.setMenuEnabled(False)
    plot.hideButtons()
    # It is made with its menu and without an owner, so it would stay behind when the plot goes.
    plot.getPlotItem().ctrlMenu.setParent(plot, Qt.WindowType.Popup)
    plot.getAxis("left").setWidth(_LEFT_AXIS)
    for side in ("left", "bottom"):
        plot.getAxis(side).setStyle(tickLength=-4)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return plot


def dress_plot(plot: Any) -> None:
    """Dress a plot in the theme that is on."""
    theme = current_theme()
    plot.setBackground(qcolor(theme.panel))
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(QPen(qcolor(theme.line_strong), 1))
        axis.setTextPen(QPen(qcolor(theme.text_secondary), 1))
        axis.setTickFont(ui_font(TEXT_CAPTION, tabular=True))


def name_times(axis: Any) -> None:
    """Write the values of an axis (ms) as durations."""
    name_values(axis, duration_text)


def name_values(axis: Any, text: Callable[[float], str]) -> None:
    """Write the values of an axis as `text` does."""
    axis.enableAutoSIPrefix(False)
    axis.tickStrings = lambda values, _scale, _spacing: [text(max(0.0, value)) for value in values]
