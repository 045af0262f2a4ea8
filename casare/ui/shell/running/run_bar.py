"""The bar below a canvas while a run goes on, and after it: how far it is, how it ended, what can be done about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from casare.app.running.launch import Phase
from casare.app.running.live_runs import DocumentRuns
from casare.profiling.reporting.text import duration_text
from casare.ui.theme.appearance import current_theme, reduced_motion
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.icons import icon_pixmap
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.states import state_look
from casare.ui.theme.tokens import SPACE_L, SPACE_S, SPACE_XS, TEXT_BODY
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.text_label import TextLabel

if TYPE_CHECKING:
    from casare.app.running.live_run import LiveRun

_HEIGHT: Final = 40
_LINE: Final = 2
_TURN_S: Final = 1.0


class RunBar(QWidget):
    """Say how the run of one document stands. Hidden while there is nothing to say."""

    problem_requested = Signal()
    data_requested = Signal()
    dismissed = Signal()
    graph_requested = Signal()
    """The graph of the run of the past is wanted as it was."""
    command_chosen = Signal(str)
    """The id of a command whose button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self._status = ""
        self._share = 0.0
        self._dressed: object = None
        """What the buttons were last set for."""
        self._mark = _Mark()
        self._title = TextLabel("", "title")
        self._detail = ElidedLabel("", "secondary")
        self._detail.setFont(ui_font(TEXT_BODY, tabular=True))
        self._problem = _button("Show problem", self.problem_requested.emit)
        self._data = _button("Show data", self.data_requested.emit)
        self._graph = _button("Open as it was", self.graph_requested.emit)
        self._pause = self._command("pause", "Pause", "run.pause")
        self._step = self._command("step-forward", "Step (F10)", "run.step")
        self._stop = self._command("square", "Stop (Shift+F5)", "run.stop")
        self._close = IconButton("x", "Dismiss", self, 14)
        self._close.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, _LINE, SPACE_S, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(self._mark)
        row.addWidget(self._title)
        row.addWidget(self._detail, 1)
        for button in (self._problem, self._data, self._graph):
            row.addWidget(button)
        row.addSpacing(SPACE_XS)
        for each in (self._pause, self._step, self._stop, self._close):
            row.addWidget(each)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return f"{self._title.text()} {self._detail.text()}".strip()

    def show_runs(self, runs: DocumentRuns) -> None:
        """Show the run under way or the last one, or the one of the past that is looked at; hide without any."""
        if runs.past is not None:
            self._show_past(runs)
        elif runs.run is not None:
            self._show_run(runs, runs.run)
        else:
            self.hide()
            return
        if self.isHidden():
            self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, a line above, and over it how far the run is."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(theme.panel))
        painter.fillRect(QRectF(0, 0, self.width(), 1), qcolor(theme.line))
        if self._status:
            colour = qcolor(getattr(theme, state_look(self._status).token))
            painter.fillRect(QRectF(0, 0, self.width() * self._share, _LINE), colour)
        painter.end()

    def _show_run(self, runs: DocumentRuns, run: LiveRun) -> None:
        board, phase = run.board, run.phase
        over = phase is Phase.OVER
        self._share = board.done / board.total if board.total else 0.0
        if over:
            self._share = 1.0
            self._say(run.status, *_ended(runs, run))
        elif phase is Phase.PREPARING:
            self._say("running", "Preparing", "")
        elif phase is Phase.PAUSED:
            at = _named(runs, board.paused_at or "")
            after = _named(runs, board.current)
            place = f"before {at}" if at else f"after {after}" if after else "before the first node"
            self._say("paused", "Paused", f"{place}  ·  {_progress(run)}")
        else:
            current = _named(runs, board.current)
            self._say("running", "Running", "  ·  ".join(part for part in (_progress(run), current) if part))
        dressed = (phase, over and bool(run.problems))
        if dressed != self._dressed:
            self._dressed = dressed
            self._dress(phase, problems=dressed[1])

    def _dress(self, phase: Phase, *, problems: bool) -> None:
        """Offer what can be done in this phase."""
        over = phase is Phase.OVER
        self._pause.set_icon("play" if phase is Phase.PAUSED else "pause")
        told = "Continue (F5)" if phase is Phase.PAUSED else "Pause"
        self._pause.setToolTip(told)
        self._pause.setAccessibleName(told)
        for button in (self._pause, self._step, self._stop):
            button.setVisible(not over)
        self._pause.setEnabled(phase is not Phase.PREPARING)
        self._step.setEnabled(phase is Phase.PAUSED)
        self._problem.setVisible(problems)
        self._data.setVisible(over)
        self._graph.hide()
        self._close.setVisible(over)

    def _show_past(self, runs: DocumentRuns) -> None:
        assert runs.past is not None
        past, _ = runs.past
        self._dressed = past
        when = time.strftime("%d %b, %H:%M:%S", time.localtime(past.started_at))
        self._share = 1.0
        word = state_look(past.status).word.lower()
        self._say(past.status, f"Run of {when}", f"{past.what}  ·  {word} after {duration_text(past.elapsed_ms)}")
        for each in (self._pause, self._step, self._stop, self._problem):
            each.hide()
        self._data.show()
        self._graph.show()
        self._close.show()

    def _say(self, status: str, title: str, detail: str) -> None:
        if (status, title) != (self._status, self._title.text()):
            self.setAccessibleName(f"Run: {title}")
        self._status = status
        self._mark.show_status(status)
        if title != self._title.text():
            self._title.setText(title)
        if detail != self._detail.text():
            self._detail.setText(detail)

    def _command(self, name: str, text: str, command_id: str) -> IconButton:
        button = IconButton(name, text, self)
        button.clicked.connect(lambda: self.command_chosen.emit(command_id))
        return button


class _Mark(QWidget):
    """The icon of the state; it turns while something runs."""

    def __init__(self) -> None:
        super().__init__()
        self._status = ""
        self.setFixedSize(QSize(18, 18))

    def show_status(self, status: str) -> None:
        if status != self._status or status == "running":
            self._status = status
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._status:
            return
        look, theme = state_look(self._status), current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(QPointF(self.width() / 2, self.height() / 2))
        if self._status == "running" and not reduced_motion():
            painter.rotate((time.monotonic() / _TURN_S % 1.0) * 360)
        pixmap = icon_pixmap(look.icon, getattr(theme, look.token), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(-8, -8), pixmap)
        painter.end()


def _button(text: str, act: object) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
    return button


def _progress(run: LiveRun) -> str:
    return f"{run.board.done:,} of {run.board.total:,} nodes  ·  {duration_text(run.elapsed_s * 1000)}"


def _named(runs: DocumentRuns, path: str) -> str:
    """Return what to call a node of the run, or nothing for one that is gone."""
    return runs.levels.called(path) if path else ""


def _ended(runs: DocumentRuns, run: LiveRun) -> tuple[str, str]:
    """Return in a word and a line how a run ended."""
    took = duration_text(run.elapsed_s * 1000)
    board = run.board
    ran = sum(board.runs(one) > 0 for one in board.number)
    problems = run.problems
    if run.status == "failed":
        first = problems[0] if problems else None
        named = _named(runs, first.node_id) if first is not None else ""
        what = f"{named}: {first.message}" if named and first is not None else first.message if first else ""
        title, detail = "Failed", what
    elif run.status == "cancelled":
        title, detail = "Stopped", f"after {ran:,} of {board.total:,} nodes, {took}"
    elif run.status == "degraded":
        count = len(problems)
        title = "Completed with failures"
        detail = f"{count:,} failure{'' if count == 1 else 's'} that did not stop it, {took}"
    else:
        title, detail = "Completed", f"{ran:,} node{'' if ran == 1 else 's'} in {took}"
    parts = [detail]
    if run.launch.what != "Whole workflow":
        parts.append(run.launch.what)
    if runs.is_stale:
        parts.append("the workflow has changed since")
    return title, "  ·  ".join(part for part in parts if part)
