"""Compare two sides on a thread, and keep what was pinned of each document."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from casare.app.documents.document import Document
from casare.app.latest import Latest
from casare.app.profiler.basis import Basis
from casare.app.profiler.profile_history import Analysis
from casare.app.profiler.sides import Side, SideKind, SideReader, past_sides
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.profiling import Report
from casare.ui.background import Inbox
from casare.ui.panels.profiler.comparing import Compared, Told, past_title, side_by_side

NOW = Side(SideKind.NOW, "This workflow, now")
PINNED = Side(SideKind.PINNED, "The pinned state")


class Subject(NamedTuple):
    """What is compared: the document, its latest report, what that rests on without a run, and its past."""

    document: Document
    report: Report | None
    basis: Basis
    past: tuple[Analysis, ...]


class Comparing(QObject):
    """Find what a document can be compared with, and compare; only what was asked for last is told."""

    offered = Signal(object)
    """The sides (a tuple) that were found on the disk for the document looked for last."""
    compared = Signal(object)
    """A Compared, or a text that says why there is none."""

    def __init__(self, catalog: Catalog, parent: QObject) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._reader = SideReader(catalog)
        self._pinned: WeakKeyDictionary[Document, Report] = WeakKeyDictionary()
        self._asked: object = None
        # Results come from threads.
        self._news = Inbox(self)
        self._news.received.connect(self._on_news)
        self._latest: Latest[tuple[object, Compared | str]] = Latest(self._news.post, "casare-compare")
        self._listing: Latest[tuple[None, tuple[Side, ...]]] = Latest(self._news.post, "casare-sides")
        for over in (self._news.close, self._latest.close, self._listing.close):
            parent.destroyed.connect(over)

    @property
    def settled(self) -> bool:
        """Whether what was asked for last was told."""
        return self._asked is None

    def pin(self, document: Document, report: Report) -> None:
        """Keep a report on a document, until another one is kept."""
        self._pinned[document] = report

    def at_hand(self, subject: Subject) -> tuple[Side, ...]:
        """Return the sides that need not be looked for: now, what was pinned, earlier analyses."""
        pinned = (PINNED,) if subject.document in self._pinned else ()
        past = (Side(SideKind.PAST, past_title(one), str(one.at)) for one in reversed(subject.past[:-1]))
        return (NOW, *pinned, *past)

    def look_for_sides(self, document: Document) -> None:
        """Look on the disk for what a document can be compared with."""
        path, catalog = document.path, self._catalog
        self._listing.submit(lambda: (None, past_sides(path, catalog)))

    def compare(self, first: Side, second: Side, subject: Subject) -> None:
        """Compare two sides of a subject."""
        token = self._asked = object()
        makers = [self._maker(side, subject) for side in (first, second)]

        def work() -> tuple[object, Compared | str]:
            try:
                return token, side_by_side(makers[0](), makers[1]())
            except CasareError as error:
                told = ": ".join(part for part in (error.what, error.mend) if part)
                return token, f"{told[:1].upper()}{told[1:]}"

        self._latest.submit(work)

    def drop(self) -> None:
        """Want no comparison any more."""
        self._asked = None
        self._latest.drop()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is under way; tell whether that came to pass in time."""
        return self._latest.wait(timeout_s) and self._listing.wait(timeout_s)

    def _maker(self, side: Side, subject: Subject) -> Callable[[], Told]:
        """Return what makes a side, for a thread."""
        held: Told | None = None
        if side.kind is SideKind.NOW:
            held = subject.report
        elif side.kind is SideKind.PINNED:
            held = self._pinned.get(subject.document)
        elif side.kind is SideKind.PAST:
            held = next((one for one in subject.past if str(one.at) == side.key), None)
        else:
            return lambda: self._reader.report(side, subject.basis)
        if held is None:
            return _gone
        return lambda: held

    def _on_news(self, news: list[tuple[object, Compared | str] | tuple[None, tuple[Side, ...]]]) -> None:
        for token, result in news:
            if token is None:
                self.offered.emit(result)
            elif token is self._asked:
                self._asked = None
                self.compared.emit(result)


def _gone() -> Told:
    raise CasareError("this is not there any more", mend="choose something else to compare with.")
