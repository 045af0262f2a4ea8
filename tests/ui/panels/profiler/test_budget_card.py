"""The budget of a workflow, edited where its rules stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casare.app.documents.document import Document
from casare.model import SetSettings
from casare.ui.panels.profiler import ProfilerPanel
from casare.ui.panels.profiler.budget_card import BUDGET, BudgetCard

RULES = 5


@pytest.fixture
def card(panel: ProfilerPanel) -> BudgetCard:
    """Return the card, in view."""
    panel.pages.tabs.setCurrentIndex(RULES)
    return panel.pages.rules.budget


def test_a_least_grade_goes_into_the_file_and_one_undo_takes_it_back(
    card: BudgetCard, document: Document, qtbot: QtBot
) -> None:
    assert not card.kept["min_grade"].isVisible()
    card.grade.setFocus()
    QTest.keyClick(card.grade, Qt.Key.Key_Down)
    assert document.graph.settings[BUDGET] == {"min_grade": "A"}
    qtbot.waitUntil(lambda: card.kept["min_grade"].accessibleName() == "Not kept")
    document.undo()
    assert BUDGET not in document.graph.settings
    qtbot.waitUntil(lambda: not card.kept["min_grade"].isVisible())


def test_limits_are_kept_in_the_units_of_the_file_beside_what_else_it_says(
    card: BudgetCard, document: Document, qtbot: QtBot
) -> None:
    document.do(SetSettings({"theme": "x", BUDGET: {"min_score": 10}}))
    field = card.limits["max_wall_ms"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "60")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.graph.settings == {"theme": "x", BUDGET: {"min_score": 10, "max_wall_ms": 60_000}}
    qtbot.waitUntil(lambda: card.kept["max_wall_ms"].accessibleName() == "Kept")
    field.setValue(0)
    assert document.graph.settings == {"theme": "x", BUDGET: {"min_score": 10}}


def test_a_budget_that_cannot_be_understood_is_said_so(card: BudgetCard, document: Document, qtbot: QtBot) -> None:
    document.do(SetSettings({BUDGET: {"max_everything": 1}}))
    qtbot.waitUntil(card.problem.isVisible)
    assert "cannot be understood" in card.problem.text()
