"""A score of 100 as a bar in the colour of its grade."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casare.ui.theme.appearance import current_theme
from casare.ui.theme.qt_colour import qcolor

THICKNESS = 8


class ScoreBar(QWidget):
    """Show a score (0 to 100) in the colour of its grade, with a mark at the score the next grade begins at."""

    def __init__(self, score: float = 0.0, grade: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score, self._grade = score, grade
        self._next_grade_at: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_score(score, grade)

    @property
    def score(self) -> float:
        """The score shown, 0 to 100."""
        return self._score

    def set_score(self, score: float, grade: str | None, next_grade_at: float | None = None) -> None:
        """Show another score; `next_grade_at` is where the mark stands, None for no mark."""
        self._score, self._grade, self._next_grade_at = score, grade, next_grade_at
        graded = f", grade {grade}" if grade else ""
        self.setAccessibleName(f"Score {round(score)} of 100{graded}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a modest width and the bar's thickness with room for the mark."""
        return QSize(160, THICKNESS + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, the score and the mark."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, (self.height() - THICKNESS) // 2, self.width(), THICKNESS)
        painter.setBrush(qcolor(theme.field if theme.dark else theme.line))
        painter.drawRoundedRect(track, THICKNESS / 2, THICKNESS / 2)
        share = max(0.0, min(self._score / 100, 1.0))
        if share > 0:
            filled = QRectF(track.x(), track.y(), max(THICKNESS, track.width() * share), THICKNESS)
            painter.setBrush(qcolor(theme.grade(self._grade)[0]))
            painter.drawRoundedRect(filled, THICKNESS / 2, THICKNESS / 2)
        if self._next_grade_at is not None:
            x = round(track.width() * min(self._next_grade_at / 100, 1.0))
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), qcolor(theme.text_secondary))
        painter.end()
