"""Killed at random moments, an editor loses nothing that is older than a second."""

from __future__ import annotations

import os

from tests_performance.kill import rounds

ROUNDS = int(os.environ.get("CASARE_KILL_ROUNDS", "6"))
"""Enough to notice what breaks it altogether; `python -m tests_performance.kill` does two hundred."""


def test_after_each_kill_the_file_is_whole_and_no_edit_older_than_a_second_is_lost() -> None:
    outcomes = list(rounds(ROUNDS, seed=1000, at_once=2))
    assert [one.wrong for one in outcomes if one.wrong] == []
    assert sum(one.edits for one in outcomes) > ROUNDS
