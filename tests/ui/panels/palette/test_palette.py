"""The palette: categories, search, keys, and what a drag carries."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casare.app.session import Session
from casare.catalog import Catalog, PaletteEntry
from casare.ui.panels.palette import PalettePanel
from casare.ui.panels.palette.ghost import HEIGHT, WIDTH, ghost_pixmap
from casare.ui.panels.palette.palette_model import MIME, PaletteModel
from casare.ui.panels.palette.rows import CategoryRow, EntryRow, PaletteRows
from casare.ui.theme.tokens import DARK


@pytest.fixture
def panel(qtbot: QtBot, catalog: Catalog) -> Iterator[PalettePanel]:
    made = PalettePanel(Session(catalog))
    qtbot.addWidget(made)
    made.resize(240, 700)
    made.show()
    yield made
    made.close_service()


def _rows(panel: PalettePanel) -> list[object]:
    model = panel.view.model()
    assert isinstance(model, PaletteModel)
    return list(model.rows())


def _chosen(panel: PalettePanel) -> list[PaletteEntry]:
    chosen: list[PaletteEntry] = []
    panel.entry_chosen.connect(chosen.append)
    return chosen


def test_every_entry_stands_under_its_category_and_the_counts_add_up(catalog: Catalog) -> None:
    entries = catalog.entries()
    rows = PaletteRows(entries).rows()
    assert sum(row.size for row in rows if isinstance(row, CategoryRow)) == len(entries)
    heading = ""
    for row in rows:
        if isinstance(row, CategoryRow):
            heading = row.category
        else:
            assert row.entry.category == heading


def test_folding_a_category_hides_only_its_entries(qtbot: QtBot, panel: PalettePanel) -> None:
    before = _rows(panel)
    first = before[0]
    assert isinstance(first, CategoryRow)
    place = panel.view.visualRect(panel.view.model().index(0, 0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(_rows(panel)) == len(before) - first.size
    assert panel.folded == {first.category}
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(_rows(panel)) == len(before)


def test_left_and_right_fold_and_unfold(qtbot: QtBot, panel: PalettePanel) -> None:
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    before = len(_rows(panel))
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert len(_rows(panel)) < before
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert len(_rows(panel)) == before


def test_left_on_an_entry_goes_to_its_category(qtbot: QtBot, panel: PalettePanel) -> None:
    panel.view.setCurrentIndex(panel.view.model().index(3, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.currentIndex().row() == 0


def test_typing_then_enter_adds_the_first_hit(qtbot: QtBot, panel: PalettePanel) -> None:
    chosen = _chosen(panel)
    qtbot.keyClicks(panel.field, "readfile")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert [entry.title for entry in chosen] == ["Read file"]


def test_the_arrow_keys_walk_the_hits_while_the_cursor_stays(qtbot: QtBot, panel: PalettePanel) -> None:
    chosen = _chosen(panel)
    qtbot.keyClicks(panel.field, "json")
    second = _rows(panel)[1]
    assert isinstance(second, EntryRow)
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert chosen == [second.entry]


def test_enter_in_an_empty_field_adds_nothing(qtbot: QtBot, panel: PalettePanel) -> None:
    chosen = _chosen(panel)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert chosen == []


def test_a_search_without_hits_says_so_and_can_be_cleared(qtbot: QtBot, panel: PalettePanel) -> None:
    qtbot.keyClicks(panel.field, "xylophone")
    assert not panel.view.isVisible()
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.view.isVisible()
    assert isinstance(_rows(panel)[0], CategoryRow)


def test_a_drag_carries_type_and_configuration(catalog: Catalog, qtbot: QtBot) -> None:
    model = PaletteModel(catalog)
    at, row = next((at, row) for at, row in enumerate(model.rows()) if isinstance(row, EntryRow) and row.entry.preset)
    data = model.mimeData([model.index(at)])
    content = orjson.loads(bytes(data.data(MIME).data()))
    assert content == {"type": row.entry.type_id, "config": dict(row.entry.preset)}
    assert model.flags(model.index(at)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_tool_tips_explain_and_escape_what_they_show(catalog: Catalog, qtbot: QtBot) -> None:
    model = PaletteModel(catalog)
    for at, row in enumerate(model.rows()):
        tip = model.index(at).data(Qt.ItemDataRole.ToolTipRole)
        if isinstance(row, EntryRow):
            assert row.entry.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in tip
        else:
            assert tip is None


def test_the_ghost_is_sharp_on_a_dense_screen(catalog: Catalog, qtbot: QtBot) -> None:
    pixmap = ghost_pixmap(catalog.entries()[0], DARK, 2.0)
    assert (pixmap.width(), pixmap.height()) == (2 * WIDTH, 2 * HEIGHT)
    assert pixmap.devicePixelRatio() == 2.0


def test_a_panel_follows_the_catalog_until_its_window_is_gone(
    panel: PalettePanel, catalog: Catalog, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.view.model().modelReset):
        catalog.changed.emit()
    panel.close_service()
    with qtbot.assertNotEmitted(panel.view.model().modelReset):
        catalog.changed.emit()
        QApplication.processEvents()
