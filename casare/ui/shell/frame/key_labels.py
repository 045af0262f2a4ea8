"""The places outside the menus that name a shortcut, kept true to the keymap."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from casare.app.keymaps import Keymap, KeymapStore
from casare.ui.shell.documents.empty_hint import EmptyHint
from casare.ui.shell.frame.actions import ActionTable
from casare.ui.shell.frame.status_bar import StatusBar


class KeyLabels:
    """Name the keys in the status bar, on the profiler's button, on empty canvases, now and when they become others."""

    def __init__(self, store: KeymapStore, actions: ActionTable, status: StatusBar, profile: QPushButton) -> None:
        self._actions, self._status, self._profile = actions, status, profile
        # After the actions, which have listened for longer and know the keys by then.
        store.changed.connect(self._show)
        self._show(store.current)

    def _show(self, _keymap: Keymap) -> None:
        self._status.show_keys(self._actions.keys_of)
        self._profile.setText(f" Profile  {self._actions.keys_of('view.profiler')}".rstrip())
        for hint in self._profile.window().findChildren(EmptyHint):
            hint.show_keys(self._actions.keys_of)
