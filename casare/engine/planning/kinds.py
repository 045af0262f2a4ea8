"""How each role runs: which ports open a region, which fire when all went well, which when it did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casare.sdk import Role

WORK: Final = "work"
LOOP: Final = "loop"
PARALLEL: Final = "parallel"
RETRY: Final = "retry"
TRY: Final = "try"
CATCH: Final = "catch"
FINALLY: Final = "finally"
ON_ERROR: Final = "on_error"
FORK: Final = "fork"
SUBFLOW: Final = "subflow"
BREAK: Final = "break"
CONTINUE: Final = "continue"
LOOP_END: Final = "loop_end"
CIRCLE: Final = "circle"
"""A made-up slot around a circle of control wires."""
TRIGGER: Final = "trigger"

KINDS: Final[Mapping[Role, str]] = {
    Role.LOOP_START: LOOP,
    Role.LOOP_END: LOOP_END,
    Role.PARALLEL_EACH: PARALLEL,
    Role.RETRY: RETRY,
    Role.TRY: TRY,
    Role.CATCH: CATCH,
    Role.FINALLY: FINALLY,
    Role.ON_ERROR: ON_ERROR,
    Role.FORK: FORK,
    Role.SUBFLOW: SUBFLOW,
    Role.BREAK: BREAK,
    Role.CONTINUE: CONTINUE,
    Role.TRIGGER: TRIGGER,
}
"""Every other role is WORK: it runs its body and goes on."""

OWNERS: Final = frozenset({LOOP, PARALLEL, RETRY, TRY, ON_ERROR, FORK, CIRCLE})
"""Kinds that open regions."""
LOOPS: Final = frozenset({LOOP, PARALLEL})
REGION_PORTS: Final[Mapping[str, tuple[str, ...]]] = {
    LOOP: ("body",),
    PARALLEL: ("body",),
    RETRY: ("retry_body",),
    TRY: ("try_body",),
    ON_ERROR: ("protected_body", "on_error", "finally"),
}
OPENING: Final = frozenset({*REGION_PORTS, FORK})
"""Kinds of which some control output opens a region."""
FAILURE_PORTS: Final = ("error", "exec_error", "on_error")
"""A node that fails goes on at the first of these that is wired, and the failure counts as dealt with."""
CATCH_PORT: Final = "@catch:"
FINALLY_PORT: Final = "@finally"
CAUGHT_OUT: Final = "@caught"
"""Where what hangs on a Catch's own output goes on from its Try."""
CAUGHT_THROUGH: Final = "@through"
"""The same for a Catch that the Try is wired to, so that the flow goes through it when nothing failed too."""
AFTER: Final = "@after"
"""Where what hangs on a Finally's own output goes on from its Try."""


def opens_region(kind: str, port: str) -> bool:
    """Tell whether what hangs on this control output runs as a region of its own."""
    if port in REGION_PORTS.get(kind, ()):
        return True
    if kind == FORK:
        return True
    return kind == TRY and (port == FINALLY_PORT or port.startswith(CATCH_PORT))
