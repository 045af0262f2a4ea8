"""What is said while a modifier is held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casare.ui.canvas.held_hint import HeldHint

from .conftest import Hand


def test_a_held_key_says_what_it_will_do_over_what_lies_under_the_pointer(hand: Hand) -> None:
    said: list[str] = []
    HeldHint(hand.canvas).changed.connect(said.append)
    hand.move(hand.header("compare"))
    QTest.keyPress(hand.canvas, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Shift)
    assert len(said) == 2
    assert said[0].startswith("Shift: ")
    assert "selection" in said[0]
    assert said[1] == ""


def test_keys_that_are_no_modifiers_say_nothing(hand: Hand) -> None:
    said: list[str] = []
    HeldHint(hand.canvas).changed.connect(said.append)
    QTest.keyClick(hand.canvas, Qt.Key.Key_G)
    assert said == []
