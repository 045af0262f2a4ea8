"""One run of a large workflow in the real window, measured from inside: `python -m tests_performance.window_run NODES`.

A loop of ten turns over the whole graph: ten times as many events as nodes. Four runs of the same graph in one process:
without a window's eye (the same run, written down, nobody watching), watched with all in view, watched close by, and
watched while a body computes without a pause.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from casare.app.running.live_run import LiveRun
from casare.app.running.runs import prepare_run
from casare.app.session import Session
from casare.engine import RunOptions
from casare.engine.keeping.records import Metrics, Recorder
from casare.model import Connection, Graph, Node
from casare.sdk import node
from casare.sdk.declare import type_of
from casare.ui.canvas import CanvasView
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.starting.application import make_application
from casare.ui.theme.appearance import Appearance
from tests_performance.window_open import Heartbeat

TURNS = 10
PATIENCE_S = 120
BURN_S = 2.0


@node("BenchBurn", title="Burn", category="maths")
def burn() -> None:
    """Keep the interpreter busy without a pause."""
    until = time.perf_counter() + BURN_S
    while time.perf_counter() < until:
        sum(range(200))


class FrameClock(QObject):
    """Remember how long each painting of a canvas took, ms."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__()
        self.times_ms: list[float] = []
        self._canvas = canvas
        self._inside = False
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint within the clock."""
        if event.type() != QEvent.Type.Paint or self._inside:
            return False
        self._inside = True
        begun = time.perf_counter()
        try:
            handled = QApplication.sendEvent(watched, event)
        finally:
            self._inside = False
        self.times_ms.append((time.perf_counter() - begun) * 1000)
        return handled


def looped(count: int) -> Graph:
    """Return a loop around a chain of nodes that do next to nothing, laid out in rows."""
    size = max(1, count - 4)
    nodes = [
        Node("start", "StartNode", {}, (-600, 0)),
        Node("each", "ForLoopStartNode", {"items": list(range(TURNS))}, (-300, 0)),
        *(
            Node(f"n{at}", "SetVariableNode", {"variable_name": f"v{at % 50}", "value": at}, _place(at))
            for at in range(size)
        ),
        Node("next", "ForLoopEndNode", {"paired_start_id": "each"}, _place(size)),
        Node("end", "EndNode", {}, _place(size + 1)),
    ]
    wires = [
        Connection("start", "exec_out", "each", "exec_in"),
        Connection("each", "body", "n0", "exec_in"),
        *(Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(size - 1)),
        Connection(f"n{size - 1}", "exec_out", "next", "exec_in"),
        Connection("each", "completed", "end", "exec_in"),
    ]
    return Graph(nodes, wires, metadata={"name": "looped"})


def main() -> None:
    """Run, and print what was seen as JSON."""
    count = int(sys.argv[1])
    application = make_application()
    session = Session()
    session.catalog.register(type_of(burn), burn)
    appearance = Appearance("dark")
    appearance.apply(application)
    window = MainWindow(session, appearance)
    window.resize(1600, 1000)
    window.show()
    graph = looped(count)
    found: dict[str, Any] = {"headless_ms": _headless(session, graph)}
    document = session.open_graph(graph, "looped")
    canvas = window.canvas
    assert canvas is not None
    canvas.fit()
    _turn(1.5)
    clock, beat = FrameClock(canvas), Heartbeat()
    runs = session.runs.of(document)
    for name, act in (("far", canvas.fit), ("near", lambda: canvas.zoom_to(1.0))):
        act()
        _turn(1.0)
        clock.times_ms.clear()
        beat.begin()
        run = runs.start()
        _until_over(run)
        found |= {
            f"{name}_ms": (run.report.elapsed_ms if run.report is not None else 0.0),
            f"{name}_frames_ms": list(clock.times_ms),
            f"{name}_late_ms": list(beat.late_ms),
            "events": run.board.events,
            "status": run.status,
        }
        run.wait(10)
    found["burn_late_ms"] = _burning(session, beat)
    beat.stop()
    for one in list(session.documents):
        session.close(one)
    window.close()
    print(json.dumps(found))


def _burning(session: Session, beat: Heartbeat) -> list[float]:
    """Run a body that computes for two seconds while the view pans; return how late each heartbeat was."""
    document = session.open_graph(Graph([Node("burn", "BenchBurn", {}, (0, 0))]), "burning")
    _turn(0.5)
    beat.begin()
    run = session.runs.of(document).start()
    _until_over(run)
    late = list(beat.late_ms)
    run.wait(10)
    return late


def _headless(session: Session, graph: Graph) -> float:
    recorder = Recorder(Metrics.FULL)
    prepare_run(graph, session.catalog).run()
    report = prepare_run(graph, session.catalog, options=RunOptions(sink=recorder.take)).run()
    return report.elapsed_ms


def _until_over(run: LiveRun) -> None:
    until = time.monotonic() + PATIENCE_S
    while not run.is_over and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.001)


def _turn(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.001)


def _place(at: int) -> tuple[float, float]:
    return (at % 100) * 260.0, (at // 100) * 140.0


if __name__ == "__main__":
    main()
