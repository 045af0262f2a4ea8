"""What a person asks for when something is run, and where a run is on its way."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casare.app.running.parts import Narrow, whole


class Phase(enum.Enum):
    """Where a live run is on its way."""

    PREPARING = enum.auto()
    RUNNING = enum.auto()
    PAUSED = enum.auto()
    OVER = enum.auto()


@dataclass(frozen=True, slots=True)
class Launch:
    """What a person asked for: which part, in words for the history, and how."""

    what: str = "Whole workflow"
    narrow: Narrow = whole
    variables: Mapping[str, Any] = field(default_factory=dict)
    breakpoints: frozenset[str] = frozenset()
    pinned: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    stepping: bool = False
