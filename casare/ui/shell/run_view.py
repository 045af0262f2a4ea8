"""The runs of one document, brought to its canvas and its bar: at most one picture a frame, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from casare.app.log_book import Level, LogBook
from casare.app.running.launch import Phase
from casare.app.running.live_runs import DocumentRuns
from casare.events import LineLogged
from casare.ui.background import Inbox, OncePerTurn
from casare.ui.canvas import CanvasView
from casare.ui.canvas.layers.base import DETAIL
from casare.ui.canvas.stage import RunPicture
from casare.ui.shell.run_bar import RunBar
from casare.ui.theme.appearance import reduced_motion

if TYPE_CHECKING:
    from casare.app.running.live_run import LiveRun

_FRAME_MS: Final = 30
"""The least time between two pictures of a run."""
_FAR_MS: Final = 100
"""The same for thousands of nodes seen from afar, where a change is a few pixels: it leaves the run its time."""
_MANY: Final = 2000
_CLOCK_MS: Final = 50
_CALM_CLOCK_MS: Final = 500
_LEVELS: Final = {"debug": Level.DEBUG, "warning": Level.WARNING, "error": Level.ERROR}


class RunView(QObject):
    """Follow the runs of a document. What comes from the thread of a run is carried over here."""

    shown = Signal()
    """The run looks different; at most once a frame."""
    ended = Signal(object)
    """The LiveRun that has come to its end."""

    def __init__(self, runs: DocumentRuns, canvas: CanvasView, bar: RunBar, book: LogBook) -> None:
        super().__init__(canvas)
        self.runs = runs
        self._canvas = canvas
        self._bar = bar
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

    @property
    def moving(self) -> bool:
        """Tell whether the clock of what runs is on."""
        return self._clock.isActive()

    def close(self) -> None:
        """Follow no longer."""
        self.runs.news.disconnect(self._post)
        self.runs.lines.disconnect(self._on_lines)
        self.runs.changed.disconnect(self._on_changed)
        self._clock.stop()
        self._due.cancel()
        self._far_due.cancel()
        self._inbox.close()

    def _post(self, run: LiveRun) -> None:
        self._inbox.post(run)

    def _on_lines(self, lines: Sequence[LineLogged]) -> None:
        source = self.runs.document.title
        for line in lines:
            self._book.add(_LEVELS.get(line.level, Level.INFO), source, f"{line.node_id}: {line.message}")

    def _on_news(self, _runs: list[LiveRun]) -> None:
        if not self._due.pending and not self._far_due.pending:
            far = len(self.runs.document.graph.nodes) > _MANY and self._canvas.zoom < DETAIL
            (self._far_due if far else self._due).request()

    def _on_changed(self) -> None:
        """Show another run, or other marks."""
        runs, run = self.runs, self.runs.run
        live = runs.is_running
        wanted = runs.board is not None or runs.breakpoints or runs.pinned
        picture = RunPicture(
            runs.board,
            runs.breakpoints,
            frozenset(runs.pinned),
            runs.is_stale,
            live and runs.past is None,
            live and not reduced_motion(),
            (lambda: run.elapsed_s) if run is not None else float,
        )
        self._canvas.set_run(picture if wanted else None)
        self._show()

    def _show(self) -> None:
        runs, run = self.runs, self.runs.run
        ended = run is not None and run.is_over and run is not self._told
        if runs.board is not None:
            news = runs.board.take()
            self._canvas.canvas_scene.follow_run(news.nodes, everything=news.everything)
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
        board = self.runs.board
        if board is not None and self._canvas.isVisible():
            self._canvas.canvas_scene.turn_running(board.under_way())
