"""One open in the real window, measured from inside: `python -m tests_performance.window_open FILE`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from casare.app.documents.document import Document
from casare.app.session import Session
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.starting.application import make_application, share_the_interpreter
from casare.ui.shell.starting.preload import Preload
from casare.ui.theme.appearance import Appearance

BEAT_MS = 2
CALM_MS = 200
"""How long nothing may have held the window up before it counts as done."""
HELD_UP_MS = 8
PATIENCE_S = 60
PANS = 12


class Heartbeat(QObject):
    """Beat every few ms and remember how late each beat was."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.last_held_up = time.perf_counter()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def begin(self) -> None:
        """Count from now on."""
        self.late_ms.clear()
        self._last = self.last_held_up = time.perf_counter()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        late = max(0.0, (now - self._last) * 1000 - BEAT_MS)
        self._last = now
        self.late_ms.append(late)
        if late > HELD_UP_MS:
            self.last_held_up = now


class Opened(QObject):
    """Open one file in a window and note when what happened, turning the event loop as the program itself does."""

    def __init__(self, application: QApplication, window: MainWindow, path: Path) -> None:
        super().__init__()
        self._application = application
        self._window = window
        self._path = path
        self._watched: QObject | None = None
        self.heart = Heartbeat()
        self.asked = 0.0
        self.painted_at = 0.0
        self.ready_at = 0.0
        self._canvas_painted = False
        window.installEventFilter(self)
        self._look = QTimer(self, interval=20)
        self._look.timeout.connect(self._on_look)
        window.session.opened.connect(self._on_opened)

    def run(self) -> None:
        """Open the file and return when all is calm."""
        self.heart.begin()
        self.asked = time.perf_counter()
        QTimer.singleShot(0, lambda: self._window.files.open([self._path]))
        self._look.start()
        self._application.exec()
        self.heart.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched:
            self._canvas_painted = self._canvas_painted or event.type() == QEvent.Type.Paint
        elif event.type() == QEvent.Type.UpdateRequest and not self.painted_at:
            # Handed on from here, because when it returns the pixels have gone to the screen.
            self._window.event(event)
            if self._canvas_painted:
                self.painted_at = time.perf_counter()
            return True
        return False

    def _on_opened(self, document: Document) -> None:
        workspace = self._window.workspace
        view = workspace.view(document) if workspace is not None else None
        if view is not None and self._watched is None:
            self._watched = view.canvas.viewport()
            self._watched.installEventFilter(self)

    def _on_look(self) -> None:
        now = time.perf_counter()
        settled = max(self.heart.last_held_up, self.painted_at)
        if self.painted_at and not self.ready_at and now - settled > CALM_MS / 1000:
            self.ready_at = settled
        # What is worked out behind a window that is ready may hold it up too, and takes memory.
        if (self.ready_at and self._is_graded()) or now - self.asked > PATIENCE_S:
            self.ready_at = self.ready_at or settled
            self._look.stop()
            # Not `quit`, which closes the window, and that pans no more.
            self._application.exit()

    def _is_graded(self) -> bool:
        profile = self._window.grading.profile
        return profile is not None and profile.report is not None and not profile.stale


def main() -> None:
    """Open the file, wait until all is calm, pan, and print what was seen as JSON."""
    path = Path(sys.argv[1])
    application = make_application()
    share_the_interpreter()
    application.setQuitOnLastWindowClosed(False)
    session = Session()
    appearance = Appearance("dark")
    appearance.apply(application)
    window = MainWindow(session, appearance)
    window.resize(1360, 860)
    window.show()
    _preload(window)
    before_mb = _memory_mb()
    opened = Opened(application, window, path)
    opened.run()
    late = sorted(opened.heart.late_ms, reverse=True)
    found = {
        "painted_ms": (opened.painted_at - opened.asked) * 1000,
        "ready_ms": (opened.ready_at - opened.asked) * 1000,
        "stall_max_ms": late[0],
        "stall_p99_ms": late[len(late) // 100],
        "stalls_ms": late[:10],
        "memory_mb": _memory_mb() - before_mb,
        "pans_ms": _pans(application, window),
    }
    print(json.dumps(found))
    window.close()
    application.processEvents()


def _pans(application: QApplication, window: MainWindow) -> list[float]:
    canvas = window.canvas
    times: list[float] = []
    for turn in range(PANS if canvas is not None else 0):
        began = time.perf_counter()
        canvas.pan_by(-40 if turn % 2 else 60, 20)  # type: ignore[union-attr]
        application.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    return times


def _preload(window: MainWindow) -> None:
    """Let the start page do what it does while it is being looked at."""
    loop = QEventLoop(window)
    preload = Preload(window, window.session.catalog, window.steps_ahead())
    preload.done.connect(loop.quit)
    loop.exec()
    preload.close()


def _memory_mb() -> float:
    try:
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 1e6
    except (ImportError, OSError):
        return 0.0


if __name__ == "__main__":
    main()
