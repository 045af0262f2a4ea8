"""The runs of one trigger, one after the other or side by side, and those that wait. On one event loop only."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Literal

from casare.sdk import Fired, Outcome

Overlap = Literal["queue", "skip", "parallel"]
Begin = Callable[[Mapping[str, Any]], Awaitable[Outcome]]

MOST_AT_ONCE: Final = 16
"""How many runs of one trigger go on side by side."""


class Lane:
    """Take payloads and begin a run for each: at most one at a time, unless they may overlap."""

    def __init__(self, begin: Begin, overlap: Overlap, room: int) -> None:
        """Have a lane in which up to `room` payloads wait."""
        self._begin = begin
        self._overlap = overlap
        self._room = room
        self._most = MOST_AT_ONCE if overlap == "parallel" else 1
        self._waiting: deque[tuple[Mapping[str, Any], asyncio.Future[Outcome]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def running(self) -> int:
        """Return how many runs go on."""
        return len(self._tasks)

    @property
    def waiting(self) -> int:
        """Return how many wait for their turn."""
        return len(self._waiting)

    def offer(self, payload: Mapping[str, Any]) -> Fired:
        """Begin a run, or let it wait, or refuse it."""
        if self._closed:
            return Fired(False, "casare is stopping")
        busy = self.running >= self._most
        if busy and self._overlap == "skip":
            return Fired(False, "a run is under way")
        if busy and len(self._waiting) >= self._room:
            return Fired(False, f"{len(self._waiting)} are waiting already")
        ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if busy:
            self._waiting.append((payload, ended))
        else:
            self._start(payload, ended)
        return Fired(True, "", ended)

    def close(self) -> int:
        """Begin nothing more; return how many were waiting, which are given up."""
        self._closed = True
        given_up = len(self._waiting)
        while self._waiting:
            self._waiting.popleft()[1].cancel()
        return given_up

    async def drain(self) -> None:
        """Wait until nothing runs and nothing waits."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, payload: Mapping[str, Any], ended: asyncio.Future[Outcome]) -> None:
        task = asyncio.get_running_loop().create_task(self._run(payload, ended))
        self._tasks.add(task)
        task.add_done_callback(self._on_done)

    async def _run(self, payload: Mapping[str, Any], ended: asyncio.Future[Outcome]) -> None:
        outcome = await self._begin(payload)
        if not ended.done():
            ended.set_result(outcome)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._waiting and not self._closed:
            self._start(*self._waiting.popleft())
