"""When what runs, for a number of workers to play with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from casare.app.latest import Latest
from casare.profiling import Report, duration_text
from casare.profiling.evidence import Evidence
from casare.profiling.studies.records import Record
from casare.ui.background import Inbox
from casare.ui.panels.profiler.chart_place import ChartPlace
from casare.ui.panels.profiler.timeline import MOST_WORKERS, Timeline, timeline_of
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel

if TYPE_CHECKING:
    from casare.ui.panels.profiler.timeline_chart import TimelineChart

_HINT = "Point at a bar for its times, click it to see the node."


class TimelinePage(QWidget):
    """Show a simulated run. The charts are loaded when a run is first shown; simulating is done on a thread."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workers = QSpinBox()
        self.workers.setRange(1, MOST_WORKERS)
        self.workers.setAccessibleName("Workers of the simulated run")
        self.workers.setToolTip("Simulate the run on so many workers")
        self.workers.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(1, MOST_WORKERS)
        self.slider.setPageStep(4)
        self.slider.setAccessibleName("Workers of the simulated run")
        self.slider.valueChanged.connect(self.workers.setValue)
        self.workers.valueChanged.connect(self.slider.setValue)
        self.total = ElidedLabel("", "secondary")
        self.hint = ElidedLabel(_HINT, "caption")
        self._place: ChartPlace[TimelineChart] = ChartPlace(
            "casare.ui.panels.profiler.timeline_chart", "TimelineChart", self._on_made
        )
        self._line: Timeline | None = None
        """What to show once the chart is there."""
        self._of: tuple[Evidence, Report] | None = None
        self._records: Sequence[Record] = ()
        self._chosen = False
        self._selected: frozenset[str] = frozenset()
        self._asked: tuple[object, int] | None = None
        # Results come from a thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_lines)
        self.destroyed.connect(self._news.close)
        self._latest: Latest[Timeline] = Latest(self._news.post, "casare-timeline")
        self.workers.valueChanged.connect(self._on_workers)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(TextLabel("Workers", "caption"))
        row.addWidget(self.workers)
        row.insertWidget(1, self.slider, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        self._column.setSpacing(SPACE_S)
        self._column.addLayout(row)
        self._column.addWidget(self.total)
        self._column.addWidget(self._place, 1)
        self._column.addWidget(self.hint)

    @property
    def chart(self) -> TimelineChart | None:
        """The charts, None before they are loaded."""
        return self._place.chart

    @property
    def settled(self) -> bool:
        """Whether the latest run that was asked for is on show."""
        return self._asked is None and self._place.settled

    def show_run(
        self, evidence: Evidence | None, report: Report | None, workers: int, records: Sequence[Record] = ()
    ) -> None:
        """Show the run of a workflow, on `workers` workers unless the person chose another number.

        With `records` it is the run they were measured in.
        """
        if evidence is None or report is None:
            return
        if self.chart is None:
            self.total.setText("Simulating the run…")
        self._place.load()
        if not self._chosen:
            self.workers.blockSignals(True)
            self.workers.setValue(workers)
            self.workers.blockSignals(False)
            self.slider.blockSignals(True)
            self.slider.setValue(workers)
            self.slider.blockSignals(False)
        if self._of is None or self._of[0] is not evidence or self._of[1] is not report:
            self._of, self._records = (evidence, report), records
            self._simulate()

    def select(self, nodes: Collection[str]) -> None:
        """Mark what is selected on the canvas."""
        self._selected = frozenset(nodes)
        if self.chart is not None:
            self.chart.select(self._selected)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being simulated; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def _on_made(self, chart: TimelineChart) -> None:
        chart.nodes_chosen.connect(self.nodes_chosen)
        chart.workers_chosen.connect(self.workers.setValue)
        chart.select(self._selected)
        chart.bar_hovered.connect(lambda text: self.hint.setText(text or _HINT))
        if self._line is not None:
            self._show_line(self._line)

    def _on_workers(self) -> None:
        self._chosen = True
        self._simulate()

    def _simulate(self) -> None:
        if self._of is None:
            return
        evidence, report = self._of
        workers = self.workers.value()
        self._asked = (evidence, workers)
        records = self._records
        self._latest.submit(lambda: timeline_of(evidence, report, workers, records))

    def _on_lines(self, lines: list[Timeline]) -> None:
        line = lines[-1]
        if line.workers == self.workers.value():
            self._asked = None
            self._line = line
            self._show_line(line)

    def _show_line(self, line: Timeline) -> None:
        # Axes without a run say nothing, so they wait for the first.
        if self.chart is not None:
            self._place.reveal()
            self.chart.show_line(line)
            self.total.setText(_total_text(line))


def _total_text(line: Timeline) -> str:
    """Return what a run takes, and how much faster that is than one worker alone."""
    taken = duration_text(line.wall_ms)
    if line.measured:
        return f"{taken} as measured · {duration_text(line.curve[line.workers - 1].wall_ms)} if simulated"
    if line.workers == 1 or line.wall_ms <= 0:
        return taken
    factor = line.curve[0].wall_ms / line.wall_ms
    return f"{taken} · {factor:.2g}× as fast as one" if factor >= 1.05 else f"{taken} · no faster than one"
