"""What memory is alive at each moment of the run, and what makes up the peak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casare.app.latest import Latest
from casare.profiling import Report, duration_text, memory_text
from casare.profiling.evidence import Evidence
from casare.profiling.schedule.alive import Alive, alive_over_time
from casare.ui.background import Inbox
from casare.ui.panels.profiler.chart_place import ChartPlace
from casare.ui.panels.profiler.rows import CostRow
from casare.ui.panels.profiler.wording import Cost
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.section_header import SectionHeader

if TYPE_CHECKING:
    from casare.ui.panels.profiler.memory_chart import MemoryChart


class MemoryPage(QWidget):
    """Show memory over the simulated run. The chart is loaded when it is first shown; working it out is on a thread."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = ElidedLabel("", "secondary")
        self._place: ChartPlace[MemoryChart] = ChartPlace(
            "casare.ui.panels.profiler.memory_chart", "MemoryChart", self._on_made
        )
        self._alive: Alive | None = None
        """What to show once the chart is there."""
        self.holders: list[CostRow] = []
        self._title = SectionHeader("Alive at the peak", "size · state")
        self._names: dict[str, str] = {}
        self._of: tuple[Evidence, Report] | None = None
        self._asked: object = None
        # Results come from a thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_alive)
        self.destroyed.connect(self._news.close)
        self._latest: Latest[tuple[Evidence, Alive]] = Latest(self._news.post, "casare-memory")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        self._column.setSpacing(SPACE_S)
        self._column.addWidget(self.total)
        self._column.addWidget(self._place, 1)
        self._column.addWidget(self._title)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        self._title.hide()

    @property
    def chart(self) -> MemoryChart | None:
        """The chart, None before it is loaded."""
        return self._place.chart

    @property
    def settled(self) -> bool:
        """Whether what was asked for last is on show."""
        return self._asked is None and self._place.settled

    def show_run(self, evidence: Evidence | None, report: Report | None) -> None:
        """Show the memory of a run."""
        if evidence is None or report is None or (self._of is not None and self._of[0] is evidence):
            return
        self._place.load()
        self._of = self._asked = (evidence, report)
        self._latest.submit(lambda: (evidence, alive_over_time(evidence)))

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being worked out; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def _on_made(self, _chart: MemoryChart) -> None:
        self._show_alive()

    def _show_alive(self) -> None:
        if self.chart is not None and self._alive is not None:
            self._place.reveal()
            self.chart.show_alive(self._alive)

    def _on_alive(self, found: list[tuple[Evidence, Alive]]) -> None:
        evidence, alive = found[-1]
        if self._of is None or self._of[0] is not evidence:
            return
        self._asked = None
        self._alive = alive
        self._show_alive()
        report = self._of[1]
        wanted = {one.node_id for one in alive.holders}
        names = {node.id: node.name for node in report.nodes if node.id in wanted}
        self.total.setText(f"Peak {memory_text(alive.peak_mb)}, {duration_text(alive.peak_ms)} into the run")
        self._title.setVisible(bool(alive.holders))
        while len(self.holders) < len(alive.holders):
            row = CostRow()
            row.clicked.connect(lambda _checked=False, row=row: self.nodes_chosen.emit(row.nodes))
            self.holders.append(row)
            self._rows.addWidget(row)
        for at, row in enumerate(self.holders):
            row.setVisible(at < len(alive.holders))
            if at < len(alive.holders):
                held = alive.holders[at]
                share = held.memory_mb / alive.peak_mb if alive.peak_mb else 0.0
                state = "running" if held.running else "kept"
                name = names.get(held.node_id, held.node_id)
                row.show_cost(Cost(held.node_id, name, share, memory_text(held.memory_mb), state, False))
