"""Count calls: what a piece of work costs, however busy the machine is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tests.engine.probes import plus


def calls_of(work: Callable[[], Any]) -> int:
    """Return how many Python functions are called, besides the bodies of the nodes."""
    found = 0

    def count(frame: Any, event: str, _: Any) -> None:
        nonlocal found
        found += event == "call" and frame.f_code is not plus.__code__

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found
