"""The errors of running a workflow."""

from __future__ import annotations

from typing import NamedTuple

from casare.foundation.errors import CasareError


class CompileError(CasareError):
    """Report a graph that cannot be run as it is."""


class BindError(CasareError):
    """Report an input of a node that has no value, or one that cannot be worked out."""


class NodeTimeoutError(CasareError):
    """Report a node, turn or run that took longer than it may."""


class Problem(NamedTuple):
    """One failure of a run, in words. `chain` leads from the outermost workflow to the node."""

    node_id: str
    message: str
    hint: str = ""
    type: str = "Error"
    node_type: str = ""
    chain: tuple[str, ...] = ()
    trace: str = ""
    handled: bool = False
    """Whether something in the workflow caught it."""
    error: Exception | None = None
