"""What an editor that ended badly left unsaved: look at it, keep it, or let it go."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casare.app.ages import age
from casare.app.recovery.lost import Lost
from casare.storage.keeping.stamps import OnDisk
from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.sheet_parts import button, button_row, scrolled, sheet_column
from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel

_LIST_HEIGHT = 420

_DISK_NOTES = {
    OnDisk.CHANGED: "Another program has changed the file since.",
    OnDisk.MISSING: "The file is not there any more; saving makes it again.",
    OnDisk.AWAY: "The file cannot be reached at the moment.",
}


class RecoverySheet(Sheet):
    """List the documents with unsaved work; every one stays until it is kept or let go."""

    preview_chosen = Signal(object)
    """A Lost to open frozen, to look at."""
    keep_chosen = Signal(object)
    """A sequence of Lost to open for good."""
    decline_chosen = Signal(object)
    """A Lost that is not wanted; it stays for a week."""

    def __init__(self, host: QWidget, found: Sequence[Lost]) -> None:
        super().__init__(host, "Recover unsaved work", width=620)
        self.rows: list[LostRow] = []
        self.keep_all_button = button("Keep all", "primary")
        self.later_button = button("Not now")
        self.later_button.clicked.connect(self.dismiss)
        self.keep_all_button.clicked.connect(lambda: self._answer(self.keep_chosen, self._offered()))
        self._column = QVBoxLayout()
        self._build(found)

    def open(self) -> None:
        """Show the sheet with the usual answer under Enter."""
        super().open()
        offered = [row.keep_button for row in self.rows if not row.lost.declined]
        several = self.keep_all_button if offered else self.later_button
        usual = offered[0] if len(offered) == 1 else several
        usual.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build(self, found: Sequence[Lost]) -> None:
        column = sheet_column(
            "history",
            "accent",
            "Recover unsaved work",
            "These workflows had edits that were not saved when casare ended. Your files on disk are untouched.",
        )
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE_S)
        for lost in found:
            row = LostRow(lost)
            row.preview_button.clicked.connect(lambda _=False, one=lost: self._answer(self.preview_chosen, one))
            row.keep_button.clicked.connect(lambda _=False, one=lost: self._answer(self.keep_chosen, [one]))
            row.decline_button.clicked.connect(lambda _=False, one=lost: self._decline(one))
            self.rows.append(row)
            rows.addWidget(row)
        self._list = scrolled(inside, _LIST_HEIGHT)
        column.addWidget(self._list)
        if not found:
            column.addWidget(TextLabel("Nothing is waiting to be recovered.", "muted"))
        self.keep_all_button.setVisible(len(self._offered()) > 1)
        self.later_button.setText("Not now" if found else "Close")
        self.keep_all_button.setText(f"Keep all {len(self._offered())}")
        self.keep_all_button.setEnabled(bool(self._offered()))
        column.addLayout(button_row((), (self.later_button, self.keep_all_button)))
        self.content.addLayout(column)

    def _fit(self) -> None:
        """Give the list the height that its rows have grown to."""
        inside = self._list.widget()
        rows = inside.layout() if inside is not None else None
        if rows is not None:
            rows.activate()
            height = rows.totalHeightForWidth(self._list.viewport().width())
            self._list.setFixedHeight(min(_LIST_HEIGHT, height + 2))
            self.resize_card()

    def _offered(self) -> list[Lost]:
        return [row.lost for row in self.rows if not row.lost.declined and row.keep_button.isEnabled()]

    def _answer(self, signal: SignalInstance, what: object) -> None:
        self.close_sheet()
        signal.emit(what)

    def _decline(self, lost: Lost) -> None:
        for row in self.rows:
            if row.lost is lost:
                row.set_declined()
        self.decline_chosen.emit(lost)
        if not self._offered():
            self.later_button.setText("Close")
            self.later_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()


class LostRow(QWidget):
    """One document: its name and place, when and how much was done, and what differs from its file."""

    def __init__(self, lost: Lost) -> None:
        super().__init__()
        self.lost = lost
        self.preview_button = button("Preview")
        self.keep_button = button("Keep", "primary")
        self.decline_button = button("Discard", "flat")
        self.preview_button.setToolTip("Open it frozen, to look at it first")
        self.decline_button.setToolTip("It is kept for a week all the same")
        for one in (self.preview_button, self.keep_button, self.decline_button):
            one.setAccessibleName(f"{one.text()} {lost.title}")
        self._state = TextLabel("Discarded: kept for a week in File > Recover unsaved work…", "muted", wrap=True)
        self._state.setVisible(lost.declined)
        self.decline_button.setVisible(not lost.declined)
        self.setAccessibleName(f"{lost.title}, {_work(lost)}, {lost.differences.summary()}")
        self._build()

    def set_declined(self) -> None:
        """Show that it was let go."""
        self._state.show()
        for one in (self.decline_button, self.keep_button, self.preview_button):
            one.setEnabled(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the row."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.line), 1))
        painter.setBrush(qcolor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        painter.end()

    def _build(self) -> None:
        lost = self.lost
        where = str(lost.path) if lost.path is not None else "Never saved"
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(lost.title, "title"))
        words.addWidget(ElidedLabel(where, "muted", Qt.TextElideMode.ElideMiddle))
        words.addSpacing(SPACE_XS)
        words.addWidget(TextLabel(_work(lost), "secondary", wrap=True))
        words.addWidget(TextLabel(lost.differences.summary(), "body", wrap=True))
        note = _DISK_NOTES.get(lost.on_disk) if lost.on_disk is not None else None
        if note:
            words.addWidget(TextLabel(note, "warning", wrap=True))
        words.addWidget(self._state)
        acts = QHBoxLayout()
        acts.setSpacing(SPACE_S)
        for one in (self.decline_button, self.preview_button, self.keep_button):
            acts.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_M, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_L)
        row.addLayout(words, 1)
        row.addLayout(acts)


def _work(lost: Lost) -> str:
    edits = "1 edit" if lost.edits == 1 else f"{lost.edits:,} edits"
    nodes = "1 node" if lost.node_count == 1 else f"{lost.node_count:,} nodes"
    torn = " · the very last edit was cut short" if lost.torn else ""
    return f"{edits}, last one {age(lost.last_at, time.time())} · {nodes}{torn}"
