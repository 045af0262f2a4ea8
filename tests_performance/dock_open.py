"""The real window with the profiler dock open and heat on, measured from inside: `... dock_open FILE`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from casare.app.session import Session
from casare.model import SetConfig
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.shell.frame.docks import PROFILER
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.starting.application import make_application, share_the_interpreter
from casare.ui.theme.appearance import Appearance
from tests_performance.window_open import Heartbeat

PANS = 60
EDITS = 40
PATIENCE_S = 15


def main() -> None:
    """Open the file, show the dock with heat, pan, edit a cost now and then, and print what was seen as JSON."""
    application = make_application()
    share_the_interpreter()
    session = Session()
    appearance = Appearance("dark")
    appearance.apply(application)
    window = MainWindow(session, appearance)
    window.resize(1600, 1000)
    window.show()
    window.files.open([Path(sys.argv[1])])
    _until(application, lambda: session.active is not None and window.canvas is not None)
    document = session.active
    assert document is not None
    began = time.perf_counter()
    window.show_dock(PROFILER)
    profile = session.profiles.of(document)
    _until(application, lambda: profile.detailed is not None and not profile.stale)
    opened_ms = (time.perf_counter() - began) * 1000
    panel = window.findChild(ProfilerPanel)
    assert isinstance(panel, ProfilerPanel)
    panel.heat.choice.setCurrentIndex(1)
    _until(application, lambda: profile.improvements.wait(0))
    heart = Heartbeat()
    pans = _pans(application, window)
    heart.begin()
    edited = next(node for node in document.graph.nodes.values() if node.type == "LogNode")
    for turn in range(EDITS):
        document.do(SetConfig(edited.id, {**edited.config, "message": f"turn {turn}", "retry_count": turn % 4}))
        for _ in range(5):
            _pan(application, window, turn)
    heart.stop()
    late = sorted(heart.late_ms, reverse=True)
    closing = time.perf_counter()
    profile.improvements.search()
    application.processEvents()
    session.profiles.close()
    print(
        json.dumps(
            {
                "opened_ms": opened_ms,
                "pans_ms": pans,
                "stall_p99_ms": late[len(late) // 100] if late else 0.0,
                "stall_max_ms": late[0] if late else 0.0,
                "close_ms": (time.perf_counter() - closing) * 1000,
            }
        )
    )
    window.close()
    application.processEvents()


def _pans(application: QApplication, window: MainWindow) -> list[float]:
    return [_pan(application, window, turn) for turn in range(PANS)]


def _pan(application: QApplication, window: MainWindow, turn: int) -> float:
    canvas = window.canvas
    assert canvas is not None
    began = time.perf_counter()
    canvas.pan_by(-40 if turn % 2 else 60, 20)
    application.processEvents()
    return (time.perf_counter() - began) * 1000


def _until(application: QApplication, holds: object) -> None:
    assert callable(holds)
    began = time.perf_counter()
    while not holds() and time.perf_counter() - began < PATIENCE_S:
        application.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main()
