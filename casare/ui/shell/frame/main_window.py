"""The main window: tabs over the start page and the documents, menus above, the status bar below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from casare.app.documents.document import Document
from casare.app.log_book import LogBook
from casare.app.session import Session
from casare.ui.background import OncePerTurn
from casare.ui.panels.start import StartPage
from casare.ui.shell.documents.grading import Grading
from casare.ui.shell.documents.notices import Notices, copy_act
from casare.ui.shell.files.files import Files
from casare.ui.shell.finding.journeys import Journeys
from casare.ui.shell.frame.actions import ActionTable
from casare.ui.shell.frame.docks import INSPECTOR, PALETTE, PROBLEMS, PROFILER
from casare.ui.shell.frame.key_labels import KeyLabels
from casare.ui.shell.frame.menus import dress_menu_bar, fill_menu_bar
from casare.ui.shell.frame.overlays import Overlays
from casare.ui.shell.frame.status_bar import StatusBar
from casare.ui.shell.frame.tab_keeping import TabKeeping
from casare.ui.shell.frame.tabs import DocumentTabs, TabStrip
from casare.ui.shell.frame.window_state import read_state, write_state
from casare.ui.shell.handlers import checks, handlers
from casare.ui.shell.handlers.subgraph import enter
from casare.ui.shell.running.run_acts import RunActs
from casare.ui.theme.appearance import Appearance
from casare.ui.theme.tokens import Theme
from casare.ui.widgets.toast import Toast
from casare.ui.widgets.workflow_picture import paint_picture

if TYPE_CHECKING:
    from casare.ui.canvas import CanvasTarget, CanvasView
    from casare.ui.panels.problems import ProblemWatch
    from casare.ui.shell.documents.document_view import DocumentView
    from casare.ui.shell.finding.finding import Finding
    from casare.ui.shell.frame.workspace import Workspace

_FIRST_SIZE = QSize(1360, 860)
_SMALLEST = QSize(720, 480)


class MainWindow(QMainWindow):
    """Show a session. Closing it asks about unsaved changes, remembers its state, and ends what it started."""

    def __init__(self, session: Session, appearance: Appearance, book: LogBook | None = None) -> None:
        super().__init__()
        self.session = session
        self.book = book or LogBook()
        self.appearance = appearance
        self._state = read_state()
        self._workspace: Workspace | None = None
        self._watch: ProblemWatch | None = None
        self._introduced: WeakSet[Document] = WeakSet()
        """Documents whose errors have been shown once; after that the person decides about the dock."""
        self._ended = False
        self.finding: Finding | None = None
        self.setWindowTitle("casare")
        self.setMinimumSize(_SMALLEST)
        self.setAcceptDrops(True)
        self.toast = Toast(self)
        self.notices = Notices()
        self.tabs = DocumentTabs()
        self.start_page = StartPage(session, self.paint_picture)
        self.status = StatusBar()
        self.files = Files(self, session, self.notices_of, self.book, self.toast)
        self.overlays = Overlays(self)
        self.grading = Grading(session, self)
        self.running = RunActs(self)
        self.journeys = Journeys(self)
        self.tab_keeping = TabKeeping(self)
        self.actions_table = ActionTable(self, session, handlers(self), checks(self), appearance.theme)
        self._counts_due = OncePerTurn(self._show_counts, self)
        self._build()
        self._connect()
        self.resize(_FIRST_SIZE)
        if self._state.geometry:
            self.restoreGeometry(QByteArray(self._state.geometry))
        for document in session.documents:
            self._on_opened(document)
        self._on_active(session.active)

    @property
    def workspace(self) -> Workspace | None:
        """The documents with their docks, None before the first document opened."""
        return self._workspace

    @property
    def view(self) -> DocumentView | None:
        """The view of the document in front."""
        return self._workspace.view(self.session.active) if self._workspace is not None else None

    @property
    def watch(self) -> ProblemWatch | None:
        """The problems of the document in front, None before the first document opened."""
        return self._watch

    @property
    def canvas(self) -> CanvasView | None:
        """The canvas in front."""
        view = self.view
        return view.canvas if view is not None else None

    def paint_picture(self, painter: QPainter, rect: QRectF, picture: Any, theme: Theme) -> None:
        """Draw the picture of a skeleton."""
        paint_picture(painter, rect, picture, theme)

    def notices_of(self, document: Document | None) -> Notices:
        """Return the banners over a document, those of the window for None."""
        view = self._workspace.view(document) if self._workspace is not None else None
        return view.notices if view is not None else self.notices

    def tell_defect(self, text: str, details: str) -> None:
        """Say that something went wrong inside casare, without stopping anything."""
        self.notices.show_message(text, "error", copy_act("Copy details", details))

    def dock_is_front(self, name: str) -> bool:
        """Tell whether a dock is to be seen."""
        return self._workspace is not None and self._workspace.isVisible() and self._workspace.docks.is_front(name)

    def toggle_dock(self, name: str) -> None:
        """Show a dock, or hide it when it shows already; without a document say what it would show."""
        if self._workspace is None or self.session.active is None:
            self.toast.show_message("Open a workflow first: the panels stand beside it")
        else:
            self._workspace.docks.toggle(name)

    def show_dock(self, name: str) -> None:
        """Open a dock and bring it to the front."""
        if self._workspace is not None and self.session.active is not None:
            self._workspace.docks.show(name)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def analyze(self) -> None:
        """Grade the document in front from scratch."""
        self.grading.analyze()

    def steps_ahead(self) -> list[Callable[[], object]]:
        """Return what can be built before the first document opens, in steps of a few frames each."""

        def panel(dock: str) -> Callable[[], object]:
            return lambda: self._ensure_workspace().docks.prepare(dock)

        def lay_out() -> None:
            # What is on show has been laid out by being shown.
            if self.session.active is None:
                self._ensure_workspace().lay_out(self._stack.size())

        return [self._ensure_workspace, panel(PALETTE), panel(INSPECTOR), lay_out]

    def event(self, event: QEvent) -> bool:
        """See to it, before a shortcut fires, that it meets the state as it is now."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self.actions_table.flush()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        paths = _files_of(event)
        if paths:
            event.acceptProposedAction()
            self.files.open(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once unsaved changes are dealt with."""
        if self._ended or self.files.closing.close_all(self._end):
            event.accept()
        else:
            event.ignore()

    def _end(self) -> None:
        """End what this window started, then let it go."""
        geometry = bytes(self.saveGeometry().data())
        unseen = replace(self._state, geometry=geometry)
        write_state(self._workspace.state(geometry) if self._workspace is not None else unseen)
        self._ended = True
        if self._workspace is not None:
            self.journeys.remember(view.outer_canvas for view in self._workspace.views())
            self._workspace.end()
        self.tab_keeping.close()
        if self.finding is not None:
            self.finding.close()
        self.start_page.close_service()
        self.grading.close()
        self.session.runs.close()
        self.files.arrivals.close()
        self.files.saving.close()
        self.files.safety.close()
        if self._watch is not None:
            self._watch.close()
        self._counts_due.cancel()
        self.close()

    def _build(self) -> None:
        fill_menu_bar(self.menuBar(), self.actions_table)
        self._corner = dress_menu_bar(self.menuBar(), self.actions_table)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TabStrip(self.tabs))
        column.addWidget(self.files.strip)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.active_changed.connect(self._on_active)
        session.settings.changed.connect(self._on_settings)
        self.appearance.changed.connect(self._on_theme)
        self._key_labels = KeyLabels(session.keymap, self.actions_table, self.status, self._corner.profile)
        self.tabs.document_chosen.connect(session.activate)
        self.tabs.close_requested.connect(self.files.closing.close_document)
        self.start_page.command_chosen.connect(self.actions_table.run)
        self.start_page.file_chosen.connect(lambda path: self.files.open([path]))
        self.start_page.template_chosen.connect(self.files.open_template)
        self.start_page.status_changed.connect(self._on_page_status)
        self.status.profiler_requested.connect(lambda: self.show_dock(PROFILER))
        self.status.problems_requested.connect(lambda: self.show_dock(PROBLEMS))
        self.status.zoom_requested.connect(self._on_zoom_chosen)
        self.grading.graded.connect(self._on_graded)
        self.running.shown.connect(self._on_run_shown)

    def _ensure_workspace(self) -> Workspace:
        if self._workspace is None:
            from casare.ui.panels.problems import ProblemWatch
            from casare.ui.shell.finding.finding import Finding
            from casare.ui.shell.frame.workspace import Workspace

            self._watch = ProblemWatch(self.session, self)
            self._watch.changed.connect(self._on_problems)
            self._workspace = Workspace(self.session, self.book, self._watch, self._state, self)
            self.finding = Finding(self, self._workspace)
            self._workspace.decor_chosen.connect(self.finding.go_to_decor)
            self._workspace.entry_chosen.connect(self._on_entry_chosen)
            self._workspace.past_graph_requested.connect(self.running.open_past_in_front)
            self._workspace.docks.changed.connect(self.actions_table.refresh)
            self.actions_table.bind_canvas(self._workspace.stack)
            self._stack.addWidget(self._workspace)
        return self._workspace

    def _on_opened(self, document: Document) -> None:
        view = self._ensure_workspace().add(document)
        self.running.follow(document, view)
        self._bind_canvas(view.canvas)
        view.canvas_made.connect(self._bind_canvas)
        view.canvas_changed.connect(self._on_canvas)
        self.journeys.bring_back(view.canvas)
        document.changed.connect(self._on_changed)
        self.tabs.add(document)
        document.state_changed.connect(self._on_any_state)

    def _bind_canvas(self, canvas: CanvasView) -> None:
        from casare.ui.shell.documents.equipping import equip

        canvas.zoom_changed.connect(self._on_zoom)
        canvas.hint_changed.connect(self.status.show_hint)
        equip(canvas, self.actions_table.keys_of)
        canvas.quick_add_requested.connect(self.overlays.add_node)
        canvas.context_menu_requested.connect(self._on_context_menu)
        canvas.enter_requested.connect(lambda node_id: enter(self, canvas, node_id))
        canvas.document.selection.changed.connect(self._counts_due.request)

    def _on_canvas(self) -> None:
        self._counts_due.request()
        self.actions_table.refresh()
        canvas = self.canvas
        if canvas is not None:
            self._on_zoom(canvas.zoom)

    def _on_closed(self, document: Document) -> None:
        document.changed.disconnect(self._on_changed)
        document.state_changed.disconnect(self._on_any_state)
        self.tabs.remove(document)
        self.running.forget(document)
        if self._workspace is not None:
            view = self._workspace.view(document)
            if view is not None:
                self.journeys.remember([view.outer_canvas])
            self._workspace.remove(document)

    def _on_active(self, document: Document | None) -> None:
        self.tabs.choose(document)
        if document is None or self._workspace is None:
            self._stack.setCurrentWidget(self.start_page)
            self.start_page.setFocus()
            self.status.show_page(self.start_page.status)
        else:
            self._workspace.choose(document)
            self._stack.setCurrentWidget(self._workspace)
            self.status.show_document(document)
            canvas = self.canvas
            if canvas is not None:
                canvas.setFocus()
                self._on_zoom(canvas.zoom)
            self._on_problems()
        self._on_run_shown()
        self._show_title()

    def _on_any_state(self) -> None:
        for document in self.session.documents:
            self.tabs.show_state(document)
        self._show_title()

    def _on_changed(self, _fact: object) -> None:
        self._counts_due.request()

    def _show_counts(self) -> None:
        if self.session.front is not None:
            self.status.show_counts(self.session.front)

    def _show_title(self) -> None:
        document = self.session.active
        self.setWindowTitle(f"{document.title}[*] – casare" if document is not None else "casare")
        self.setWindowModified(document is not None and document.is_modified)
        self.setWindowFilePath(str(document.path) if document is not None and document.path else "")

    def _on_problems(self) -> None:
        watch = self._watch
        if watch is None:
            return
        self.status.show_problems(*(watch.count(severity) for severity in ("error", "warning", "info")))
        if watch.document is not None and watch.document not in self._introduced:
            self._introduced.add(watch.document)
            # Whoever builds a new workflow knows that it is not complete yet; a file may hold a surprise.
            if watch.count("error") and watch.document.path is not None and self._workspace is not None:
                self._workspace.docks.show(PROBLEMS)

    def _on_graded(self) -> None:
        if self.session.active is not None:
            self.status.show_grade(self.session.active.grade)

    def _on_run_shown(self) -> None:
        self._corner.dress(running=self.session.runs.is_running(self.session.active))
        self.actions_table.refresh()

    def _on_zoom(self, zoom: float) -> None:
        self.status.show_zoom(zoom)

    def _on_zoom_chosen(self, zoom: float) -> None:
        canvas = self.canvas
        if canvas is not None and zoom:
            canvas.zoom_to(zoom)
        elif canvas is not None:
            canvas.fit()

    def _on_entry_chosen(self, entry: Any) -> None:
        canvas = self.canvas
        if canvas is not None:
            canvas.edit.add_entry(entry.type_id, entry.preset)

    def _on_context_menu(self, target: CanvasTarget) -> None:
        from casare.ui.shell.frame.context_menu import context_menu

        if self.session.front is not None:
            context_menu(target, self.session.front, self.actions_table, self).popup(target.global_pos)

    def _on_page_status(self, text: str) -> None:
        if self.session.active is None:
            self.status.show_page(text)

    def _on_settings(self, settings: Any) -> None:
        self.appearance.mode = settings.theme

    def _on_theme(self, theme: Theme) -> None:
        self.actions_table.set_theme(theme)
        self._corner.dress(running=self.session.runs.is_running(self.session.active))
        for view in self._workspace.views() if self._workspace is not None else ():
            for canvas in view.canvases:
                canvas.set_theme(theme)


def _files_of(event: QDragEnterEvent | QDropEvent) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
