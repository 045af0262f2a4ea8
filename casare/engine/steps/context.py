"""The run as a node sees it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casare.sdk import Desktop

if TYPE_CHECKING:
    from casare.engine.deciding.state import Scope
    from casare.engine.steps.workflow import Workflow


class RunContext:
    """What an argument annotated with `Context` is given. Made anew for each run of a node; usable on any thread."""

    __slots__ = ("_scope", "_slot", "_workflow")

    def __init__(self, scope: Scope, slot: int, workflow: Workflow) -> None:
        self._scope = scope
        self._slot = slot
        self._workflow = workflow

    @property
    def node_id(self) -> str:
        """Return the id of the running node."""
        return self._workflow.plan.ids[self._slot]

    @property
    def desktop(self) -> Desktop | None:
        """Return the window this run was started from, or None."""
        return self._scope.frame.hub.options.desktop

    def get_variable(self, name: str, default: Any = None) -> Any:
        """Return the value of a variable, or `default` when it is not set."""
        return self._scope.frame.variables.get(name, default)

    def set_variable(self, name: str, value: Any) -> None:
        """Set a variable of this run."""
        self._scope.frame.set_variable(name, value)

    def log(self, message: str, *, level: str = "info", data: Any = None) -> None:
        """Write a line to the log of this run."""
        self._scope.frame.hub.log(self._scope, self.node_id, level, message, data)

    def path(self, text: str) -> Path:
        """Return the path a node may use for what the user wrote.

        Raises PermissionError when the run is bound to a folder and the path leaves it.
        """
        return self._scope.frame.hub.path(text, self._workflow.folder)


def resolve_path(text: str, folder: Path | None, sandbox: Path | None) -> Path:
    """Return an absolute path. A relative one starts in the workflow's folder.

    Where that folder cannot be written, such as that of a sample that came with casare, what does not exist there is
    in the current folder. With a sandbox, everything is inside of it. Raises PermissionError for what is not.
    """
    told = Path(text).expanduser()
    if sandbox is not None:
        root = sandbox.resolve()
        start = folder if folder is not None and _is_inside(folder.resolve(), root) else root
        found = (start / told).resolve()
        if not _is_inside(found, root):
            raise PermissionError(f"the path {text} is outside of the folder {root} that this run may use")
        return found
    if told.is_absolute():
        return told
    start = folder or Path.cwd()
    found = start / told
    if folder is not None and not os.access(folder, os.W_OK) and not found.exists():
        return Path.cwd() / told
    return found


def _is_inside(path: Path, root: Path) -> bool:
    return path == root or root in path.parents
