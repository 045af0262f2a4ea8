"""The bars of a time line as one graphics item: x is time (ms), y counts lanes."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from casare.ui.panels.profiler.timeline import Bar, Timeline
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import TEXT_CAPTION

_HALF_BAR = 0.36
"""Of the height of a lane."""
_LEAST_WIDTH = 2.0
_LEAST_NAMED = 34.0
_PATH_LINE = 3.0
_WAIT_LINE = 2.0
_WAIT_AT = 0.44
"""Where the line of a wait runs: so much of a lane above its middle, where no bar is."""
_RING = 2
"""How thick the line around what is selected is, px."""


class BarsItem(QGraphicsItem):
    """Draw a time line. Works in the pixels of the view, so that lines stay sharp at every zoom."""

    def __init__(self) -> None:
        super().__init__()
        self._line: Timeline | None = None
        self._lanes: dict[int, tuple[list[float], list[Bar]]] = {}
        self._hovered: Bar | None = None
        self._selected: frozenset[str] = frozenset()

    def show_line(self, line: Timeline) -> None:
        """Draw another time line."""
        self.prepareGeometryChange()
        self._line, self._hovered = line, None
        lanes: dict[int, list[Bar]] = {}
        for bar in sorted(line.bars, key=lambda one: one.begin_ms):
            lanes.setdefault(bar.lane, []).append(bar)
        self._lanes = {lane: ([bar.begin_ms for bar in bars], bars) for lane, bars in lanes.items()}
        self.update()

    def hover(self, bar: Bar | None) -> bool:
        """Mark a bar as being under the pointer; tell whether that is another one."""
        if bar is self._hovered:
            return False
        self._hovered = bar
        self.update()
        return True

    def select(self, nodes: frozenset[str]) -> None:
        """Mark the bars of nodes that are selected on the canvas."""
        if nodes != self._selected:
            self._selected = nodes
            self.update()

    def bar_at(self, ms: float, lane: float, reach_ms: float) -> Bar | None:
        """Return the bar at a place; one that ended up to `reach_ms` before counts, or nobody could hit a short one."""
        number = round(lane)
        if abs(lane - number) > _HALF_BAR or number not in self._lanes:
            return None
        begins, bars = self._lanes[number]
        at = bisect_right(begins, ms + reach_ms) - 1
        while at > 0 and begins[at] > ms:
            at -= 1
        return bars[at] if at >= 0 and begins[at] <= ms + reach_ms and ms <= bars[at].end_ms + reach_ms else None

    def boundingRect(self) -> QRectF:
        """Return the whole run on all its lanes."""
        if self._line is None:
            return QRectF()
        return QRectF(0, -0.5, max(self._line.wall_ms, 1e-9), self._line.lanes)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the bars that are long enough with their names."""
        line = self._line
        if line is None:
            return
        theme = current_theme()
        place = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(ui_font(TEXT_CAPTION))
        metrics = painter.fontMetrics()
        for bar in line.bars:
            scene = QRectF(bar.begin_ms, bar.lane - _HALF_BAR, bar.end_ms - bar.begin_ms, 2 * _HALF_BAR)
            rect = place.mapRect(scene)
            rect.setWidth(max(_LEAST_WIDTH, rect.width() - 1))
            painter.fillRect(rect, qcolor(theme.heat[2] if bar.critical else theme.hover))
            edge = theme.critical_wire if bar.critical else theme.line_strong
            if bar.wait_ms:
                self._paint_wait(painter, place, bar)
            if bar.critical:
                # A line under it too: a mark that does not need the eye for colours.
                painter.fillRect(
                    QRectF(rect.left(), rect.bottom() - _PATH_LINE, rect.width(), _PATH_LINE), qcolor(edge)
                )
            if not self._selected.isdisjoint(bar.nodes):
                painter.setPen(QPen(qcolor(theme.accent), _RING))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            elif rect.width() > 4:
                painter.setPen(QPen(qcolor(theme.accent if bar is self._hovered else edge), 1))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            elif bar is self._hovered:
                painter.fillRect(rect, qcolor(theme.accent))
            if rect.width() >= _LEAST_NAMED:
                painter.setPen(qcolor(theme.on_heat[2] if bar.critical else theme.text))
                inside = rect.adjusted(5, 0, -4, -_PATH_LINE)
                text = metrics.elidedText(line.name(bar), Qt.TextElideMode.ElideRight, int(inside.width()))
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _paint_wait(self, painter: QPainter, place: QTransform, bar: Bar) -> None:
        """Draw how long a node was ready before it began, as a line over the lane, with an end where it began."""
        y = bar.lane - _WAIT_AT
        waited = place.mapRect(QRectF(bar.begin_ms - bar.wait_ms, y, bar.wait_ms, _WAIT_AT - _HALF_BAR))
        colour = qcolor(current_theme().warning)
        painter.fillRect(QRectF(waited.left(), waited.top(), waited.width(), _WAIT_LINE), colour)
        painter.fillRect(QRectF(waited.right() - _WAIT_LINE, waited.top(), _WAIT_LINE, waited.height()), colour)
