"""The earlier versions of a file: what each looked like, how it differs from now, and the ways to have it back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from casare.app.ages import age
from casare.app.recovery.differences import Differences
from casare.storage import Picture
from casare.storage.keeping.generations import Version
from casare.ui.dialogs.open_preview import PictureBox
from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.sheet_parts import button, button_row, sheet_column
from casare.ui.theme.tokens import SPACE_L, SPACE_S, SPACE_XS
from casare.ui.widgets.text_label import TextLabel

_LIST_WIDTH = 240
_HEIGHT = 360
_ROW_HEIGHT = 32
_MOST_LINES = 6


class VersionsSheet(Sheet):
    """Browse the versions, newest first. Whoever opens it answers `wanted` with `show_version`."""

    wanted = Signal(object)
    """A Version that was selected: its picture and differences are to be shown."""
    restore_chosen = Signal(object)
    copy_chosen = Signal(object)

    def __init__(self, host: QWidget, title: str, versions: Sequence[Version], current: str) -> None:
        super().__init__(host, "Earlier versions", width=720)
        self._versions = tuple(versions)
        self._current = current
        self.list = QListWidget()
        self.list.setAccessibleName("Versions")
        self.picture = PictureBox()
        self.facts = TextLabel("", "title")
        self.lines = TextLabel("", "secondary", wrap=True)
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.restore_button = button("Restore", "primary")
        self.copy_button = button("Open as copy")
        self.close_button = button("Close", "flat")
        self.restore_button.setToolTip("As an edit: undo takes it back, and the file changes only when you save")
        self.restore_button.clicked.connect(lambda: self._answer(self.restore_chosen))
        self.copy_button.clicked.connect(lambda: self._answer(self.copy_chosen))
        self.close_button.clicked.connect(self.dismiss)
        self._build(title)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.activated.connect(self._on_activated)

    @property
    def selected(self) -> Version | None:
        """The version in hand."""
        row = self.list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def open(self) -> None:
        """Show the sheet with the newest version that is not the one in the file."""
        super().open()
        row = next((at for at, one in enumerate(self._versions) if one.sha256 != self._current), 0)
        self.list.setCurrentRow(row)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_version(self, version: Version, picture: Picture | None, differences: Differences) -> None:
        """Show what was asked for; an answer that comes too late is dropped."""
        if version != self.selected:
            return
        if picture is not None:
            self.picture.set_picture(picture)
        else:
            self.picture.set_mark("workflow")
        lines = differences.lines()
        more = [f"and {len(lines) - _MOST_LINES} more kinds of change"] if len(lines) > _MOST_LINES else []
        same = "The same as what you have open" if not lines else "Restoring it means:"
        self.lines.setText("\n".join([same, *(f"•  {line}" for line in lines[:_MOST_LINES]), *more]))
        for one in (self.restore_button, self.copy_button):
            one.setEnabled(True)

    def _build(self, title: str) -> None:
        text = "Each save keeps what was there. Restoring is an edit like any other: undo takes it back."
        column = sheet_column("history", "accent", f"Earlier versions of “{title}”", text)
        for at, version in enumerate(self._versions):
            self.list.addItem(_item(version, current=at == 0 and version.sha256 == self._current))
        self.list.setFixedWidth(_LIST_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(SPACE_XS)
        right.addWidget(self.picture)
        right.addSpacing(SPACE_S)
        right.addWidget(self.facts)
        right.addWidget(self.lines, 1)
        body = QHBoxLayout()
        body.setSpacing(SPACE_L)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        self.list.setFixedHeight(_HEIGHT)
        if self._versions:
            column.addLayout(body)
        else:
            self.list.hide()
            empty = "There is none yet. From the first save on, the last ten states of the file are kept here."
            column.addWidget(TextLabel(empty, "muted", wrap=True))
        self.restore_button.setVisible(bool(self._versions))
        self.copy_button.setVisible(bool(self._versions))
        column.addLayout(button_row((self.close_button,), (self.copy_button, self.restore_button)))
        self.content.addLayout(column)

    def _on_row(self, _row: int) -> None:
        version = self.selected
        for one in (self.restore_button, self.copy_button):
            one.setEnabled(False)
        if version is not None:
            self.facts.setText(_facts(version))
            self.lines.setText("Comparing…")
            self.picture.set_mark("loader-circle")
            self.wanted.emit(version)

    def _on_activated(self, _index: QModelIndex) -> None:
        if self.restore_button.isEnabled():
            self._answer(self.restore_chosen)

    def _answer(self, signal: SignalInstance) -> None:
        version = self.selected
        if version is not None:
            self.close_sheet()
            signal.emit(version)


def _item(version: Version, *, current: bool) -> QListWidgetItem:
    ago, saved_at = age(version.saved_at, time.time()), datetime.fromtimestamp(version.saved_at)
    mark = "  ·  in the file" if current else ""
    # With the time of day, because one saves more than once a minute.
    item = QListWidgetItem(f"{ago[:1].upper()}{ago[1:]}, {saved_at:%H:%M:%S}{mark}")
    item.setSizeHint(QSize(0, _ROW_HEIGHT))
    item.setToolTip(f"{saved_at:%d %B %Y, %H:%M:%S}\n{_facts(version)}")
    return item


def _facts(version: Version) -> str:
    nodes = "1 node" if version.node_count == 1 else f"{version.node_count:,} nodes"
    wires = "1 wire" if version.connection_count == 1 else f"{version.connection_count:,} wires"
    return f"{nodes} · {wires}"
