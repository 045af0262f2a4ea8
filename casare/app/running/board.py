"""How every node of a run stands, folded from its events on the thread of the run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casare.app.running.places import path_of
from casare.app.running.turns import MOST_TURNS, Turn, TurnBook
from casare.engine import RunReport
from casare.engine.deciding.state import NOTHING, Frame
from casare.engine.keeping.ledger import Detail
from casare.events import NodeRetried, RunPaused, RunResumed

_RUNNING: Final = "running"
_ENDED: Final = frozenset({"completed", "failed", "cached"})
_ALL_TURNS: Final = 200_000
"""About how many turns are kept of all nodes together."""
_FEWEST_TURNS: Final = 20


class NodeView(NamedTuple):
    """How one node stands. Times in ms; `began` in s since the run began, while the node runs."""

    status: str
    runs: int = 0
    last_ms: float = 0.0
    total_ms: float = 0.0
    error: str = ""
    retries: int = 0
    paused: bool = False
    """Whether the run waits before this node."""
    began: float = -1.0


class News(NamedTuple):
    """What has changed since the board was last asked."""

    nodes: frozenset[str]
    everything: bool = False


class StatusBoard:
    """The state of all nodes of one run. One thread folds, one reader takes what changed; any thread may look.

    Memory is bounded by the number of nodes, whatever the number of events: a node holds its last state, its sums and,
    in `turns`, its last turns.
    """

    def __init__(
        self, on_news: Callable[[], object] = lambda: None, clean: Callable[[str], str] = lambda text: text
    ) -> None:
        """Tell `on_news` that something changed; `clean` takes secrets out of messages."""
        self._clean = clean
        self.turns = TurnBook()
        self.number: dict[str, int] = {}
        self.done = 0
        """How many nodes have come to an end at least once."""
        self.total = 0
        self.events = 0
        self.paused_at: str | None = None
        """The node before which the run waits; empty for wherever it is, None when it does not wait."""
        self.current = ""
        """The node that began or ended last."""
        self._on_news = on_news
        self._ids: tuple[str, ...] = ()
        self._status: list[str] = []
        self._runs: list[int] = []
        self._last: list[int] = []
        self._sums: list[int] = []
        self._errors: dict[int, str] = {}
        self._retries: dict[int, int] = {}
        self._counts: dict[int, Mapping[str, int]] = {}
        self._active: dict[int, dict[int, float]] = {}
        """For each slot under way, when it began (s), by the scope it is under way in."""
        self._nested: dict[tuple[str, ...], list[int]] = {}
        """For each nested workflow by the nodes that lead into it, our slots of its nodes; -1 for one of none."""
        self._dirty: set[int] = set()
        self._everything = False
        self._told = False
        self._lock = threading.Lock()
        self._taken: dict[tuple[int, int], dict[str, Any]] = {}
        """What bodies were given, by scope and slot, until the event of their end comes."""

    def begin(self, node_ids: Iterable[str], nested: Iterable[str] = ()) -> None:
        """Take the nodes in the order of the graph that is run, then those of workflows inside of it by their paths."""
        own = tuple(node_ids)
        self._ids = (*own, *nested)
        self._nested = {}
        self.total, count = len(own), len(self._ids)
        self.turns = TurnBook(most=max(_FEWEST_TURNS, min(MOST_TURNS, _ALL_TURNS // max(1, count))))
        self._status = ["pending"] * count
        self._runs, self._last, self._sums = [0] * count, [0] * count, [0] * count
        self.number = {node_id: slot for slot, node_id in enumerate(self._ids)}
        self._tell(everything=True)

    def view(self, node_id: str) -> NodeView | None:
        """Return how a node stands; None for one that is no part of the run."""
        slot = self.number.get(node_id)
        if slot is None:
            return None
        active = self._active.get(slot)
        return NodeView(
            self._status[slot],
            self._runs[slot],
            self._last[slot] / 1e6,
            self._sums[slot] / 1e6,
            self._errors.get(slot, ""),
            self._retries.get(slot, 0),
            self.paused_at == node_id,
            min(active.values(), default=-1.0) if active else -1.0,
        )

    def status(self, node_id: str) -> str:
        """Return the status of a node in one look-up; empty for one that is no part of the run."""
        slot = self.number.get(node_id)
        return self._status[slot] if slot is not None else ""

    def counts(self, node_id: str) -> Mapping[str, int]:
        """Return how many items the lists have that a node gave last, by output."""
        slot = self.number.get(node_id)
        return self._counts.get(slot, {}) if slot is not None else {}

    def runs(self, node_id: str) -> int:
        """Return how often a node has run."""
        slot = self.number.get(node_id)
        return self._runs[slot] if slot is not None else 0

    def under_way(self) -> list[str]:
        """Return the nodes that are running."""
        return [self._ids[slot] for slot, active in list(self._active.items()) if active]

    def take(self) -> News:
        """Return what changed since the last time; whoever listens is told again of what comes after."""
        with self._lock:
            dirty, self._dirty = self._dirty, set()
            everything, self._everything, self._told = self._everything, False, False
        return News(frozenset(self._ids[slot] for slot in dirty), everything)

    def fold(self, rows: Sequence[Any], began: int) -> None:
        """Take a batch of events; the sink of a run, on its thread. `began` in ns of the performance counter."""
        status, runs, last, sums = self._status, self._runs, self._last, self._sums
        size = self.total
        touched: set[int] = set()
        newest: dict[tuple[int, int], int] = {}
        places: dict[int, tuple[int, ...]] = {}
        for at, row in enumerate(rows):
            if type(row) is tuple:
                newest[id(row[0].frame), row[1]] = at
        for at, row in enumerate(rows):
            if type(row) is not tuple:
                self._take_fact(row, touched)
                continue
            scope, slot, start, end, state, told = row
            is_newest = newest[id(scope.frame), slot] == at
            slot = self._slot_inside(scope.frame, slot) if scope.frame.chain else slot if slot < size else -1
            if slot < 0:
                continue
            touched.add(slot)
            if self.paused_at and self._ids[slot] == self.paused_at:
                # A step has carried it over the node it waited at.
                self.paused_at = ""
            if state == _RUNNING:
                self._active.setdefault(slot, {})[id(scope)] = (start - began) / 1e9
                status[slot] = _RUNNING
                self.current = self._ids[slot]
                continue
            active = self._active.get(slot)
            if active:
                active.pop(id(scope), None)
            if status[slot] == "pending" or (status[slot] == _RUNNING and not runs[slot]):
                self.done += slot < self.total
            if state in _ENDED:
                runs[slot] += 1
                last[slot] = end - start
                sums[slot] += end - start
                if state == "failed" and told is not None:
                    self._errors[slot] = self._clean(told.message)
            if not active:
                status[slot] = state if state != "bypassed" or not runs[slot] else "completed"
            self._keep(slot, row, began, places, newest=is_newest)
        self.events += len(rows)
        self._tell(touched)

    def finish(self, report: RunReport) -> None:
        """Take the end of the run: what nodes that were not reached came to."""
        self._active.clear()
        self.paused_at = None
        for node in report.nodes:
            slot = self.number.get(path_of(node.chain, node.id), -1)
            if slot < 0:
                continue
            self._status[slot] = node.status
            if node.error:
                self._errors.setdefault(slot, self._clean(node.error))
        unreached = "cancelled" if report.status == "cancelled" else "bypassed"
        self._status = [unreached if one == "pending" else one for one in self._status]
        if report.status in ("completed", "degraded"):
            self.done = self.total
        self._tell(everything=True)

    def abandon(self) -> None:
        """Take note that the run broke off: what was under way or still to come is cancelled."""
        self._active.clear()
        self.paused_at = None
        self._status = ["cancelled" if one in ("pending", _RUNNING) else one for one in self._status]

    def announce(self) -> None:
        """Tell whoever listens that something beyond the nodes is another now."""
        self._tell(everything=True)

    def restore(self, views: Mapping[str, NodeView]) -> None:
        """Show a run of the past."""
        self.begin(views)
        for slot, view in enumerate(views.values()):
            self._status[slot] = view.status
            self._runs[slot] = view.runs
            self._last[slot], self._sums[slot] = int(view.last_ms * 1e6), int(view.total_ms * 1e6)
            if view.error:
                self._errors[slot] = view.error
        self.done = self.total
        self._tell(everything=True)

    def _slot_inside(self, frame: Frame, slot: int) -> int:
        """Return our slot of a node of a nested workflow; -1 for one that is not on the board."""
        slots = self._nested.get(frame.chain)
        if slots is None:
            slots = [self.number.get(path_of(frame.chain, node_id), -1) for node_id in frame.plan.ids]
            self._nested[frame.chain] = slots
        return slots[slot]

    def _keep(
        self, slot: int, row: tuple[Any, ...], began: int, places: dict[int, tuple[int, ...]], *, newest: bool
    ) -> None:
        """Keep a turn. `places` holds the numbers of the turns around, by scope, for one batch."""
        scope, own, start, end, state, told = row
        inputs = self._taken.pop((id(scope), own), None)
        if state not in _ENDED:
            return
        failed = state == "failed"
        given = NOTHING if failed else told
        # A loop has no value of its own; what it gave its last turn is held by the frame.
        if given is None:
            given = scope.frame.outputs[own] if newest else NOTHING
        values = scope.frame.workflow.outputs_of(own, given) or None if given is not NOTHING else None
        if values is not None and newest:
            held = {name: len(one) for name, one in values.items() if isinstance(one, (list, tuple))}
            if held or slot in self._counts:
                self._counts[slot] = held
        turns = places.get(id(scope))
        if turns is None:
            turns = places[id(scope)] = scope.turns if scope.parent is not None else ()
        error = self._clean(told.message) if failed and told is not None else ""
        turn = Turn(self._runs[slot] - 1, turns, state, (start - began) / 1e9, (end - began) / 1e9, error)
        turn.inputs = inputs
        self.turns.add(self._ids[slot], turn, values)
        self.current = self._ids[slot]

    def _take_fact(self, fact: Any, touched: set[int]) -> None:
        if type(fact) is Detail:
            frame = fact.scope.frame
            if fact.inputs is not None and (not frame.chain or self._slot_inside(frame, fact.slot) >= 0):
                self._taken[id(fact.scope), fact.slot] = fact.inputs
        elif isinstance(fact, NodeRetried):
            slot = self.number.get(path_of(fact.chain, fact.node_id))
            if slot is not None:
                self._retries[slot] = self._retries.get(slot, 0) + 1
                touched.add(slot)
        elif isinstance(fact, RunPaused):
            self.paused_at = fact.node_id
            if fact.node_id in self.number:
                touched.add(self.number[fact.node_id])
        elif isinstance(fact, RunResumed):
            self.paused_at = None
            self._everything = True

    def _tell(self, touched: Iterable[int] = (), *, everything: bool = False) -> None:
        with self._lock:
            self._dirty.update(touched)
            self._everything = self._everything or everything
            told, self._told = self._told, True
        if not told:
            self._on_news()
