"""The table of grades that stands in the report of the benchmarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from casare.foundation.resources import samples
from tests_performance.bench_grades import LETTERS, Row, spread, table


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return the rows of the table; grading all files takes a second."""
    return spread()


def test_all_five_grades_occur_and_every_workflow_has_one(rows: list[Row]) -> None:
    found = {letter: sum(row.grades[letter] for row in rows) for letter in LETTERS}
    assert all(found.values()), found
    assert all(row.grades.total() == len(row.scores) for row in rows)
    assert sum(len(row.scores) for row in rows[2:]) == 200
    assert len(rows[1].scores) == len(list(samples().glob("*.json")))


def test_more_defects_never_look_better_on_the_whole(rows: list[Row]) -> None:
    middles = [row.scores[len(row.scores) // 2] for row in rows[2:]]
    assert middles == sorted(middles, reverse=True)
    assert set(rows[2].grades) == {"A"}


def test_the_real_files_are_in_the_table_and_do_not_all_get_one_grade(
    rows: list[Row], sample_files: list[Path]
) -> None:
    assert len(rows[0].scores) == len(sample_files)
    assert len(rows[0].grades) >= 3


def test_the_printed_table_holds_each_row_and_their_sum(rows: list[Row]) -> None:
    lines = table(rows).splitlines()
    assert len(lines) == len(rows) + 2
    assert lines[-1].split()[0] == "all"
    counts = [0 if cell == "-" else int(cell) for cell in lines[-1].split()[1:6]]
    assert sum(counts) == sum(len(row.scores) for row in rows)
