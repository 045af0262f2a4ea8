"""Write down every edit of every open document, within a second, without anybody waiting for it.

The thread that owns the documents only puts the change, which nobody ever alters, into a list. Encoding, compressing,
writing and syncing happen on a thread that runs while there is something to write.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from typing import Final, NamedTuple

from casare.app.documents.document import Document
from casare.app.recovery.places import JOURNAL_SUFFIX, OwnFolder
from casare.app.recovery.track import Begin, Edit, Item, Remove, Track
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.model import Change
from casare.storage.keeping.journal import Identity, JournalFile

GATHER_S: Final = 0.2
"""How long edits are gathered before they are written together; far less than the second that may be lost."""

_log = logging.getLogger(__name__)


class JournalTrouble(NamedTuple):
    """The journal of a document cannot be written; the document is as it was."""

    document: Document
    error: CasareError


class Journals:
    """Keep a journal for each document of a session that has unsaved edits.

    All methods belong to the thread that owns the documents. `tell` is called on the writing thread, once for each
    document whose journal cannot be written, and again only after it could be.
    """

    def __init__(
        self,
        session: Session,
        tell: Callable[[JournalTrouble], object] = lambda trouble: None,
        *,
        folder: OwnFolder | None = None,
        gather_s: float = GATHER_S,
    ) -> None:
        self.folder = folder or OwnFolder()
        self._session = session
        self._tell = tell
        self._gather_s = gather_s
        self._condition = threading.Condition()
        self._tracks: dict[Document, Track] = {}
        self._busy: list[Track] = []
        """The tracks that have something to write, in the order they got it."""
        self._thread: threading.Thread | None = None
        self._hurry = False
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.saved.connect(self._on_saved)
        for document in session.documents:
            self._on_opened(document)

    def adopt(self, document: Document, *, edits: int, follows: str, then: Callable[[], object]) -> None:
        """Begin the journal of a document that holds unsaved work already: so many edits, from the journal `follows`.

        `then` is called once that is sure, on the writing thread.
        """
        track = self._tracks[document]
        track.follows = follows
        self._put(track, self._snapshot(track, edits, anew=True, then=then))

    def flush(self, timeout_s: float | None = 10.0) -> bool:
        """Wait until everything so far is on disk; tell whether that came to pass in time."""
        with self._condition:
            self._hurry = True
            self._condition.notify_all()
            done = self._condition.wait_for(lambda: self._thread is None, timeout_s)
            self._hurry = False
            return done

    def close(self) -> None:
        """Remove every journal, as when everything is saved or given up, and end the thread."""
        self._session.opened.disconnect(self._on_opened)
        self._session.closed.disconnect(self._on_closed)
        self._session.saved.disconnect(self._on_saved)
        for document in list(self._tracks):
            self._on_closed(document)
        self.flush(None)
        self.folder.release()

    def _on_opened(self, document: Document) -> None:
        track = Track(document, JournalFile(self.folder.path / f"{uuid.uuid4().hex}{JOURNAL_SUFFIX}"))
        track.listener = document.graph.applied.connect(lambda change: self._on_applied(track, change))
        self._tracks[document] = track

    def _on_closed(self, document: Document) -> None:
        track = self._tracks.pop(document, None)
        if track is not None and track.listener is not None:
            document.graph.applied.disconnect(track.listener)
            if track.begun:
                self._put(track, Remove())

    def _on_saved(self, document: Document) -> None:
        track = self._tracks.get(document)
        if track is None:
            return
        track.follows = ""
        if document.is_modified:
            # Edited while a thread was saving: what came since stands on the new file.
            self._put(track, self._snapshot(track, 1, anew=True))
        elif track.begun:
            track.begun = False
            self._put(track, Remove())

    def _on_applied(self, track: Track, change: Change) -> None:
        if track.begun and not track.wants_snapshot:
            self._put(track, Edit(change, time.time()))
        else:
            self._put(track, self._snapshot(track, 1))

    def _snapshot(
        self, track: Track, edits: int, *, anew: bool = False, then: Callable[[], object] | None = None
    ) -> Begin:
        document = track.document
        track.begun, track.wants_snapshot = True, False
        identity = Identity(document.title, document.path, document.stamp, track.follows)
        return Begin(identity, document.graph.copy(), edits, time.time(), anew, then)

    def _put(self, track: Track, item: Item) -> None:
        with self._condition:
            if not track.waiting:
                self._busy.append(track)
            track.waiting.append(item)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="casare-journal", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._condition:
                if not self._busy:
                    self._thread = None
                    self._condition.notify_all()
                    return
                self._condition.wait_for(lambda: self._hurry, self._gather_s)
                taken = [(track, track.waiting) for track in self._busy]
                for track, _ in taken:
                    track.waiting = []
                self._busy = []
            for track, items in taken:
                self._write(track, items)

    def _write(self, track: Track, items: list[Item]) -> None:
        told: CasareError | None = None
        try:
            if track.write(items, self.folder):
                told = track.trouble
        except Exception as error:
            # Whatever went wrong, editing goes on, and the other journals too.
            _log.exception("a journal cannot be written")
            told = CasareError(f"The journal of unsaved work cannot be written: {error}")
        if told is None:
            return
        try:
            self._tell(JournalTrouble(track.document, told))
        except Exception:
            _log.exception("nobody heard of a journal that cannot be written")
