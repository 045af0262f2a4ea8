"""What a rule is: a name, how bad, how many points, and a check that finds its cases."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from casare.profiling.evidence import Evidence
from casare.profiling.scoring.rule_choices import Limit

Severity = Literal["error", "warning", "info"]


class Sees(enum.Flag):
    """What an edit of wires can change."""

    CONTROL = enum.auto()
    DATA = enum.auto()
    """Also references, which follow from nodes alone."""
    REACH = enum.auto()
    REGIONS = enum.auto()
    TIMES = enum.auto()
    """The critical path, the schedule and the memory of the graded run."""
    SERIAL = enum.auto()
    """Work that waits for no reason."""


NOTHING: Final = Sees(0)
EVERYTHING: Final = ~NOTHING


class Finding(NamedTuple):
    """All cases of one rule in one workflow: points before the cap, node numbers, and what to tell."""

    points: float
    nodes: Sequence[int]
    message: str


class Rule(NamedTuple):
    """One way to lose points.

    `formula` says in words how `check` arrives at its points, of which at most `cap` count. Points never fall when a
    case is added, so a workflow never gets better by a further defect. `advice` goes to each node found.
    """

    id: str
    title: str
    severity: Severity
    formula: str
    cap: float
    advice: str
    check: Callable[[Evidence], Finding | None]
    watches: tuple[str, ...] = ()
    """Configuration keys that `check` looks at itself; without an edit of one of them its finding stands."""
    timed: bool = False
    """Whether `check` looks at times, sizes or complexity, so that an edit of costs may change its finding."""
    sees: Sees = EVERYTHING
    """What an edit of wires can change and `check` looks at; without such a change its finding stands."""
    compares: bool = False
    """Whether `check` compares the work of nodes."""
    limit: Limit | None = None
    """The figure a person may set."""


def limit_of(evidence: Evidence, rule_id: str, default: float) -> float:
    """Return the limit of a rule that a person set, or its default."""
    return evidence.choices.limits.get(rule_id, default)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 node`, `3 nodes`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def growing(value: float, unit: float) -> float:
    """Return log2(1 + value / unit): 1 at one unit, and one more for each doubling after that."""
    import math

    return math.log2(1 + max(value, 0.0) / unit)
