"""What to do when a file is not what it was: mine, theirs, or a copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from casare.app.recovery.differences import Differences
from casare.ui.dialogs.sheet import Sheet
from casare.ui.dialogs.sheet_parts import button, button_row, sheet_column
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.text_label import TextLabel


class ConflictSheet(Sheet):
    """Ask which of two states of a file is to stay. Nothing happens before an answer, nor with Esc."""

    mine_chosen = Signal()
    theirs_chosen = Signal()
    copy_chosen = Signal()

    def __init__(self, host: QWidget, title: str, path: str, differences: Differences | None, *, saving: bool) -> None:
        super().__init__(host, "Changed on disk", width=520)
        self.mine_button = button("Save mine" if saving else "Keep mine")
        self.theirs_button = button("Take theirs")
        self.copy_button = button("Save a copy…" if saving else "Open a copy", "primary")
        self.cancel_button = button("Cancel", "flat")
        self.mine_button.setToolTip("What is on disk now stays among the earlier versions")
        self.theirs_button.setToolTip("One undo brings yours back" if saving else "What was recovered stays for a week")
        for one, signal in (
            (self.mine_button, self.mine_chosen),
            (self.theirs_button, self.theirs_chosen),
            (self.copy_button, self.copy_chosen),
        ):
            one.clicked.connect(lambda _=False, chosen=signal: self._answer(chosen))
        self.cancel_button.clicked.connect(self.dismiss)
        column = sheet_column(
            "triangle-alert",
            "warning",
            f"“{title}” was changed on disk",
            "Another program has written this file since you opened it. Which state is to stay?",
        )
        column.addWidget(ElidedLabel(path, "muted", Qt.TextElideMode.ElideMiddle))
        if differences is not None:
            column.addWidget(TextLabel("Yours, against what is on disk now:", "section"))
            column.addWidget(_lines(differences))
        column.addLayout(button_row((self.cancel_button,), (self.theirs_button, self.mine_button, self.copy_button)))
        self.content.addLayout(column)

    def open(self) -> None:
        """Show the sheet with the answer that overwrites nothing under Enter."""
        super().open()
        self.copy_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _answer(self, signal: SignalInstance) -> None:
        self.close_sheet()
        signal.emit()


class DifferencesSheet(Sheet):
    """Say how two states of a workflow differ, line by line."""

    def __init__(self, host: QWidget, title: str, text: str, differences: Differences) -> None:
        super().__init__(host, title, width=480)
        self.close_button = button("Close", "primary")
        self.close_button.clicked.connect(self.dismiss)
        column = sheet_column("arrow-right-left", "accent", title, text)
        column.addWidget(_lines(differences))
        column.addLayout(button_row((), (self.close_button,)))
        self.content.addLayout(column)

    def open(self) -> None:
        """Show the sheet with Close under Enter."""
        super().open()
        self.close_button.setFocus(Qt.FocusReason.PopupFocusReason)


def _lines(differences: Differences) -> TextLabel:
    lines = differences.lines() or ["No differences that can be seen on the canvas"]
    return TextLabel("\n".join(f"•  {line}" for line in lines), "body", wrap=True)
