"""The runs of one document, brought to its canvases and its bar: at most one picture a frame, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from casare.app.documents.level import Level
from casare.app.log_book import Level as LogLevel
from casare.app.log_book import LogBook
from casare.app.running.launch import Phase
from casare.app.running.live_runs import DocumentRuns
from casare.events import LineLogged
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.canvas import CanvasView
from casare.ui.canvas.layers.base import DETAIL
from casare.ui.canvas.stage import RunPicture
from casare.ui.theme.appearance import reduced_motion

if TYPE_CHECKING:
    from casare.app.running.live_run import LiveRun
    from casare.app.running.places import Way
    from casare.ui.shell.documents.document_view import DocumentView

_FRAME_MS: Final = 30
"""The least time between two pictures of a run."""
_FAR_MS: Final = 100
"""The same for thousands of nodes seen from afar, where a change is a few pixels: it leaves the run its time."""
_MANY: Final = 2000
_CLOCK_MS: Final = 50
_CALM_CLOCK_MS: Final = 500
_LEVELS: Final = {"debug": LogLevel.DEBUG, "warning": LogLevel.WARNING, "error": LogLevel.ERROR}


class RunView(QObject):
    """Follow the runs of a document. What comes from the thread of a run is carried over here."""

    shown = Signal()
    """The run looks different; at most once a frame."""
    ended = Signal(object)
    """The LiveRun that has come to its end."""

    def __init__(self, runs: DocumentRuns, view: DocumentView, book: LogBook) -> None:
        super().__init__(view)
        self.runs = runs
        self._view = view
        self._bar = view.run_bar
        self._book = book
        self._told: LiveRun | None = None
        """The run whose end has been told."""
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_news)
        self._due = OncePerTurn(self._show, self, _FRAME_MS)
        self._far_due = OncePerTurn(self._show, self, _FAR_MS)
        self._clock = QTimer(self, interval=_CALM_CLOCK_MS if reduced_motion() else _CLOCK_MS)
        self._clock.timeout.connect(self._on_clock)
        runs.news.connect(self._post)
        runs.lines.connect(self._on_lines)
        runs.changed.connect(self._on_changed)
        # After the view itself, which has put the canvases of the level in front by then.
        runs.document.front_changed.connect(self._on_front)

    @property
    def moving(self) -> bool:
        """Tell whether the clock of what runs is on."""
        return self._clock.isActive()

    def close(self) -> None:
        """Follow no longer."""
        self.runs.news.disconnect(self._post)
        self.runs.lines.disconnect(self._on_lines)
        self.runs.changed.disconnect(self._on_changed)
        self.runs.document.front_changed.disconnect(self._on_front)
        self._clock.stop()
        self._due.cancel()
        self._far_due.cancel()
        self._inbox.close()

    def _post(self, run: LiveRun) -> None:
        self._inbox.post(run)

    def _on_lines(self, lines: Sequence[LineLogged]) -> None:
        source = self.runs.document.title
        for line in lines:
            self._book.add(_LEVELS.get(line.level, LogLevel.INFO), source, f"{line.node_id}: {line.message}")

    def _on_news(self, _runs: list[LiveRun]) -> None:
        if not self._due.pending and not self._far_due.pending:
            canvas = self._view.canvas
            far = len(canvas.document.graph.nodes) > _MANY and canvas.zoom < DETAIL
            (self._far_due if far else self._due).request()

    def _on_changed(self) -> None:
        """Show another run, or other marks."""
        for canvas, way in self._canvases():
            self._picture(canvas, way)
        self._show()

    def _on_front(self, _level: Level) -> None:
        """Show the run on the canvas of another level, which may be looked at through another instance than before."""
        if self.runs.board is not None or self.runs.breakpoints or self.runs.pinned:
            for canvas, way in self._canvases():
                self._picture(canvas, way)
                canvas.canvas_scene.follow_run((), everything=True)

    def _canvases(self) -> list[tuple[CanvasView, Way]]:
        """Return the canvases that are looked at, in both halves, and the way to the level in each."""
        way, front = self.runs.levels.way, self.runs.document.front
        return [(canvas, way) for canvas in self._view.canvases if canvas.document is front]

    def _picture(self, canvas: CanvasView, way: Way) -> None:
        runs, run = self.runs, self.runs.run
        live = runs.is_running
        wanted = runs.board is not None or runs.breakpoints or runs.pinned
        picture = RunPicture(
            runs.levels.board(way),
            runs.levels.marked(runs.breakpoints, way),
            runs.levels.marked(runs.pinned, way),
            runs.is_stale,
            live and runs.past is None,
            live and not reduced_motion(),
            (lambda: run.elapsed_s) if run is not None else float,
        )
        canvas.set_run(picture if wanted else None)

    def _show(self) -> None:
        runs, run = self.runs, self.runs.run
        ended = run is not None and run.is_over and run is not self._told
        if runs.board is not None:
            news = runs.board.take()
            for canvas, way in self._canvases():
                canvas.canvas_scene.follow_run(runs.levels.touched(way, news), everything=news.everything)
        self._bar.show_runs(runs)
        going = run is not None and run.phase in (Phase.PREPARING, Phase.RUNNING)
        if going != self._clock.isActive():
            (self._clock.start if going else self._clock.stop)()
        runs.shown.emit()
        self.shown.emit()
        if ended and run is not None:
            self._told = run
            # What is live is another picture than what is over.
            self._on_changed()
            self.ended.emit(run)

    def _on_clock(self) -> None:
        self._bar.show_runs(self.runs)
        for canvas, way in self._canvases():
            board = self.runs.levels.board(way)
            if board is not None and canvas.isVisible():
                canvas.canvas_scene.turn_running(board.under_way())
