"""The row that chooses what the canvas shows of the report: heat, with the legend of its colours, and the path."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from casare.profiling import Report
from casare.ui.panels.profiler.heat import SCALES, legend_of
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_FIELD, SPACE_M, SPACE_S, TEXT_CAPTION
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel

_STRIP = 10
_STALE_OPACITY = 0.35


class HeatBar(QWidget):
    """Choose a kind of heat and read what its colours stand for; have the critical path drawn."""

    kind_changed = Signal(str)
    """A key of SCALES, or an empty text for none."""
    critical_toggled = Signal(bool)
    """Whether the critical path should be drawn on the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = TextLabel("Heat", "caption")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Heat on the canvas")
        self.choice.setToolTip("Colour the nodes on the canvas by what they cost")
        self.choice.addItem("Off", "")
        for kind, scale in SCALES.items():
            self.choice.addItem(scale.title, kind)
        self.choice.currentIndexChanged.connect(lambda _at: self.kind_changed.emit(self.kind))
        self.critical = IconButton("route", "Draw the critical path on the canvas", size=14)
        self.critical.setText(" Path")
        self.critical.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.critical.setCheckable(True)
        self.critical.toggled.connect(self.critical_toggled)
        self.legend = HeatLegend()
        self.legend.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, 0, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_S)
        row.addWidget(label)
        row.addWidget(self.choice)
        row.addWidget(self.legend, 1)
        row.addStretch(0)
        row.addWidget(self.critical)

    @property
    def kind(self) -> str:
        """Which heat is chosen: a key of SCALES, or an empty text for none."""
        return str(self.choice.currentData())

    def choose(self, kind: str) -> None:
        """Choose a heat: a key of SCALES, or an empty text for none."""
        self.choice.setCurrentIndex(self.choice.findData(kind))

    def show_report(self, report: Report | None, *, stale: bool) -> None:
        """Show what the colours mean for a report."""
        on = report is not None and bool(report.nodes) and bool(self.kind)
        if report is not None and on:
            steps = len(current_theme().heat)
            self.legend.show_values(SCALES[self.kind].title, legend_of(report, self.kind, steps), stale=stale)
        self.legend.setVisible(on)


class HeatLegend(QWidget):
    """Draw the heat scale with real values under it; grey when they are about an earlier state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Sequence[str] = ()
        self._stale = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def values(self) -> Sequence[str]:
        """The value at each border between two colours, with both ends."""
        return self._values

    def show_values(self, title: str, values: Sequence[str], *, stale: bool) -> None:
        """Show the values at the borders of the colours."""
        self._values, self._stale = values, stale
        told = ", being worked out again" if stale else ""
        self.setAccessibleName(f"{title} from {values[0]} to {values[-1]}{told}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and a line of text."""
        return QSize(120, 28)

    def event(self, event: QEvent) -> bool:
        """Tell the values of the colour under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and len(self._values) > 1:
            steps = len(self._values) - 1
            at = min(steps - 1, max(0, int(event.x() / max(1, self.width()) * steps)))
            QToolTip.showText(event.globalPos(), f"{self._values[at]} to {self._values[at + 1]}", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colours, cold to hot, and three values."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = QRectF(0.5, 2, self.width() - 1, _STRIP)
        painter.save()
        outline = QPainterPath()
        outline.addRoundedRect(strip, RADIUS_FIELD / 2, RADIUS_FIELD / 2)
        painter.setClipPath(outline)
        painter.setOpacity(_STALE_OPACITY if self._stale else 1.0)
        for at, colour in enumerate(theme.heat):
            left = strip.left() + strip.width() * at / len(theme.heat)
            painter.fillRect(
                QRectF(left, strip.top(), strip.width() / len(theme.heat) + 1, _STRIP),
                qcolor(theme.text_muted if self._stale else colour),
            )
        painter.restore()
        painter.setPen(qcolor(theme.line_strong))
        painter.drawPath(outline)
        self._paint_values(painter)
        painter.end()

    def _paint_values(self, painter: QPainter) -> None:
        theme, steps = current_theme(), len(self._values) - 1
        if steps < 1:
            return
        painter.setFont(ui_font(TEXT_CAPTION, tabular=True))
        painter.setPen(qcolor(theme.text_muted if self._stale else theme.text_secondary))
        rect = QRect(0, _STRIP + 3, self.width(), self.height() - _STRIP - 3)
        flags = Qt.AlignmentFlag
        painter.drawText(rect, flags.AlignLeft, self._values[0])
        painter.drawText(rect, flags.AlignRight, self._values[-1])
        metrics = painter.fontMetrics()
        middle = self._values[steps // 2]
        # The border of a colour is not the middle of the strip when their number is odd.
        centre = round(self.width() * (steps // 2) / steps)
        half = metrics.horizontalAdvance(middle) // 2 + 6
        ends = metrics.horizontalAdvance(self._values[0]), metrics.horizontalAdvance(self._values[-1])
        if centre - half > ends[0] and centre + half < self.width() - ends[1]:
            painter.drawText(QRect(centre - half, rect.top(), 2 * half, rect.height()), flags.AlignHCenter, middle)
