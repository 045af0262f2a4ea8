"""What was found wrong in a file that could be opened all the same."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from casare.events.graph_changed import WireKey

Severity = Literal["error", "warning", "info"]


class Problem(NamedTuple):
    """One finding about a file: what it is, how bad it is, where it is, and what to do.

    `error`: a part could not be used as it stands. `warning`: usable, and likely not meant so. `info`: casare did
    something for the person. `connection` is the index in the file, or the four names of the wire.
    """

    code: str
    severity: Severity
    message: str
    node_id: str | None = None
    connection: int | WireKey | None = None
    hint: str = ""
    level: str = ""
    """The id of the subgraph it is in; empty for the workflow itself."""


SEVERITY_OF: Final[dict[str, Severity]] = {
    "broken-subgraph": "error",
    "duplicate-connection": "warning",
    "duplicate-key": "warning",
    "duplicate-node-id": "error",
    "empty-workflow": "warning",
    "encoding": "warning",
    "format-mismatch": "warning",
    "imported": "info",
    "invalid-config": "error",
    "invalid-position": "warning",
    "invalid-type": "error",
    "laid-out": "info",
    "lone-surrogate": "warning",
    "migrated": "info",
    "missing-name": "warning",
    "missing-nodes": "error",
    "missing-required-field": "error",
    "name-too-long": "warning",
    "node-id-mismatch": "warning",
    "orphaned-connection": "error",
    "schema-version-mismatch": "warning",
    "self-connection": "error",
    "stale-skeleton": "warning",
    "unknown-frame-member": "info",
    "unknown-node-type": "warning",
}
"""Every code storage reports, with its severity."""


class ProblemList:
    """Collect problems while a file is read."""

    __slots__ = ("items",)

    def __init__(self) -> None:
        self.items: list[Problem] = []

    def add(
        self,
        code: str,
        message: str,
        *,
        node_id: str | None = None,
        connection: int | WireKey | None = None,
        hint: str = "",
    ) -> None:
        """Add a finding; its severity follows from the code."""
        self.items.append(Problem(code, SEVERITY_OF[code], message, node_id, connection, hint))


KINDS: Final = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number"}


def kind_of(value: object) -> str:
    """Return what kind of JSON value this is, in words."""
    if value is None:
        return "null"
    return KINDS.get(type(value), "a number")
