"""What the workflow is judged by: its budget, and the rules, which of them count and how strict they are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casare.profiling import Report
from casare.profiling.rules import RULES, Rule
from casare.profiling.scoring.rule_choices import RuleChoices
from casare.ui.panels.profiler.budget_card import BudgetCard
from casare.ui.theme.fonts import ui_font
from casare.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, TEXT_BODY
from casare.ui.widgets.elided_label import ElidedLabel
from casare.ui.widgets.icon_label import IconLabel
from casare.ui.widgets.number_field import DecimalField
from casare.ui.widgets.text_label import TextLabel

_ICONS = {"error": "circle-x", "warning": "triangle-alert", "info": "info"}
_BOX = 20
_FIELD_WIDTH = 104
_SECOND = 1000.0


class RulesPage(QScrollArea):
    """Show every rule; what is changed here is told by `changed` and kept by whoever listens."""

    changed = Signal(object, object)
    """The ids of rules that are off (a tuple), and limits by id (a dict)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.summary = ElidedLabel("", "secondary")
        self.reset = QPushButton("Reset")
        self.reset.setProperty("kind", "flat")
        self.reset.setToolTip("Judge by every rule with its own limit")
        self.reset.clicked.connect(lambda: self.changed.emit((), {}))
        self.budget = BudgetCard()
        self.rows = {rule.id: RuleRow(rule) for rule in RULES}
        for row in self.rows.values():
            row.changed.connect(self._tell)
        self._build()
        self.show_choices(RuleChoices())

    def show_choices(self, choices: RuleChoices) -> None:
        """Show which rules count, and with which limits."""
        for rule_id, row in self.rows.items():
            row.show_choice(rule_id not in choices.off, choices.limits.get(rule_id))
        off = sum(not row.on.isChecked() for row in self.rows.values())
        own = sum(row.own_limit is not None for row in self.rows.values())
        told = [f"{len(self.rows) - off} of {len(self.rows)} rules count"]
        if own:
            told.append(f"{own} with a limit of your own")
        self.summary.setText(" · ".join(told))
        self.reset.setVisible(bool(off or own))

    def show_report(self, report: Report) -> None:
        """Show what each rule costs the workflow."""
        points: Mapping[str, float] = {entry.rule: entry.points for entry in report.ledger}
        for rule_id, row in self.rows.items():
            row.show_points(points.get(rule_id, 0.0))

    def _tell(self) -> None:
        off = tuple(rule_id for rule_id, row in self.rows.items() if not row.on.isChecked())
        limits = {rule_id: row.own_limit for rule_id, row in self.rows.items() if row.own_limit is not None}
        self.changed.emit(off, limits)

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("content")
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.reset)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(self.budget)
        column.addLayout(top)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(content)


class RuleRow(QFrame):
    """One rule on a card: a switch with its title, what it costs now, why, and its limit if it has one."""

    changed = Signal()

    def __init__(self, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._rule = rule
        self._scale = _SECOND if rule.limit is not None and rule.limit.unit == "ms" else 1.0
        self.on = QCheckBox()
        self.on.setFixedWidth(_BOX)
        self.on.setAccessibleName(rule.title)
        self.on.setToolTip(f"Judge by this rule ({rule.id})")
        self.title = TextLabel(rule.title, "body", wrap=True)
        self.on.toggled.connect(self._on_toggled)
        self._severity = IconLabel(_ICONS[rule.severity], size=14)
        self._severity.setToolTip({"error": "An error", "warning": "A warning", "info": "A hint"}[rule.severity])
        self.points = TextLabel("", "secondary")
        self.points.setFont(ui_font(TEXT_BODY, tabular=True))
        self.formula = TextLabel(
            f"{rule.formula[:1].upper()}{rule.formula[1:]}; at most {rule.cap:g}.", "muted", wrap=True
        )
        self.limit = DecimalField()
        self._build()

    @property
    def own_limit(self) -> float | None:
        """The limit a person set, in the rule's unit; None for the default."""
        held = self._rule.limit
        if held is None:
            return None
        value = self.limit.value() * self._scale
        return None if value == held.default else value

    def show_choice(self, on: bool, limit: float | None) -> None:
        """Show whether the rule counts, and its limit; None for the default."""
        for field in (self.on, self.limit):
            field.blockSignals(True)
        self.on.setChecked(on)
        if self._rule.limit is not None:
            self.limit.setValue((self._rule.limit.default if limit is None else limit) / self._scale)
        for field in (self.on, self.limit):
            field.blockSignals(False)
        self._follow(on)

    def show_points(self, points: float) -> None:
        """Show what the rule costs the workflow on show."""
        self.points.setText(f"−{points:g}" if points else "")

    def _on_toggled(self, on: bool) -> None:
        self._follow(on)
        self.changed.emit()

    def _follow(self, on: bool) -> None:
        self.limit.setEnabled(on)
        self.formula.setEnabled(on)
        self.title.setEnabled(on)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        top.addWidget(self.on, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.title, 1)
        top.addWidget(self.points)
        top.addWidget(self._severity)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        column.setSpacing(SPACE_XS)
        column.addLayout(top)
        column.addWidget(self.formula)
        held = self._rule.limit
        if held is None:
            self.limit.setParent(self)
            self.limit.hide()
            return
        unit = "s" if held.unit == "ms" else held.unit
        self.limit.setRange(held.least / self._scale, held.most / self._scale)
        self.limit.setDecimals(1 if held.unit == "ms" else 0)
        self.limit.setSuffix(f" {unit}" if unit else "")
        self.limit.setFixedWidth(_FIELD_WIDTH)
        self.limit.setKeyboardTracking(False)
        self.limit.setAccessibleName(f"{held.title} above which “{self._rule.title}” counts")
        self.limit.valueChanged.connect(lambda _value: self.changed.emit())
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(TextLabel(f"{held.title} above", "caption"), 1, Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.limit)
        column.addLayout(row)
