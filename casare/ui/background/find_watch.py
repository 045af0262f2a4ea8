"""A search over one document that stays true while the document is edited, made on a thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from casare.app.documents.level import Level
from casare.app.finding import Found, LevelsIndex, Match, parse
from casare.app.latest import Latest
from casare.foundation.collection import without_collection
from casare.ui.background.inbox import Inbox
from casare.ui.background.once_per_turn import OncePerTurn

_AFTER_EDIT = 120
"""How long after the last edit the search is made again, ms."""

Problems = Callable[[], Mapping[str, Mapping[str, str]]]
"""Gives the severity of the problems of each node that has any, by level."""


class FindWatch(QObject):
    """Hold a query, what fits it on any level of a document, and which match is the current one.

    A step that is asked for while a search runs is made when it ends, so that Enter right after typing means what was
    typed. Searching takes its turn on a thread: ten thousand nodes hold no key press up.
    """

    changed = Signal()
    """The matches, or which of them is current, are others."""
    reached = Signal(object)
    """The Match that a step went to."""

    def __init__(self, problems: Problems, parent: QObject) -> None:
        super().__init__(parent)
        self._problems = problems
        self._document: Level | None = None
        self._index: LevelsIndex | None = None
        self._home = ""
        """The level that was looked at when the query was typed: its matches come first, and stay first."""
        self._text = ""
        self._found = Found(parse(""))
        self._at = -1
        self._step_due = 0
        self._searching = False
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_found)
        self._work: Latest[tuple[Level, Found]] = Latest(self._inbox.post, "casare-find")
        self._due = OncePerTurn(self._search, self, _AFTER_EDIT)

    @property
    def document(self) -> Level | None:
        """The level in front of the document that is searched."""
        return self._document

    @property
    def text(self) -> str:
        """The query as it was typed."""
        return self._text

    @property
    def found(self) -> Found:
        """What fits."""
        return self._found

    @property
    def at(self) -> int:
        """The place of the current match among the matches, -1 when none is."""
        return self._at

    @property
    def current(self) -> Match | None:
        """The current match."""
        return self._found.matches[self._at] if 0 <= self._at < len(self._found.matches) else None

    @property
    def searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._searching

    def follow(self, document: Level | None) -> None:
        """Search another document, or none, with the same query; another level of the same one changes nothing."""
        before, self._document = self._document, document
        root = document.document if document is not None else None
        if (before.document if before is not None else None) is root:
            if before is not document:
                self.changed.emit()
            return
        if before is not None:
            before.document.changed.disconnect(self._on_changed)
        self._index = LevelsIndex(root.catalog) if root is not None else None
        if root is not None:
            root.changed.connect(self._on_changed)
        self._home = document.id if document is not None else ""
        self._at = -1
        self._search()

    def ask(self, text: str) -> None:
        """Search for something else."""
        if text != self._text:
            self._text = text
            self._at = -1
            self._home = self._document.id if self._document is not None else ""
            self._search()

    def step(self, by: int) -> None:
        """Go to the next match, or back when negative; after the last comes the first."""
        if self._searching or self._due.pending:
            self._step_due = by
            self._due.flush()
            return
        count = len(self._found.matches)
        if count:
            start = self._at if self._at >= 0 or by > 0 else 0
            self.go_to((start + by) % count)

    def go_to(self, place: int) -> None:
        """Make the match at a place the current one."""
        if 0 <= place < len(self._found.matches):
            self._at = place
            self.changed.emit()
            self.reached.emit(self._found.matches[place])

    def refresh(self) -> None:
        """Search again, as when the problems are others."""
        if self._text:
            self._due.request()

    def close(self) -> None:
        """Search nothing more."""
        self._due.cancel()
        self._inbox.close()
        self._work.close()

    def _on_changed(self, _fact: object) -> None:
        if self._text:
            self._due.request()

    def _search(self) -> None:
        document, index, query = self._document, self._index, parse(self._text)
        self._due.cancel()
        if document is None or index is None or not query:
            self._work.drop()
            self._searching = False
            self._step_due = 0
            self._show(Found(query))
            return
        root, home = document.document, self._home
        graph, problems = root.graph.copy(), dict(self._problems())

        def work() -> tuple[Level, Found]:
            with without_collection():
                return root, index.find(query, graph, problems, home)

        self._searching = True
        self._work.submit(work)

    def _on_found(self, results: Sequence[tuple[Level, Found]]) -> None:
        document, found = results[-1]
        if self._document is None or document is not self._document.document or found.query != parse(self._text):
            return
        self._searching = False
        self._show(found)
        due, self._step_due = self._step_due, 0
        if due:
            self.step(due)

    def _show(self, found: Found) -> None:
        current = self.current
        self._found = found
        if current is not None:
            places = {(match.kind, match.id, match.level): at for at, match in enumerate(found.matches)}
            self._at = places.get((current.kind, current.id, current.level), -1)
        self.changed.emit()
