"""The overview in the corner."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from casare.model import Graph, Node


@pytest.fixture
def wide(open_canvas):
    hand = open_canvas(Graph([Node(f"n{i}", "LogNode", {}, (400 * i, (i % 3) * 200)) for i in range(40)]))
    hand.canvas.zoom_to(1.0)
    return hand


def test_it_shows_while_something_is_out_of_view_and_hides_when_nothing_is(wide):
    assert not wide.canvas.minimap.rect.isEmpty()
    wide.canvas.fit()
    assert wide.canvas.minimap.rect.isEmpty()


def test_a_press_at_its_right_end_goes_to_the_end_of_the_graph(wide):
    area = wide.canvas.minimap.rect
    place = QPoint(area.right() - 12, area.center().y())
    QTest.mouseClick(wide.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wide.canvas.navigator.seen().touches(wide.canvas.stage.geometry.cards["n39"].rect)
    assert not wide.canvas.document.selection, "the press did not reach the canvas"


def test_it_shows_the_kept_picture_which_is_drawn_for_small_graphs_too(wide, qtbot):
    sheets = wide.canvas.canvas_scene.sheets
    wide.canvas.grab()
    qtbot.waitUntil(lambda: sheets.overview is not None and sheets.overview.revision == sheets.revision)
    wide.canvas.edit.select_all()
    wide.canvas.edit.delete()
    assert wide.canvas.minimap.rect.isEmpty()


def test_it_stays_away_when_it_is_not_wanted(wide, settings):
    settings.update(minimap=False)
    assert wide.canvas.minimap.rect.isEmpty()
    settings.update(minimap=True)
    assert not wide.canvas.minimap.rect.isEmpty()


def test_two_quick_presses_on_it_go_to_a_place_and_add_nothing(wide):
    asked = []
    wide.canvas.quick_add_requested.connect(asked.append)
    area = wide.canvas.minimap.rect
    place = QPoint(area.right() - 12, area.center().y())
    QTest.mouseClick(wide.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(wide.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not asked
    assert wide.canvas.navigator.seen().touches(wide.canvas.stage.geometry.cards["n39"].rect)
