"""The profile of the one document that a panel shows, with its news carried over to the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from casare.app.documents.document import Document
from casare.app.profiler.live_profile import LiveProfile
from casare.app.session import Session
from casare.profiling import Report
from casare.ui.background import Inbox, OncePerTurn

SEARCH_DELAY_MS = 300
"""So long after the last edit improvements are looked for."""


class Followed(QObject):
    """Follow one document after another; nothing is analysed while there is none."""

    changed = Signal()
    """The report, whether it is stale, or why there is none, became another one."""
    improvements_changed = Signal()
    selection_changed = Signal()

    def __init__(self, session: Session, read_ahead: Callable[[Report], object], parent: QObject) -> None:
        """`read_ahead` is called with each report on the thread of its analysis."""
        super().__init__(parent)
        self.document: Document | None = session.active
        self.profile: LiveProfile | None = None
        """The profile on show; None while nobody looks, or without a document."""
        self._session = session
        self._read_ahead = read_ahead
        # A report may come from another thread.
        self._news = Inbox(self)
        self._news.received.connect(self._on_news)
        self._lessons = Inbox(self)
        self._lessons.received.connect(lambda _news: session.profiles.reload_tables())
        session.profiles.learned.connect(self._post_lesson)
        for over in (self._news.close, self._lessons.close):
            parent.destroyed.connect(over)
        # Looked for once a person pauses, so that a burst of edits costs one search and the canvas nothing.
        self._search_due = OncePerTurn(self._search, self, SEARCH_DELAY_MS)
        self._selection_due = OncePerTurn(self.selection_changed.emit, self)

    @property
    def report(self) -> Report | None:
        """The latest report whose nodes are made."""
        return self.profile.detailed if self.profile is not None else None

    def follow(self, document: Document | None) -> None:
        """Let go of one document and follow another; None for none."""
        if self.profile is not None:
            self.profile.changed.disconnect(self._post_news)
            self.profile.improvements.changed.disconnect(self._post_improvements)
            self.profile.watch_nodes(False)
            self.profile.read_ahead = None
        if self.document is not None:
            self.document.selection.changed.disconnect(self._selection_due.request)
        self.document = document
        self.profile = self._session.profiles.of(document) if document is not None else None
        if document is not None and self.profile is not None:
            self.profile.read_ahead = self._read_ahead
            self.profile.watch_nodes(True)
            self.profile.changed.connect(self._post_news)
            self.profile.improvements.changed.connect(self._post_improvements)
            document.selection.changed.connect(self._selection_due.request)

    def search_soon(self) -> None:
        """Look for improvements once the person pauses."""
        self._search_due.request()

    def _search(self) -> None:
        if self.profile is not None and not self.profile.stale:
            self.profile.improvements.search()

    def _post_news(self) -> None:
        self._news.post(True)

    def _post_improvements(self) -> None:
        self._news.post(False)

    def _post_lesson(self) -> None:
        self._lessons.post(True)

    def _on_news(self, news: list[bool]) -> None:
        if any(news):
            self.changed.emit()
        else:
            self.improvements_changed.emit()
