"""One open in the real window, measured from inside: `python -m tests_performance.window_open FILE`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from casare.app.session import Session
from casare.ui.shell.application import make_application
from casare.ui.shell.main_window import MainWindow
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


def main() -> None:
    """Open the file, wait until all is calm, pan, and print what was seen as JSON."""
    path = Path(sys.argv[1])
    application = make_application()
    session = Session()
    appearance = Appearance("dark")
    appearance.apply(application)
    window = MainWindow(session, appearance)
    window.resize(1360, 860)
    window.show()
    _settle(application, 300)
    before_mb = _memory_mb()
    heart = Heartbeat()
    heart.begin()
    asked = time.perf_counter()
    QTimer.singleShot(0, lambda: window.files.open([path]))
    painted = _wait_for_pixels(application, window, asked)
    while time.perf_counter() - max(heart.last_held_up, painted) < CALM_MS / 1000 and _in_time(asked):
        application.processEvents()
    ready = max(heart.last_held_up, painted)
    heart.stop()
    late = sorted(heart.late_ms, reverse=True)
    found = {
        "painted_ms": (painted - asked) * 1000,
        "ready_ms": (ready - asked) * 1000,
        "stall_max_ms": late[0],
        "stall_p99_ms": late[len(late) // 100],
        "stalls_ms": late[:10],
        "memory_mb": _memory_mb() - before_mb,
        "pans_ms": _pans(application, window),
    }
    print(json.dumps(found))
    window.close()
    application.processEvents()


def _in_time(asked: float) -> bool:
    return time.perf_counter() - asked < PATIENCE_S


def _wait_for_pixels(application: QApplication, window: MainWindow, asked: float) -> float:
    """Turn the event loop until the canvas in front has painted a graph with nodes; return when that was."""
    seen: list[float] = []
    watched = None
    while not seen and _in_time(asked):
        application.processEvents()
        canvas = window.canvas
        if canvas is not None and watched is None and canvas.document.graph.nodes:
            watched = _FirstPaint(seen)
            canvas.viewport().installEventFilter(watched)
            # It may have been painted within the same turn that made it.
            canvas.viewport().update()
    return seen[0] if seen else time.perf_counter()


class _FirstPaint(QObject):
    def __init__(self, seen: list[float]) -> None:
        super().__init__()
        self._seen = seen

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: self._seen.append(time.perf_counter()))
        return False


def _pans(application: QApplication, window: MainWindow) -> list[float]:
    canvas = window.canvas
    times: list[float] = []
    for turn in range(PANS if canvas is not None else 0):
        began = time.perf_counter()
        canvas.pan_by(-40 if turn % 2 else 60, 20)  # type: ignore[union-attr]
        application.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    return times


def _settle(application: QApplication, quiet_ms: int) -> None:
    until = time.perf_counter() + quiet_ms / 1000
    while time.perf_counter() < until:
        application.processEvents()


def _memory_mb() -> float:
    try:
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 1e6
    except (ImportError, OSError):
        return 0.0


if __name__ == "__main__":
    main()
