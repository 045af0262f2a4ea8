"""Running in the real window: keys, the bar, states on the canvas, problems, what is left behind."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.app.running.live_run import LiveRun
from casare.app.running.live_runs import DocumentRuns
from casare.model import Connection, Graph, Node, ReplaceNodes
from casare.ui.canvas import CanvasView
from casare.ui.canvas.paint.status import error_rect
from casare.ui.panels.inspector import InspectorPanel
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.running.run_bar import RunBar

_F5, _F9, _F10 = Qt.Key.Key_F5, Qt.Key.Key_F9, Qt.Key.Key_F10
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def graph(wait_s: float = 0.0) -> Graph:
    """Return start, a number, a wait, a log, in a row."""
    nodes = [
        Node("start", "StartNode", {}, (0, 0)),
        Node("sum", "MathOperationNode", {"operation": "add", "a": 1, "b": 2}, (300, 0)),
        Node("wait", "WaitNode", {"duration": wait_s}, (600, 0)),
        Node("tell", "LogNode", {"message": "{{sum.result}}"}, (900, 0)),
    ]
    order = [one.id for one in nodes]
    wires = [Connection(a, "exec_out", b, "exec_in") for a, b in itertools.pairwise(order)]
    return Graph(nodes, wires)


def opened(window: MainWindow, shown: Graph) -> tuple[Document, DocumentRuns, CanvasView, RunBar]:
    document = window.session.open_graph(shown, "running")
    assert window.workspace is not None
    view = window.workspace.view(document)
    assert view is not None
    view.canvas.fit()
    view.canvas.setFocus()
    return document, window.session.runs.of(document), view.canvas, view.run_bar


def ended(qtbot: QtBot, runs: DocumentRuns, bar: RunBar, words: str) -> LiveRun:
    qtbot.waitUntil(lambda: bar.text.startswith(words))
    assert runs.run is not None
    assert runs.run.wait(30)
    return runs.run


def test_f5_runs_the_workflow_and_the_bar_says_how_it_went(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, canvas, bar = opened(window, graph())
    assert bar.isHidden()
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed 4 nodes in")
    assert bar.isVisible()
    assert canvas.stage.run is not None
    assert not canvas.stage.run.live
    assert not document.is_modified
    assert any("tell: 3" in entry.message for entry in window.book.entries())


def test_a_run_under_way_can_be_stopped_by_the_button_that_began_it(qtbot: QtBot, window: MainWindow) -> None:
    _document, runs, _canvas, bar = opened(window, graph(600.0))
    button = window.findChild(QPushButton, "run-button")
    assert button is not None
    qtbot.waitUntil(button.isEnabled)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: runs.board is not None and runs.board.status("wait") == "running")
    qtbot.waitUntil(lambda: button.text().strip() == "Stop")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    run = ended(qtbot, runs, bar, "Stopped")
    assert run.status == "cancelled"
    qtbot.waitUntil(lambda: button.text().strip() == "Run")


def test_shift_f5_stops_and_the_clock_of_what_turns_stops_too(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, runs, canvas, bar = opened(window, graph(600.0))
    view = window.running._views[document]
    QTest.keyClick(canvas, _F5)
    qtbot.waitUntil(lambda: view.moving)
    QTest.keyClick(canvas, _F5, _SHIFT)
    ended(qtbot, runs, bar, "Stopped")
    assert not view.moving


def test_a_breakpoint_holds_the_run_step_goes_one_further_and_f5_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, canvas, bar = opened(window, graph())
    document.selection.set(["sum"])
    QTest.keyClick(canvas, _F9)
    assert runs.breakpoints == {"sum"}
    QTest.keyClick(canvas, _F5)
    qtbot.waitUntil(lambda: bar.text.startswith("Paused before"))
    QTest.keyClick(canvas, _F10)
    qtbot.waitUntil(lambda: runs.board is not None and runs.board.status("sum") == "completed")
    qtbot.waitUntil(lambda: bar.text.startswith("Paused after"))
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")


def test_an_edit_after_a_run_turns_its_states_grey(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, canvas, bar = opened(window, graph())
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")
    node = document.graph.nodes["sum"]
    document.do(ReplaceNodes([node._replace(config={**node.config, "a": 5})]))
    assert canvas.stage.run is not None
    assert canvas.stage.run.stale
    qtbot.waitUntil(lambda: "has changed since" in bar.text)


def test_a_failure_is_shown_at_its_node_listed_and_a_click_on_it_leads_there(qtbot: QtBot, window: MainWindow) -> None:
    broken = graph()
    broken.nodes["sum"] = broken.nodes["sum"]._replace(config={"operation": "divide", "a": 1, "b": 0})
    document, runs, canvas, bar = opened(window, broken)
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Failed")
    watch = window.watch
    assert watch is not None
    assert [one.node_id for one in watch.problems if one.code == "run-failed"] == ["sum"]
    canvas.zoom_to(0.8)
    canvas.reveal(["sum"])
    place = canvas.mapFromScene(error_rect(canvas.stage.geometry.cards["sum"]).center())
    with qtbot.waitSignal(canvas.problem_requested):
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert document.selection.nodes == {"sum"}
    node = document.graph.nodes["sum"]
    document.do(ReplaceNodes([node._replace(config={"operation": "add", "a": 1, "b": 1})]))
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")
    assert not [one for one in watch.problems if one.code == "run-failed"]


def test_closing_the_tab_of_a_running_workflow_cancels_its_run(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, canvas, _bar = opened(window, graph(600.0))
    QTest.keyClick(canvas, _F5)
    qtbot.waitUntil(lambda: runs.board is not None and runs.board.status("wait") == "running")
    run = runs.run
    assert run is not None
    window.session.close(document)
    assert run.wait(30)
    assert run.status == "cancelled"


def test_dismissing_the_bar_takes_the_states_off_the_canvas(qtbot: QtBot, window: MainWindow) -> None:
    _document, runs, canvas, bar = opened(window, graph())
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")
    bar.dismissed.emit()
    assert bar.isHidden()
    assert canvas.stage.run is None
    assert canvas.canvas_scene.status is None


def test_a_past_run_is_opened_as_it_was_with_its_states(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    document, runs, canvas, bar = opened(window, graph())
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")
    past = runs.history.runs(None, runs.place)[0]
    runs.look_at(past, runs.history.board(past.id, document.graph))
    assert bar.text.startswith("Run of")
    window.running.open_past(document)
    again = window.session.active
    assert again is not None
    assert again is not document
    assert list(again.graph.nodes) == list(document.graph.nodes)
    board = window.session.runs.of(again).board
    assert board is not None
    assert board.status("tell") == "completed"


def test_after_a_run_the_inspector_says_what_an_expression_comes_to(qtbot: QtBot, window: MainWindow) -> None:
    document, runs, canvas, bar = opened(window, graph())
    QTest.keyClick(canvas, _F5)
    ended(qtbot, runs, bar, "Completed")
    assert window.workspace is not None
    document.selection.set(["tell"])
    window.show_dock("inspector")
    panel = window.workspace.docks.panel("inspector")
    assert isinstance(panel, InspectorPanel)
    known = panel.nodes._around.known
    qtbot.waitUntil(lambda: (found := known()) is not None and found.value("sum") == {"result": 3})
