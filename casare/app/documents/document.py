"""One open workflow: its graph, its history, its selection, and the file it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from casare.app.documents.level import Level
from casare.app.subgraphs.boundary import definition_of, instances_in
from casare.app.subgraphs.interfaces import levels
from casare.app.subgraphs.nesting import MOST_LEVELS, chain_to
from casare.app.subgraphs.own_types import OwnTypes
from casare.catalog import Catalog
from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.foundation.signal import Signal
from casare.model import Graph, History
from casare.storage import Packed, Problem, Saved, Stamp, prepare, write

_numbers = count(1)


class Step(NamedTuple):
    """One step on the way inwards: the instance that was entered, and its subgraph."""

    instance: str
    subgraph: str


class Document(Level):
    """An open workflow. It is its own outermost level; those inside its subgraphs come from `level`.

    Every edit goes through `do` of a level into one history. `front` is the level that is looked at, reached by `way`.
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
        graph = graph or Graph(metadata={"name": ""})
        self._types = OwnTypes(lambda: graph.subflows, catalog)
        super().__init__(self, "", graph, self._types.catalog, History(graph))
        self.path = path
        self.load_problems = tuple(load_problems)
        self.grade: str | None = None
        """The last grade, written into the skeleton on save."""
        self.stamp: Stamp | None = None
        """What the file held when it was last read or written here; None without a file."""
        self.frozen = ""
        """Why the document may not be edited, as a sentence; empty when it may. See `freeze`."""
        self.front_changed: Signal[[Level]] = Signal()
        """Another level is looked at, or the way to it is another or has other names."""
        self._levels: dict[str, Level] = {}
        self._way: tuple[Step, ...] = ()
        self._facts: list[GraphChanged] = []
        """What the edit that is being undone or done again has touched."""
        self._untitled = title or f"Untitled {next(_numbers)}"
        self.graph.changed.connect(self._on_graph_changed)
        self.history.changed.connect(self._on_history_changed)

    @property
    def title(self) -> str:
        """Return what to call the document on a tab: the file's name without suffixes, or Untitled."""
        if self.path is None:
            return self._untitled
        return title_of(self.path)

    @property
    def is_pristine(self) -> bool:
        """Tell whether this is an empty document that was never touched nor saved."""
        return self.path is None and not self.is_modified and not self.graph.nodes

    @property
    def front(self) -> Level:
        """Return the level that is looked at."""
        return self.level(self._way[-1].subgraph) if self._way else self

    @property
    def way(self) -> tuple[Step, ...]:
        """Return the instances that were entered, the outermost first."""
        return self._way

    def level(self, subgraph: str) -> Level:
        """Return the level inside a subgraph, the document itself for an empty id. Raises KeyError."""
        if not subgraph:
            return self
        held = self._levels.get(subgraph)
        if held is None:
            graph = self.graph.subflows[subgraph].graph
            held = self._levels[subgraph] = Level(self, subgraph, graph, self.catalog, self.history)
        return held

    def has(self, level: Level) -> bool:
        """Tell whether a level is still one of this document's."""
        return level is self or self._levels.get(level.id) is level

    def enter(self, instance: str) -> bool:
        """Look into a subgraph of the level in front; return False when the node is no instance of a known one."""
        node = self.front.graph.nodes.get(instance)
        subflow = definition_of(self.graph, node) if node is not None else None
        if subflow is None or len(self._way) >= MOST_LEVELS:
            return False
        self._go((*self._way, Step(instance, subflow.id)))
        return True

    def leave(self, levels: int = 1) -> None:
        """Look at the level around, or so many levels further out; the instance that was entered is selected there."""
        if not self._way or levels < 1:
            return
        kept = self._way[: max(0, len(self._way) - levels)]
        left = self._way[len(kept)].instance
        self._go(kept)
        self.front.reveal([left])

    def show_level(self, subgraph: str) -> bool:
        """Look at the level inside a subgraph by the shortest way; return False when no instance leads there."""
        if self.front.id == subgraph:
            return True
        chain = chain_to(self.graph, subgraph) if subgraph else ()
        if chain is None:
            return False
        way: list[Step] = []
        graph = self.graph
        for instance in chain:
            subflow = definition_of(self.graph, graph.nodes[instance])
            assert subflow is not None
            way.append(Step(instance, subflow.id))
            graph = subflow.graph
        self._go(tuple(way))
        return True

    def freeze(self, why: str) -> None:
        """Refuse every edit from now on, saying `why`; an empty text lets them through again."""
        self.frozen = why
        self.state_changed.emit()

    def require_thawed(self) -> None:
        """Raise ChangeRefusedError while the document is frozen."""
        if self.frozen:
            raise ChangeRefusedError(self.frozen, mend="Keep it first, then edit it.")

    def undo(self) -> str | None:
        """Take the last step back and look at the level it was on; return its label, or None."""
        self.require_thawed()
        return self._travel(self.history.undo)

    def redo(self) -> str | None:
        """Do the last undone step again and look at its level; return its label, or None."""
        self.require_thawed()
        return self._travel(self.history.redo)

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

    def _travel(self, travel: Callable[[], str | None]) -> str | None:
        self._facts.clear()
        label = travel()
        for fact in self._facts[-1:]:
            touched = [one for one in fact.levels if one in self.graph.subflows]
            if replace(fact, levels={}, subflows=frozenset()) != GraphChanged():
                touched.append("")
            if touched and self.front.id not in touched:
                any(self.show_level(one) for one in touched)
        return label

    def _go(self, way: tuple[Step, ...]) -> None:
        if way != self._way:
            self.seal()
            self._way = way
            self.front_changed.emit(self.front)

    def _on_history_changed(self) -> None:
        self.state_changed.emit()
        for level in [*self._levels.values()]:
            level.state_changed.emit()

    def _on_graph_changed(self, fact: GraphChanged) -> None:
        self._facts[:] = [fact]
        if fact.subflows or any(one.nodes for one in fact.levels.values()):
            fact = GraphChanged.union((fact, self._instances_of(self._types.forget() | fact.subflows)))
        if fact.subflows:
            self._drop_levels()
        if self._way:
            # First of all, so that nobody who hears of the edit meets a level that is gone.
            self._mend_way()
        self.take(fact)
        everywhere = GraphChanged(subflows=fact.subflows)
        for level_id, level in list(self._levels.items()):
            inner = fact.levels.get(level_id)
            if inner is not None or fact.subflows:
                level.take(everywhere if inner is None else inner.merged(everywhere))
        if self._way and (fact.subflows or fact.nodes):
            # What was entered may be called otherwise now.
            self.front_changed.emit(self.front)

    def _instances_of(self, subgraphs: Collection[str]) -> GraphChanged:
        """Return the fact that the instances of these subgraphs look otherwise, on all levels."""
        found: list[GraphChanged] = []
        for level_id, graph in levels(self.graph):
            nodes = frozenset(one for subgraph in subgraphs for one in instances_in(graph, subgraph))
            if nodes:
                fact = GraphChanged(nodes=nodes)
                found.append(fact.inside(level_id) if level_id else fact)
        return GraphChanged.union(found)

    def _drop_levels(self) -> None:
        """Let go of the levels whose graph is no longer that of a subgraph."""
        subflows = self.graph.subflows
        for level_id, level in list(self._levels.items()):
            if level_id not in subflows or subflows[level_id].graph is not level.graph:
                del self._levels[level_id]

    def _mend_way(self) -> None:
        """Leave what is no longer there."""
        graph = self.graph
        kept: list[Step] = []
        for step in self._way:
            node = graph.nodes.get(step.instance)
            subflow = definition_of(self.graph, node) if node is not None else None
            if subflow is None or subflow.id != step.subgraph:
                break
            kept.append(step)
            graph = subflow.graph
        self._go(tuple(kept))


def title_of(path: Path) -> str:
    """Return what to call a file: its name without the suffixes of a workflow."""
    name = path.name
    for suffix in (".json.zst", ".json.gz", ".json"):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name
