"""The head of the profiler: the grade, the score on its way to the next one, and what can be done with the report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from casare.app.profiler.exporting import FORMATS
from casare.profiling import Report
from casare.ui.panels.profiler.wording import next_grade, provenance_text, score_text, way_up_text
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.grade_chip import GradeChip
from casare.ui.widgets.icon_button import IconButton
from casare.ui.widgets.score_bar import ScoreBar


class ProfileHeader(QWidget):
    """Show grade and score."""

    refresh_asked = Signal()
    """The person wants the whole analysis made again."""
    export_asked = Signal(str)
    """The person wants the report in this one of FORMATS."""

    measured_asked = Signal(bool)
    """The person wants what the last run measured, or estimates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = QComboBox()
        self.source.setAccessibleName("What the figures rest on")
        self.source.setToolTip("Rest on estimates, or on what the last run measured")
        self.source.addItem("Estimates", False)
        self.source.addItem("Last run", True)
        self.source.activated.connect(lambda _at: self.measured_asked.emit(bool(self.source.currentData())))
        self.chip = GradeChip(None, "large")
        self.score = ElidedLabel("", "title")
        self.bar = ScoreBar()
        self.way_up = ElidedLabel("", "secondary")
        self.provenance = ElidedLabel("", "caption")
        self.refresh = IconButton("refresh-cw", "Re-analyse", size=14)
        self.refresh.clicked.connect(self.refresh_asked)
        self.export = IconButton("download", "Export", size=14)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setStyleSheet("QToolButton { padding-right: 3px; } QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        for kind, form in FORMATS.items():
            menu.addAction(form.title).triggered.connect(lambda _checked=False, kind=kind: self.export_asked.emit(kind))
        self.export.setMenu(menu)
        self._build()

    def show_report(self, report: Report | None, workers: int, state: str) -> None:
        """Show a report; `state` says what is going on instead of where the figures come from."""
        grade, score = (report.grade, report.score) if report else (None, None)
        self.chip.set_grade(grade)
        self.score.setText(score_text(score))
        following = next_grade(score) if score is not None else None
        self.bar.set_score(score or 0.0, grade, following[1] if following else None)
        self.way_up.setText(way_up_text(score) if report else "")
        self.provenance.setText(state or (provenance_text(report, workers) if report else ""))
        self.export.setEnabled(report is not None and report.score is not None)

    def show_source(self, *, measured: bool) -> None:
        """Show whether the figures rest on a run."""
        self.source.setCurrentIndex(int(measured))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.score, 1)
        top.addWidget(self.refresh)
        top.addWidget(self.export)
        words = QVBoxLayout()
        words.setSpacing(SPACE_XS)
        words.addLayout(top)
        words.addWidget(self.bar)
        words.addWidget(self.way_up)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.chip)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.addWidget(self.provenance, 1)
        foot.addWidget(self.source)
        column.addLayout(foot)
