"""A workflow's grade as one letter on its colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.qt_colour import qcolor
from casare.ui.theme.tokens import RADIUS_CARD, RADIUS_CHIP, TEXT_CAPTION, Theme

ChipSize = Literal["small", "large"]

_SIZES: dict[ChipSize, tuple[int, int, int, int]] = {
    # width, height, corner radius, letter size
    "small": (22, 16, RADIUS_CHIP, TEXT_CAPTION),
    "large": (56, 56, RADIUS_CARD, 30),
}


class GradeChip(QWidget):
    """Show a grade letter A-F, or `?` when there is no grade yet."""

    def __init__(self, grade: str | None = None, size: ChipSize = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size: ChipSize = size
        self._grade = grade
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_grade(grade)

    @property
    def grade(self) -> str | None:
        """The letter, None when there is no grade."""
        return self._grade

    def set_grade(self, grade: str | None) -> None:
        """Show another grade."""
        self._grade = grade
        self.setAccessibleName(f"Grade {grade}" if grade else "No grade yet")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size of the chip."""
        width, height, _, _ = _SIZES[self._size]
        return QSize(width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_grade(painter, QRectF(self.rect()), self._grade, current_theme(), self._size)
        painter.end()


def paint_grade(painter: QPainter, rect: QRectF, grade: str | None, theme: Theme, size: ChipSize = "small") -> None:
    """Draw a grade chip that fills `rect`, for delegates and pictures."""
    _, _, radius, letter_px = _SIZES[size]
    ground, letter = theme.grade(grade)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(ground))
    painter.drawRoundedRect(rect, radius, radius)
    painter.setPen(qcolor(letter))
    painter.setFont(ui_font(letter_px, QFont.Weight.Bold))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, grade or "?")
    painter.restore()
