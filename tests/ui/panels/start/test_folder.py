"""A folder on the start page: its workflows as cards, the way back, search, and scans that are called off."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.files.folder_scan import FolderScan, scan
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.storage import PreviewCache, generate, save
from casare.ui.panels.start import StartPage
from casare.ui.panels.start.cards import CardState, folder_card
from casare.ui.panels.start.cards_model import CardsModel
from casare.ui.panels.start.folder_feed import Scanner
from casare.ui.widgets.workflow_picture import paint_picture

MakePage = Callable[..., StartPage]


@pytest.fixture
def folder(tmp_path: Path, catalog: Catalog) -> Path:
    made = tmp_path / "flows"
    (made / "deeper").mkdir(parents=True)
    for name in ("orders-daily", "text-report"):
        shutil.copy(samples() / f"{name}.json", made)
    save(generate(12, 1), made / "deeper" / "made-up.json.zst", grade="B", catalog=catalog)
    (made / "package.json").write_text('{"name": "x"}')
    return made


@pytest.fixture
def session(catalog: Catalog, tmp_path: Path) -> Session:
    made = Session(catalog)
    made.recents.add(Path(shutil.copy(samples() / "nested-loops.json", tmp_path)))
    return made


@pytest.fixture
def make_page(qtbot: QtBot, session: Session) -> Iterator[MakePage]:
    pages: list[StartPage] = []

    def make(scanner: Scanner | None = None) -> StartPage:
        page = StartPage(session, paint_picture, scanner=scanner)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        with qtbot.waitExposed(page):
            page.show()
        return page

    yield make
    for page in pages:
        page.close_service()
        page.toast.dismiss()


def _titles(page: StartPage) -> list[str]:
    return [card.title for card in page.model.cards()]


def _scanned(qtbot: QtBot, page: StartPage, folder: Path) -> StartPage:
    page.show_folder(folder)
    qtbot.waitUntil(lambda: "passed over" in page.head.caption.text())
    return page


def test_a_folder_becomes_cards_under_its_name(qtbot: QtBot, make_page: MakePage, folder: Path) -> None:
    page = _scanned(qtbot, make_page(), folder)
    assert _titles(page) == ["orders-daily", "text-report", "made-up"]
    assert page.head.heading.text() == "flows"
    assert page.head.caption.text() == f"{folder}  ·  1 other file passed over"
    assert all(card.state is CardState.READY for card in page.model.cards())
    assert (page.model.cards()[-1].grade, page.status) == ("B", "3 workflows")


def test_a_card_of_a_folder_opens_its_file_and_cannot_be_removed(
    qtbot: QtBot, make_page: MakePage, folder: Path
) -> None:
    page = _scanned(qtbot, make_page(), folder)
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened == [folder / "orders-daily.json"]
    assert len(_titles(page)) == 3
    menu = page.menu_for(page.model.cards()[0])
    assert "Remove from list" not in [action.text() for action in menu.actions()]
    menu.deleteLater()


def test_the_arrow_and_escape_lead_back_to_the_recent_workflows(
    qtbot: QtBot, make_page: MakePage, folder: Path
) -> None:
    page = _scanned(qtbot, make_page(), folder)
    qtbot.mouseClick(page.head.back, Qt.MouseButton.LeftButton)
    assert (_titles(page), page.head.heading.text(), page.folder) == (["nested-loops"], "Recent", None)
    assert not page.head.back.isVisible()
    _scanned(qtbot, page, folder)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert _titles(page) == ["nested-loops"]
    qtbot.waitUntil(lambda: page.model.cards()[0].state is CardState.READY)


def test_the_search_goes_through_the_folder_and_escape_empties_it_first(
    qtbot: QtBot, make_page: MakePage, folder: Path
) -> None:
    page = _scanned(qtbot, make_page(), folder)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "orders")
    assert (_titles(page), page.status) == (["orders-daily"], "1 of 3 workflows")
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert (len(_titles(page)), page.folder) == (3, folder)


def test_an_opened_file_goes_to_the_recent_list_without_disturbing_the_folder(
    qtbot: QtBot, make_page: MakePage, folder: Path, session: Session
) -> None:
    page = _scanned(qtbot, make_page(), folder)
    session.recents.add(folder / "text-report.json")
    assert _titles(page) == ["orders-daily", "text-report", "made-up"]
    page.show_recent()
    assert _titles(page) == ["text-report", "nested-loops"]


def test_a_page_shown_again_looks_again_and_keeps_the_chosen_card(
    qtbot: QtBot, make_page: MakePage, folder: Path, catalog: Catalog
) -> None:
    page = _scanned(qtbot, make_page(), folder)
    page.view.setCurrentIndex(page.model.index(1))
    page.hide()
    (folder / "orders-daily.json").unlink()
    save(generate(5, 2), folder / "new.json", catalog=catalog)
    page.show()
    qtbot.waitUntil(lambda: set(_titles(page)) == {"text-report", "made-up", "new"})
    card = page.model.card(page.view.currentIndex())
    assert card is not None
    assert card.title == "text-report"


def test_an_empty_folder_and_one_that_is_not_there_say_so_and_lead_back(
    qtbot: QtBot, make_page: MakePage, tmp_path: Path
) -> None:
    page = make_page()
    for folder, title in ((tmp_path / "empty", "No workflows in this folder"), (tmp_path / "none", "cannot be read")):
        if folder.name == "empty":
            folder.mkdir()
        page.show_folder(folder)
        qtbot.waitUntil(lambda words=title: words in page.empty.accessibleName())
        assert not page.view.isVisible()
        next(button for button in page.findChildren(QPushButton) if button.text() == "Back to recent").click()
        assert _titles(page) == ["nested-loops"]


class Gated:
    """A scanner whose files come one by one as the test lets them."""

    def __init__(self, catalog: Catalog) -> None:
        self.threads: set[int] = set()
        self.stops: list[threading.Event] = []
        self._catalog = catalog

    def __call__(self, folder: Path, stop: threading.Event) -> FolderScan:
        self.threads.add(threading.get_ident())
        self.stops.append(stop)
        if folder.name == "slow":
            stop.wait(20)
        return scan(folder, self._catalog, PreviewCache(), stop=stop)


def test_another_folder_a_hidden_page_and_the_way_back_call_a_scan_off(
    qtbot: QtBot, make_page: MakePage, folder: Path, catalog: Catalog, tmp_path: Path
) -> None:
    slow = tmp_path / "slow"
    shutil.copytree(folder, slow)
    (slow / "orders-daily.json").rename(slow / "never-seen.json")
    gated = Gated(catalog)
    page = make_page(gated)
    leave: tuple[Callable[[], object], ...] = (lambda: page.show_folder(folder), page.show_recent, page.hide)
    for number, act in enumerate(leave):
        page.show_folder(slow)
        qtbot.waitUntil(lambda least=number: len(gated.stops) > least and not gated.stops[-1].is_set())
        stop = gated.stops[-1]
        act()
        assert stop.is_set()
        if number == 0:
            qtbot.waitUntil(lambda: len(_titles(page)) == 3)
        assert "never-seen" not in _titles(page)
    assert threading.get_ident() not in gated.threads


def test_closing_the_page_ends_the_scan(qtbot: QtBot, make_page: MakePage, tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "slow").mkdir()
    page = make_page(Gated(catalog))
    page.show_folder(tmp_path / "slow")
    assert any(thread.name == "casare-folder" for thread in threading.enumerate())
    page.close_service()
    assert not any(thread.name == "casare-folder" for thread in threading.enumerate())


def test_many_files_come_in_far_fewer_batches(
    qtbot: QtBot, make_page: MakePage, tmp_path: Path, catalog: Catalog
) -> None:
    for number in range(300):
        save(generate(3, number), tmp_path / "many" / f"w{number:03}.json.zst", catalog=catalog) if number else (
            tmp_path / "many"
        ).mkdir()
    page = make_page()
    inserted: list[int] = []
    page.model.rowsInserted.connect(lambda _parent, first, last: inserted.append(last - first + 1))
    page.show_folder(tmp_path / "many")
    qtbot.waitUntil(lambda: page.model.rowCount() == 299)
    assert sum(inserted) == 299
    assert len(inserted) < 60


def test_merging_keeps_the_order_takes_the_newer_card_and_respects_the_search(folder: Path, catalog: Catalog) -> None:
    cards = [folder_card(entry) for entry in scan(folder, catalog, None)]
    model = CardsModel()
    model.merge(cards[:2])
    model.set_query("made")
    model.merge(cards[1:])
    assert [card.title for card in model.cards()] == ["made-up"]
    model.set_query("")
    assert [card.title for card in model.cards()] == ["orders-daily", "text-report", "made-up"]
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.merge([cards[0], cards[1].__class__(cards[1].path, changed_at=5.0)])
    assert changed == [1]
    assert model.cards()[1].changed_at == 5.0
    model.keep_only({cards[2].path})
    assert [card.title for card in model.cards()] == ["made-up"]
