"""From points to a grade, the same for both scorings."""

from __future__ import annotations

from typing import Final

GRADES: Final = ((90.0, "A"), (75.0, "B"), (60.0, "C"), (40.0, "D"))
"""The least score of each grade, best first; below the last it is F."""


def grade_of(score: float) -> str:
    """Return the letter for a score of 0-100."""
    for least, letter in GRADES:
        if score >= least:
            return letter
    return "F"
