"""How far a large file is on its way in, with a way to call it off."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from casare.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from casare.ui.widgets.text_label import TextLabel

_PATIENCE_MS = 300
"""A file that is there sooner shows no progress at all: what flashes by only disturbs."""
_STEPS = 1000
_STAGES = {
    "read": "reading",
    "decompress": "unpacking",
    "parse": "reading",
    "validate": "checking",
    "migrate": "checking",
    "build": "building",
    "fingerprint": "building",
    "prepare": "laying out",
}


class OpeningStrip(QWidget):
    """Lie between the tabs and the canvas while a file takes longer than a moment."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLabel("")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(160)
        self._bar.setAccessibleName("Progress of opening")
        stop = QPushButton("Cancel")
        stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def tell(self, name: str, stage: str, fraction: float) -> None:
        """Say which file is how far (0 to 1); the strip comes into view when this has gone on for a while."""
        self._text.setText(f"Opening {name}, {_STAGES.get(stage, stage)}")
        self._bar.setValue(round(fraction * _STEPS))
        if self.isHidden() and not self._patience.isActive():
            self._patience.start()

    def end(self) -> None:
        """Go away: the file is there, or is not wanted any more."""
        self._patience.stop()
        self.hide()
