"""What the workflow may cost, as its file says: `casare profile` fails a build that goes beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from casare.foundation.errors import CasareError
from casare.profiling import Report
from casare.profiling.scoring.budget import budget_of, checks
from casare.profiling.scoring.grade import GRADES
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.number_field import DecimalField
from casare.ui.widgets.section_header import SectionHeader
from casare.ui.widgets.text_label import TextLabel

BUDGET: Final = "profile_budget"
"""The key of the workflow's settings."""
_GRADE: Final = "min_grade"
_FIELD_WIDTH: Final = 118
_ICON: Final = 14


class _Limit(NamedTuple):
    key: str
    title: str
    unit: str
    scale: float
    """How many of the file's units (ms, MB) one of the field's is."""


_LIMITS: Final = (
    _Limit("max_wall_ms", "Runtime at most", "s", 1000.0),
    _Limit("max_critical_path_ms", "Critical path at most", "s", 1000.0),
    _Limit("max_peak_memory_mb", "Peak memory at most", "MB", 1.0),
)


def _amount(value: float) -> float | None:
    """Return an amount as the file should say it: without a point where it needs none, and nothing for 0."""
    return (int(value) if value == int(value) else value) or None


class BudgetCard(QFrame):
    """Show each line of the budget with whether it is kept; what is changed here belongs into the file."""

    changed = Signal(str, object)
    """A key of the budget, and the value it should have in the file: a grade, an amount, or None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._budget: dict[str, Any] = {}
        self.grade = QComboBox()
        self.grade.setAccessibleName("Least grade")
        self.grade.setFixedWidth(_FIELD_WIDTH)
        for letter in ("", *(letter for _, letter in GRADES)):
            self.grade.addItem(letter or "any", letter)
        self.limits = {one.key: self._field(one) for one in _LIMITS}
        self.kept = {key: IconLabel("circle-check", "ok", _ICON) for key in (_GRADE, *self.limits)}
        self.problem = TextLabel("", "error", wrap=True)
        self.problem.hide()
        self.grade.activated.connect(lambda _at: self._tell(_GRADE, self.grade.currentData() or None))
        self._build()

    def show_budget(self, settings: Mapping[str, Any], report: Report | None) -> None:
        """Show the budget in the settings of a workflow, and whether its report keeps to it."""
        try:
            self._budget, told = budget_of(settings), ""
        except CasareError as error:
            self._budget, told = {}, f"{error.what[:1].upper()}{error.what[1:]}. {error.mend}"
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        self.grade.setCurrentIndex(max(0, self.grade.findData(str(self._budget.get(_GRADE, "")).upper())))
        for one in _LIMITS:
            field = self.limits[one.key]
            field.blockSignals(True)
            field.setValue(float(self._budget.get(one.key, 0.0)) / one.scale)
            field.blockSignals(False)
        found = {check.name: check for check in checks(report, self._budget)} if report is not None else {}
        for key, icon in self.kept.items():
            check = found.get(key)
            icon.setVisible(check is not None)
            if check is not None:
                icon.set_icon(*(("circle-check", "ok") if check.kept else ("circle-x", "error")))
                icon.setToolTip(f"{'Kept' if check.kept else 'Not kept'}: {check.message}")
                icon.setAccessibleName("Kept" if check.kept else "Not kept")

    def _tell(self, key: str, value: str | float | None) -> None:
        if value != self._budget.get(key):
            self.changed.emit(key, value)

    def _field(self, one: _Limit) -> DecimalField:
        field = DecimalField()
        field.setRange(0, 1e9)
        field.setSpecialValueText("any")
        field.setSuffix(f" {one.unit}")
        field.setFixedWidth(_FIELD_WIDTH)
        field.setKeyboardTracking(False)
        field.setAccessibleName(one.title)
        field.valueChanged.connect(lambda value: self._tell(one.key, _amount(value * one.scale)))
        return field

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_M, SPACE_XS, SPACE_M, SPACE_S)
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_XS)
        grid.setColumnStretch(0, 1)
        grid.addWidget(SectionHeader("Budget of this workflow", "in its file"), 0, 0, 1, 3)
        rows = [
            ("Grade at least", _GRADE, self.grade),
            *((one.title, one.key, self.limits[one.key]) for one in _LIMITS),
        ]
        for at, (title, key, field) in enumerate(rows, 1):
            grid.addWidget(TextLabel(title, "secondary"), at, 0)
            grid.addWidget(self.kept[key], at, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, at, 2)
        grid.addWidget(self.problem, len(rows) + 1, 0, 1, 3)


def with_budget(settings: Mapping[str, Any], key: str, value: object) -> dict[str, Any]:
    """Return the settings of a workflow with another value in its budget; None takes it out, and an empty budget too.

    A budget that is no mapping is replaced, since nothing in it means anything.
    """
    held = settings.get(BUDGET)
    budget = {one: kept for one, kept in held.items() if one != key} if isinstance(held, Mapping) else {}
    if value is not None:
        budget[key] = value
    others = {one: kept for one, kept in settings.items() if one != BUDGET}
    return {**others, BUDGET: budget} if budget else others
