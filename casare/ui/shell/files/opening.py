"""Files on their way into the window: small ones at once, large ones on a thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from casare.app.documents.document import Document
from casare.app.files.opening import Dropped, Opened, Opening, OpeningEvent, Openings, Progressed, Refused
from casare.app.session import Session
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.model import Graph
from casare.ui.background import Errands, Inbox, OncePerTurn
from casare.ui.shell.files.opening_strip import OpeningStrip

AT_ONCE_BYTES = 256 * 1024
"""A plain file up to this size takes less than a frame or two: a thread would only make it flicker."""
AT_ONCE_PACKED = 24 * 1024
"""The same for a compressed one."""

_APART_S = 0.1
"""How often progress is told, in seconds."""
_AFTER_PAINTING_MS = 500
"""How long after a file has come the list of recent ones is written: a disk may take longer for that than a frame."""

Refusal = Callable[[CasareError, Path | None], object]


class Arrivals(QObject):
    """Open files for a session. `opened` is called for each document that came, `refused` for each that could not."""

    def __init__(
        self, session: Session, strip: OpeningStrip, opened: Callable[[Document], object], refused: Refusal
    ) -> None:
        super().__init__(strip)
        self._session = session
        self._strip = strip
        self._opened = opened
        self._refused = refused
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_events)
        self._openings = Openings(session.catalog, self._take_in, prepare=_prepare, cache=session.cache)
        self._under_way: list[Opening] = []
        self._told_at = -_APART_S
        self._errands = Errands(self)
        self._unremembered: list[Path] = []
        self._remembering = OncePerTurn(self._remember, self, _AFTER_PAINTING_MS)
        strip.cancelled.connect(self._cancel)

    @property
    def under_way(self) -> int:
        """Return how many files are still on their way."""
        return len(self._under_way)

    def open(self, path: Path, *, as_template: bool = False) -> None:
        """Open a file, or a copy of it; one that is open already comes to the front.

        A picture that carries a workflow is never saved over, so what comes of it is a copy.
        """
        as_template = as_template or path.suffix.lower() == ".png"
        if any(one.path == path.absolute() and not one.cancelled for one in self._under_way):
            return
        if self._is_small(path) or (not as_template and self._session.find_open(path) is not None):
            self._open_now(path, as_template)
        else:
            self._under_way.append(self._openings.open(path.absolute(), as_template=as_template))

    def close(self) -> None:
        """Take nothing in any more."""
        self._remembering.flush()
        self._errands.close()
        self._inbox.close()
        self._openings.close()
        self._strip.end()

    def _take_in(self, event: OpeningEvent) -> None:
        """Bring over what somebody can see: waking the window costs the thread that reads more than its step did."""
        if isinstance(event, Progressed):
            now = time.monotonic()
            if now - self._told_at < _APART_S:
                return
            self._told_at = now
        self._inbox.post(event)

    def _open_now(self, path: Path, as_template: bool) -> None:
        try:
            self._opened(self._session.open_template(path) if as_template else self._session.open(path))
        except CasareError as error:
            self._refused(error, None if as_template else path)

    def _cancel(self) -> None:
        for opening in self._under_way:
            opening.cancel()

    def _on_events(self, events: Sequence[OpeningEvent]) -> None:
        for event in events:
            if isinstance(event, Progressed):
                if not event.opening.cancelled:
                    self._strip.tell(event.opening.path.name, event.stage, event.fraction)
                continue
            self._under_way.remove(event.opening)
            if not self._under_way:
                self._strip.end()
            if isinstance(event, Opened):
                document = self._session.adopt(event, self._remember_soon)
                if document is not None:
                    self._opened(document)
            elif isinstance(event, Refused):
                self._refused(event.error, None if event.opening.as_template else event.opening.path)
            else:
                assert isinstance(event, Dropped)

    def _remember_soon(self, path: Path) -> None:
        self._unremembered.append(path)
        self._remembering.request()

    def _remember(self) -> None:
        """Write the list of recent files on a thread, then let it be shown."""
        paths, self._unremembered = self._unremembered, []
        recents = self._session.recents

        def write() -> None:
            for path in paths:
                recents.remember(path)

        self._errands.run(write, lambda _: recents.changed.emit())

    @staticmethod
    def _is_small(path: Path) -> bool:
        try:
            size = path.stat().st_size
        except OSError:
            # Opening it will say what is wrong.
            return True
        return size <= (AT_ONCE_BYTES if path.suffix.lower() == ".json" else AT_ONCE_PACKED)


def _prepare(graph: Graph, catalog: Catalog) -> object:
    # The canvas is loaded when the first document comes, not with the start page.
    from casare.ui.canvas.prepared import prepare

    return prepare(graph, catalog)
