from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from casare.app.serving.lane import MOST_AT_ONCE, Lane, Overlap
from casare.sdk import Outcome

DONE = Outcome("", "completed", {})


class Runs:
    """Runs that go on until the test lets them go."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.most = 0
        self._open = 0
        self.gate = asyncio.Event()

    async def begin(self, payload: Mapping[str, Any]) -> Outcome:
        self.begun.append(payload["n"])
        self._open += 1
        self.most = max(self.most, self._open)
        await self.gate.wait()
        self._open -= 1
        return DONE


@pytest.mark.parametrize(
    ("overlap", "accepted", "at_once"),
    [("queue", [True] * 4 + [False] * 2, 1), ("skip", [True] + [False] * 5, 1), ("parallel", [True] * 6, 6)],
)
def test_what_comes_while_a_run_goes_on_waits_or_is_skipped_or_runs_beside(
    overlap: Overlap, accepted: list[bool], at_once: int
) -> None:
    async def play() -> None:
        runs = Runs()
        lane = Lane(runs.begin, overlap, room=3)
        fired = [lane.offer({"n": number}) for number in range(6)]
        assert [one.accepted for one in fired] == accepted
        await asyncio.sleep(0)
        assert lane.running == at_once
        runs.gate.set()
        await lane.drain()
        assert runs.begun == [number for number, taken in enumerate(accepted) if taken], "in the order they came"
        assert runs.most == at_once
        assert [await one.ended for one in fired if one.ended is not None] == [DONE] * sum(accepted)

    asyncio.run(play())


def test_runs_side_by_side_are_bounded_too() -> None:
    async def play() -> None:
        runs = Runs()
        lane = Lane(runs.begin, "parallel", room=2)
        fired = [lane.offer({"n": number}) for number in range(MOST_AT_ONCE + 4)]
        assert [one.accepted for one in fired].count(False) == 2
        assert (lane.running, lane.waiting) == (MOST_AT_ONCE, 2)
        runs.gate.set()
        await lane.drain()
        assert len(runs.begun) == MOST_AT_ONCE + 2

    asyncio.run(play())


def test_a_closed_lane_gives_up_what_waits_and_begins_nothing() -> None:
    async def play() -> None:
        runs = Runs()
        lane = Lane(runs.begin, "queue", room=5)
        waiting = [lane.offer({"n": number}) for number in range(3)][1:]
        assert lane.close() == 2
        assert not lane.offer({"n": 9}).accepted
        runs.gate.set()
        await lane.drain()
        assert runs.begun == [0]
        assert all(one.ended is not None and asyncio.ensure_future(one.ended).cancelled() for one in waiting)

    asyncio.run(play())
