"""What an expression comes to, said under its field."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casare.app.templating import Trial
from casare.ui.theme.tokens import SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_label import IconLabel

_ICONS: Final = {
    "value": ("equal", "text_muted"),
    "unknown": ("clock", "text_muted"),
    "error": ("circle-alert", "warning"),
}


class TrialLine(QWidget):
    """Show a trial: its value, that only a run can tell, or what is wrong with the expression."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("equal", "text_muted", 12)
        self._label = ElidedLabel("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(SPACE_XS)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1)

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def show_trial(self, trial: Trial) -> None:
        """Say how a trial went."""
        self._icon.set_icon(*_ICONS[trial.state])
        self._label.setText(trial.text)
        self._label.setToolTip("\n".join(line for line in (trial.text, trial.mend) if line))
        self.show()
