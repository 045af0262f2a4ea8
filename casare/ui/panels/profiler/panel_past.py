"""What the panel knows of the past of the documents it shows: earlier analyses, and runs that were measured."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from casare.app.documents.document import Document
from casare.app.profiler.history_keeper import HistoryKeeper, Kept
from casare.app.profiler.live_profile import LiveProfile, snapshot
from casare.app.profiler.measuring import Measured, Measuring
from casare.app.profiler.profile_history import Analysis
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.profiling import Report
from casare.ui.background import Inbox


class PanelPast(QObject):
    """Keep analyses and read runs, on threads; what comes of it is told on the window's."""

    history_changed = Signal()
    measured = Signal(object, object)
    """A Document, and a Measured or the CasareError that told why there is none."""

    def __init__(self, catalog: Catalog, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: dict[str, tuple[Analysis, ...]] = {}
        self._last: tuple[str, Report] | None = None
        self._reading: Document | None = None
        self._news = Inbox(self)
        self._news.received.connect(self._on_news)
        self.keeper = HistoryKeeper()
        self.keeper.kept.connect(self._news.post)
        self.measuring = Measuring(catalog)
        self.measuring.done.connect(self._news.post)
        for over in (self._news.close, self.keeper.close, self.measuring.close):
            parent.destroyed.connect(over)

    def of(self, document: Document) -> tuple[Analysis, ...]:
        """Return the last analyses of a document, oldest first; none for one without a file."""
        return self._kept.get(str(document.path), ()) if document.path else ()

    def keep(self, document: Document, report: Report, profile: LiveProfile) -> None:
        """Keep an analysis of a document that has a file; those on measurements are of runs and not of edits."""
        if document.path is None or profile.measured is not None or report.score is None:
            return
        asked = (str(document.path), report)
        if self._last is None or self._last[0] != asked[0] or self._last[1] is not report:
            self._last = asked
            self.keeper.keep(*asked)

    def measure(self, document: Document, profile: LiveProfile) -> None:
        """Read the last run of a document."""
        from casare.app.profiler.measured import LAST

        self._reading = document
        self.measuring.read(LAST, document.path, snapshot(document.graph), profile.basis)

    def _on_news(self, news: list[Kept | Measured | CasareError]) -> None:
        for one in news:
            if isinstance(one, Kept):
                self._kept[one.workflow] = one.analyses
                self.history_changed.emit()
            elif self._reading is not None:
                self.measured.emit(self._reading, one)
