"""Edits of subgraphs: add, remove, give another interface, and carry an edit out inside of one.

The first three mean the subgraphs of the whole document, on whichever level they are carried out, since all levels
share them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model.changes.batch import Batch
from casare.model.changes.ordered import Places, first_missing, put, take
from casare.model.subflows import Definition, Interface, Subflow

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


def _require(graph: Graph, definition_id: str) -> Subflow:
    found = graph.subflows.get(definition_id)
    if found is None:
        raise ChangeRefusedError(f"There is no subgraph {definition_id!r}.", where=f"subgraph {definition_id}")
    return found


@dataclass(frozen=True, slots=True)
class AddSubflows:
    """Add subgraphs to the document, at the end or at the given places."""

    definitions: tuple[Definition, ...]
    places: Places = ()
    label: str = "Add subgraph"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Add the subgraphs; refuse an id that is taken."""
        entries = {one.id: Subflow.made(one, graph.subflows) for one in self.definitions}
        taken = next((one for one in entries if one in graph.subflows), None)
        if taken is not None or len(entries) < len(self.definitions):
            raise ChangeRefusedError(f"There already is a subgraph {taken!r}.", where=f"subgraph {taken}")
        put(graph.subflows, entries, self.places)
        return RemoveSubflows(tuple(entries)), GraphChanged(subflows=frozenset(entries))


@dataclass(frozen=True, slots=True)
class RemoveSubflows:
    """Remove subgraphs; an instance that is left shows that its subgraph is missing."""

    ids: tuple[str, ...]
    label: str = "Remove subgraph"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Remove the subgraphs."""
        missing = first_missing(graph.subflows, self.ids)
        if missing is not None:
            _require(graph, missing)
        taken, places = take(graph.subflows, set(self.ids))
        return AddSubflows(tuple(one.value() for one in taken.values()), places), GraphChanged(
            subflows=frozenset(taken)
        )


@dataclass(frozen=True, slots=True)
class SetInterface:
    """Give a subgraph another name, other ports or other promoted parameters."""

    id: str
    interface: Interface
    label: str = "Edit subgraph"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the interface."""
        found = _require(graph, self.id)
        before, found.interface = found.interface, self.interface
        return SetInterface(self.id, before, self.label), GraphChanged(subflows=frozenset((self.id,)))


@dataclass(frozen=True, slots=True)
class InSubflow:
    """Carry an edit out in the graph inside a subgraph."""

    id: str
    change: Change

    @property
    def label(self) -> str:
        """Return what the edit does."""
        return self.change.label

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Edit the graph inside; what that touches is told under the id of the subgraph."""
        inverse, fact = self.change.carry_out(_require(graph, self.id).graph)
        # What brings a subgraph back must not be sought inside of it: the edit may have removed this very one.
        return at_level(inverse, self.id), fact.inside(self.id)


def at_level(change: Change, definition_id: str) -> Change:
    """Return the change that does inside a subgraph what `change` does at the outermost level.

    What concerns the subgraphs of the whole document stays as it is. An empty id is the outermost level.
    """
    if not definition_id or isinstance(change, (AddSubflows, RemoveSubflows, SetInterface, InSubflow)):
        return change
    if isinstance(change, Batch):
        return Batch(tuple(at_level(one, definition_id) for one in change.changes), change.label)
    return InSubflow(definition_id, change)
