"""The host as one trigger sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casare.app.serving.door import Door
from casare.app.serving.news import News, Tell
from casare.app.serving.spots import Spot
from casare.engine.steps.context import resolve_path
from casare.sdk import Answering, Failed, Fired


@dataclass(frozen=True)
class SpotHost:
    """A `casare.sdk.Host` for one trigger of one workflow."""

    name: str
    spot: Spot
    folder: Path
    sandbox: Path | None
    token: str
    door: Door
    offer: Callable[[Mapping[str, Any]], Fired]
    listen: Callable[[], asyncio.Queue[Failed]]
    tell: Tell

    def path(self, text: str) -> Path:
        """Return the path for what the user wrote. Raises PermissionError when the runs are bound to a folder."""
        return resolve_path(text, self.folder, self.sandbox)

    def log(self, message: str, *, level: str = "info") -> None:
        """Tell what the trigger says."""
        self.tell(News("log", self.name, self.spot.node.id, message, level))

    def fire(self, payload: Mapping[str, Any]) -> Fired:
        """Begin a run, or let it wait, or refuse it."""
        return self.offer(payload)

    def serve(self, path: str, methods: tuple[str, ...], answer: Answering) -> str:
        """Answer requests to a path, or to the id of the trigger, and return the address."""
        return self.door.add(path.strip() or self.spot.node.id, methods, answer)

    async def failures(self) -> AsyncIterator[Failed]:
        """Give the failures of other workflows as they happen."""
        queue = self.listen()
        while True:
            yield await queue.get()
