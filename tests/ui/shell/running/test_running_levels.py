"""Runs in the window beyond the one canvas: inside subgraphs, in the other half, in the data panel; and its fluency."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.running.live_runs import DocumentRuns
from casare.app.session import Session
from casare.app.subgraphs import group
from casare.catalog import Catalog
from casare.model import Connection, Graph, Node
from casare.sdk import node
from casare.sdk.declare import type_of
from casare.ui.canvas import CanvasView
from casare.ui.panels.data import DataPanel
from casare.ui.shell.documents.document_view import DocumentView
from casare.ui.shell.frame.docks import DATA
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.theme.appearance import Appearance

BEATS = 20
"""How many beats of a heart a computing body waits for: it can only end when the window went on living."""


@pytest.fixture
def close_at_end() -> Iterator[Callable[[MainWindow], MainWindow]]:
    """Return what takes a window in and closes it at the end."""
    made: list[MainWindow] = []

    def take(window: MainWindow) -> MainWindow:
        made.append(window)
        return window

    yield take
    for window in made:
        for document in list(window.session.documents):
            window.session.close(document)
        window.close()
        window.deleteLater()


def opened(window: MainWindow, inner: tuple[str, ...] = ("sum",), b: int = 2) -> tuple[Document, DocumentRuns, str]:
    nodes = [
        Node("start", "StartNode", {}, (0, 0)),
        Node("sum", "MathOperationNode", {"operation": "divide", "a": 1, "b": b}, (300, 0)),
        Node("tell", "LogNode", {"message": "done"}, (600, 0)),
    ]
    wires = [Connection(a.id, "exec_out", z.id, "exec_in") for a, z in pairwise(nodes)]
    document = window.session.open_graph(Graph(nodes, wires), "levels")
    grouped = group(document.graph, document.catalog, inner)
    assert grouped is not None
    document.do(grouped.change)
    return document, window.session.runs.of(document), grouped.node_id


def view_of(window: MainWindow, document: Document) -> DocumentView:
    assert window.workspace is not None
    view = window.workspace.view(document)
    assert view is not None
    view.canvas.fit()
    view.canvas.setFocus()
    return view


def status(canvas: CanvasView, node_id: str) -> str:
    run = canvas.stage.run
    return run.board.status(node_id) if run is not None and run.board is not None else ""


def over(qtbot: QtBot, runs: DocumentRuns, view: DocumentView, words: str) -> None:
    qtbot.waitUntil(lambda: view.run_bar.text.startswith(words))
    assert runs.run is not None
    assert runs.run.wait(30)


def test_a_level_shows_the_states_of_the_instance_that_was_entered(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window)
    view = view_of(window, document)
    outer = view.canvas
    QTest.keyClick(outer, Qt.Key.Key_F5)
    over(qtbot, runs, view, "Completed")
    assert status(outer, instance) == "completed"
    document.enter(instance)
    assert view.canvas is not outer
    assert status(view.canvas, "sum") == "completed"


def test_a_failure_inside_a_subgraph_is_shown_where_it_happened(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window, b=0)
    view = view_of(window, document)
    outer = view.canvas
    QTest.keyClick(outer, Qt.Key.Key_F5)
    over(qtbot, runs, view, "Failed")
    assert status(outer, instance) == "failed"
    view.run_bar.problem_requested.emit()
    assert [step.instance for step in document.way] == [instance]
    assert document.front.selection.nodes == {"sum"}
    assert status(view.canvas, "sum") == "failed"
    assert window.watch is not None
    failed = [one for one in window.watch.problems if one.code == "run-failed"]
    assert [(one.node_id, one.level) for one in failed] == [("sum", document.front.id)]


def test_f6_inside_a_subgraph_runs_what_leads_there(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window, ("sum", "tell"))
    document.enter(instance)
    view = view_of(window, document)
    document.front.selection.set(["sum"])
    QTest.keyClick(view.canvas, Qt.Key.Key_F6)
    over(qtbot, runs, view, "Completed")
    assert status(view.canvas, "sum") == "completed"
    assert status(view.canvas, "tell") == ""


def test_a_breakpoint_set_inside_a_subgraph_holds_the_run_there(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window)
    document.enter(instance)
    view = view_of(window, document)
    document.front.selection.set(["sum"])
    QTest.keyClick(view.canvas, Qt.Key.Key_F9)
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: view.run_bar.text.startswith("Paused before"))
    run = view.canvas.stage.run
    assert run is not None
    assert run.breakpoints == {"sum"}
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    over(qtbot, runs, view, "Completed")


@pytest.mark.parametrize("split_first", [True, False])
def test_both_halves_show_the_run(split_first: bool, qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window)
    view = view_of(window, document)
    if split_first:
        view.split()
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    over(qtbot, runs, view, "Completed")
    if not split_first:
        view.split()
    assert len(view.outer_canvases) == 2
    assert [status(canvas, instance) for canvas in view.outer_canvases] == ["completed", "completed"]
    assert all(canvas.canvas_scene.status is not None for canvas in view.outer_canvases)


def test_a_digit_shows_that_output_of_the_selected_node(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, instance = opened(window)
    document.enter(instance)
    view = view_of(window, document)
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    over(qtbot, runs, view, "Completed")
    document.front.selection.set(["sum"])
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_1)
    assert window.workspace is not None
    panel = window.workspace.docks.panel(DATA)
    assert isinstance(panel, DataPanel)
    qtbot.waitUntil(panel.isVisible)
    assert panel.items.current is not None
    assert (panel.items.current.name, panel.items.current.value) == ("result", 0.5)
    QTest.keyClick(view.canvas, Qt.Key.Key_9)
    assert window.toast.isVisible()
    assert panel.items.current.name == "result"


def test_the_window_stays_fluid_while_a_cpu_bound_workflow_runs(
    qtbot: QtBot, close_at_end: Callable[[MainWindow], MainWindow]
) -> None:
    beats = [0]
    begun: list[bool] = []
    gave_up: list[float] = []

    def burn() -> None:
        """Compute without a pause until the heart has beaten often enough; the deadline only ends a failing test."""
        deadline = time.perf_counter() + 60
        begun.append(True)
        while beats[0] < BEATS:
            sum(range(200))
            if time.perf_counter() > deadline:
                gave_up.append(deadline)
                return

    made = node("BurnUntilTheHeartHasBeaten", title="Burn", category="maths")(burn)
    catalog = Catalog()
    catalog.register(type_of(made), made)
    window = close_at_end(MainWindow(Session(catalog), Appearance("dark")))
    with qtbot.waitExposed(window):
        window.show()
    document = window.session.open_graph(Graph([Node("burn", "BurnUntilTheHeartHasBeaten", {}, (0, 0))]), "burning")
    view, runs = view_of(window, document), window.session.runs.of(document)
    # Counted only once the body computes, which ends when it has seen enough of them.
    heart = QTimer(window, interval=1)
    heart.timeout.connect(lambda: beats.__setitem__(0, beats[0] + bool(begun)))
    heart.start()
    QTest.keyClick(view.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: runs.run is not None and runs.run.is_over, timeout=90_000)
    heart.stop()
    assert runs.run is not None
    assert runs.run.wait(30)
    assert runs.run.status == "completed"
    assert not gave_up
    assert beats[0] >= BEATS
