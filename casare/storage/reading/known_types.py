"""What storage needs to know about node types; `casare.catalog.Catalog` answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from casare.sdk import NodeType


class KnownTypes(Protocol):
    """Tell known node types from unknown ones, and what an old one becomes."""

    def find(self, type_id: str) -> NodeType | None:
        """Return the type of this id or alias, or None."""

    def migration(self, type_id: str, config: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """Return the type and configuration an old node becomes, or None when it is up to date."""
