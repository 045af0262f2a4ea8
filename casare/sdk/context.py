"""What a running node may ask of the run around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from casare.sdk.desktop import Desktop


@runtime_checkable
class Context(Protocol):
    """The run as a node sees it. An argument annotated with this type is filled in by the engine, not by a wire."""

    @property
    def node_id(self) -> str:
        """Return the id of the running node."""

    @property
    def desktop(self) -> Desktop | None:
        """Return the window this run was started from; None where nobody is there to ask."""

    def get_variable(self, name: str, default: Any = None) -> Any:
        """Return the value of a variable, or `default` when it is not set."""

    def set_variable(self, name: str, value: Any) -> None:
        """Set a variable of this run."""

    def log(self, message: str, *, level: str = "info", data: Any = None) -> None:
        """Write a line to the log of this run."""

    def path(self, text: str) -> Path:
        """Return the path a node may use for what the user wrote, resolved against the workflow's folder.

        Raises PermissionError when the run is bound to a folder and the path leaves it.
        """


class Arrivals(dict[str, Any]):
    """What the branches bring that reach a join, by the name of each branch and in the order they arrived.

    An argument annotated with this type is filled in by the engine.
    """


class Failure(NamedTuple):
    """What went wrong in the part of a workflow that a node guards. Filled in by the engine; None when nothing did."""

    message: str
    type: str = "Error"
    node: str = ""
    """The id of the node that failed."""
    trace: str = ""
    error: Exception | None = None
