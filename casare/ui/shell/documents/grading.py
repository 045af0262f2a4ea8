"""The grade of the document in front, brought over from the thread that works it out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from casare.app.documents.document import Document
from casare.app.profiler.live_profile import LiveProfile
from casare.app.session import Session
from casare.ui.background import Inbox, OncePerTurn

_AFTER_PAINTING = 250
"""How long after a document came to the front its analysis begins, ms: a thread that calculates slows each call that a
painting makes, and the window paints itself a few times until its panels are filled."""
_LARGE = 1000
_AFTER_PAINTING_LARGE = 700
"""The same for a document of so many nodes, which takes longer to paint and much longer to analyse."""


class Grading(QObject):
    """Follow the active document's profile and say when its grade may be another one, on the UI thread."""

    graded = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._profile: LiveProfile | None = None
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_received)
        self._start = OncePerTurn(self._follow_active, self)
        session.active_changed.connect(self._on_active)
        self._on_active(session.active)

    @property
    def profile(self) -> LiveProfile | None:
        """The profile of the document in front, None before it was first asked for."""
        return self._profile

    def analyze(self) -> None:
        """Analyse the document in front from scratch."""
        self._start.flush()
        if self._profile is not None:
            self._profile.refresh()

    def close(self) -> None:
        """Stop following, and all analyses with it."""
        self._start.cancel()
        self._leave()
        self._inbox.close()
        self._session.profiles.close()

    def _on_active(self, document: Document | None) -> None:
        self._leave()
        if document is not None:
            large = len(document.graph.nodes) > _LARGE
            self._start.request_in(_AFTER_PAINTING_LARGE if large else _AFTER_PAINTING)

    def _follow_active(self) -> None:
        document = self._session.active
        if document is not None:
            self._profile = self._session.profiles.of(document)
            self._profile.changed.connect(self._post)
            self.graded.emit()

    def _leave(self) -> None:
        if self._profile is not None:
            self._profile.changed.disconnect(self._post)
            self._profile = None

    def _post(self) -> None:
        self._inbox.post(None)

    def _on_received(self, _values: object) -> None:
        self.graded.emit()
