"""The working area of the window: the documents in the middle, the docks around them."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from casare.app.documents.document import Document
from casare.app.log_book import LogBook
from casare.app.session import Session
from casare.ui.panels.log import LogPanel
from casare.ui.panels.palette import PalettePanel
from casare.ui.panels.problems import ProblemsPanel, ProblemWatch
from casare.ui.shell.documents.document_view import DocumentView
from casare.ui.shell.documents.profile_marks import ProfileMarks
from casare.ui.shell.frame.docks import DATA, INSPECTOR, LOG, OUTLINE, PALETTE, PROBLEMS, PROFILER, RUNS, Docks
from casare.ui.shell.frame.window_state import WindowState

_UNSIZED_WIDTH = 640
"""Qt's size for a widget that no layout has placed yet, px."""


class Workspace(QMainWindow):
    """Show one of the open documents and the panels that follow it. Made when the first document opens."""

    entry_chosen = Signal(object)
    """A PaletteEntry to add at the middle of the canvas."""
    past_graph_requested = Signal()
    """The graph of the past run that is looked at is wanted as it was."""
    decor_chosen = Signal(str, str)
    """A frame or a note to go to: what it is, and its id."""

    def __init__(
        self, session: Session, book: LogBook, watch: ProblemWatch, state: WindowState, parent: QWidget
    ) -> None:
        super().__init__(parent)
        # A QMainWindow is a window of its own unless told otherwise.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDocumentMode(True)
        self._session = session
        self._book = book
        self._watch = watch
        self._folded = state.folded
        self._views: dict[Document, DocumentView] = {}
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.docks = Docks(
            self,
            {
                PALETTE: self._make_palette,
                OUTLINE: self._make_outline,
                INSPECTOR: self._make_inspector,
                PROFILER: self._make_profiler,
                PROBLEMS: lambda: ProblemsPanel(watch),
                LOG: lambda: LogPanel(book),
                DATA: self._make_data,
                RUNS: self._make_runs,
            },
        )
        self._docks_before = state.docks
        self._laid_out = False
        watch.changed.connect(self._on_problems)
        self._on_problems()

    @property
    def palette_panel(self) -> PalettePanel | None:
        """The palette, None while its dock was never open."""
        panel = self.docks.panel(PALETTE)
        return panel if isinstance(panel, PalettePanel) else None

    def add(self, document: Document) -> DocumentView:
        """Make the view of a document."""
        view = DocumentView(document, self._session.settings)
        self._views[document] = view
        self.stack.addWidget(view)
        view.canvas_changed.connect(self._on_problems)
        return view

    def remove(self, document: Document) -> None:
        """Give the view of a document up."""
        view = self._views.pop(document)
        self.stack.removeWidget(view)
        view.hide()
        view.deleteLater()

    def view(self, document: Document | None) -> DocumentView | None:
        """Return the view of a document."""
        return self._views.get(document) if document is not None else None

    def views(self) -> list[DocumentView]:
        """Return all views."""
        return list(self._views.values())

    def choose(self, document: Document) -> None:
        """Bring a document to the front."""
        self.stack.setCurrentWidget(self._views[document])
        self._on_problems()

    def end(self) -> None:
        """Let go of what goes on without this window."""
        if self.palette_panel is not None:
            self.palette_panel.close_service()

    def edit_parameters(self) -> None:
        """Show the inspector with the cursor in the first field of what is selected."""
        from casare.ui.panels.inspector import InspectorPanel

        self.docks.show(INSPECTOR)
        panel = self.docks.panel(INSPECTOR)
        if isinstance(panel, InspectorPanel):
            panel.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back from a panel to the canvas at Esc, when nothing in the panel had a use for it."""
        view = self.view(self._session.active)
        if event.key() == Qt.Key.Key_Escape and view is not None:
            view.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)

    def state(self, geometry: bytes) -> WindowState:
        """Return what to remember of the docks, beside the geometry of the window."""
        panel = self.palette_panel
        folded = tuple(sorted(panel.folded)) if panel is not None else self._folded
        docks = bytes(self.saveState().data()) if self._laid_out else self._docks_before
        return WindowState(geometry, docks, folded)

    def lay_out(self, size: QSize) -> None:
        """Give all its style, size and place for `size` (px) before it is seen: that is most of the first show."""
        self.resize(size)
        self.grab()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the docks out as they were, or as they are at first, once there is room to do it in."""
        super().resizeEvent(event)
        # Earlier, Qt would squeeze them into its default size and leave dead tab bars behind.
        if not self._laid_out and event.size().width() > _UNSIZED_WIDTH:
            self._laid_out = True
            if not (self._docks_before and self.restoreState(QByteArray(self._docks_before))):
                self.docks.size_first()

    def _on_problems(self) -> None:
        count = len(self._watch.problems)
        self.docks[PROBLEMS].setWindowTitle(f"Problems  {count}" if count else "Problems")
        view = self.view(self._watch.document)
        if view is not None:
            marks: dict[str, str] = {}
            for problem in reversed(self._watch.problems):
                at_hand = problem.level == view.document.front.id
                if at_hand and problem.node_id and problem.severity in ("error", "warning"):
                    marks[problem.node_id] = problem.severity
            for canvas in view.canvases:
                if canvas.document is view.document.front:
                    canvas.set_problems(marks)

    def _make_palette(self) -> QWidget:
        panel = PalettePanel(self._session)
        panel.set_folded(self._folded)
        panel.entry_chosen.connect(self.entry_chosen)
        return panel

    def _make_outline(self) -> QWidget:
        from casare.ui.panels.outline import OutlinePanel

        panel = OutlinePanel(self._session)
        panel.decor_chosen.connect(self.decor_chosen)
        return panel

    def _make_inspector(self) -> QWidget:
        from casare.ui.panels.inspector import InspectorPanel

        return InspectorPanel(self._session)

    def _make_profiler(self) -> QWidget:
        # Loads the charts, which nobody should wait for who does not look at them.
        from casare.ui.panels.profiler import ProfilerPanel

        panel = ProfilerPanel(self._session)
        ProfileMarks(panel, self._session, self.views)
        return panel

    def _make_data(self) -> QWidget:
        from casare.ui.panels.data import DataPanel

        return DataPanel(self._session)

    def _make_runs(self) -> QWidget:
        from casare.ui.panels.runs import RunsPanel

        panel = RunsPanel(self._session)
        panel.graph_requested.connect(self.past_graph_requested)
        return panel
