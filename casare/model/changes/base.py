"""What every change can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from casare.events import GraphChanged
    from casare.model.graph import Graph


class Change(Protocol):
    """An edit as a value."""

    @property
    def label(self) -> str:
        """Return what the edit does, as a menu would say it after Undo."""

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Edit `graph`; return the inverse and what was touched. Raises ChangeRefusedError with nothing changed."""
