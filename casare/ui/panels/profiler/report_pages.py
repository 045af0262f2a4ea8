"""The pages of a report under their tabs; only the one in front is kept up to date."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.profiler.live_profile import LiveProfile
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
    ("Overview", "gauge", "overview"),
    ("Nodes", "table", "nodes"),
    ("Timeline", "chart-gantt", "timeline"),
    ("Memory", "cpu", "memory"),
    ("Compare", "arrow-right-left", "compare"),
    ("Rules", "list-checks", "rules"),
)
"""The name and the icon of each tab, and what its page is called here."""
_NODES, _COMPARE = 1, 4

Leading = TypeVar("Leading", NodesPage, TimelinePage, MemoryPage, ComparePage)


class ReportPages(QWidget):
    """Show a report in six ways; each page is made when it is first looked at."""

    nodes_chosen = Signal(object)
    """A tuple of node ids to show on the canvas."""
    page_needed = Signal()
    """Another page came to the front and wants to be brought up to date."""
    export_asked = Signal(str)
    """The person wants the report in this one of FORMATS."""
    rules_changed = Signal(object, object)
    """The ids of rules that are off (a tuple), and limits by id (a dict)."""

    budget_changed = Signal(str, object)
    """A key of the workflow's budget, and the value it should have; None for none."""

    def __init__(self, session: Session, past: PanelPast, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._past = session, past
        self._stack = QStackedWidget()
        self.tabs = PageTabs([(name, held) for name, held, _ in _TABS])
        self.overview = OverviewPage()
        self.overview.nodes_chosen.connect(self.nodes_chosen)
        self.overview.all_asked.connect(self._show_whole_path)
        self._stack.addWidget(self.overview)
        self.tabs.currentChanged.connect(self._on_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    @cached_property
    def nodes(self) -> NodesPage:
        """All nodes in a table."""
        made = self._leading(NodesPage())
        made.export_asked.connect(lambda: self.export_asked.emit("csv"))
        return made

    @cached_property
    def timeline(self) -> TimelinePage:
        """When what runs."""
        return self._leading(TimelinePage())

    @cached_property
    def memory(self) -> MemoryPage:
        """What is alive over time."""
        return self._leading(MemoryPage())

    @cached_property
    def compare(self) -> ComparePage:
        """Two sides."""
        recents = self._session.recents
        return self._leading(ComparePage(self._session.catalog, lambda: [one.path for one in recents.entries()]))

    @cached_property
    def rules(self) -> RulesPage:
        """The catalogue of rules."""
        made = RulesPage()
        made.changed.connect(self.rules_changed)
        made.budget.changed.connect(self.budget_changed)
        self._stack.addWidget(made)
        return made

    def show_front(self, document: Document, profile: LiveProfile) -> None:
        """Bring the page in front up to date; the others wait until they are looked at."""
        report, front = profile.detailed, self._stack.currentWidget()
        self.tabs.set_name(_NODES, f"Nodes {len(report.nodes):,}" if report else "Nodes")
        if isinstance(front, NodesPage):
            front.show_report(report, document.selection.nodes)
        elif isinstance(front, TimelinePage):
            ran = profile.measured.measured.records if profile.measured is not None else ()
            front.show_run(profile.evidence, report, profile.workers, ran)
        elif isinstance(front, MemoryPage):
            front.show_run(profile.evidence, report)
        elif isinstance(front, ComparePage):
            front.show_report(document, report, profile.estimates, self._past.of(document))
        elif isinstance(front, RulesPage):
            front.show_choices(profile.basis.choices)
            front.budget.show_budget(document.graph.settings, report)
            if report is not None:
                front.show_report(report)
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
        if isinstance(self._stack.currentWidget(), ComparePage):
            self.show_front(document, profile)
        else:
            self.overview.show_history(self._past.of(document))

    def select(self, document: Document) -> None:
        """Mark what is selected on the canvas."""
        nodes = document.selection.nodes
        for page in map(self._stack.widget, range(self._stack.count())):
            if isinstance(page, (NodesPage, TimelinePage, ComparePage)):
                page.select(nodes)

    def bring_compare(self) -> None:
        """Bring the comparison to the front."""
        self.tabs.setCurrentIndex(_COMPARE)

    def _show_whole_path(self) -> None:
        self.nodes.show_critical_path()
        self.tabs.setCurrentIndex(_NODES)

    def _on_tab(self, at: int) -> None:
        self._stack.setCurrentWidget(getattr(self, _TABS[at][2]))
        self.page_needed.emit()

    def _leading(self, page: Leading) -> Leading:
        """Take in a page that leads to nodes."""
        page.nodes_chosen.connect(self.nodes_chosen)
        self._stack.addWidget(page)
        return page
