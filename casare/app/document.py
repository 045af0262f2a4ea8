"""One open workflow: its graph, its history, its selection, and the file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path

from casare.app.selection import Selection
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.foundation.signal import Signal
from casare.model import Change, Graph, History, WireKey
from casare.storage import Packed, Problem, Saved, Stamp, prepare, write

_numbers = count(1)


class Document:
    """An open workflow. Every edit goes through `do`; whoever shows something listens to `changed`.

    `changed` carries a GraphChanged after each edit, undo and redo. `state_changed` tells that title, path or the
    unsaved mark may differ. `reveal_requested` carries node ids that a panel asks the canvas to show.
    """

    def __init__(
        self,
        graph: Graph | None = None,
        *,
        catalog: Catalog,
        path: Path | None = None,
        load_problems: Iterable[Problem] = (),
        title: str = "",
    ) -> None:
        self.catalog = catalog
        self.graph = graph or Graph(metadata={"name": ""})
        self.path = path
        self.load_problems = tuple(load_problems)
        self.history = History(self.graph)
        self.selection = Selection()
        self.grade: str | None = None
        """The last grade, written into the skeleton on save."""
        self.timings: Mapping[str, float] = {}
        """How long each stage of reading the file took, in ms, in the order they ran."""
        self.stamp: Stamp | None = None
        """What the file held when it was last read or written here; None without a file."""
        self.frozen = ""
        """Why the document may not be edited, as a sentence; empty when it may. See `freeze`."""
        self.prepared: object = None
        """What the thread that opened the file worked out for showing it; whoever shows the document knows its kind."""
        self.changed: Signal[[GraphChanged]] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self.reveal_requested: Signal[[tuple[str, ...]]] = Signal()
        self._untitled = title or f"Untitled {next(_numbers)}"
        self.graph.changed.connect(self._on_graph_changed)
        self.history.changed.connect(self.state_changed.emit)

    @property
    def title(self) -> str:
        """Return what to call the document on a tab: the file's name without suffixes, or Untitled."""
        if self.path is None:
            return self._untitled
        return title_of(self.path)

    @property
    def is_modified(self) -> bool:
        """Tell whether there is anything a save would write."""
        return not self.history.is_clean

    @property
    def is_pristine(self) -> bool:
        """Tell whether this is an empty document that was never touched nor saved."""
        return self.path is None and not self.is_modified and not self.graph.nodes

    def do(self, change: Change | None, *, merge: str = "") -> None:
        """Carry out an edit as one undo step; None does nothing.

        Steps with the same `merge` token join until `seal`. Raises ChangeRefusedError with nothing changed, which is
        so for every edit while the document is frozen.
        """
        if change is not None:
            self._require_thawed()
            self.history.do(change, merge=merge)

    def undo(self) -> str | None:
        """Take the last step back; return its label, or None. Raises ChangeRefusedError while frozen."""
        self._require_thawed()
        return self.history.undo()

    def redo(self) -> str | None:
        """Do the last undone step again; return its label, or None. Raises ChangeRefusedError while frozen."""
        self._require_thawed()
        return self.history.redo()

    def freeze(self, why: str) -> None:
        """Refuse every edit from now on, saying `why`; an empty text lets them through again."""
        self.frozen = why
        self.state_changed.emit()

    def seal(self) -> None:
        """End the current step, as a released button or a left field does."""
        self.history.seal()

    def reveal(self, nodes: Iterable[str], wires: Iterable[WireKey] = (), *, select: bool = True) -> None:
        """Select the nodes and wires and ask the canvas to bring them into view."""
        wanted = tuple(node_id for node_id in nodes if node_id in self.graph.nodes)
        kept_wires = tuple(key for key in wires if key in self.graph.connections)
        if select and (wanted or kept_wires):
            self.selection.set(wanted, kept_wires)
        ends = tuple(end for key in kept_wires for end in (key[0], key[2]))
        if wanted or ends:
            self.reveal_requested.emit(wanted or ends)

    def save(self, path: Path | None = None, *, write: Callable[[Packed, Path], Saved] = write) -> Saved:
        """Write the document to `path`, or to the file it came from, and remember this state as saved.

        Raises FileError with the old file whole and the document as modified as before, ValueError without any path.
        """
        target = path or self.path
        if target is None:
            raise ValueError("a document without a file needs a path to save to")
        packed = prepare(self.graph, target, grade=self.grade, catalog=self.catalog)
        saved = write(packed, target)
        self.path, self.stamp = target.absolute(), saved.stamp
        self.history.mark_clean()
        return saved

    def _require_thawed(self) -> None:
        if self.frozen:
            raise ChangeRefusedError(self.frozen, mend="Keep it first, then edit it.")

    def _on_graph_changed(self, fact: GraphChanged) -> None:
        if fact.nodes or fact.wires or fact.frames or fact.notes:
            self.selection.prune(self.graph)
        self.changed.emit(fact)


def title_of(path: Path) -> str:
    """Return what to call a file: its name without the suffixes of a workflow."""
    name = path.name
    for suffix in (".json.zst", ".json.gz", ".json"):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name
