"""One level of an open workflow: the outermost graph, or the graph inside a subgraph, as an editor sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from casare.app.documents.selection import Selection
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.signal import Signal
from casare.model import Change, Graph, History, WireKey, at_level

if TYPE_CHECKING:
    from casare.app.documents.document import Document


class Level:
    """A graph with its selection; edits go through `do` into the one history of the document.

    `changed` carries a GraphChanged after each edit, undo and redo that touched this level. `state_changed` tells that
    title, path or the unsaved mark of the document may differ. `reveal_requested` carries node ids that a panel asks
    the canvas to show.
    """

    def __init__(self, document: Document, level_id: str, graph: Graph, catalog: Catalog, history: History) -> None:
        self.document = document
        self.id = level_id
        """The id of the subgraph, empty for the outermost level."""
        self.graph = graph
        self.catalog = catalog
        self.history = history
        self.selection = Selection()
        self.prepared: object = None
        """What the thread that opened the file worked out for showing it; whoever shows the document knows its kind."""
        self.timings: Mapping[str, float] = {}
        """How long each stage of reading the file took, in ms, in the order they ran."""
        self.changed: Signal[[GraphChanged]] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self.reveal_requested: Signal[[tuple[str, ...]]] = Signal()

    @property
    def is_modified(self) -> bool:
        """Tell whether there is anything a save would write."""
        return not self.history.is_clean

    def do(self, change: Change | None, *, merge: str = "") -> None:
        """Carry out an edit on this level as one undo step; None does nothing.

        Steps with the same `merge` token join until `seal`. Raises ChangeRefusedError with nothing changed.
        """
        if change is not None:
            self.document.require_thawed()
            self.history.do(at_level(change, self.id), merge=merge and f"{self.id}:{merge}")

    def undo(self) -> str | None:
        """Take the last step back, whichever level it was on, and show that level; return its label, or None."""
        return self.document.undo()

    def redo(self) -> str | None:
        """Do the last undone step again, and show its level; return its label, or None."""
        return self.document.redo()

    def seal(self) -> None:
        """End the current step, as a released button or a left field does."""
        self.history.seal()

    def reveal(self, nodes: Iterable[str], wires: Iterable[WireKey] = (), *, select: bool = True) -> None:
        """Look at this level, select the nodes and wires and ask the canvas to bring them into view."""
        self.document.show_level(self.id)
        wanted = tuple(node_id for node_id in nodes if node_id in self.graph.nodes)
        kept_wires = tuple(key for key in wires if key in self.graph.connections)
        if select and (wanted or kept_wires):
            self.selection.set(wanted, kept_wires)
        ends = tuple(end for key in kept_wires for end in (key[0], key[2]))
        if wanted or ends:
            self.reveal_requested.emit(wanted or ends)

    def take(self, fact: GraphChanged) -> None:
        """Let those who watch this level know what has happened on it. Only the document calls this."""
        if fact.nodes or fact.wires or fact.frames or fact.notes:
            self.selection.prune(self.graph)
        self.changed.emit(fact)
