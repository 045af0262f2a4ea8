"""What would make an open document better, looked for anew after edits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casare.app.latest import Latest
from casare.app.profiler.basis import Basis
from casare.events import GraphChanged
from casare.foundation.signal import Signal
from casare.model import Graph

if TYPE_CHECKING:
    from casare.app.documents.document import Document
    from casare.app.improving.improvements import Improvement

MOST_REST_S: Final = 0.1
"""How long a search rests at a time, at most."""

_State = tuple[int, Basis]
_NONE_YET: Final[_State] = (-1, Basis())

_log = logging.getLogger(__name__)


class _NotWantedError(Exception):
    """Ends a search that nobody wants any more."""


class LiveImprovements:
    """Look for edits that make one document better, on a thread, whenever `search` is called; the latest state wins.

    A search in a large workflow takes seconds, so nothing is looked for until somebody asks. `changed` is emitted when
    something was found, **on the thread that finished**: whoever draws must carry it over to its own thread.
    """

    def __init__(self, document: Document, basis: Callable[[], Basis]) -> None:
        """`basis` tells what the promises are to rest on."""
        self.changed: Signal[[]] = Signal()
        self._document = document
        self._basis = basis
        self._edits = 0
        self._found: tuple[_State, tuple[Improvement, ...]] = (_NONE_YET, ())
        """For which state something was found, and what; always exchanged as one."""
        self._sought = _NONE_YET
        self._closed = False
        self._over = threading.Event()
        self._search: object = None
        """Stands for the search that is wanted; one under way that is no longer it ends at its next pulse."""
        self._latest: Latest[tuple[_State, tuple[Improvement, ...]]] = Latest(self._keep, "casare-improve")
        document.changed.connect(self._on_document_changed)

    @property
    def found(self) -> tuple[Improvement, ...]:
        """Return what was found last, best first; for an earlier state of the document while `stale`."""
        return self._found[1]

    @property
    def stale(self) -> bool:
        """Tell whether what was found is not about the document as it is now."""
        return self._found[0] != self._state

    def search(self) -> None:
        """Look for improvements of the document as it is now, unless that is known or under way."""
        state = self._state
        if self._closed or state in (self._sought, self._found[0]):
            return
        self._sought = state
        token = self._search = object()
        self._over.clear()
        held = self._document.graph
        nodes, wires = dict(held.nodes), dict(held.connections)
        metadata, variables, settings = held.metadata, held.variables, held.settings

        def work() -> tuple[_State, tuple[Improvement, ...]]:
            # The indexes of wires are made here, because copying them would hold the window up.
            graph = Graph(nodes.values(), wires.values(), metadata=metadata, variables=variables, settings=settings)
            return state, self._improvements(graph, state[1], token)

        self._latest.submit(work)

    def apply(self, improvement: Improvement) -> bool:
        """Carry out an improvement as one undo step; False, with nothing done, when it is about an earlier state."""
        if self.stale or improvement not in self.found:
            return False
        self._document.do(improvement.change)
        return True

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until no search is under way; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s)

    def close(self, *, wait: bool = True) -> None:
        """Look for nothing more. A search under way ends within some tens of ms, which `wait` waits for."""
        if not self._closed:
            self._closed = True
            self._document.changed.disconnect(self._on_document_changed)
        self._search = None
        self._over.set()
        self._latest.drop()
        if wait:
            self._latest.close()

    @property
    def _state(self) -> _State:
        return self._edits, self._basis()

    def _improvements(self, graph: Graph, basis: Basis, token: object) -> tuple[Improvement, ...]:
        from casare.app.improving.improvements import improvements

        last = time.perf_counter()

        def pulse() -> None:
            # It takes no more than half of the time of the interpreter, which the window shares.
            nonlocal last
            self._over.wait(min(time.perf_counter() - last, MOST_REST_S))
            if self._search is not token:
                raise _NotWantedError
            last = time.perf_counter()

        try:
            return improvements(graph, self._document.catalog, basis=basis, pulse=pulse)
        except _NotWantedError:
            return ()
        except Exception:
            # A defect of a rule must not take the editor down; the advice of the ledger is still there.
            _log.exception("the search for improvements failed")
            return ()

    def _keep(self, result: tuple[_State, tuple[Improvement, ...]]) -> None:
        self._found = result
        self.changed.emit()

    def _on_document_changed(self, fact: GraphChanged) -> None:
        if fact.structural:
            self._edits += 1
            self._search = None
            self._over.set()
            self._latest.drop()
