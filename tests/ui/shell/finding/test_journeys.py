"""Places, bookmarks, the overview, split view and tabs that come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.foundation.resources import samples
from casare.model import AddNodes, Node
from casare.ui.canvas import CanvasView
from casare.ui.shell.frame.main_window import MainWindow
from tests.ui.shell.conftest import MakeWindow, close_window


@pytest.fixture
def canvas(window: MainWindow) -> CanvasView:
    """Return the canvas of a wide workflow."""
    document = window.session.new()
    document.do(AddNodes(tuple(Node(str(at), "LogNode", {}, (at * 3000, 0)) for at in range(4))))
    assert window.canvas is not None
    window.canvas.zoom_to(1)
    window.canvas.reveal(["0"])
    return window.canvas


def middle(canvas: CanvasView) -> tuple[int, int]:
    place = canvas.navigator.place()
    return round(place.x / 50), round(place.y / 50)


def test_going_back_leads_to_where_the_view_was_and_forward_again(window: MainWindow, canvas: CanvasView) -> None:
    journey = window.journeys.of(canvas)
    journey.note()
    start = middle(canvas)
    canvas.reveal(["3"])
    there = middle(canvas)
    assert there != start
    window.actions_table.run("go.back")
    assert middle(canvas) == start
    window.actions_table.run("go.forward")
    assert middle(canvas) == there


def test_a_bookmark_is_set_gone_to_and_survives_the_window(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    file = Path(shutil.copy(samples() / "orders-daily.json", tmp_path))
    window = make_window()
    window.files.open([file])
    assert window.canvas is not None
    window.canvas.zoom_to(1.5)
    window.actions_table.run("go.set_4")
    left = middle(window.canvas)
    window.canvas.fit()
    window.actions_table.run("go.to_4")
    assert middle(window.canvas) == left
    close_window(window)
    second = make_window()
    second.files.open([file])
    assert second.canvas is not None
    second.canvas.fit()
    second.actions_table.run("go.to_4")
    assert middle(second.canvas) == left
    second.actions_table.run("go.to_5")
    assert second.toast.isVisible()


def test_holding_the_key_shows_everything_and_letting_go_returns(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    canvas.setFocus()
    before, zoom = middle(canvas), canvas.zoom
    window.actions_table.run("go.peek")
    assert canvas.zoom < zoom / 2
    QTest.keyRelease(canvas, Qt.Key.Key_Z)
    assert canvas.zoom == zoom
    assert middle(canvas) == before


def test_a_click_in_the_overview_goes_there_at_the_zoom_there_was(window: MainWindow, canvas: CanvasView) -> None:
    zoom = canvas.zoom
    window.actions_table.run("go.peek")
    card = canvas.stage.geometry.cards["2"].rect
    at = canvas.mapFromScene(card.center[0], card.center[1])
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at))
    assert canvas.zoom == zoom
    assert canvas.navigator.seen().contains(*card.center)
    assert canvas.document.selection.nodes == frozenset()


def test_a_split_shows_one_document_through_two_views_that_move_alone(
    qtbot: QtBot, window: MainWindow, canvas: CanvasView
) -> None:
    window.actions_table.run("view.split")
    assert window.workspace is not None
    view = window.workspace.view(canvas.document)
    assert view is not None
    first, second = view.canvases
    qtbot.waitUntil(second.hasFocus)
    assert window.canvas is second
    before = middle(first)
    canvas.document.reveal(["3"])
    assert middle(first) == before
    assert second.navigator.seen().touches(second.stage.geometry.cards["3"].rect)
    canvas.document.do(AddNodes((Node("new", "LogNode", {}, (0, 500)),)))
    assert "new" in first.stage.geometry.cards
    assert "new" in second.stage.geometry.cards
    canvas.document.undo()
    assert "new" not in second.stage.geometry.cards
    window.actions_table.run("go.other_half")
    qtbot.waitUntil(lambda: window.canvas is first)
    window.actions_table.run("view.split")
    assert view.canvases == (first,)
    canvas.document.do(AddNodes((Node("later", "LogNode"),)))
    assert "later" in first.stage.geometry.cards


def test_tabs_come_back_and_only_the_front_one_is_opened(make_window: MakeWindow, tmp_path: Path) -> None:
    names = ("orders-daily.json", "text-report.json", "nested-loops.json")
    files = [Path(shutil.copy(samples() / name, tmp_path)) for name in names]
    window = make_window()
    window.tab_keeping.restore()
    window.files.open(files)
    window.session.activate(window.session.documents[1])
    assert window.canvas is not None
    chosen = list(window.canvas.document.graph.nodes)[1]
    window.canvas.document.selection.set([chosen])
    window.canvas.zoom_to(0.7)
    window.close()

    second = make_window()
    second.tab_keeping.restore()
    assert [document.path for document in second.session.documents] == [files[1]]
    assert [second.tabs.tabText(at) for at in range(4)] == ["Start", "orders-daily", "text-report", "nested-loops"]
    assert second.canvas is not None
    assert second.canvas.document.selection.nodes == {chosen}
    assert round(second.canvas.zoom, 3) == 0.7

    second.actions_table.run("go.next_tab")
    assert second.session.active is not None
    assert second.session.active.path == files[2]
    assert second.tabs.count() == 4
    second.actions_table.run("go.next_tab")
    assert second.session.active is None
    second.actions_table.run("go.previous_tab")
    assert second.session.active.path == files[2]


def test_a_tab_that_waits_can_be_closed_and_a_lost_file_is_told(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    gone, there = tmp_path / "gone.json", Path(shutil.copy(samples() / "text-report.json", tmp_path))
    window.tabs.add_waiting(gone)
    window.tabs.add_waiting(there)
    window.tabs.setCurrentIndex(1)
    assert window.session.active is None
    assert window.tabs.paths() == [there]
    window.tabs.remove_waiting(there)
    assert window.tabs.paths() == []


def test_tabs_do_not_come_back_when_that_is_switched_off(make_window: MakeWindow, sample: Path) -> None:
    window = make_window()
    window.tab_keeping.restore()
    window.files.open([sample])
    window.actions_table.run("view.restore_tabs")
    window.close()
    second = make_window()
    second.tab_keeping.restore()
    assert second.tabs.paths() == []


def test_an_unsaved_document_has_a_tab_of_its_own_beside_those_that_wait(window: MainWindow, sample: Path) -> None:
    window.tabs.add_waiting(sample)
    document: Document = window.session.new()
    assert window.tabs.documents() == [document]
    window.files.open([sample])
    assert window.tabs.paths() == [sample]
    assert window.tabs.count() == 3
