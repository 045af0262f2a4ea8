"""How long ago something was, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.app.ages import age

_DAY = 86_400.0


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (240, "4 minutes ago"),
        (3_599, "59 minutes ago"),
        (3_600, "1 hour ago"),
        (7_300, "2 hours ago"),
        (_DAY, "yesterday"),
        (3 * _DAY, "3 days ago"),
        (7 * _DAY, "last week"),
        (15 * _DAY, "2 weeks ago"),
        (31 * _DAY, "last month"),
        (100 * _DAY, "3 months ago"),
        (400 * _DAY, "last year"),
        (800 * _DAY, "2 years ago"),
    ],
)
def test_a_time_reads_as_a_person_would_say_it(passed: float, text: str) -> None:
    assert age(1e9 - passed, 1e9) == text


@given(st.floats(0, 1e10))
def test_every_time_has_words_without_zero_or_gaps(passed: float) -> None:
    text = age(2e10 - passed, 2e10)
    assert text
    assert "{}" not in text
    assert not text.startswith("0 ")
