"""The overview: four figures, what costs points, what to change, where the time goes, the critical path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casare.app.improving.improvements import Improvement
from casare.app.profiler.profile_history import Analysis
from casare.profiling import Report, duration_text
from casare.ui.panels.profiler import wording
from casare.ui.panels.profiler.rows import CostRow, LedgerRow, NodesRow, PathRow
from casare.ui.panels.profiler.step_rows import ImprovementRow, StepRow
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.stat_card import StatCard
from casare.ui.widgets.text_label import TextLabel

MOST_OFFERED = 6
"""So many improvements are offered at a time; applying one brings up the next."""
MOST_ON_PATH = 8
"""So many nodes of the critical path are listed; the rest is counted."""

Row = TypeVar("Row", bound=NodesRow)


class OverviewPage(QScrollArea):
    """Show a report on one scrolling column."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""
    apply_asked = Signal(object)
    """An Improvement to carry out."""
    all_asked = Signal()
    """The person wants the whole critical path, in the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards = [
            StatCard(caption) for caption in ("Runtime", "Peak memory", "Critical path", "Could run together")
        ]
        self.ledger: list[LedgerRow] = []
        self.improvements: list[ImprovementRow] = []
        self.steps: list[StepRow] = []
        self.costs: list[CostRow] = []
        self.path: list[PathRow] = []
        self._ledger_title = SectionHeader("What costs points")
        self._steps_title = SectionHeader("What to change")
        self._offered: tuple[Improvement, ...] = ()
        self._stale = True
        self._report: Report | None = None
        self._costs_title = SectionHeader("Where the time goes", "time · slack")
        self._path_title = SectionHeader("Critical path")
        self._flawless = TextLabel("Nothing costs points.", "muted", wrap=True)
        self._more = QPushButton()
        self._more.setProperty("kind", "link")
        self._more.clicked.connect(self.all_asked)
        self._build()

    def show_report(self, report: Report, workers: int) -> None:
        """Show a report."""
        for card, figure in zip(self.cards, wording.figures(report, workers), strict=True):
            card.set_figure(figure.figure, figure.detail)
        self._report = report
        self._show_ledger(report)
        self._show_steps(report)
        costs = wording.costs(report)
        _fill(self.costs, costs, self._costs, CostRow, CostRow.show_cost, self._choose)
        self._costs_title.setVisible(bool(costs))
        self._show_path(report)

    def show_history(self, past: Sequence[Analysis]) -> None:
        """Show how the four figures came to be what they are, oldest first."""
        columns = [(one.wall_ms, one.peak_memory_mb, one.critical_path_ms, one.parallel_opportunities) for one in past]
        for card, values in zip(self.cards, list(zip(*columns, strict=True)) or [()] * 4, strict=True):
            card.set_history(values)

    def _show_ledger(self, report: Report) -> None:
        def show(row: LedgerRow, at: int) -> None:
            entry = report.ledger[at]
            detail = wording.nodes_text(len(entry.nodes))
            row.show_entry(wording.ledger_title(entry.rule), detail, entry.points, entry.nodes)

        _fill(self.ledger, range(len(report.ledger)), self._ledger, LedgerRow, show, self._choose)
        lost = sum(entry.points for entry in report.ledger)
        self._ledger_title.set_title("What costs points", f"{lost:g} in all" if lost else "")
        self._flawless.setVisible(not report.ledger)

    def show_improvements(self, found: Sequence[Improvement], *, stale: bool) -> None:
        """Offer edits, best first; stale ones cannot be applied until they were worked out again."""
        self._offered, self._stale = tuple(found[:MOST_OFFERED]), stale
        if self._report is not None:
            self._show_steps(self._report)

    def _show_steps(self, report: Report) -> None:
        offered = self._offered
        mended = {rule for one in offered for rule in wording.MENDS.get(one.kind, ())}
        steps = wording.steps(report, mended)
        following = wording.next_grade(report.score) if report.score is not None else None
        reaches = any(step.reaches for step in steps) or any(one.grade != one.grade_before for one in offered)
        told = "looking for edits…" if self._stale and report.ledger else ""
        self._steps_title.set_title(f"The way to {following[0]}" if following and reaches else "What to change", told)
        self._steps_title.setVisible(bool(steps or offered))

        def show(row: ImprovementRow, improvement: Improvement) -> None:
            row.show_improvement(improvement, stale=self._stale)

        before = len(self.improvements)
        _fill(self.improvements, offered, self._improvements, ImprovementRow, show, self._choose)
        for row in self.improvements[before:]:
            row.apply_asked.connect(self.apply_asked)
        _fill(self.steps, steps, self._steps, StepRow, StepRow.show_step, self._choose)

    def _show_path(self, report: Report) -> None:
        shown = wording.begin_of_path(report, MOST_ON_PATH)
        last = len(report.critical_path) - 1

        def show(row: PathRow, at: int) -> None:
            node = shown[at]
            row.show_node(node.id, node.name, duration_text(node.runtime_ms), first=at == 0, last=at == last)

        _fill(self.path, range(len(shown)), self._path, PathRow, show, self._choose)
        self._path_title.setVisible(bool(shown))
        more = len(report.critical_path) - len(shown)
        self._more.setText(f"and {more:,} more")
        self._more.setVisible(more > 0)

    def _choose(self, nodes: tuple[str, ...]) -> None:
        self.nodes_chosen.emit(nodes)

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("content")
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_XS)
        grid = QGridLayout()
        grid.setSpacing(SPACE_S)
        for at, card in enumerate(self.cards):
            grid.addWidget(card, at // 2, at % 2)
            # Four cards in a narrow dock need the room more than the air.
            inside = card.layout()
            if inside is not None:
                inside.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)
        self._ledger, self._improvements, self._steps, self._costs, self._path = (QVBoxLayout() for _ in range(5))
        for layout in (self._ledger, self._improvements, self._steps, self._costs, self._path):
            layout.setSpacing(SPACE_S if layout in (self._improvements, self._steps) else 0)
        for title, layout in (
            (self._steps_title, self._improvements),
            (None, self._steps),
            (self._costs_title, self._costs),
            (self._ledger_title, self._ledger),
            (self._path_title, self._path),
        ):
            if title is not None:
                column.addWidget(title)
            column.addLayout(layout)
            if layout is self._improvements:
                # As far apart as the cards of each are.
                column.addSpacing(SPACE_S - SPACE_XS)
            if layout is self._ledger:
                column.addWidget(self._flawless)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(content)


Item = TypeVar("Item")


def _fill(
    rows: list[Row],
    items: Sequence[Item],
    layout: QVBoxLayout,
    make: Callable[[], Row],
    show: Callable[[Row, Item], None],
    choose: Callable[[tuple[str, ...]], None],
) -> None:
    """Show one row for each item, keeping the rows there are."""
    while len(rows) < len(items):
        row = make()
        row.clicked.connect(lambda _checked=False, row=row: choose(row.nodes))
        rows.append(row)
        layout.addWidget(row)
    for at, row in enumerate(rows):
        if at < len(items):
            show(row, items[at])
        row.setVisible(at < len(items))
