"""Which turn of a node is looked at: the last, or any before it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casare.app.running.turns import Turn
from casare.profiling.reporting.text import duration_text
from casare.ui.theme.states import state_look
from casare.ui.theme.tokens import SPACE_S, SPACE_XS
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.text_label import TextLabel


class TurnBar(QWidget):
    """Go from turn to turn. Follows the newest until a person goes back."""

    changed = Signal()
    """Another turn is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns: list[Turn] = []
        self._at = -1
        self._follows = True
        self._before = IconButton("chevron-left", "Turn before", self, 14)
        self._next = IconButton("chevron-right", "Next turn", self, 14)
        self._last = IconButton("skip-forward", "Last turn", self, 14)
        self._mark = IconLabel("circle", "text_muted", 14)
        self._text = TextLabel("", "secondary")
        self._before.clicked.connect(lambda: self.go(self._at - 1))
        self._next.clicked.connect(lambda: self.go(self._at + 1))
        self._last.clicked.connect(lambda: self.go(len(self._turns) - 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(self._mark)
        row.addWidget(self._text)
        row.addSpacing(SPACE_S)
        for button in (self._before, self._next, self._last):
            row.addWidget(button)

    @property
    def turn(self) -> Turn | None:
        """The turn that is looked at."""
        return self._turns[self._at] if 0 <= self._at < len(self._turns) else None

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_turns(self, turns: list[Turn], *, fresh: bool) -> None:
        """Offer these turns, oldest first; `fresh` for those of another node or run, which are followed again."""
        current = self.turn
        self._turns = turns
        self._follows = self._follows or fresh
        if self._follows or current is None or current not in turns:
            with_values = [at for at, one in enumerate(turns) if one.values is not None]
            self._at = with_values[-1] if with_values else len(turns) - 1
        else:
            self._at = turns.index(current)
        self._show()

    def go(self, at: int) -> None:
        """Look at another turn."""
        if 0 <= at < len(self._turns) and at != self._at:
            self._at = at
            self._follows = at == len(self._turns) - 1
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        turn = self.turn
        several = len(self._turns) > 1
        for button in (self._before, self._next, self._last):
            button.setVisible(several)
        self._before.setEnabled(self._at > 0)
        self._next.setEnabled(self._at < len(self._turns) - 1)
        self._last.setEnabled(self._at < len(self._turns) - 1)
        self.setVisible(turn is not None)
        if turn is None:
            return
        look = state_look(turn.status)
        self._mark.set_icon(look.icon, look.token)
        words = look.word.lower() if turn.status != "completed" else ""
        parts = [words, duration_text(turn.elapsed_ms)]
        if several:
            total = self._turns[-1].number + 1
            numbers = "".join(f"[{one}]" for one in turn.turns)
            parts.insert(0, f"Turn {turn.number + 1:,} of {total:,}{f'  {numbers}' if numbers else ''}")
        self._text.setText("  ·  ".join(part for part in parts if part))
        self._text.setToolTip(turn.error)
