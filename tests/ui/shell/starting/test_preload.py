"""What is loaded and built while the start page is being looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casare.ui.shell.frame.docks import INSPECTOR, PALETTE
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.shell.starting import preload as preload_module
from casare.ui.shell.starting.preload import Preload


def test_the_working_area_is_built_before_the_first_document_comes(
    window: MainWindow, sample: Path, qtbot: QtBot
) -> None:
    assert window.workspace is None
    preload = Preload(window, window.session.catalog, window.steps_ahead(), later=())
    with qtbot.waitSignal(preload.done):
        pass
    preload.close()
    workspace = window.workspace
    assert workspace is not None
    assert not workspace.isVisible()
    ahead = [workspace.docks.panel(name) for name in (PALETTE, INSPECTOR)]
    assert None not in ahead
    window.files.open([sample])
    qtbot.waitUntil(lambda: window.workspace is workspace and workspace.isVisible())
    assert [workspace.docks.panel(name) for name in (PALETTE, INSPECTOR)] == ahead


def test_a_document_that_comes_first_is_not_disturbed_by_what_is_built_ahead(
    window: MainWindow, sample: Path, qtbot: QtBot
) -> None:
    window.files.open([sample])
    workspace = window.workspace
    preload = Preload(window, window.session.catalog, window.steps_ahead(), later=())
    with qtbot.waitSignal(preload.done):
        pass
    preload.close()
    assert window.workspace is workspace
    assert workspace is not None
    assert workspace.isVisible()


def test_closing_ends_the_preloading(window: MainWindow, qtbot: QtBot) -> None:
    steps: list[str] = []
    preload = Preload(window, window.session.catalog, [lambda: steps.append("built")], modules=(), later=())
    preload.close()
    with qtbot.assertNotEmitted(preload.done, wait=600):
        pass
    assert steps == []


def test_what_takes_long_to_load_waits_until_no_file_is_on_its_way(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preload_module, "LATER_MS", 20)
    asked: list[bool] = []
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)

    def busy() -> bool:
        asked.append("colorsys" in sys.modules)
        return len(asked) < 3

    preload = Preload(window, window.session.catalog, modules=(), later=("colorsys",), busy=busy)
    qtbot.waitUntil(lambda: "colorsys" in sys.modules)
    preload.close()
    assert asked == [False, False, False]
