"""Open workflow files on a thread of their own, so that a window can show progress and call it off, and never waits.

A file is read, checked and built from start to end on the thread; what comes back is complete and belongs to nobody
yet. So calling an opening off, or closing the program meanwhile, leaves everything as it was.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casare.app.files.previews import correct_picture
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.model import Graph
from casare.storage import Limits, Loaded
from casare.storage.reading.staged import Stopped, load_in_stages
from casare.storage.reading.workflow_cache import WorkflowCache

PREPARE: Final = "prepare"
"""The stage after those of `storage`: whatever else the caller wants worked out before the document is shown."""
_PREPARE_SHARE: Final = 0.6
"""How much of the whole preparing takes, when there is anything to prepare (10,000 nodes, median)."""
_PATIENCE_S: Final = 2.0
_AFTER_PAINTING_S: Final = 0.4
"""How long what can be done later waits after a file was handed over: the window paints it meanwhile, and a thread that
calculates would slow that down."""

Prepare = Callable[[Graph, Catalog], object]

_log = logging.getLogger(__name__)


class Opening:
    """One file on its way in. Made by `Openings.open`; `cancel` may be called from any thread, at any time."""

    def __init__(self, path: Path, *, as_template: bool = False) -> None:
        self.path = path
        self.as_template = as_template
        """Whether a copy is wanted, as a new document without a file."""
        self.stage = ""
        """What is being done; empty while the file waits for its turn."""
        self.fraction = 0.0
        """How much is done, 0 to 1. Never goes back."""
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Tell whether the opening was called off. A result that was on its way by then is to be dropped."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Call the opening off. A second call does nothing."""
        self._cancelled.set()


@dataclass(frozen=True, slots=True)
class Progressed:
    """An opening has come further."""

    opening: Opening
    stage: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Opened:
    """A file is there: its graph and problems, what was prepared, and the catalog's revision that was for."""

    opening: Opening
    loaded: Loaded
    prepared: object = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A file cannot be opened, for this reason."""

    opening: Opening
    error: CasareError


@dataclass(frozen=True, slots=True)
class Dropped:
    """An opening was called off and has ended."""

    opening: Opening


OpeningEvent = Progressed | Opened | Refused | Dropped


class Openings:
    """Open files one after another on one thread, which runs only while there is something to open.

    `deliver` is called on that thread: any number of `Progressed`, then exactly one of the others for each opening, in
    the order they were asked for. `prepare` is given each graph that was read and may work anything out that showing
    it will need; should it fail, the file opens without. After `close` nothing is delivered.
    """

    def __init__(
        self,
        catalog: Catalog,
        deliver: Callable[[OpeningEvent], object],
        *,
        prepare: Prepare | None = None,
        cache: WorkflowCache | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._catalog = catalog
        self._deliver = deliver
        self._prepare = prepare
        self._cache = cache
        self._limits = limits
        self._lock = threading.Lock()
        self._waiting: deque[Opening] = deque()
        self._running: Opening | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._wanted = threading.Event()
        """Set when the thread is to wait no longer: there is another file, or the end."""

    def open(self, path: Path, *, as_template: bool = False) -> Opening:
        """Begin to open a file; one that is on its way already is not read twice.

        Raises RuntimeError after `close`.
        """
        path = path.absolute()
        with self._lock:
            if self._closed:
                raise RuntimeError("nothing can be opened any more")
            for one in (self._running, *self._waiting):
                if one is not None and (one.path, one.as_template) == (path, as_template) and not one.cancelled:
                    return one
            opening = Opening(path, as_template=as_template)
            self._waiting.append(opening)
            self._wanted.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="casare-open", daemon=True)
                self._thread.start()
            return opening

    @property
    def under_way(self) -> list[Opening]:
        """Return the openings that have not ended, the one being read first."""
        with self._lock:
            return [one for one in (self._running, *self._waiting) if one is not None]

    def close(self) -> None:
        """Call everything off and end the thread; nothing is delivered any more. A second call does nothing."""
        with self._lock:
            self._closed = True
            self._wanted.set()
            for one in (self._running, *self._waiting):
                if one is not None:
                    one.cancel()
            self._waiting.clear()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            # A dead network drive may hold a read for minutes; the thread is a daemon and cannot hold the exit.
            thread.join(timeout=_PATIENCE_S)

    def _work(self) -> None:
        while (opening := self._next()) is not None:
            later: list[Callable[[], object]] = []
            outcome = self._outcome(opening, later.append)
            with self._lock:
                # Before it is told: whoever asks for the same file from now on wants it anew.
                self._running = None
            with self._lock:
                if not (self._waiting or self._closed):
                    self._wanted.clear()
            self._hand_over(outcome)
            if later:
                self._wanted.wait(_AFTER_PAINTING_S)
            for act in later:
                act()

    def _next(self) -> Opening | None:
        with self._lock:
            self._running = self._waiting.popleft() if self._waiting else None
            if self._running is None:
                self._thread = None
            return self._running

    def _outcome(self, opening: Opening, later: Callable[[Callable[[], object]], object]) -> Opened | Refused | Dropped:
        share = 1.0 - _PREPARE_SHARE if self._prepare is not None else 1.0

        def watch(stage: str, fraction: float) -> None:
            self._advance(opening, stage, fraction * share)

        try:
            loaded = load_in_stages(
                opening.path, self._catalog, watch, limits=self._limits, cache=self._cache, later=later
            )
            correct_picture(loaded, self._catalog)
            revision = self._catalog.revision
            prepared: object = None
            if self._prepare is not None:
                self._advance(opening, PREPARE, share)
                prepared = self._prepared(self._prepare, loaded.graph)
            self._advance(opening, opening.stage, 1.0)
        except Stopped:
            return Dropped(opening)
        except CasareError as error:
            return Dropped(opening) if opening.cancelled else Refused(opening, error)
        except Exception as error:
            # Somebody waits for an answer, whatever went wrong.
            _log.exception("opening a file failed")
            return Refused(opening, _defect(error, opening.path))
        return Opened(opening, loaded, prepared, revision)

    def _prepared(self, prepare: Prepare, graph: Graph) -> Any:
        try:
            return prepare(graph, self._catalog)
        except Exception:
            _log.exception("preparing an opened file failed")
            return None

    def _advance(self, opening: Opening, stage: str, fraction: float) -> None:
        if opening.cancelled:
            raise Stopped
        opening.stage, opening.fraction = stage, max(opening.fraction, fraction)
        self._hand_over(Progressed(opening, stage, opening.fraction))

    def _hand_over(self, event: OpeningEvent) -> None:
        if self._closed:
            return
        try:
            self._deliver(event)
        except Exception:
            # A defect of one listener must not keep the files behind this one waiting for ever.
            _log.exception("an event of an opening was not taken")


def _defect(error: Exception, path: Path) -> CasareError:
    return CasareError(
        f"The file could not be opened: {type(error).__name__}: {error}",
        where=str(path),
        mend="This is a defect of casare; please report it with the file, if you may share it.",
    )
