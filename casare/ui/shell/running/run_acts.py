"""What a person does about runs, to the document in front; and what the window says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casare.app.documents.document import Document
from casare.app.log_book import Level
from casare.app.running.launch import Launch, Phase
from casare.app.running.live_runs import DocumentRuns
from casare.app.running.parts import from_trigger, triggers_in
from casare.app.running.places import path_of
from casare.ui.shell.frame.docks import DATA, LOG, PROBLEMS
from casare.ui.shell.running.run_desktop import WindowDesktop

if TYPE_CHECKING:
    from casare.app.running.live_run import LiveRun
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.documents.document_view import DocumentView
    from casare.ui.shell.frame.main_window import MainWindow
    from casare.ui.shell.running.run_asking import RunAsking
    from casare.ui.shell.running.run_view import RunView


class RunActs(QObject):
    """Start, hold, step and stop runs; one RunView for each open document."""

    shown = Signal()
    """The run of the document in front looks different; at most once a frame."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._views: dict[Document, RunView] = {}
        self._asking: RunAsking | None = None
        self._desktop = WindowDesktop(window)

    @property
    def runs(self) -> DocumentRuns | None:
        """The runs of the document in front."""
        document = self._window.session.active
        return self._window.session.runs.of(document) if document is not None else None

    def follow(self, document: Document, view: DocumentView) -> None:
        """Show the runs of a document in its view."""
        from casare.ui.shell.running.run_view import RunView

        runs = self._window.session.runs.of(document)
        runs.desktop = self._desktop
        made = RunView(runs, view, self._window.book)
        made.shown.connect(lambda: self._on_shown(document))
        made.ended.connect(lambda run: self._on_ended(document, run))
        view.run_bar.problem_requested.connect(lambda: self.show_problem(document))
        view.run_bar.command_chosen.connect(self._window.actions_table.run)
        view.run_bar.data_requested.connect(lambda: self._window.show_dock(DATA))
        view.run_bar.dismissed.connect(made.runs.dismiss)
        view.run_bar.graph_requested.connect(lambda: self.open_past(document))
        for canvas in view.canvases:
            self._hear(document, canvas)
        view.canvas_made.connect(lambda canvas: self._hear(document, canvas))
        self._views[document] = made

    def forget(self, document: Document) -> None:
        """Let the runs of a closed document go."""
        view = self._views.pop(document, None)
        if view is not None:
            view.close()

    def start(self) -> None:
        """Run the whole workflow, or go on when it is held."""
        runs = self.runs
        if runs is None:
            return
        if runs.run is not None and runs.run.phase is Phase.PAUSED:
            runs.run.resume()
        elif not runs.is_running:
            self._clear(runs)
            runs.start()
        else:
            self._window.toast.show_message("It is running already", "Stop", self.stop)

    def launch(self, launch: Launch) -> None:
        """Run the document in front in this way."""
        runs = self.runs
        if runs is not None and not self._is_busy(runs):
            self._clear(runs)
            runs.start(launch)

    def ask_and_start(self) -> None:
        """Ask what to run the workflow with, then run it."""
        if self._asking is None:
            from casare.ui.shell.running.run_asking import RunAsking

            self._asking = RunAsking(self._window)
        self._asking.ask()

    def start_from_trigger(self) -> None:
        """Run what the selected trigger begins, with its sample; without a selection, the only one there is."""
        runs = self.runs
        if runs is not None:
            catalog = runs.document.catalog
            found = triggers_in(runs.document.graph, catalog)
            wanted = next((one for one in found if one in runs.levels.chosen), found[0] if found else None)
            if wanted is None:
                self._window.toast.show_message("There is no trigger: add one from the palette's Triggers")
            else:
                self.launch(Launch(f"From {runs.levels.called(wanted)}", from_trigger(wanted, catalog)))

    def stop(self) -> None:
        """Stop the run under way."""
        if self.runs is not None:
            self.runs.stop()

    def toggle_pause(self) -> None:
        """Hold the run under way, or let it go on."""
        if self.runs is not None:
            self.runs.toggle_pause()

    def step(self) -> None:
        """Let one node run."""
        runs = self.runs
        if runs is not None:
            if not runs.is_running:
                self._clear(runs)
            runs.step()

    def start_to_selection(self) -> None:
        """Run what leads to the selected nodes."""
        runs = self.runs
        if runs is not None and not self._is_busy(runs):
            self._clear(runs)
            runs.start_to(runs.levels.chosen)

    def start_selection(self) -> None:
        """Run just the selected nodes, on what the last run gave."""
        runs = self.runs
        if runs is not None and not self._is_busy(runs):
            self._clear(runs)
            runs.start_only(runs.levels.chosen)

    def toggle_breakpoints(self) -> None:
        """Set or take away breakpoints at the selected nodes."""
        runs = self.runs
        if runs is None:
            return
        runs.toggle_breakpoints(runs.levels.chosen)
        if runs.is_running:
            self._window.toast.show_message("Breakpoints hold from the next run on")

    def toggle_pins(self) -> None:
        """Pin what the selected nodes gave, or unpin it."""
        runs = self.runs
        if runs is None:
            return
        chosen = runs.levels.chosen
        missing = runs.toggle_pins(chosen)
        if missing and missing == len(chosen):
            self._window.toast.show_message(
                "What a subgraph gives is pinned inside of it: enter it and pin the node there"
                if any(runs.levels.is_instance(one) for one in chosen)
                else "There is no output to pin yet: run the workflow first"
            )

    def show_output(self, number: int) -> None:
        """Show the n-th output of the selected node in the data panel, from 1."""
        from casare.ui.panels.data import DataPanel

        self._window.show_dock(DATA)
        workspace = self._window.workspace
        panel = workspace.docks.panel(DATA) if workspace is not None else None
        has_run = self.runs is not None and self.runs.board is not None
        if isinstance(panel, DataPanel) and has_run and not panel.choose_output(number):
            self._window.toast.show_message(f"This node has no output {number}")

    def show_problem(self, document: Document, node_id: str = "") -> None:
        """Bring the node of the first failure, or this one, into view with what is said about it."""
        run = self._window.session.runs.of(document).run
        wanted = node_id or next((one.node_id for one in (run.problems if run is not None else ()) if one.node_id), "")
        if wanted:
            self._window.session.runs.of(document).levels.reveal(wanted)
        self._window.show_dock(PROBLEMS if run is not None and run.problems else LOG)

    def open_past(self, document: Document) -> None:
        """Open the graph of the past run that is looked at, as it was, as a document of its own."""
        runs = self._window.session.runs.of(document)
        if runs.past is None:
            return
        past, board = runs.past
        graph = runs.graph_of(past)
        if graph is None:
            self._window.toast.show_message("The graph of this run was not kept")
            return
        opened = self._window.session.open_graph(graph, f"{document.title} (earlier run)")
        self._window.session.runs.of(opened).look_at(past, board)

    def open_past_in_front(self) -> None:
        """Open the graph of the past run that is looked at in front."""
        document = self._window.session.active
        if document is not None:
            self.open_past(document)

    def _hear(self, document: Document, canvas: CanvasView) -> None:
        def show(node_id: str) -> None:
            self.show_problem(document, path_of(self._window.session.runs.of(document).levels.way, node_id))

        canvas.problem_requested.connect(show)

    def _is_busy(self, runs: DocumentRuns) -> bool:
        if runs.is_running:
            self._window.toast.show_message("Stop the run that is under way first", "Stop", self.stop)
        return runs.is_running

    def _clear(self, runs: DocumentRuns) -> None:
        if self._window.watch is not None:
            self._window.watch.set_run_problems(runs.document, ())

    def _on_shown(self, document: Document) -> None:
        if document is self._window.session.active:
            self.shown.emit()

    def _on_ended(self, document: Document, run: LiveRun) -> None:
        window = self._window
        for problem in run.problems:
            told = f"{problem.node_id}: {problem.message}" if problem.node_id else problem.message
            window.book.add(Level.ERROR, document.title, told, problem.trace or problem.hint)
        if window.watch is not None:
            window.watch.set_run_problems(document, run.problems)
        if document is not window.session.active:
            words = {"failed": "has failed", "cancelled": "was stopped"}.get(run.status, "has run to its end")
            window.toast.show_message(f"“{document.title}” {words}", "Show", lambda: window.session.activate(document))
        window.actions_table.refresh()
