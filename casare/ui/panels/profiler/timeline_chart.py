"""The two charts of the timeline. Importing this loads pyqtgraph, so only do it when somebody looks at them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casare.ui.panels.profiler.bars_item import BarsItem
from casare.ui.panels.profiler.plots import dress_plot, make_plot, name_times
from casare.ui.panels.profiler.timeline import Bar, Timeline
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import SPACE_S
from casare.ui.widgets.text_label import TextLabel

_CURVE_HEIGHT = 132
_REACH = 3
"""How near to a bar the pointer has to be, px."""


class TimelineChart(QWidget):
    """Show what each worker does when, and below it what more workers would buy."""

    bar_hovered = Signal(str)
    """What there is to know of the bar under the pointer; empty for none."""
    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""
    workers_chosen = Signal(int)
    """The number of workers that was clicked in the curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Timeline | None = None
        self._at: Bar | None = None
        """The bar that the keys have come to."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline: arrow keys walk along the bars, Enter shows the node")
        self.bars = BarsItem()
        self.run: Any = make_plot()
        self.run.setAccessibleName("What each worker does when")
        self.run.getViewBox().addItem(self.bars, ignoreBounds=True)
        self.run.getViewBox().setMouseEnabled(x=True, y=False)
        self.run.invertY(True)
        self.run.scene().sigMouseMoved.connect(self._on_moved)
        self.run.scene().sigMouseClicked.connect(self._on_clicked)
        name_times(self.run.getAxis("bottom"))
        self.curve: Any = make_plot()
        self.curve.setAccessibleName("Wall time by number of workers")
        self.curve.setFixedHeight(_CURVE_HEIGHT)
        self.curve.getViewBox().setMouseEnabled(x=False, y=False)
        self.curve.scene().sigMouseClicked.connect(self._on_curve_clicked)
        self.curve.setToolTip("Click a number of workers to simulate the run with so many")
        name_times(self.curve.getAxis("left"))
        self._points: Any = self.curve.plot([], [], symbol="o", symbolSize=5)
        self._now: Any = self.curve.plot([], [], pen=None, symbol="o", symbolSize=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.run, 1)
        column.addWidget(TextLabel("Runtime by number of workers", "caption"))
        column.addWidget(self.curve)
        self._dress()

    def show_line(self, line: Timeline) -> None:
        """Show a run; the zoom stays when it takes as long on as many workers as the one before."""
        before, self._line, self._at = self._line, line, None
        self.bars.show_line(line)
        self.bar_hovered.emit("")
        wall = max(line.wall_ms, 1e-6)
        if before is None or (before.wall_ms, before.lanes) != (line.wall_ms, line.lanes):
            view = self.run.getViewBox()
            view.setLimits(xMin=0, xMax=wall * 1.02, minXRange=wall / 1000)
            view.setRange(xRange=(0, wall * 1.02), yRange=(-0.5, line.lanes - 0.5), padding=0)
            self.run.getAxis("left").setTicks([[(lane, f"{lane + 1}") for lane in range(line.lanes)]])
        workers = [point.workers for point in line.curve]
        walls = [point.wall_ms for point in line.curve]
        self._points.setData(workers, walls)
        self._now.setData([line.workers], [line.curve[line.workers - 1].wall_ms])
        self.curve.getAxis("bottom").setTicks([[(at, str(at)) for at in workers if at == 1 or at % 2 == 0]])
        self.curve.getViewBox().setRange(xRange=(0.5, len(workers) + 0.5), yRange=(0, max(walls) * 1.1), padding=0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def select(self, nodes: frozenset[str]) -> None:
        """Mark the bars of nodes that are selected on the canvas."""
        self.bars.select(nodes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the bars in time with left and right, over the workers with up and down; Enter shows the node."""
        step = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in step:
            self._walk(*step[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.nodes_chosen.emit(self._at.nodes)
        else:
            super().keyPressEvent(event)

    def _walk(self, along: int, lanes: int) -> None:
        bars = sorted(self._line.bars, key=lambda bar: (bar.begin_ms, bar.lane)) if self._line else []
        if not bars or self._line is None:
            return
        here = self._at
        if here is None:
            found = bars[0]
        elif along:
            found = bars[min(max(bars.index(here) + along, 0), len(bars) - 1)]
        else:
            # The nearest in time on the next lane that has any.
            others = [bar for bar in bars if (bar.lane - here.lane) * lanes > 0]
            nearest = min((abs(bar.lane - here.lane) for bar in others), default=0)
            beside = [bar for bar in others if abs(bar.lane - here.lane) == nearest]
            found = min(beside, key=lambda bar: abs(bar.begin_ms - here.begin_ms), default=here)
        self._at = found
        self.bars.hover(found)
        self.bar_hovered.emit(self._line.describe(found))

    def _on_curve_clicked(self, event: Any) -> None:
        view = self.curve.getViewBox()
        line = self._line
        if line is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if view.sceneBoundingRect().contains(event.scenePos()):
            event.accept()
            workers = round(view.mapSceneToView(event.scenePos()).x())
            self.workers_chosen.emit(min(max(workers, 1), len(line.curve)))

    def bar_under(self, scene: QPointF) -> Bar | None:
        """Return the bar at a point of the upper chart's scene (px)."""
        view = self.run.getViewBox()
        if not view.sceneBoundingRect().contains(scene):
            return None
        place = view.mapSceneToView(scene)
        return self.bars.bar_at(place.x(), place.y(), _REACH * view.viewPixelSize()[0])

    def _on_moved(self, scene: QPointF) -> None:
        bar = self.bar_under(scene)
        if self.bars.hover(bar):
            self.run.setCursor(Qt.CursorShape.PointingHandCursor if bar else Qt.CursorShape.ArrowCursor)
            self.bar_hovered.emit(self._line.describe(bar) if bar and self._line else "")

    def _on_clicked(self, event: Any) -> None:
        bar = self.bar_under(event.scenePos()) if event.button() == Qt.MouseButton.LeftButton else None
        if bar is not None:
            event.accept()
            self.nodes_chosen.emit(bar.nodes)

    def _dress(self) -> None:
        theme = current_theme()
        for plot in (self.run, self.curve):
            dress_plot(plot)
        line, ring = QPen(qcolor(theme.accent), 1.5), QPen(qcolor(theme.text), 1.5)
        for pen in (line, ring):
            # Else its width would be in ms and workers.
            pen.setCosmetic(True)
        self._points.setPen(line)
        self._points.setSymbolPen(None)
        self._points.setSymbolBrush(qcolor(theme.accent))
        self._now.setSymbolPen(ring)
        self._now.setSymbolBrush(qcolor(theme.accent))
        self.bars.update()
