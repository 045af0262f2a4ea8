"""The preview in the open dialog, with real files and real clicks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from casare.app.files.previews import Reader, Seen, preview_reader
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.model import Graph, Node
from casare.storage import save
from casare.ui.dialogs.open_preview import OpenPreview
from casare.ui.shell.files.file_dialogs import ask_to_open

Ask = Callable[[Reader], QFileDialog]


@pytest.fixture
def folder(tmp_path: Path, catalog: Catalog) -> Path:
    made = tmp_path / "flows"
    (made / "deeper").mkdir(parents=True)
    shutil.copy(samples() / "orders-daily.json", made / "a-orders.json")
    graph = Graph([Node("a", "NoSuchNode"), Node("b", "StartNode")], metadata={"name": "Odd", "description": "Strange"})
    save(graph, made / "b-odd.json.zst", grade="C", catalog=catalog)
    (made / "c-package.json").write_text('{"dependencies": {}}')
    save(Graph([]), made / "d-empty.json", catalog=catalog)
    return made


@pytest.fixture
def chosen() -> list[Path]:
    return []


@pytest.fixture
def ask(qtbot: QtBot, folder: Path, chosen: list[Path]) -> Iterator[Ask]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1100, 800)
    host.show()
    opened: list[QFileDialog] = []

    def open_it(read: Reader) -> QFileDialog:
        dialog = ask_to_open(host, folder, chosen.extend, read=read)
        opened.append(dialog)
        qtbot.waitExposed(dialog)
        dialog.setViewMode(QFileDialog.ViewMode.Detail)
        model = _model(dialog)
        qtbot.waitUntil(lambda: model.rowCount(model.index(str(folder))) == 5)
        return dialog

    yield open_it
    for dialog in opened:
        if isValid(dialog):
            dialog.reject()


def _model(dialog: QFileDialog) -> QFileSystemModel:
    model = dialog.findChild(QFileSystemModel)
    assert isinstance(model, QFileSystemModel)
    return model


def _pane(dialog: QFileDialog) -> OpenPreview:
    pane = dialog.findChild(OpenPreview)
    assert isinstance(pane, OpenPreview)
    return pane


def _click(qtbot: QtBot, dialog: QFileDialog, path: Path) -> None:
    view = dialog.findChild(QTreeView)
    assert isinstance(view, QTreeView)
    index = _model(dialog).index(str(path))
    qtbot.waitUntil(lambda: not view.visualRect(index).isEmpty())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_the_file_in_hand_is_shown_with_picture_name_and_counts(
    qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog
) -> None:
    dialog = ask(preview_reader(catalog))
    pane = _pane(dialog)
    assert pane.name.text() == "Select a workflow"
    assert pane.geometry().left() > dialog.findChild(QTreeView).geometry().right()
    _click(qtbot, dialog, folder / "a-orders.json")
    qtbot.waitUntil(lambda: pane.name.text() == "Daily orders")
    assert pane.counts.text() == "13 nodes · 22 wires"
    assert pane.picture.picture is not None
    assert pane.grade.isVisible()
    assert (pane.grade.grade, pane.unknown.isVisible()) == (None, False)


def test_the_grade_and_the_unknown_types_are_told(qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog) -> None:
    dialog = ask(preview_reader(catalog))
    pane = _pane(dialog)
    _click(qtbot, dialog, folder / "b-odd.json.zst")
    qtbot.waitUntil(lambda: pane.name.text() == "Odd")
    assert pane.grade.grade == "C"
    assert pane.unknown.text() == "1 node type unknown here"
    assert pane.about.text() == "Strange"
    assert "1 × NoSuchNode" in pane.types.text()


def test_the_arrow_keys_move_the_preview_on(qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog) -> None:
    dialog = ask(preview_reader(catalog))
    _click(qtbot, dialog, folder / "a-orders.json")
    qtbot.keyClick(dialog.findChild(QTreeView), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: _pane(dialog).name.text() == "Odd")


def test_a_file_that_is_no_workflow_says_why_and_offers_no_picture(
    qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog
) -> None:
    dialog = ask(preview_reader(catalog))
    pane = _pane(dialog)
    _click(qtbot, dialog, folder / "c-package.json")
    qtbot.waitUntil(lambda: pane.name.text() == "c-package.json" and pane.unknown.isVisible())
    assert "not a workflow" in pane.unknown.text()
    assert (pane.picture.picture, pane.picture.mark, pane.grade.isVisible()) == (None, "triangle-alert", False)


def test_a_file_that_went_away_and_an_empty_one_have_states_of_their_own(
    qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog
) -> None:
    pane = _pane(ask(preview_reader(catalog)))
    pane.show_file(folder / "gone.json")
    qtbot.waitUntil(lambda: pane.picture.mark == "unlink")
    assert pane.counts.text() == "The file is not there any more."
    pane.show_file(folder / "d-empty.json")
    qtbot.waitUntil(lambda: pane.counts.text() == "0 nodes · 0 wires")
    assert (pane.picture.picture, pane.picture.mark) == (None, "workflow")


def test_a_folder_in_hand_empties_the_preview(qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog) -> None:
    dialog = ask(preview_reader(catalog))
    pane = _pane(dialog)
    _click(qtbot, dialog, folder / "a-orders.json")
    qtbot.waitUntil(lambda: pane.picture.picture is not None)
    _click(qtbot, dialog, folder / "deeper")
    qtbot.waitUntil(lambda: pane.name.text() == "Select a workflow")
    assert (pane.path, pane.picture.picture) == (None, None)


def test_of_a_file_that_was_moved_on_from_nothing_is_shown(
    qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog
) -> None:
    read, release, threads = preview_reader(catalog), threading.Event(), set[int]()
    finished: list[Path] = []

    def slow_first(path: Path) -> Seen:
        threads.add(threading.get_ident())
        if path.name == "a-orders.json":
            release.wait(20)
        seen = read(path)
        finished.append(path)
        return seen

    dialog = ask(slow_first)
    pane = _pane(dialog)
    shown: list[str] = []
    _click(qtbot, dialog, folder / "a-orders.json")
    qtbot.waitUntil(lambda: pane.counts.text() == "Reading…")
    _click(qtbot, dialog, folder / "b-odd.json.zst")
    qtbot.waitUntil(lambda: pane.name.text() == "Odd")
    release.set()
    qtbot.waitUntil(lambda: len(finished) == 2)
    pane.show_file(folder / "d-empty.json")
    qtbot.waitUntil(lambda: shown.append(pane.name.text()) or pane.counts.text() == "0 nodes · 0 wires")
    assert "Daily orders" not in shown
    assert threading.get_ident() not in threads


def test_closing_the_dialog_ends_its_threads(qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog) -> None:
    dialog = ask(preview_reader(catalog))
    _click(qtbot, dialog, folder / "a-orders.json")
    pane = _pane(dialog)
    qtbot.waitUntil(lambda: pane.picture.picture is not None)
    assert any(thread.name.startswith("casare-preview") for thread in threading.enumerate())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not any(thread.name.startswith("casare-preview") for thread in threading.enumerate())


def test_a_double_click_still_opens_the_file(
    qtbot: QtBot, ask: Ask, folder: Path, catalog: Catalog, chosen: list[Path]
) -> None:
    dialog = ask(preview_reader(catalog))
    _click(qtbot, dialog, folder / "b-odd.json.zst")
    view = dialog.findChild(QTreeView)
    place = view.visualRect(_model(dialog).index(str(folder / "b-odd.json.zst"))).center()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [folder / "b-odd.json.zst"]
