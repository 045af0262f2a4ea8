"""The field in which one side of a comparison is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from casare.app.profiler.sides import Side, SideKind, file_side

MOST_FILES: Final = 8
_LOOK_FOR_A_FILE: Final = -1
_BEFORE: Final = {
    SideKind.VERSION: "Saved ",
    SideKind.RUN: "Run ",
    SideKind.PAST: "Graded ",
}
"""What a side is called, so that the closed field says it too."""


class SideChoice(QComboBox):
    """Choose a state of the workflow, a run, or another file."""

    side_chosen = Signal(object)
    """The Side that was chosen."""
    file_asked = Signal()
    """The person wants to look for another file."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(24)
        self.side: Side | None = None
        self._offered: list[Side] = []
        self.activated.connect(self._on_activated)

    def offer(self, sides: Sequence[Side], chosen: Side | None) -> None:
        """Offer sides, a line between kinds, and to look for another file; `chosen` is on show."""
        self._offered, self.side = list(sides), chosen
        self.blockSignals(True)
        self.clear()
        for number, one in enumerate(sides):
            if number and _group(sides[number - 1]) != _group(one):
                self.insertSeparator(self.count())
            self.addItem(f"{_BEFORE.get(one.kind, '')}{one.title}", number)
        if sides:
            self.insertSeparator(self.count())
        self.addItem("Choose a file…", _LOOK_FOR_A_FILE)
        self._show_chosen()
        self.blockSignals(False)

    def _show_chosen(self) -> None:
        wanted = self.side.identity if self.side is not None else None
        at = next((at for at, one in enumerate(self._offered) if one.identity == wanted), None)
        self.setCurrentIndex(-1 if at is None else self.findData(at))

    def _on_activated(self, _at: int) -> None:
        number = self.currentData()
        if number == _LOOK_FOR_A_FILE:
            self._show_chosen()
            self.file_asked.emit()
        elif isinstance(number, int) and self._offered[number] != self.side:
            self.side = self._offered[number]
            self.side_chosen.emit(self.side)


def other_files(recent: Sequence[Path], own: Path | None) -> list[Side]:
    """Return the files that were opened last as sides, but for the one that is open."""
    return [file_side(path) for path in recent if own is None or path != own.absolute()][:MOST_FILES]


def _group(side: Side) -> SideKind:
    at_hand = side.kind in (SideKind.NOW, SideKind.PINNED, SideKind.SAVED)
    return SideKind.NOW if at_hand else side.kind
