"""Outputs by name, where the engine makes them itself."""

from __future__ import annotations

from typing import Any


class Values(dict[str, Any]):
    """What a node gave, by the names of its outputs: of a nested workflow, a batch, a disabled or a pinned node."""
