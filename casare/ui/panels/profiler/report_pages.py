"""The pages of a report under their tabs; only the one in front is kept up to date."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.document import Document
from casare.app.live_profile import LiveProfile
from casare.app.session import Session
from casare.ui.panels.profiler.compare_page import ComparePage
from casare.ui.panels.profiler.memory_page import MemoryPage
from casare.ui.panels.profiler.nodes_page import NodesPage
from casare.ui.panels.profiler.overview_page import OverviewPage
from casare.ui.panels.profiler.page_tabs import PageTabs
from casare.ui.panels.profiler.panel_past import PanelPast
from casare.ui.panels.profiler.rules_page import RulesPage
from casare.ui.panels.profiler.timeline_page import TimelinePage

_TABS = (
    ("Overview", "gauge"),
    ("Nodes", "table"),
    ("Timeline", "chart-gantt"),
    ("Memory", "cpu"),
    ("Compare", "arrow-right-left"),
    ("Rules", "list-checks"),
)
_NODES, _COMPARE = 1, 4


class ReportPages(QWidget):
    """Show a report in six ways."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""
    page_needed = Signal()
    """Another page came to the front and wants to be brought up to date."""

    def __init__(self, session: Session, past: PanelPast, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past = past
        self.overview = OverviewPage()
        self.nodes = NodesPage()
        self.timeline = TimelinePage()
        self.memory = MemoryPage()
        self.compare = ComparePage(session.catalog, lambda: [one.path for one in session.recents.entries()])
        self.rules = RulesPage()
        self.tabs = PageTabs(_TABS)
        self._stack = QStackedWidget()
        for page in (self.overview, self.nodes, self.timeline, self.memory, self.compare, self.rules):
            self._stack.addWidget(page)
        for leading in (self.overview, self.nodes, self.timeline, self.memory, self.compare):
            leading.nodes_chosen.connect(self.nodes_chosen)
        self.overview.all_asked.connect(self._show_whole_path)
        self.tabs.currentChanged.connect(self._on_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def show_front(self, document: Document, profile: LiveProfile) -> None:
        """Bring the page in front up to date; the others wait until they are looked at."""
        report, front = profile.detailed, self._stack.currentWidget()
        self.tabs.set_name(_NODES, f"Nodes {len(report.nodes):,}" if report else "Nodes")
        if front is self.nodes:
            self.nodes.show_report(report, document.selection.nodes)
        elif front is self.timeline:
            ran = profile.measured.measured.records if profile.measured is not None else ()
            self.timeline.show_run(profile.evidence, report, profile.workers, ran)
        elif front is self.memory:
            self.memory.show_run(profile.evidence, report)
        elif front is self.compare:
            self.compare.show_report(document, report, profile.estimates, self._past.of(document))
        elif front is self.rules:
            self.rules.show_choices(profile.basis.choices)
            if report is not None:
                self.rules.show_report(report)
        elif report is not None:
            self.show_improvements(profile)
            self.overview.show_report(report, profile.workers)
            self.overview.show_history(self._past.of(document))

    def show_improvements(self, profile: LiveProfile) -> None:
        """Offer the edits that were found."""
        held = profile.improvements
        self.overview.show_improvements(held.found, stale=held.stale or profile.stale)

    def show_history(self, document: Document, profile: LiveProfile) -> None:
        """Show that one more analysis was kept."""
        if self._stack.currentWidget() is self.compare:
            self.show_front(document, profile)
        else:
            self.overview.show_history(self._past.of(document))

    def select(self, document: Document) -> None:
        """Mark what is selected on the canvas."""
        nodes = document.selection.nodes
        for page in (self.nodes, self.timeline, self.compare):
            page.select(nodes)

    def bring_compare(self) -> None:
        """Bring the comparison to the front."""
        self.tabs.setCurrentIndex(_COMPARE)

    def _show_whole_path(self) -> None:
        self.nodes.show_critical_path()
        self.tabs.setCurrentIndex(_NODES)

    def _on_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.page_needed.emit()
