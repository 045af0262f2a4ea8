"""What a trigger asks of whoever hosts it, and gets.

A trigger is a node type whose body is a class: `__call__` gives out what began the run, `watch` waits for it to happen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, runtime_checkable

PAYLOAD: Final = "_trigger"
"""The run variable that holds what began a run; a trigger that finds none gives its sample."""


class Outcome(NamedTuple):
    """How a run went that a trigger began."""

    run_id: str
    status: str
    """completed, degraded, failed or cancelled."""
    results: Mapping[str, Any]
    """What the workflow hands out, secrets masked."""
    error: str = ""


class Fired(NamedTuple):
    """What became of a payload: a run that has begun or waits for its turn, or none."""

    accepted: bool
    reason: str = ""
    """Why there is no run: busy, or full."""
    ended: Awaitable[Outcome] | None = None


class WebRequest(NamedTuple):
    """What somebody asks over HTTP. The names of headers are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class WebAnswer(NamedTuple):
    """What is answered over HTTP."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"


Answering = Callable[[WebRequest], Awaitable[WebAnswer]]


class Failed(NamedTuple):
    """A run that failed, of any workflow that is hosted together."""

    workflow: str
    run_id: str
    node_id: str
    message: str


class Host(Protocol):
    """The host as a trigger sees it. Everything here is called on the host's event loop."""

    @property
    def name(self) -> str:
        """Return what the workflow is called."""

    @property
    def token(self) -> str:
        """Return the password of this host, for triggers that have none of their own."""

    def path(self, text: str) -> Path:
        """Return the path for what the user wrote, resolved against the workflow's folder. Raises PermissionError."""

    def log(self, message: str, *, level: str = "info") -> None:
        """Write a line to the log of the host."""

    def fire(self, payload: Mapping[str, Any]) -> Fired:
        """Begin a run with what happened; it may have to wait, or be refused."""

    def serve(self, path: str, methods: tuple[str, ...], answer: Answering) -> str:
        """Answer HTTP requests to a path from now on and return its address. Raises NodeError when it is taken."""

    def failures(self) -> AsyncIterator[Failed]:
        """Give the failures of runs of this host as they happen, those of this workflow left out."""


@runtime_checkable
class Trigger(Protocol):
    """The class behind a node type that begins runs."""

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Wait and fire until cancelled. `settings` holds a value for each parameter of the node.

        Raises NodeError when it cannot go on.
        """
