"""How the nodes of one level of a document stand in a run: an instance as what is inside of it stands together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from casare.app.running.board import NodeView, StatusBoard
from casare.app.running.places import Way, prefix_of, source_of
from casare.app.subgraphs.boundary import definition_of, outputs_of
from casare.app.subgraphs.inlining import JOINT
from casare.model import Graph

_WORST_FIRST: Final = ("running", "failed", "cancelled", "pending", "completed", "cached", "skipped", "bypassed")
_ENDED: Final = frozenset({"completed", "cached"})


class LevelBoard:
    """Answer as a StatusBoard does, for the nodes of one level by their own ids. Read on the thread of the document.

    What is inside of an instance is gone through once after it changed, and only when somebody asks.
    """

    def __init__(self, board: StatusBoard, document: Graph, level: Graph, way: Way = ()) -> None:
        """Look at the level with the graph `level`, to which `way` leads in `document`."""
        self.whole = board
        self._document = document
        self.level = level
        self._way = way
        self._prefix = prefix_of(way)
        self._number: Mapping[str, int] | None = None
        self._inside: dict[str, list[str]] = {}
        self._home: dict[str, str] = {}
        self._known: dict[str, NodeView] = {}

    @property
    def paused_at(self) -> str | None:
        """The node of this level before which, or inside of which, the run waits."""
        at = self.whole.paused_at
        return self._homes().get(at, "") if at else at

    def view(self, node_id: str) -> NodeView | None:
        """Return how a node stands; None for one that is no part of the run."""
        inside = self._inner(node_id)
        if not inside:
            return self.whole.view(self._prefix + node_id)
        found = self._known.get(node_id)
        if found is None:
            found = self._known[node_id] = self._together(inside)
        return found

    def status(self, node_id: str) -> str:
        """Return the status of a node; empty for one that is no part of the run."""
        if not self._inner(node_id):
            return self.whole.status(self._prefix + node_id)
        view = self.view(node_id)
        return view.status if view is not None else ""

    def runs(self, node_id: str) -> int:
        """Return how often a node has run."""
        view = self.view(node_id)
        return view.runs if view is not None else 0

    def counts(self, node_id: str) -> Mapping[str, int]:
        """Return how many items the lists have that a node gave last, by output."""
        if not self._inner(node_id):
            return self.whole.counts(self._prefix + node_id)
        subflow = definition_of(self._document, self.level.nodes[node_id])
        found: dict[str, int] = {}
        for outlet in outputs_of(subflow) if subflow is not None else ():
            source = source_of(self._document, self._way, node_id, outlet.id, self.whole.number)
            held = self.whole.counts(source.path).get(source.port) if source is not None else None
            if held is not None:
                found[outlet.id] = held
        return found

    def under_way(self) -> list[str]:
        """Return the nodes of this level that are running."""
        homes = self._homes()
        return list(dict.fromkeys(homes[one] for one in self.whole.under_way() if one in homes))

    def followed(self, paths: Iterable[str]) -> frozenset[str]:
        """Take note that these nodes of the run have changed; return whose look that changes on this level."""
        homes = self._homes()
        touched = frozenset(homes[one] for one in paths if one in homes)
        for one in touched:
            self._known.pop(one, None)
        return touched

    def forget(self) -> None:
        """Take note that anything may have changed."""
        self._known.clear()

    def _inner(self, node_id: str) -> list[str] | None:
        self._homes()
        return self._inside.get(node_id)

    def _homes(self) -> dict[str, str]:
        """Return the node of this level that each node of the run is, or is inside of."""
        number = self.whole.number
        if self._number is not number:
            self._number = number
            self._inside, self._home, self._known = {}, {}, {}
            nodes, start = self.level.nodes, len(self._prefix)
            for path in number:
                if not path.startswith(self._prefix):
                    continue
                rest = path[start:]
                home = rest if rest in nodes else _root(rest, nodes)
                if home:
                    self._home[path] = home
                    if home != rest and self._prefix + home not in number:
                        # An instance that the engine runs as one node stands as that.
                        self._inside.setdefault(home, []).append(path)
        return self._home

    def _together(self, inside: list[str]) -> NodeView:
        """Return one state for all that is inside: what runs first, then what went wrong."""
        board = self.whole
        found = {path: view for path in inside if (view := board.view(path)) is not None}
        views = list(found.values())
        statuses = {view.status for view in views}
        status = next((one for one in _WORST_FIRST if one in statuses), "pending")
        if status == "pending" and not statuses.isdisjoint(_ENDED):
            # Between two of its nodes it is no less under way.
            status = "running"
        turns = [turn for path in found if (turn := board.turns.last(path)) is not None]
        spent = (max(one.ended for one in turns) - min(one.began for one in turns)) * 1000 if turns else 0.0
        began = [view.began for view in views if view.began >= 0]
        failed = next(((path, view.error) for path, view in found.items() if view.error), None)
        runs = min((view.runs for view in views if view.runs), default=0)
        return NodeView(
            status,
            runs,
            spent,
            spent if runs == 1 else sum(view.total_ms for view in views),
            f"{failed[0].rpartition(JOINT)[2]}: {failed[1]}" if failed is not None else "",
            sum(view.retries for view in views),
            any(view.paused for view in views),
            min(began, default=-1.0),
        )


def _root(rest: str, nodes: Mapping[str, object]) -> str:
    """Return the node of a level that `rest`, the end of a path, lies inside of."""
    head, joint, after = rest.partition(JOINT)
    while joint and head not in nodes:
        more, joint, after = after.partition(JOINT)
        head = f"{head}{JOINT}{more}"
    return head if joint else ""
