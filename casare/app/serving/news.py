"""What a host of triggers tells of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Kind = Literal["listening", "began", "ended", "refused", "broke", "log"]


class News(NamedTuple):
    """One thing that happened. `trigger` is the id of the trigger's node."""

    kind: Kind
    workflow: str
    trigger: str
    message: str = ""
    level: str = "info"
    run_id: str = ""
    status: str = ""
    elapsed_ms: float = 0.0


Tell = Callable[[News], None]
