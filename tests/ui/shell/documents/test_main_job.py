"""The main job, start to end, in the real window: what a person does on the first day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casare.app.files.recents import Recents
from casare.catalog import Catalog
from casare.storage import load
from casare.ui.canvas import CanvasView
from casare.ui.panels.palette.rows import EntryRow
from casare.ui.shell.files.file_dialogs import WORKFLOW_KINDS
from casare.ui.shell.frame.docks import INSPECTOR, PALETTE, PROFILER
from casare.ui.shell.frame.main_window import MainWindow
from tests.ui.shell.conftest import MakeWindow

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def open_from_the_start_page(qtbot: QtBot, window: MainWindow, path: Path) -> CanvasView:
    view = window.start_page.view
    qtbot.waitUntil(lambda: window.start_page.model.index_of(path).isValid())
    place = view.visualRect(window.start_page.model.index_of(path)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: window.canvas is not None)
    canvas = window.canvas
    assert canvas is not None
    return canvas


def panel_of(qtbot: QtBot, window: MainWindow, name: str) -> Any:
    assert window.workspace is not None
    docks = window.workspace.docks
    qtbot.waitUntil(lambda: docks.panel(name) is not None)
    return docks.panel(name)


def drag_from_the_palette(qtbot: QtBot, window: MainWindow, canvas: CanvasView, title: str, place: QPoint) -> str:
    """Drop a palette entry with the very data that the palette puts into a drag; return the new node's id."""
    palette = panel_of(qtbot, window, PALETTE)
    palette.field.setText(title)
    rows = palette.view.model()
    at = next(
        index
        for index in range(rows.rowCount())
        if isinstance(row := rows.row(rows.index(index)), EntryRow) and row.entry.title == title
    )
    data: QMimeData = rows.mimeData([rows.index(at)])
    before = set(canvas.document.graph.nodes)
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(canvas.viewport(), enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(canvas.viewport(), drop)
    assert drop.isAccepted()
    (new,) = set(canvas.document.graph.nodes) - before
    return new


def connect(canvas: CanvasView, source: tuple[str, str], target: tuple[str, str]) -> None:
    cards = canvas.stage.geometry.cards
    start = canvas.mapFromScene(QPointF(*cards[source[0]].port_at(source[1], True)))
    end = canvas.mapFromScene(QPointF(*cards[target[0]].port_at(target[1], False)))
    QTest.mousePress(canvas.viewport(), LEFT, NONE, start)
    for step in range(1, 9):
        QTest.mouseMove(canvas.viewport(), start + (end - start) * step / 8)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, end)


def test_the_main_job_from_the_start_page_to_a_saved_file_that_opens_equal(
    qtbot: QtBot, make_window: MakeWindow, sample: Path, tmp_path: Path, catalog: Catalog
) -> None:
    Recents().add(sample)
    window = make_window()

    canvas = open_from_the_start_page(qtbot, window, sample)
    document = canvas.document
    canvas.fit()
    wires_before = dict(document.graph.connections)

    new = drag_from_the_palette(qtbot, window, canvas, "Log", QPoint(canvas.width() // 2, canvas.height() - 60))
    assert document.graph.nodes[new].type == "LogNode"

    source = next(node.id for node in document.graph.nodes.values() if node.id != new)
    connect(canvas, (source, "exec_out"), (new, "exec_in"))
    assert (source, "exec_out", new, "exec_in") in document.graph.connections

    window.show_dock(INSPECTOR)
    inspector = panel_of(qtbot, window, INSPECTOR)
    document.selection.set([new])
    inspector.flush()
    field = inspector.nodes.row_of("message").editor.findChild(QPlainTextEdit)
    field.setFocus()
    QTest.keyClicks(field, "All done")
    assert document.graph.nodes[new].config["message"] == "All done"

    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    edited = document.graph.copy()
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert new not in document.graph.nodes
    assert dict(document.graph.connections) == wires_before
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Y, CTRL)
    assert document.graph == edited

    qtbot.keyClick(canvas, Qt.Key.Key_P, CTRL)
    profiler = panel_of(qtbot, window, PROFILER)
    assert window.dock_is_front(PROFILER)
    qtbot.waitUntil(lambda: document.grade in {"A", "B", "C", "D", "F"})
    assert profiler.isVisible()

    target = tmp_path / "saved.json.zst"
    qtbot.keyClick(canvas, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.files.saving.dialog
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(WORKFLOW_KINDS[1].filter)
    dialog.selectFile(target.name)
    dialog.accept()
    assert document.path == target
    assert not document.is_modified
    reopened = load(target, catalog)
    assert reopened.graph == document.graph
    again = make_window()
    again.files.open([target])
    assert again.canvas is not None
    assert again.canvas.document.graph == edited
