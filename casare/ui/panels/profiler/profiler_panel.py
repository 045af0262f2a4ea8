"""The profiler panel (Ctrl+P): grade, overview and nodes of the active document, kept up to date while it is edited."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.document import Document
from casare.app.improvements import Improvement
from casare.app.live_profile import LiveProfile
from casare.app.profiler.measuring import Measured
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.profiling import Report
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.panels.profiler.compare_page import ComparePage
from casare.ui.panels.profiler.heat import HeatPicture, fresh_heat, heat_of, legend_of
from casare.ui.panels.profiler.heat_bar import HeatBar
from casare.ui.panels.profiler.memory_page import MemoryPage
from casare.ui.panels.profiler.nodes_page import NodesPage
from casare.ui.panels.profiler.overview_page import MOST_ON_PATH, OverviewPage
from casare.ui.panels.profiler.page_tabs import PageTabs
from casare.ui.panels.profiler.panel_past import PanelPast
from casare.ui.panels.profiler.profile_header import ProfileHeader
from casare.ui.panels.profiler.report_export import ReportExport, written
from casare.ui.panels.profiler.rules_page import RulesPage
from casare.ui.panels.profiler.timeline_page import TimelinePage
from casare.ui.panels.profiler.what_if_bar import WhatIfBar
from casare.ui.panels.profiler.wording import measured_text, read_ahead
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.empty_state import EmptyState

_TABS = (
    ("Overview", "gauge"),
    ("Nodes", "table"),
    ("Timeline", "chart-gantt"),
    ("Memory", "cpu"),
    ("Compare", "arrow-right-left"),
    ("Rules", "list-checks"),
)
MINIMUM_WIDTH = 260
SEARCH_DELAY_MS = 300
"""So long after the last edit improvements are looked for."""


class ProfilerPanel(QWidget):
    """Show the report on the session's active document. While the panel is hidden it costs nothing."""

    critical_shown = Signal(object)
    """The node ids (a frozenset) that the canvas should draw as the critical path; empty for none."""

    heat_shown = Signal(object)
    """The HeatPicture that the canvas should lay over its nodes, or None for none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Profiler")
        self.setMinimumWidth(MINIMUM_WIDTH)
        self._session = session
        self._document: Document | None = None
        self._profile: LiveProfile | None = None
        self._shown_critical: frozenset[str] = frozenset()
        self._supposed_path: frozenset[str] | None = None
        self._export = ReportExport(self)
        self.header = ProfileHeader()
        self.header.refresh_asked.connect(self.analyze_again)
        self.header.export_asked.connect(self.export)
        self.heat = HeatBar()
        self.heat.kind_changed.connect(self._tell_heat)
        self._heat: HeatPicture | None = None
        self._heat_kind = ""
        """What is chosen, for other threads, which must not ask a widget."""
        self._told_heat: tuple[Report, str, bool] | None = None
        """What the heat that is on show was made of."""
        self._make_pages()
        self.tabs.currentChanged.connect(self._on_tab)
        self._build()
        # A report may come from another thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_news)
        self.destroyed.connect(self._news.close)
        self._lessons = Inbox(self)
        self._lessons.received.connect(lambda _news: session.profiles.reload_tables())
        session.profiles.learned.connect(self._post_lesson)
        self.destroyed.connect(self._lessons.close)
        self.past = PanelPast(session.catalog, self)
        self.past.history_changed.connect(self._show_history)
        self.past.measured.connect(self._on_measured)
        self.header.measured_asked.connect(self._measure)
        # Looked for once a person pauses, so that a burst of edits costs one search and the canvas nothing.
        self._search_due = OncePerTurn(self._search, self, SEARCH_DELAY_MS)
        self._selection_due = OncePerTurn(self._show_selection, self)
        session.active_changed.connect(self._on_active)
        self._document = session.active

    @property
    def profile(self) -> LiveProfile | None:
        """The profile on show; None while the panel has not been shown, or without a document."""
        return self._profile

    def analyze_again(self) -> None:
        """Make the whole analysis again."""
        if self._profile is not None:
            self._profile.refresh()

    def export(self, kind: str = "json") -> None:
        """Ask where to write the report, and write it there; `kind` is one of FORMATS."""
        report = self._profile.detailed if self._profile else None
        if report is None or self._document is None:
            return
        self._export.ask(kind, self._document.title, lambda path: self.export_to(path, kind))

    def export_to(self, path: Path, kind: str) -> None:
        """Write the report to a file; a failure is told in the panel."""
        if self._profile is not None and self._document is not None:
            self._tell_failure(written(self._document, self._profile, kind, path))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the document when the panel is first seen."""
        super().showEvent(event)
        if self._profile is None or self._document is not self._session.active:
            self._follow(self._session.active)
        else:
            self._tell_heat()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the heat off the canvas: a colour without its legend says nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._clear_heat()

    def _read_ahead(self, report: Report) -> None:
        """Make on the thread of the analysis what would hold up the window in a large workflow."""
        profile, kind = self._profile, self._heat_kind
        if profile is None or report.score is None:
            return
        read_ahead(report, profile.workers, MOST_ON_PATH)
        if kind:
            fresh_heat(report, kind)
            legend_of(report, kind, len(current_theme().heat))

    def _on_active(self, document: Document | None) -> None:
        if self.isVisible():
            self._follow(document)
            return
        # Nobody sees it: let go, and look again when it is shown.
        self._follow(None)

    def _follow(self, document: Document | None) -> None:
        if self._profile is not None:
            self._profile.changed.disconnect(self._post_news)
            self._profile.improvements.changed.disconnect(self._post_improvements)
            self._profile.watch_nodes(False)
            self._profile.read_ahead = None
        if self._document is not None:
            self._document.selection.changed.disconnect(self._selection_due.request)
        if document is not self._document:
            self._clear_heat()
        self._document = document
        self._profile = self._session.profiles.of(document) if document is not None else None
        if document is not None and self._profile is not None:
            self._profile.read_ahead = self._read_ahead
            self._profile.watch_nodes(True)
            self._profile.changed.connect(self._post_news)
            self._profile.improvements.changed.connect(self._post_improvements)
            document.selection.changed.connect(self._selection_due.request)
        self._show()

    def _post_news(self) -> None:
        self._news.post(True)

    def _post_lesson(self) -> None:
        self._lessons.post(True)

    def _post_improvements(self) -> None:
        self._news.post(False)

    def _on_news(self, news: list[bool]) -> None:
        if any(news):
            self._show()
        else:
            self._show_improvements()

    def _show_improvements(self) -> None:
        profile = self._profile
        if profile is None:
            return
        held = profile.improvements
        self.overview.show_improvements(held.found, stale=held.stale or profile.stale)
        if held.stale and not profile.stale:
            self._search_due.request()

    def _search(self) -> None:
        if self._profile is not None and not self._profile.stale and self.isVisible():
            self._profile.improvements.search()

    def _apply(self, improvement: Improvement) -> None:
        if self._profile is not None and self._profile.improvements.apply(improvement):
            self._show_improvements()

    def _show(self) -> None:
        profile, document = self._profile, self._document
        report = profile.detailed if profile else None
        has_nodes = document is not None and bool(document.graph.nodes)
        self._show_empty(document)
        self._tell_heat()
        self.header.setVisible(has_nodes)
        self.heat.setVisible(has_nodes)
        self.tabs.setVisible(has_nodes)
        self._stack.setCurrentWidget(self._pages if has_nodes else self.empty)
        failed = f"The analysis failed. {profile.failure}" if profile and profile.failure else ""
        self._tell_failure(failed or self._session.profiles.costs_problem)
        if profile is None or document is None:
            self._tell_critical(self.overview.show_critical.isChecked())
            return
        state = "Analysing…" if profile.stale else ""
        self.header.show_report(report, profile.workers, state)
        self.header.show_source(measured=profile.measured is not None)
        if profile.measured is not None and not state:
            self.header.provenance.setText(measured_text(profile.measured))
        if report is not None and not profile.stale:
            self.past.keep(document, report, profile)
        self.what_if.show_report(profile.evidence, report)
        self._show_what_if(document)
        self.tabs.set_name(1, f"Nodes {len(report.nodes):,}" if report else "Nodes")
        self._show_page()
        self._tell_critical(self.overview.show_critical.isChecked())

    def _show_page(self) -> None:
        """Bring the page in front up to date; the other one waits until it is looked at."""
        profile, document = self._profile, self._document
        if profile is None or document is None:
            return
        front = self._pages.currentWidget()
        if front is self.nodes:
            self.nodes.show_report(profile.detailed, document.selection.nodes)
        elif front is self.timeline:
            ran = profile.measured.measured.records if profile.measured is not None else ()
            self.timeline.show_run(profile.evidence, profile.detailed, profile.workers, ran)
        elif front is self.memory:
            self.memory.show_run(profile.evidence, profile.detailed)
        elif front is self.compare:
            self.compare.show_report(document, profile.detailed, profile.basis, self.past.of(document))
        elif front is self.rules:
            self.rules.show_choices(profile.basis.choices)
            if profile.detailed is not None:
                self.rules.show_report(profile.detailed)
        elif profile.detailed is not None:
            self._show_improvements()
            self.overview.show_report(profile.detailed, profile.workers)
            self.overview.show_history(self.past.of(document))

    def _on_tab(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        self._show_page()

    def _show_empty(self, document: Document | None) -> None:
        if document is None:
            self.empty.set_content("No workflow is open", "Open one to see what it costs.")
        else:
            self.empty.set_content("Nothing to analyse yet", "Add a node from the palette; its cost is shown here.")

    def _show_selection(self) -> None:
        if self._document is not None:
            self.nodes.select(self._document.selection.nodes)
            self.timeline.select(self._document.selection.nodes)
            self._show_what_if(self._document)

    def _show_what_if(self, document: Document) -> None:
        chosen = document.selection.nodes
        node = document.graph.nodes.get(next(iter(chosen))) if len(chosen) == 1 else None
        spec = document.catalog.find(node.type) if node is not None else None
        name = (node.name or (spec.title if spec else node.type)) if node is not None else ""
        self.what_if.show_node(node.id if node is not None else "", name)

    def _show_history(self) -> None:
        document = self._document
        if document is not None:
            self.overview.show_history(self.past.of(document))
        if self._pages.currentWidget() is self.compare:
            self._show_page()

    def _measure(self, on: bool) -> None:
        profile, document = self._profile, self._document
        if profile is None or document is None:
            return
        if on:
            self.past.measure(document, profile)
        else:
            profile.set_measured(None)

    def _on_measured(self, document: Document, result: Measured | CasareError) -> None:
        if document is not self._document or self._profile is None:
            return
        if isinstance(result, CasareError):
            self.header.show_source(measured=self._profile.measured is not None)
            told = ": ".join(part for part in (result.what, result.mend) if part)
            self._tell_failure(f"{told[:1].upper()}{told[1:]}")
        else:
            self._profile.set_measured(result)

    def _choose_rules(self, off: tuple[str, ...], limits: dict[str, float]) -> None:
        self._session.settings.update(profile_rules_off=off, profile_rule_limits=limits)
        if self._profile is not None:
            self.rules.show_choices(self._profile.basis.choices)

    def _on_supposed_path(self, path: frozenset[str] | None) -> None:
        self._supposed_path = path
        self._tell_critical(self.overview.show_critical.isChecked())

    def _show_whole_path(self) -> None:
        self.nodes.show_critical_path()
        self.tabs.setCurrentIndex(1)

    def _tell_critical(self, shown: bool) -> None:
        report = self._profile.detailed if self._profile else None
        nodes = frozenset(report.critical_path) if shown and report is not None else frozenset()
        if self._supposed_path is not None and report is not None:
            # What is being supposed is worth seeing whether the path of now is on show or not.
            nodes = self._supposed_path
        if nodes != self._shown_critical:
            self._shown_critical = nodes
            self.critical_shown.emit(nodes)

    def _tell_heat(self) -> None:
        profile, kind = self._profile, self.heat.kind
        self._heat_kind = kind
        report = profile.detailed if profile else None
        stale = profile is not None and (profile.stale or bool(profile.failure))
        self.heat.show_report(report, stale=stale)
        if report is None or not report.nodes or not kind or not self.isVisible():
            self._clear_heat()
            return
        told = (report, kind, stale)
        before = self._told_heat
        if before is None or before[0] is not report or before[1:] != told[1:]:
            same = before is not None and before[0] is report and before[1] == kind
            picture = self._heat if same else None
            self._heat = picture._replace(stale=stale) if picture else heat_of(report, kind, stale=stale)
            self._told_heat = told
            self.heat_shown.emit(self._heat)

    def _clear_heat(self) -> None:
        if self._told_heat is not None:
            self._told_heat = self._heat = None
            self.heat_shown.emit(None)

    def _tell_failure(self, text: str) -> None:
        self.failure.set_message(text, "error")
        self.failure.setVisible(bool(text))

    def _reveal(self, nodes: tuple[str, ...]) -> None:
        if self._document is not None:
            self._document.reveal(nodes)

    def _make_pages(self) -> None:
        self.failure = Banner("", "error", closable=False)
        self.overview = OverviewPage()
        self.overview.nodes_chosen.connect(self._reveal)
        self.overview.apply_asked.connect(self._apply)
        self.overview.critical_toggled.connect(self._tell_critical)
        self.overview.all_asked.connect(self._show_whole_path)
        self.nodes = NodesPage()
        self.nodes.nodes_chosen.connect(self._reveal)
        self.timeline = TimelinePage()
        self.timeline.nodes_chosen.connect(self._reveal)
        self.memory = MemoryPage()
        self.memory.nodes_chosen.connect(self._reveal)
        self.compare = ComparePage()
        self.compare.nodes_chosen.connect(self._reveal)
        self.rules = RulesPage()
        self.rules.changed.connect(self._choose_rules)
        self.what_if = WhatIfBar()
        self.what_if.path_supposed.connect(self._on_supposed_path)
        self.empty = EmptyState("gauge", "No workflow is open", "Open one to see what it costs.")
        self._pages = QStackedWidget()
        self.tabs = PageTabs(_TABS)
        for page in (self.overview, self.nodes, self.timeline, self.memory, self.compare, self.rules):
            self._pages.addWidget(page)

    def _build(self) -> None:
        self.failure.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._pages)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.heat, self.failure, self.tabs):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        foot.addWidget(self.what_if)
        column.addLayout(foot)
