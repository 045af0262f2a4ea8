"""Errors for people."""

from __future__ import annotations

import pytest

from casare.foundation.errors import (
    CasareError,
    ChangeRefusedError,
    FileError,
    LimitError,
    NotAWorkflowError,
    UsageError,
)


def test_an_error_tells_what_where_and_how_to_mend_on_three_lines() -> None:
    error = CasareError("It broke.", where="here", mend="Glue it.")
    assert str(error).splitlines() == ["It broke.", "  where: here", "  mend:  Glue it."]


@pytest.mark.parametrize(("where", "mend", "count"), [("", "", 1), ("x", "", 2), ("", "y", 2), ("x", "y", 3)])
def test_parts_that_are_not_known_leave_no_empty_line(where: str, mend: str, count: int) -> None:
    lines = CasareError("It broke.", where=where, mend=mend).lines()
    assert len(lines) == count
    assert all(line.strip() for line in lines)


@pytest.mark.parametrize("kind", [UsageError, FileError, NotAWorkflowError, LimitError, ChangeRefusedError])
def test_every_error_for_people_is_caught_as_a_casare_error(kind: type[CasareError]) -> None:
    with pytest.raises(CasareError) as caught:
        raise kind("no", where="w", mend="m")
    assert (caught.value.what, caught.value.where, caught.value.mend) == ("no", "w", "m")


def test_a_limit_and_a_foreign_file_are_both_errors_of_a_file() -> None:
    assert issubclass(LimitError, FileError)
    assert issubclass(NotAWorkflowError, FileError)
    assert not issubclass(UsageError, FileError)
