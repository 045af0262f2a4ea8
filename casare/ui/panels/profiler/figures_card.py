"""The figures of two analyses and their differences, on a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from casare.ui.panels.profiler.comparing import Compared, Line
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.text_label import TextLabel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FiguresCard(QFrame):
    """Show a grade and the totals of each side, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.chips = (GradeChip(), GradeChip())
        self._cells: list[tuple[TextLabel, ...]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(0, 1)
        for at, head in enumerate(("First", "Second", "Change"), 1):
            self._grid.addWidget(TextLabel(head, "caption"), 0, at, _RIGHT)
        self._grid.addWidget(TextLabel("Grade", "secondary"), 1, 0)
        for at, chip in enumerate(self.chips, 1):
            self._grid.addWidget(chip, 1, at, _RIGHT)

    def show_compared(self, compared: Compared) -> None:
        """Show two analyses."""
        for chip, grade in zip(self.chips, compared.grades, strict=True):
            chip.set_grade(grade)
        for at, line in enumerate(compared.lines):
            self._show_line(at, line)
        told = [f"{line.title} {line.first}, {line.second}" for line in compared.lines]
        self.setAccessibleName(f"Grade {compared.grades[0]}, {compared.grades[1]}; {'; '.join(told)}")

    def _show_line(self, at: int, line: Line) -> None:
        if len(self._cells) <= at:
            cells = (TextLabel("", "secondary"), *[TextLabel("", "body") for _ in range(3)])
            for column, cell in enumerate(cells):
                if column:
                    cell.setFont(ui_font(TEXT_BODY, tabular=True))
                    cell.setAlignment(_RIGHT)
                self._grid.addWidget(cell, at + 2, column)
            self._cells.append(cells)
        for cell, text in zip(self._cells[at], line[:4], strict=True):
            cell.setText(text)
        self._cells[at][3].kind = "body" if line.better is None else "ok" if line.better else "error"
