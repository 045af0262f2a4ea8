"""The profiler panel (Ctrl+P): grade, overview and nodes of the active document, kept up to date while it is edited."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.improving.improvements import Improvement
from casare.app.profiler.exporting import subject_of, written
from casare.app.profiler.live_profile import LiveProfile
from casare.app.profiler.measuring import Measured
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.model import SetSettings
from casare.profiling import Report
from casare.ui.background import Errands, OncePerTurn
from casare.ui.panels.profiler.asking import FileAsking
from casare.ui.panels.profiler.budget_card import with_budget
from casare.ui.panels.profiler.canvas_marks import CanvasMarks
from casare.ui.panels.profiler.costs import fresh_costs
from casare.ui.panels.profiler.followed import Followed
from casare.ui.panels.profiler.heat import fresh_heat, legend_of
from casare.ui.panels.profiler.heat_bar import HeatBar
from casare.ui.panels.profiler.overview_page import MOST_ON_PATH
from casare.ui.panels.profiler.panel_past import PanelPast
from casare.ui.panels.profiler.profile_header import ProfileHeader
from casare.ui.panels.profiler.report_pages import ReportPages
from casare.ui.panels.profiler.what_if_bar import WhatIfBar
from casare.ui.panels.profiler.wording import measured_text, read_ahead
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.tokens import SPACE_M, SPACE_S
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.empty_state import EmptyState

MINIMUM_WIDTH = 260


class ProfilerPanel(QWidget):
    """Show the report on the session's active document. While the panel is hidden it costs nothing."""

    critical_shown = Signal(object)
    """The node ids (a tuple, from start to end) that the canvas should draw as the critical path; empty for none."""

    heat_shown = Signal(object)
    """The HeatPicture that the canvas should lay over its nodes, or None for none."""

    costs_shown = Signal(object)
    """The CostsPicture by which the canvas tells what nodes cost, or None for none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Profiler")
        self.setMinimumWidth(MINIMUM_WIDTH)
        self._session = session
        self._heat_kind = ""
        """What is chosen, for other threads, which must not ask a widget."""
        self.header = ProfileHeader()
        self.heat = HeatBar()
        self.failure = Banner("", "error", closable=False)
        self.past = PanelPast(session.catalog, self)
        self.pages = ReportPages(session, self.past)
        self.what_if = WhatIfBar()
        self.empty = EmptyState("gauge", "No workflow is open", "Open one to see what it costs.")
        self._asking = FileAsking(self)
        self._page_due = False
        self._page_soon = OncePerTurn(self._show_page, self)
        self._errands = Errands(self)
        self.destroyed.connect(self._errands.close)
        self._marks = CanvasMarks(self)
        self._followed = Followed(session, self._read_ahead, self)
        self._build()
        self._connect()

    @property
    def profile(self) -> LiveProfile | None:
        """The profile on show; None while the panel has not been shown, or without a document."""
        return self._followed.profile

    @property
    def exporting(self) -> bool:
        """Whether a report is being written."""
        return self._errands.busy

    def analyze_again(self) -> None:
        """Make the whole analysis again."""
        if self.profile is not None:
            self.profile.refresh()

    def export(self, kind: str = "json") -> None:
        """Ask where to write the report, and write it there; `kind` is one of FORMATS."""
        document = self._followed.document
        if document is not None and document.graph.nodes:
            self._asking.ask_where(kind, document.title, lambda path: self.export_to(path, kind))

    def export_to(self, path: Path, kind: str) -> None:
        """Write the report to a file, on a thread; a failure is told in the panel."""
        document, profile = self._followed.document, self.profile
        if profile is not None and document is not None:
            subject = subject_of(document, profile)
            self._errands.run(lambda: written(profile, kind, path, subject), self._tell_failure)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the document when the panel is first seen."""
        super().showEvent(event)
        if self.profile is None or self._followed.document is not self._session.active:
            self._follow(self._session.active)
        else:
            self._tell_heat()
            self._tell_critical()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take everything off the canvas: a colour without its legend says nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._marks.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bring the page up to date when the panel comes to be seen again."""
        super().paintEvent(event)
        if self._page_due:
            self._page_due = False
            self._page_soon.request()

    def _read_ahead(self, report: Report) -> None:
        """Make on the thread of the analysis what would hold up the window in a large workflow."""
        profile, kind = self.profile, self._heat_kind
        if profile is None or report.score is None:
            return
        read_ahead(report, profile.workers, MOST_ON_PATH)
        fresh_costs(report)
        if kind:
            fresh_heat(report, kind)
            legend_of(report, kind, len(current_theme().heat))

    def _on_active(self, document: Document | None) -> None:
        # Nobody sees a hidden panel: let go, and look again when it is shown.
        self._follow(document if self.isVisible() else None)

    def _follow(self, document: Document | None) -> None:
        if document is not self._followed.document:
            self._marks.clear()
        self._followed.follow(document)
        self._show()

    def _show(self) -> None:
        profile, document = self.profile, self._followed.document
        report = self._followed.report
        has_nodes = document is not None and bool(document.graph.nodes)
        self._show_empty(document)
        self._tell_heat()
        for part in (self.header, self.heat):
            part.setVisible(has_nodes)
        self._stack.setCurrentWidget(self.pages if has_nodes else self.empty)
        failed = f"The analysis failed. {profile.failure}" if profile and profile.failure else ""
        self._tell_failure(failed or self._session.profiles.costs_problem)
        if profile is None or document is None:
            self._tell_critical()
            return
        self._show_header(profile, report)
        if report is not None and not profile.stale:
            self.past.keep(document, report, profile)
        self.what_if.show_report(profile.evidence, report)
        self._show_what_if(document)
        self._show_page()
        self._tell_critical()

    def _show_header(self, profile: LiveProfile, report: Report | None) -> None:
        state = "Analysing…" if profile.stale else ""
        self.header.show_report(report, profile.workers, state)
        self.header.show_source(measured=profile.measured is not None)
        if profile.measured is not None and not state:
            self.header.provenance.setText(measured_text(profile.measured))

    def _show_page(self) -> None:
        # Behind the tab of another dock it is shown to Qt, and to nobody else.
        self._page_due = self.visibleRegion().isEmpty()
        if self._page_due:
            return
        if self.profile is not None and self._followed.document is not None:
            self.pages.show_front(self._followed.document, self.profile)
            self._look_for_improvements()

    def _show_improvements(self) -> None:
        if self.profile is not None:
            self.pages.show_improvements(self.profile)
            self._look_for_improvements()

    def _look_for_improvements(self) -> None:
        profile = self.profile
        in_front = self.pages.overview.isVisible()
        if profile is not None and in_front and profile.improvements.stale and not profile.stale:
            self._followed.search_soon()

    def _apply(self, improvement: Improvement) -> None:
        if self.profile is not None and self.profile.improvements.apply(improvement):
            self._show_improvements()

    def _show_empty(self, document: Document | None) -> None:
        if document is None:
            self.empty.set_content("No workflow is open", "Open one to see what it costs.")
        else:
            self.empty.set_content("Nothing to analyse yet", "Add a node from the palette; its cost is shown here.")

    def _show_selection(self) -> None:
        if self._followed.document is not None:
            self.pages.select(self._followed.document)
            self._show_what_if(self._followed.document)

    def _show_what_if(self, document: Document) -> None:
        chosen = document.selection.nodes
        node = document.graph.nodes.get(next(iter(chosen))) if len(chosen) == 1 else None
        spec = document.catalog.find(node.type) if node is not None else None
        name = (node.name or (spec.title if spec else node.type)) if node is not None else ""
        self.what_if.show_node(node.id if node is not None else "", name)

    def _show_history(self) -> None:
        if self.profile is not None and self._followed.document is not None:
            self.pages.show_history(self._followed.document, self.profile)

    def _measure(self, on: bool) -> None:
        profile, document = self.profile, self._followed.document
        if profile is None or document is None:
            return
        if on:
            self.past.measure(document, profile)
        else:
            profile.set_measured(None)

    def _on_measured(self, document: Document, result: Measured | CasareError) -> None:
        profile = self.profile
        if document is not self._followed.document or profile is None:
            return
        if isinstance(result, CasareError):
            self.header.show_source(measured=profile.measured is not None)
            told = ": ".join(part for part in (result.what, result.mend) if part)
            self._tell_failure(f"{told[:1].upper()}{told[1:]}")
        else:
            profile.set_measured(result)

    def _choose_rules(self, off: tuple[str, ...], limits: dict[str, float]) -> None:
        self._session.settings.update(profile_rules_off=off, profile_rule_limits=limits)
        if self.profile is not None:
            self.pages.rules.show_choices(self.profile.basis.choices)

    def _set_budget(self, key: str, value: object) -> None:
        document = self._followed.document
        if document is not None:
            document.do(SetSettings(with_budget(document.graph.settings, key, value), "Edit budget"))

    def _on_supposed_path(self, path: tuple[str, ...] | None) -> None:
        self._marks.suppose(path)
        self._tell_critical()

    def _tell_critical(self) -> None:
        shown = self.heat.critical.isChecked() and self.isVisible()
        self._marks.show_path(self._followed.report if self.isVisible() else None, shown=shown)

    def _tell_heat(self) -> None:
        profile, kind = self.profile, self.heat.kind
        self._heat_kind = kind
        report = self._followed.report
        stale = profile is not None and (profile.stale or bool(profile.failure))
        self.heat.show_report(report, stale=stale)
        self._marks.show_costs(report if self.isVisible() else None, stale=stale)
        self._marks.show_heat(report, kind if self.isVisible() else "", stale=stale)

    def _tell_failure(self, text: str) -> None:
        self.failure.set_message(text, "error")
        self.failure.setVisible(bool(text))

    def _reveal(self, nodes: tuple[str, ...]) -> None:
        document = self._followed.document
        if document is not None:
            # What is only in what the workflow is compared with cannot be shown.
            here = [one for one in nodes if one in document.graph.nodes]
            if here:
                document.reveal(here)

    def _connect(self) -> None:
        self.header.refresh_asked.connect(self.analyze_again)
        self.header.export_asked.connect(self.export)
        self.header.measured_asked.connect(self._measure)
        self.heat.kind_changed.connect(self._tell_heat)
        self.heat.critical_toggled.connect(self._tell_critical)
        self.pages.nodes_chosen.connect(self._reveal)
        self.pages.page_needed.connect(self._show_page)
        self.pages.export_asked.connect(self.export)
        self.pages.overview.apply_asked.connect(self._apply)
        self.pages.rules_changed.connect(self._choose_rules)
        self.pages.budget_changed.connect(self._set_budget)
        self.what_if.path_supposed.connect(self._on_supposed_path)
        self.past.history_changed.connect(self._show_history)
        self.past.measured.connect(self._on_measured)
        self._marks.critical_shown.connect(self.critical_shown)
        self._marks.heat_shown.connect(self.heat_shown)
        self._marks.costs_shown.connect(self.costs_shown)
        self._followed.changed.connect(self._show)
        self._followed.improvements_changed.connect(self._show_improvements)
        self._followed.selection_changed.connect(self._show_selection)
        self._session.active_changed.connect(self._on_active)

    def _build(self) -> None:
        self.failure.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.heat, self.failure):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        foot.addWidget(self.what_if)
        column.addLayout(foot)
