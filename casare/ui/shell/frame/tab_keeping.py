"""The tabs as they were when the editor was last open: the one in front is opened, the others wait until wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casare.app.places import OpenTabs, Tabs
from casare.ui.background import OncePerTurn

if TYPE_CHECKING:
    from casare.ui.shell.frame.main_window import MainWindow

_SETTLED = 400
"""How long after the last change the list of tabs is written, ms."""


class TabKeeping(QObject):
    """Write down which files are open whenever that changes, and bring them back. Idle until `restore` is called."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._kept = OpenTabs()
        self._due = OncePerTurn(self._write, self, _SETTLED)
        self._begun = False
        window.tabs.file_chosen.connect(self._open)
        window.tabs.arranged.connect(self._on_changed)
        window.session.opened.connect(self._on_document)
        window.session.closed.connect(self._on_document)
        window.session.active_changed.connect(self._on_document)

    def restore(self, *, to_front: bool = True) -> None:
        """Bring the tabs of the last time back, and with `to_front` open the one that was in front."""
        self._begun = True
        if not self._window.session.settings.current.restore_tabs:
            return
        tabs = self._kept.read()
        for path in tabs.paths:
            if self._window.session.find_open(path) is None:
                self._window.tabs.add_waiting(path)
        if to_front and tabs.front is not None:
            self._open(tabs.front)

    def close(self) -> None:
        """Write what is due."""
        self._due.flush()
        self._due.cancel()

    def _open(self, path: Path) -> None:
        window = self._window
        if not path.exists():
            window.tabs.remove_waiting(path)
        window.files.open([path])
        # A large file takes its time; until then the tab in front is that of what is on show.
        window.tabs.choose(window.session.active)

    def _on_document(self, _document: object) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        if self._begun:
            self._due.request()

    def _write(self) -> None:
        active = self._window.session.active
        self._kept.write(Tabs(tuple(self._window.tabs.paths()), active.path if active is not None else None))
