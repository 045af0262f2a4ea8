from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from casare.nodes.files.file_watching import Change, file_watcher
from casare.sdk import Context


async def changed_while_waiting(run: Context, change: Path, **settings: object) -> Change:
    """Return what the node says while a file is written again and again, as nobody knows when it begins to listen."""
    waiting = asyncio.ensure_future(file_watcher(run, timeout=20, **settings))  # type: ignore[arg-type]
    number = 0
    while not waiting.done():
        number += 1
        change.write_text(str(number))
        await asyncio.wait([waiting], timeout=0.05)
    return waiting.result()


def test_a_file_that_appears_ends_the_waiting(run: Context, tmp_path: Path) -> None:
    target = tmp_path / "new.csv"
    found = asyncio.run(changed_while_waiting(run, target, watch_path=".", pattern="*.csv"))
    assert (found.file_path, found.triggered, found.timed_out) == (str(target), True, False)
    assert found.event_type in ("created", "modified")


def test_one_file_can_be_watched_among_others(run: Context, tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("x")
    (tmp_path / "b.txt").write_text("x")
    found = asyncio.run(changed_while_waiting(run, target, watch_path="a.txt", events="modified"))
    assert found[:2] == ("modified", str(target))


def test_nothing_happening_is_told_when_the_time_is_up(run: Context, tmp_path: Path) -> None:
    assert asyncio.run(file_watcher(run, ".", timeout=0.05)) == ("", "", False, True)
    with pytest.raises(FileNotFoundError):
        asyncio.run(file_watcher(run, "none/here.txt"))
