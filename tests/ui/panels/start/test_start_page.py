"""The start page with real files: cards, keys, search, removing, missing and broken files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.files.templates import Template
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.ui.panels.start import StartPage
from casare.ui.panels.start.card_delegate import cross_rect
from casare.ui.panels.start.cards import CardState
from casare.ui.theme.tokens import Theme


class Painted:
    """Stand for the painter of pictures: count what is painted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, painter: QPainter, rect: QRectF, picture: Any, theme: Theme) -> None:
        self.count += 1
        painter.drawRect(rect)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    names = ("orders-daily", "text-report", "nested-loops")
    return [Path(shutil.copy(samples() / f"{name}.json", tmp_path)) for name in names]


@pytest.fixture
def session(catalog: Catalog, files: list[Path]) -> Session:
    made = Session(catalog)
    for path in files:
        made.recents.add(path)
    return made


def _shown(qtbot: QtBot, page: StartPage) -> StartPage:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: all(card.state is not CardState.READING for card in page.model.cards()))
    return page


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[StartPage]:
    made = _shown(qtbot, StartPage(session, Painted()))
    yield made
    made.close_service()
    made.toast.dismiss()


def _titles(page: StartPage) -> list[str]:
    return [card.title for card in page.model.cards()]


def test_recent_files_become_cards_newest_first_with_their_counts(page: StartPage) -> None:
    assert _titles(page) == ["nested-loops", "text-report", "orders-daily"]
    assert page.model.cards()[0].counts == "10 nodes · 10 wires"
    assert page.status == "3 workflows"


def test_a_picture_is_painted_once_however_often_the_page_is(qtbot: QtBot, session: Session) -> None:
    painted = Painted()
    page = _shown(qtbot, StartPage(session, painted))
    for _ in range(3):
        page.grab()
    assert painted.count == 3
    page.close_service()


def test_enter_opens_the_chosen_card_and_the_arrows_walk(qtbot: QtBot, page: StartPage, files: list[Path]) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened == [files[2], files[1]]


def test_a_click_opens_a_card(qtbot: QtBot, page: StartPage, files: list[Path]) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    place = page.view.visualRect(page.model.index(1)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [files[1]]


def test_the_search_goes_through_variables(page: StartPage) -> None:
    card = next(card for card in page.model.cards() if card.seen and card.seen.preview.variables)
    assert card.seen is not None
    page.field.setText(card.seen.preview.variables[0])
    assert card.title in _titles(page)


def test_a_node_type_finds_the_files_that_use_it(page: StartPage) -> None:
    used = {card.title: set(card.seen.preview.node_types) for card in page.model.cards() if card.seen}
    type_id = next(iter(used["nested-loops"] - used["text-report"] - used["orders-daily"]))
    page.field.setText(type_id)
    assert _titles(page)[0] == "nested-loops"


def test_a_search_without_hits_offers_to_clear_it(qtbot: QtBot, page: StartPage) -> None:
    qtbot.keyClicks(page.field, "xylophone")
    assert not page.view.isVisible()
    assert page.status == "0 of 3 workflows"
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert len(_titles(page)) == 3


def test_enter_in_the_search_opens_the_first_hit(qtbot: QtBot, page: StartPage, files: list[Path]) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    qtbot.keyClicks(page.field, "orders")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert opened == [files[0]]


def test_removing_a_card_can_be_undone(qtbot: QtBot, page: StartPage, session: Session) -> None:
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert _titles(page) == ["text-report", "orders-daily"]
    assert page.toast.isVisible()
    next(button for button in page.toast.findChildren(QPushButton) if button.text() == "Undo").click()
    assert _titles(page) == ["nested-loops", "text-report", "orders-daily"]


def test_the_cross_of_a_card_removes_it_without_opening_it(qtbot: QtBot, page: StartPage) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    cell = page.view.visualRect(page.model.index(0))
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cross_rect(cell).center().toPoint())
    assert opened == []
    assert _titles(page) == ["text-report", "orders-daily"]


def test_a_file_that_went_away_is_not_opened_but_can_be_removed(
    qtbot: QtBot, session: Session, files: list[Path]
) -> None:
    files[2].unlink()
    page = _shown(qtbot, StartPage(session, Painted()))
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    card = page.model.cards()[0]
    assert (card.state, card.counts) == (CardState.MISSING, "Not found")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened == []
    assert page.toast.isVisible()
    page.close_service()
    page.toast.dismiss()


def test_a_broken_file_is_a_card_that_says_why(qtbot: QtBot, session: Session, files: list[Path]) -> None:
    files[2].write_text("[1, 2]")
    page = _shown(qtbot, StartPage(session, Painted()))
    card = page.model.cards()[0]
    assert card.state is CardState.BROKEN
    assert card.reason
    assert card.reason in page.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    page.close_service()


def test_the_menu_of_a_card_copies_its_path(qtbot: QtBot, page: StartPage, files: list[Path]) -> None:
    menu = page.menu_for(page.model.cards()[0])
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles == ["Open", "Remove from list", "Show in folder", "Copy path"]
    next(action for action in menu.actions() if action.text() == "Copy path").trigger()
    assert QGuiApplication.clipboard().text() == str(files[2])
    menu.close()
    menu.deleteLater()


def test_a_first_run_shows_the_templates_as_cards(qtbot: QtBot, catalog: Catalog) -> None:
    page = _shown(qtbot, StartPage(Session(catalog), Painted()))
    qtbot.waitUntil(lambda: page.model.total > 0)
    chosen: list[Path] = []
    page.template_chosen.connect(chosen.append)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert chosen == [page.model.cards()[0].path]
    assert len(page.side.template_rows) == page.model.total
    page.close_service()


def test_a_first_run_without_templates_invites_to_open_something(qtbot: QtBot, catalog: Catalog) -> None:
    found: list[Template] = []
    page = _shown(qtbot, StartPage(Session(catalog), Painted(), find_templates=lambda: found))
    asked: list[str] = []
    page.command_chosen.connect(asked.append)
    assert not page.view.isVisible()
    next(button for button in page.findChildren(QPushButton) if button.text() == "Open a workflow…").click()
    assert asked == ["file.open"]
    page.close_service()


def test_a_hidden_page_reads_nothing(qtbot: QtBot, session: Session) -> None:
    read: list[Path] = []

    def reader(path: Path) -> Any:
        read.append(path)
        raise OSError("no")

    page = StartPage(session, Painted(), read=reader)
    qtbot.addWidget(page)
    session.recents.remove(session.recents.entries()[0].path)
    QGuiApplication.processEvents()
    assert read == []
    page.close_service()


def test_the_columns_fill_the_width_and_never_overlap(qtbot: QtBot, page: StartPage) -> None:
    for width in (760, 1000, 1600):
        page.resize(width, 800)
        rects = [page.view.visualRect(page.model.index(at)) for at in range(page.model.rowCount())]
        assert not any(a.intersects(b) for at, a in enumerate(rects) for b in rects[at + 1 :])
        assert all(rect.right() <= page.view.viewport().width() for rect in rects)
