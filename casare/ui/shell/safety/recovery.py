"""Unsaved work in the window: journals while it runs, and what an earlier run left behind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.log_book import Level, LogBook
from casare.app.recovery.journals import Journals, JournalTrouble
from casare.app.recovery.lost import Lost, LostWork
from casare.app.recovery.places import journals_folder
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.model import Content, Graph, ReplaceContent
from casare.storage.keeping.stamps import OnDisk, look
from casare.ui.background import Errands, Inbox
from casare.ui.dialogs.changed_on_disk import ConflictSheet, DifferencesSheet
from casare.ui.dialogs.recovery import RecoverySheet
from casare.ui.shell.documents.notices import Act, NoticesOf, log_line
from casare.ui.widgets.banner import Banner
from casare.ui.widgets.toast import Toast

FROZEN = "This is a preview of recovered work."


class Recovery(QObject):
    """Write the journals of the session, and offer what was left; nothing is thrown away without being kept a week."""

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._notices = notices
        self._book = book
        self._toast = toast
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_troubles)
        self.journals = Journals(session, self._inbox.post)
        self.errands = Errands(self)
        self._work = LostWork(session.catalog, but=self.journals.folder.path)
        self._found: list[Lost] = []
        self._previews: dict[Document, Lost] = {}
        self._banner: Banner | None = None
        self.sheet: RecoverySheet | ConflictSheet | DifferencesSheet | None = None
        session.closed.connect(self._on_closed)

    @property
    def found(self) -> list[Lost]:
        """What was found and is not settled yet, newest first."""
        return list(self._found)

    def search(self) -> None:
        """Look for unsaved work on a thread, and offer it; costs one look at a folder when there is none."""
        if journals_folder().is_dir():
            self.errands.run(self._work.find, self._on_found)

    def review(self) -> None:
        """List what can be recovered, what was declined included."""

        def show(found: list[Lost]) -> None:
            self._found = found
            self._review()

        self.errands.run(self._work.find, show)

    def preview(self, lost: Lost) -> None:
        """Open recovered work frozen, to look at it before it is decided on."""
        shown = next((one for one, held in self._previews.items() if held.file == lost.file), None)
        if shown is not None:
            self._session.activate(shown)
        else:
            self.errands.run(lost.recover, partial(self._show_preview, lost), self._tell)

    def keep(self, several: Sequence[Lost]) -> None:
        """Open recovered work for good: as the unsaved state of its file, or as a document without one."""
        for lost in several:
            shown = next((one for one, held in self._previews.items() if held.file == lost.file), None)
            graph = shown.graph if shown is not None else None
            self.errands.run(
                partial(lambda lost, graph: graph or lost.recover(), lost, graph),
                partial(self._settle, lost),
                self._tell,
            )

    def decline(self, lost: Lost) -> None:
        """Offer it no more; it can be had for a week."""
        lost.decline()
        self._forget(lost)
        self._book.add(Level.INFO, "recovery", f"Unsaved work on {lost.title} was declined", "It is kept for a week.")
        self._toast.show_message(f"Unsaved work on {lost.title} is kept for a week", "Review…", self.review)

    def close(self) -> None:
        """End the journals cleanly and let go of what was found."""
        self.errands.close()
        self.journals.close()
        self._work.close()
        self._inbox.close()

    def _on_troubles(self, troubles: list[JournalTrouble]) -> None:
        for trouble in troubles:
            self._book.add(Level.WARNING, "recovery", log_line(trouble.error), trouble.error.mend)
            if trouble.document in self._session.documents:
                self._notices(trouble.document).show_error(trouble.error)

    def _on_found(self, found: list[Lost]) -> None:
        self._found = found
        offered = [lost for lost in found if not lost.declined]
        if not offered:
            return
        names = ", ".join(lost.title for lost in offered[:3])
        more = f" and {len(offered) - 3} more" if len(offered) > 3 else ""
        what = "a workflow has" if len(offered) == 1 else f"{len(offered)} workflows have"
        text = f"casare ended before everything was saved: {what} unsaved work ({names}{more})."
        self._book.add(Level.WARNING, "recovery", text)
        self._banner = self._notices(None).show_message(text, "warning", Act("Review…", self._review, stays=True))

    def _review(self) -> None:
        if self.sheet is None:
            sheet = RecoverySheet(self._window, self._found)
            sheet.preview_chosen.connect(self.preview)
            sheet.keep_chosen.connect(self.keep)
            sheet.decline_chosen.connect(self.decline)
            self._open(sheet)

    def _open(self, sheet: RecoverySheet | ConflictSheet | DifferencesSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._on_sheet_closed)
        sheet.open()

    def _on_sheet_closed(self) -> None:
        self.sheet = None

    def _show_preview(self, lost: Lost, graph: Graph) -> None:
        document = Document(graph, catalog=self._session.catalog, title=f"{lost.title} (recovered)")
        self._previews[document] = lost
        document.freeze(FROZEN)
        self._session.show(document)
        text = f"Recovered “{lost.title}”, frozen until you decide. {lost.differences.summary()}."
        self._notices(document).show_message(
            text,
            "info",
            Act("Compare…", partial(self._compare, lost), stays=True),
            Act("Discard", partial(self.decline, lost)),
            Act("Keep", partial(self.keep, [lost]), stays=True),
        )

    def _compare(self, lost: Lost) -> None:
        where = f"Against {lost.path}" if lost.path is not None else "It was never saved; all of it is new."
        self._open(DifferencesSheet(self._window, f"What differs in “{lost.title}”", where, lost.differences))

    def _settle(self, lost: Lost, graph: Graph) -> None:
        if lost.path is None:
            self._take(lost, graph, None)
            return
        path = lost.path
        if look(path, lost.stamp)[0] is OnDisk.CHANGED and self.sheet is None:
            sheet = ConflictSheet(self._window, lost.title, str(path), lost.differences, saving=False)
            sheet.mine_chosen.connect(lambda: self._take(lost, graph, lost))
            sheet.theirs_chosen.connect(lambda: self._take_theirs(lost))
            sheet.copy_chosen.connect(lambda: self._take(lost, graph, None))
            self._open(sheet)
        else:
            self._take(lost, graph, lost)

    def _take_theirs(self, lost: Lost) -> None:
        assert lost.path is not None
        try:
            self._session.open(lost.path)
        except CasareError as error:
            self._tell(error)
            return
        self.decline(lost)

    def _take(self, lost: Lost, graph: Graph, into: Lost | None) -> None:
        """Open the work for good; `into` names the file it belongs to, None makes a document without one."""
        path = into.path if into is not None else None
        opened = self._session.find_open(path) if path is not None else None
        if opened is not None:
            document = opened
            self._session.activate(document)
            document.do(ReplaceContent(Content.of(graph), "Recover unsaved work"))
        else:
            document = Document(graph.copy(), catalog=self._session.catalog, path=path, title=lost.title)
            if path is not None:
                document.stamp = look(path, lost.stamp)[1]
            document.history.mark_unsaved()
            self._session.show(document)
        self.journals.adopt(document, edits=lost.edits, follows=lost.name, then=lost.discard)
        self._book.add(Level.INFO, "recovery", f"Recovered {lost.title}", lost.differences.summary())
        self._forget(lost)

    def _forget(self, lost: Lost) -> None:
        self._found = [one for one in self._found if one.file != lost.file]
        for document in [one for one, held in self._previews.items() if held.file == lost.file]:
            front = self._session.active
            self._session.close(document)
            if front is not document:
                self._session.activate(front)
        if not any(not one.declined for one in self._found):
            banner, self._banner = self._banner, None
            if banner in self._notices(None).banners and banner is not None:
                banner.closed.emit()

    def _on_closed(self, document: Document) -> None:
        self._previews.pop(document, None)

    def _tell(self, error: CasareError) -> None:
        self._book.add(Level.ERROR, "recovery", log_line(error), error.mend)
        self._notices(None).show_error(error)
