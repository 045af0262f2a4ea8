"""A real main window over a session of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.ui.shell.frame.main_window import MainWindow
from casare.ui.theme.appearance import Appearance

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication, catalog: Catalog) -> Iterator[MakeWindow]:
    """Return what makes a window that is shown; all are closed at the end, unsaved changes and all."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        appearance = Appearance("dark")
        window = MainWindow(Session(catalog), appearance)
        window.resize(1300, 800)
        with qtbot.waitExposed(window):
            window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        if isValid(window):
            close_window(window)


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """Return one window on the start page."""
    return make_window()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a sample workflow in a folder of its own."""
    return Path(shutil.copy(samples() / "text-report.json", tmp_path))


def close_window(window: MainWindow) -> None:
    """Close a window without any question."""
    for document in list(window.session.documents):
        window.session.close(document)
    window.close()
    window.deleteLater()


def drop_files(window: MainWindow, paths: list[Path]) -> None:
    """Drop files on a window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(400, 400),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
