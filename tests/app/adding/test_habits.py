"""What was added lately, kept between runs."""

from __future__ import annotations

from pathlib import Path

from casare.app.adding import Habits


def test_habits_are_there_again_in_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "added.json"
    habits = Habits(file)
    habits.note("LogNode")
    habits.note("IfNode", after="LogNode")
    habits.note("IfNode", after="LogNode")
    again = Habits(file)
    assert again.recent == ("IfNode", "LogNode")
    assert again.after("LogNode") == {"IfNode": 2}
    assert again.after("IfNode") == {}


def test_a_damaged_file_is_no_reason_to_stop(tmp_path: Path) -> None:
    file = tmp_path / "added.json"
    file.write_text('{"recent": 3}')
    habits = Habits(file)
    assert habits.recent == ()
    habits.note("LogNode")
    assert Habits(file).recent == ("LogNode",)


def test_only_the_last_few_are_remembered(tmp_path: Path) -> None:
    habits = Habits(tmp_path / "added.json")
    for number in range(60):
        habits.note(f"T{number}")
    assert len(habits.recent) == 40
    assert habits.recent[0] == "T59"
