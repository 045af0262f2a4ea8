"""The runs of the open documents, each document with its breakpoints, its pins, and the last run to look at."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from casare.app.running.launch import Launch, Phase
from casare.app.running.levels import RunLevels
from casare.app.running.parts import can_be_pinned, chosen, to_here
from casare.app.running.places import place_of
from casare.events import GraphChanged, LineLogged
from casare.foundation.signal import Signal
from casare.model import Graph
from casare.sdk import Desktop

if TYPE_CHECKING:
    from casare.app.documents.document import Document
    from casare.app.running.board import StatusBoard
    from casare.app.running.history import PastRun, RunHistory
    from casare.app.running.live_run import LiveRun

_FAREWELL_S: Final = 0.5
"""How long a closing window waits for its runs altogether."""
_numbers = count(1)


def _no_secrets(_name: str) -> str | None:
    return None


class DocumentRuns:
    """What is known of running one document. Lives on the thread of the document; `news` comes from the run's thread.

    `news` is emitted when the run may look different, at most once until its board is asked; `changed` when breakpoints
    or pins, the run, or what is looked at became others.
    """

    def __init__(
        self, document: Document, history: Callable[[], RunHistory], secrets: Callable[[str], str | None] = _no_secrets
    ) -> None:
        self.document = document
        self.news: Signal[[LiveRun]] = Signal()
        self.changed: Signal[[]] = Signal()
        self.shown: Signal[[]] = Signal()
        """Emitted by whoever follows the news, at most once a frame, on the thread of the document."""
        self.lines: Signal[[Sequence[LineLogged]]] = Signal()
        self.finished: Signal[[LiveRun]] = Signal()
        """A run is over and written down; emitted on the thread of the run."""
        self.run: LiveRun | None = None
        """The run under way, or the last one."""
        self.breakpoints: frozenset[str] = frozenset()
        self.pinned: dict[str, Mapping[str, Any]] = {}
        """Outputs by node that are given instead of being made."""
        self.past: tuple[PastRun, StatusBoard] | None = None
        """A run of the past that is looked at instead of the last one."""
        self.place = f"{next(_numbers)}-{time.time():.0f}"
        """What stands for the document in the history, for as long as it is open and has no file."""
        self._history = history
        self._secrets = secrets
        self.desktop: Desktop | None = None
        """The window that nodes of its runs may ask a person in."""
        self._leaving: list[LiveRun] = []
        self.levels = RunLevels(document, lambda: self.board)
        document.changed.connect(self._on_document_changed)

    @property
    def board(self) -> StatusBoard | None:
        """Return the board to look at: that of a run of the past, else that of the last run."""
        if self.past is not None:
            return self.past[1]
        return self.run.board if self.run is not None else None

    @property
    def is_running(self) -> bool:
        """Tell whether a run is under way."""
        return self.run is not None and not self.run.is_over

    @property
    def is_stale(self) -> bool:
        """Tell whether what is shown is of an earlier state of the document."""
        return self.past is None and self.run is not None and self.run.stale and self.run.is_over

    @property
    def history(self) -> RunHistory:
        """Return the runs of the past."""
        return self._history()

    def start(self, launch: Launch | None = None) -> LiveRun:
        """Begin a run; one that is under way is cancelled and makes room."""
        # The engine takes a tenth of a second to load, which nobody should wait for who only looks at a file.
        from casare.app.running.live_run import LiveRun

        told = launch or Launch()
        if self.run is not None and not self.run.is_over:
            self.run.cancel()
            self._leaving.append(self.run)
        self.past = None
        self.run = LiveRun(
            self.document.graph,
            self.document.catalog,
            Launch(
                told.what,
                told.narrow,
                told.variables,
                self.breakpoints,
                {**self.pinned, **told.pinned},
                told.stepping,
            ),
            path=self.document.path,
            place=self.place,
            history=self.history,
            secrets=self._secrets,
            desktop=self.desktop,
            on_news=self.news.emit,
            on_lines=self.lines.emit,
            on_over=self.finished.emit,
        )
        self.changed.emit()
        return self.run

    def start_to(self, node_ids: Collection[str]) -> LiveRun:
        """Run these nodes and all that leads to them."""
        return self.start(Launch(f"Up to {self._named(node_ids)}", to_here(node_ids)))

    def start_only(self, node_ids: Collection[str]) -> LiveRun:
        """Run just these nodes; what they read of others is what those gave in the last run."""
        given = {**self.last_outputs(), **self.pinned}
        narrow = chosen(node_ids, self.document.catalog, given)
        return self.start(Launch(f"Only {self._named(node_ids)}", narrow))

    def step(self) -> None:
        """Let one node run: of the run under way, which then waits, else of a new one."""
        if self.run is not None and not self.run.is_over:
            self.run.step()
        else:
            self.start(Launch("Step by step", stepping=True))

    def stop(self) -> None:
        """Cancel the run under way."""
        if self.run is not None and not self.run.is_over:
            self.run.cancel()

    def toggle_pause(self) -> None:
        """Hold the run under way, or let it go on."""
        if self.run is None or self.run.is_over:
            return
        if self.run.phase is Phase.PAUSED:
            self.run.resume()
        else:
            self.run.pause()

    def toggle_breakpoints(self, node_ids: Collection[str]) -> None:
        """Set a breakpoint at these nodes, or take them away when all of them have one. Holds from the next run on."""
        wanted = frozenset(node_ids)
        self.breakpoints = self.breakpoints - wanted if wanted <= self.breakpoints else self.breakpoints | wanted
        self.changed.emit()

    def toggle_pins(self, node_ids: Collection[str]) -> int:
        """Pin what these nodes gave last, or unpin them when all are; return how many could not be pinned."""
        places = {one: place for one in node_ids if (place := place_of(self.document.graph, one)) is not None}
        wanted = list(places)
        if wanted and all(one in self.pinned for one in wanted):
            for one in wanted:
                del self.pinned[one]
            self.changed.emit()
            return 0
        outputs = self.last_outputs()
        missing = 0
        for one in wanted:
            if one in outputs and can_be_pinned(self.levels.node(places[one]), self.document.catalog):
                self.pinned[one] = outputs[one]
            else:
                missing += one not in self.pinned
        self.changed.emit()
        return missing

    def last_outputs(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what each node gave last in the run on show; looked up when asked for."""
        return _LastOutputs(self.board) if self.board is not None else {}

    def look_at(self, past: PastRun | None, board: StatusBoard | None = None) -> None:
        """Show a run of the past on the canvas; None goes back to the last run."""
        self.past = (past, board) if past is not None and board is not None else None
        self.changed.emit()

    def dismiss(self) -> None:
        """Show no run any more."""
        if self.past is not None:
            self.past = None
        elif self.run is not None and self.run.is_over:
            self.run = None
        self.changed.emit()

    def graph_of(self, past: PastRun) -> Graph | None:
        """Return the graph of a past run as it was, or None when it was not kept. Raises FileError."""
        return self.history.graph(past.id, self.document.catalog)

    def under_way(self) -> list[LiveRun]:
        """Return the runs that have not come to their end, cancelled ones included."""
        self._leaving = [one for one in self._leaving if not one.is_over]
        return [*self._leaving, *([self.run] if self.run is not None and not self.run.is_over else [])]

    def close(self) -> None:
        """Cancel what is under way and listen no more."""
        self.document.changed.disconnect(self._on_document_changed)
        for one in self.under_way():
            one.cancel()

    def _named(self, node_ids: Collection[str]) -> str:
        if len(node_ids) == 1:
            return self.levels.called(next(iter(node_ids)))
        return f"{len(node_ids)} nodes"

    def _on_document_changed(self, fact: GraphChanged) -> None:
        if not fact.structural:
            return
        graph = self.document.graph
        self.breakpoints = frozenset(one for one in self.breakpoints if place_of(graph, one) is not None)
        for one in [one for one in self.pinned if place_of(graph, one) is None]:
            del self.pinned[one]
        if self.run is not None and not self.run.stale:
            self.run.stale = True
            self.changed.emit()


class _LastOutputs(Mapping[str, Mapping[str, Any]]):
    """Outputs by node, without going through all nodes of a large run."""

    def __init__(self, board: StatusBoard) -> None:
        self._board = board

    def __getitem__(self, node_id: str) -> Mapping[str, Any]:
        turn = self._board.turns.last(node_id)
        if turn is None or turn.values is None:
            raise KeyError(node_id)
        return turn.values

    def __iter__(self) -> Iterator[str]:
        return (node_id for node_id in list(self._board.number) if node_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self._board.number)


class LiveRuns:
    """The runs of all open documents, each made when somebody first asks for it."""

    def __init__(
        self,
        closed: Signal[[Document]],
        history: RunHistory | None = None,
        secrets: Callable[[str], str | None] = _no_secrets,
    ) -> None:
        """Let a document go, its run with it, when `closed` names it."""
        self._held: dict[Document, DocumentRuns] = {}
        self._history = history
        self._secrets = secrets
        self._leaving: list[LiveRun] = []
        self.finished: Signal[[LiveRun]] = Signal()
        """A run of any document is over and written down; emitted on the thread of the run."""
        closed.connect(self._on_closed)

    def of(self, document: Document) -> DocumentRuns:
        """Return the runs of an open document."""
        found = self._held.get(document)
        if found is None:
            found = self._held[document] = DocumentRuns(document, self._the_history, self._secrets)
            found.finished.connect(self.finished.emit)
        return found

    def is_running(self, document: Document | None) -> bool:
        """Tell whether a run of a document is under way."""
        return document is not None and document in self._held and self._held[document].is_running

    def close(self) -> None:
        """Cancel every run and wait for their ends, half a second altogether: a process must not be kept alive."""
        for runs in self._held.values():
            self._leaving += runs.under_way()
            runs.close()
        self._held.clear()
        until = time.monotonic() + _FAREWELL_S
        for one in self._leaving:
            one.wait(max(0.0, until - time.monotonic()))
        self._leaving.clear()

    def _the_history(self) -> RunHistory:
        if self._history is None:
            from casare.app.running.history import default_history

            self._history = default_history()
        return self._history

    def _on_closed(self, document: Document) -> None:
        runs = self._held.pop(document, None)
        if runs is not None:
            self._leaving = [*(one for one in self._leaving if not one.is_over), *runs.under_way()]
            # The window must not wait for a run that nobody will see.
            runs.close()
