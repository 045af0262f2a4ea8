"""Large workflows in the window: opened and saved by threads, while the window goes on."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casare.app.files.previews import preview_reader
from casare.catalog import Catalog
from casare.model import MoveNodes
from casare.storage import encode, generate, load, save
from casare.storage.bytes.container import pack
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.skeleton import encode_skeleton
from casare.ui.shell.frame.main_window import MainWindow


@pytest.fixture
def large(tmp_path: Path, catalog: Catalog) -> Path:
    """Return a file of 2,500 nodes."""
    return save(generate(2500, 7), tmp_path / "large.json.zst", catalog=catalog).path


def test_a_large_file_arrives_later_with_its_places_and_problems_ready(
    qtbot: QtBot, window: MainWindow, large: Path
) -> None:
    window.files.open([large])
    assert window.session.documents == []
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    document = window.session.documents[0]
    assert document.prepared is not None
    canvas = window.canvas
    assert canvas is not None
    assert len(canvas.stage.geometry.cards) == 2500
    assert canvas.document.graph is document.graph


def test_the_wires_of_a_large_file_have_their_places_soon_after_its_first_painting(
    qtbot: QtBot, window: MainWindow, large: Path
) -> None:
    window.files.open([large])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    canvas = window.canvas
    assert canvas is not None
    geometry = canvas.stage.geometry
    qtbot.waitUntil(lambda: geometry.is_complete, timeout=20_000)
    everything = geometry.bounds()
    assert everything is not None
    assert geometry.wires_near(everything) == set(canvas.document.graph.connections)


def test_a_large_file_is_among_the_recent_ones_even_when_the_window_closes_at_once(
    qtbot: QtBot, window: MainWindow, large: Path
) -> None:
    window.files.open([large])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    assert window.session.recents.entries() == []
    window.files.arrivals.close()
    assert [one.path for one in window.session.recents.entries()] == [large]


@pytest.mark.parametrize("size", [9, 2500])
@pytest.mark.parametrize("sha256", ["0" * 64, "copied"])
def test_a_picture_that_lies_is_corrected_when_the_file_is_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, catalog: Catalog, size: int, sha256: str
) -> None:
    path, body = tmp_path / "liar.json.zst", encode(generate(size, 1))
    told = sha256 if sha256 != "copied" else hashlib.sha256(body).hexdigest()
    path.write_bytes(pack(body, "zst", encode_skeleton(describe(generate(50, 2), catalog, sha256=told))))
    read = preview_reader(catalog)
    assert read(path).preview.node_count == 50
    window.files.open([path])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    seen, truth = read(path).preview, describe(generate(size, 1), catalog)
    assert (seen.node_count, seen.picture, seen.source) == (size, truth.picture, "cache")


def test_calling_an_opening_off_leaves_everything_as_it_was(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    window.files.open([large])
    window.files.strip.tell("large", "read", 0.1)
    cancel = window.files.strip.findChild(QPushButton)
    cancel.click()
    qtbot.waitUntil(lambda: window.files.arrivals.under_way == 0, timeout=20_000)
    assert window.session.documents == []
    assert window.files.strip.isHidden()


def test_closing_the_window_calls_what_is_on_its_way_off(qtbot: QtBot, window: MainWindow, large: Path) -> None:
    window.files.open([large])
    assert window.files.arrivals.under_way == 1
    assert window.close()
    assert not any(thread.name == "casare-open" for thread in threading.enumerate())
    assert window.session.documents == []


def test_progress_comes_into_view_after_a_while_and_goes_with_the_file(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.files.strip
    strip.tell("large.json", "parse", 0.25)
    assert strip.isHidden()
    qtbot.waitUntil(strip.isVisible)
    assert strip.text == "Opening large.json, reading"
    strip.end()
    assert strip.isHidden()


def test_a_broken_large_file_is_told_in_words(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"nodes": {' + b" " * 400_000)
    window.files.open([broken])
    qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=20_000)
    assert "broken.json" in window.notices.texts[0]


def test_a_large_document_is_saved_by_a_thread_and_edits_meanwhile_stay_unsaved(
    qtbot: QtBot, window: MainWindow, large: Path, catalog: Catalog
) -> None:
    window.files.open([large])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    document = window.session.documents[0]
    first, second = list(document.graph.nodes)[:2]
    document.do(MoveNodes({first: (-400, -400)}))
    window.files.save()
    document.do(MoveNodes({second: (-800, -400)}))
    qtbot.waitUntil(lambda: any("Saved" in entry.message for entry in window.book.entries()), timeout=20_000)
    assert document.is_modified
    on_disk = load(large, catalog).graph
    assert on_disk.nodes[first].position == (-400, -400)
    assert on_disk.nodes[second].position != (-800, -400)
    document.undo()
    assert not document.is_modified


def test_a_save_that_fails_says_so_and_the_document_stays_unsaved(
    qtbot: QtBot, window: MainWindow, large: Path, tmp_path: Path
) -> None:
    window.files.open([large])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    document = window.session.documents[0]
    document.do(MoveNodes({next(iter(document.graph.nodes)): (-400, -400)}))
    notices = window.notices_of(document)
    window.files.saving._write(document, tmp_path / "missing" / "large.json", lambda: None)
    qtbot.waitUntil(lambda: bool(notices.texts), timeout=20_000)
    assert document.is_modified
    assert document.path == large


def test_closing_right_after_a_save_waits_for_it(
    qtbot: QtBot, window: MainWindow, large: Path, catalog: Catalog
) -> None:
    window.files.open([large])
    qtbot.waitUntil(lambda: bool(window.session.documents), timeout=20_000)
    document = window.session.documents[0]
    first = next(iter(document.graph.nodes))
    document.do(MoveNodes({first: (-400, -400)}))
    window.files.save()
    window.files.close()
    assert window.session.documents == []
    assert load(large, catalog).graph.nodes[first].position == (-400, -400)
