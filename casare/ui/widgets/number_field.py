"""Fields for numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from casare.ui.theme.fonts import ui_font

# Qt drops the left padding a stylesheet gives a spin box; this brings the text in line with other fields.
_LEFT_MARGIN = 7


class IntegerField(QSpinBox):
    """Take a whole number; the wheel turns it only while it has the focus, so that forms scroll undisturbed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _set_up(self)
        self.setRange(-(2**31), 2**31 - 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DecimalField(QDoubleSpinBox):
    """Take a number with decimals; the wheel turns it only while it has the focus, so that forms scroll undisturbed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _set_up(self)
        self.setRange(-1e15, 1e15)
        self.setDecimals(3)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def textFromValue(self, value: float) -> str:  # noqa: N802
        """Return the number without zeros at its end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


def _set_up(field: QAbstractSpinBox) -> None:
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setFont(ui_font(tabular=True))
    field.lineEdit().setTextMargins(_LEFT_MARGIN, 0, 0, 0)
