"""The workflow beside another state of itself: as saved, as pinned, or as it was at an earlier analysis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casare.app.document import Document
from casare.app.latest import Latest
from casare.app.profile_history import Analysis
from casare.app.profiler.basis import Basis
from casare.foundation.errors import CasareError
from casare.profiling import Report
from casare.ui.background import Inbox
from casare.ui.panels.profiler.comparing import (
    PAST,
    PINNED,
    SAVED,
    Compared,
    Line,
    past_title,
    saved_report,
    with_past,
    with_report,
)
from casare.ui.panels.profiler.difference_row import DifferenceRow
from casare.ui.panels.profiler.wording import ledger_title
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.text_label import TextLabel

MOST_ROWS: Final = 60
_MOST_PAST: Final = 10


class ComparePage(QScrollArea):
    """Show differences of all figures, rules and nodes. Files are read and compared on a thread."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.against = QComboBox()
        self.against.setAccessibleName("Compare with")
        self.against.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pin = QPushButton("Pin now")
        self.pin.setToolTip("Keep this state to compare later ones with")
        self.hint = TextLabel("", "muted", wrap=True)
        self.rows: list[DifferenceRow] = []
        self.compared: Compared | None = None
        self._document: Document | None = None
        self._report: Report | None = None
        self._basis = Basis()
        self._pinned: dict[Document, Report] = {}
        self._past: tuple[Analysis, ...] = ()
        # Results come from a thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_compared)
        self.destroyed.connect(self._news.close)
        self._latest: Latest[tuple[object, Compared | str]] = Latest(self._news.post, "casare-compare")
        self._asked: object = None
        self.pin.clicked.connect(self._on_pin)
        self.against.currentIndexChanged.connect(self._compare)
        self._build()

    @property
    def settled(self) -> bool:
        """Whether what was asked for last is on show."""
        return self._asked is None

    def show_report(self, document: Document, report: Report | None, basis: Basis, past: Sequence[Analysis]) -> None:
        """Compare the latest report on a document."""
        same = document is self._document and tuple(past) == self._past
        if same and report is self._report and self.against.count():
            return
        self._document, self._report, self._basis, self._past = document, report, basis, tuple(past)
        if not same or not self.against.count():
            self._fill()
        self._compare()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is being compared; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def _fill(self) -> None:
        chosen = self.against.currentData()
        self.against.blockSignals(True)
        self.against.clear()
        document = self._document
        if document is not None and document in self._pinned:
            self.against.addItem("The pinned state", (PINNED, 0.0))
        if document is not None and document.path is not None:
            self.against.addItem("The file as saved", (SAVED, 0.0))
        for past in reversed(self._past[-_MOST_PAST - 1 : -1]):
            self.against.addItem(past_title(past), (PAST, past.at))
        at = next((at for at in range(self.against.count()) if self.against.itemData(at) == chosen), 0)
        self.against.setCurrentIndex(at)
        self.against.blockSignals(False)
        self.against.setEnabled(self.against.count() > 0)

    def _on_pin(self) -> None:
        if self._document is not None and self._report is not None:
            self._pinned[self._document] = self._report
            self._fill()
            self.against.setCurrentIndex(0)
            self._compare()

    def _compare(self) -> None:
        chosen, document, report, basis = self.against.currentData(), self._document, self._report, self._basis
        if chosen is None or document is None or report is None:
            self._latest.drop()
            self._asked = None
            self._show(None, "Pin this state, change the workflow, and see here what that did.")
            return
        kind, at = chosen
        if self.compared is None:
            self._show(None, "Comparing…")
        token = self._asked = object()
        pinned, path, catalog = self._pinned.get(document), document.path, document.catalog
        past = next((one for one in self._past if one.at == at), None)

        def work() -> tuple[object, Compared | str]:
            try:
                if kind == PAST and past is not None:
                    return token, with_past(past, report)
                if kind == PINNED and pinned is not None:
                    return token, with_report("The pinned state", pinned, report)
                if path is not None:
                    return token, with_report("The file as saved", saved_report(path, catalog, basis), report)
            except CasareError as error:
                return token, error.what
            return token, "There is nothing to compare with any more."

        self._latest.submit(work)

    def _on_compared(self, found: list[tuple[object, Compared | str]]) -> None:
        token, result = found[-1]
        if token is not self._asked:
            return
        self._asked = None
        if isinstance(result, str):
            self._show(None, result)
        else:
            self._show(result, "" if result.nodes or result.rules else _nothing_told(result))

    def _show(self, compared: Compared | None, hint: str) -> None:
        self.compared = compared
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._figures.setVisible(compared is not None)
        for at, line in enumerate(compared.lines if compared else ()):
            self._show_line(at, line)
        rules = compared.rules if compared else ()
        nodes = compared.nodes[:MOST_ROWS] if compared else ()
        self._rules_title.setVisible(bool(rules))
        self._nodes_title.setVisible(bool(nodes))
        more = len(compared.nodes) + compared.more - len(nodes) if compared else 0
        self._nodes_title.set_title("Nodes", f"{more:,} more differ" if more else "time · memory")
        shows: list[Callable[[DifferenceRow], None]] = [
            *[_rule_shown(rule, points) for rule, points in rules],
            *[lambda row, one=one: row.show_node(one) for one in nodes],
        ]
        while len(self.rows) < len(shows):
            row = DifferenceRow()
            row.clicked.connect(lambda _checked=False, row=row: self.nodes_chosen.emit(row.nodes))
            self.rows.append(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(shows))
            if at < len(shows):
                shows[at](row)
                (self._rules if at < len(rules) else self._nodes).addWidget(row)

    def _show_line(self, at: int, line: Line) -> None:
        while len(self._cells) <= at:
            cells = (TextLabel("", "secondary"), *[TextLabel("", "body") for _ in range(3)])
            for column, cell in enumerate(cells):
                if column:
                    cell.setFont(ui_font(TEXT_BODY, tabular=True))
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(cell, len(self._cells) + 1, column)
            self._cells.append(cells)
        for cell, text in zip(self._cells[at], line[:4], strict=True):
            cell.setText(text)
        self._cells[at][3].kind = "body" if line.better is None else "ok" if line.better else "error"

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("content")
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        top.addWidget(self.against, 1)
        top.addWidget(self.pin)
        self._figures = QFrame()
        self._figures.setProperty("kind", "card")
        self._grid = QGridLayout(self._figures)
        self._grid.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(0, 1)
        self._cells: list[tuple[TextLabel, ...]] = []
        for at, head in enumerate(("", "before", "now", "change")):
            self._grid.addWidget(TextLabel(head, "caption"), 0, at, Qt.AlignmentFlag.AlignRight)
        self._rules_title = SectionHeader("Rules", "points")
        self._nodes_title = SectionHeader("Nodes")
        self._rules, self._nodes = QVBoxLayout(), QVBoxLayout()
        for layout in (self._rules, self._nodes):
            layout.setSpacing(0)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(top)
        column.addWidget(self.hint)
        column.addWidget(self._figures)
        column.addWidget(self._rules_title)
        column.addLayout(self._rules)
        column.addWidget(self._nodes_title)
        column.addLayout(self._nodes)
        column.addStretch(1)
        self.setWidget(content)
        self._show(None, "")


def _rule_shown(rule: str, points: float) -> Callable[[DifferenceRow], None]:
    return lambda row: row.show_rule(ledger_title(rule), points)


def _nothing_told(compared: Compared) -> str:
    if any(line.change for line in compared.lines):
        return "Of this analysis only the figures are known, not its nodes."
    return "Nothing differs."
