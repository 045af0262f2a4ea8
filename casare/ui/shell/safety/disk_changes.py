"""Files that another program changes while they are open here: notice it, say it, and never overwrite it unasked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from casare.app.documents.document import Document
from casare.app.log_book import Level, LogBook
from casare.app.recovery.differences import Differences
from casare.app.session import Session
from casare.foundation.errors import CasareError
from casare.model import Content, Graph, ReplaceContent
from casare.storage import Loaded, Stamp, load
from casare.storage.keeping.stamps import OnDisk, look
from casare.ui.background import Errands, OncePerTurn
from casare.ui.dialogs.changed_on_disk import ConflictSheet, DifferencesSheet
from casare.ui.shell.documents.notices import Act, NoticesOf, log_line
from casare.ui.shell.files.saving import Saving
from casare.ui.widgets.banner import Banner

DEBOUNCE_MS = 300
"""Other programs write in several steps; what they leave in between is nobody's business."""


class DiskChanges(QObject):
    """Watch the files of the open documents: by the system's word, and when the window comes to the front.

    Looking happens on threads, as a drive may be slow to answer. What casare wrote itself is known by its stamp.
    """

    def __init__(self, window: QWidget, session: Session, notices: NoticesOf, book: LogBook, saving: Saving) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._notices = notices
        self._book = book
        self._saving = saving
        self._errands = Errands(self)
        self._watcher = QFileSystemWatcher(self)
        self._due = OncePerTurn(self._check_all, self, delay=DEBOUNCE_MS)
        self._told: dict[Document, tuple[OnDisk, Stamp | None, Banner]] = {}
        self.sheet: ConflictSheet | DifferencesSheet | None = None
        self._watcher.fileChanged.connect(self._due.request)
        for signal in (session.opened, session.closed, session.saved):
            signal.connect(self._on_documents)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state)
        saving.before = self.intervene

    def check(self) -> None:
        """Look at every file soon."""
        self._due.request()

    def reload(self, document: Document) -> None:
        """Take what is on disk, as an edit that undo takes back."""
        path = document.path
        if path is None:
            return
        self._drop_banner(document)
        self._errands.run(
            lambda: load(path, self._session.catalog),
            partial(self._take_theirs, document),
            partial(self._tell, document),
        )

    def intervene(self, document: Document, path: Path, write: Callable[[], object]) -> bool:
        """Ask before a save overwrites what another program wrote; tell whether the save waits for an answer."""
        if document.stamp is None or document.path is None or path != document.path or self._saving.is_saving(document):
            return False
        on_disk, stamp = look(path, document.stamp)
        if on_disk is not OnDisk.CHANGED:
            return False
        if self.sheet is None:
            self._errands.run(
                partial(self._compared, document.graph.copy(), path),
                lambda differences: self._ask(document, path, stamp, write, differences),
                lambda _error: self._ask(document, path, stamp, write, None),
            )
        return True

    def close(self) -> None:
        """Watch no more."""
        self._due.cancel()
        self._errands.close()
        self._watcher.fileChanged.disconnect(self._due.request)
        for signal in (self._session.opened, self._session.closed, self._session.saved):
            signal.disconnect(self._on_documents)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._session.documents:
            self._due.request()

    def _on_documents(self, document: Document) -> None:
        if document not in self._session.documents:
            self._told.pop(document, None)
        else:
            self._drop_banner(document)
        self._watch()

    def _watch(self) -> None:
        # An atomic save puts another file in the place of the watched one, and the system forgets it then.
        wanted = {str(one.path) for one in self._session.documents if one.path is not None and one.stamp is not None}
        watched = set(self._watcher.files())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    def _check_all(self) -> None:
        self._watch()
        for document in self._session.documents:
            if document.path is not None and document.stamp is not None and not self._saving.is_saving(document):
                work = partial(look, document.path, document.stamp)
                self._errands.run(work, partial(self._on_looked, document, document.path, document.stamp))

    def _on_looked(self, document: Document, path: Path, before: Stamp, result: tuple[OnDisk, Stamp | None]) -> None:
        on_disk, stamp = result
        if document not in self._session.documents or document.path != path or document.stamp != before:
            # Saved or closed meanwhile: the look is out of date, and another follows a save.
            return
        if on_disk is OnDisk.SAME:
            document.stamp = stamp
            self._drop_banner(document)
        elif on_disk is not OnDisk.AWAY and (document not in self._told or self._told[document][:2] != result):
            self._show(document, path, on_disk, stamp)

    def _show(self, document: Document, path: Path, on_disk: OnDisk, stamp: Stamp | None) -> None:
        self._drop_banner(document)
        if on_disk is OnDisk.MISSING:
            text = f"{path.name} was moved or deleted by another program. Your work is still open here."
            acts: tuple[Act, ...] = (
                Act("Save again", lambda: self._saving.save(document)),
                Act("Save as…", lambda: self._saving.save_as(document)),
            )
        else:
            text = f"{path.name} was changed on disk by another program."
            acts = (
                Act("Compare…", partial(self._compare, document), stays=True),
                Act("Keep mine", partial(self._keep_mine, document, stamp)),
                Act("Reload", partial(self.reload, document)),
            )
        self._book.add(Level.WARNING, "file", text.rstrip("."), str(path))
        self._told[document] = (on_disk, stamp, self._notices(document).show_message(text, "warning", *acts))

    def _drop_banner(self, document: Document) -> None:
        told = self._told.pop(document, None)
        if told is not None and told[2] in self._notices(document).banners:
            told[2].closed.emit()

    def _keep_mine(self, document: Document, stamp: Stamp | None) -> None:
        # From here on a save overwrites just this state of the file, and a later one is asked about again.
        document.stamp = stamp
        document.history.mark_unsaved()

    def _compared(self, graph: Graph, path: Path) -> Differences:
        return Differences.between(load(path, self._session.catalog).graph, graph, self._session.catalog)

    def _compare(self, document: Document) -> None:
        path = document.path
        if path is not None and self.sheet is None:
            self._errands.run(
                partial(self._compared, document.graph.copy(), path),
                lambda differences: self._show_differences(path, differences),
                partial(self._tell, document),
            )

    def _show_differences(self, path: Path, differences: Differences) -> None:
        text = f"Your state against {path} on disk"
        self._open(DifferencesSheet(self._window, f"What differs in “{path.name}”", text, differences))

    def _ask(
        self,
        document: Document,
        path: Path,
        stamp: Stamp | None,
        write: Callable[[], object],
        differences: Differences | None,
    ) -> None:
        if self.sheet is not None or document not in self._session.documents:
            return
        sheet = ConflictSheet(self._window, document.title, str(path), differences, saving=True)

        def save_mine() -> None:
            document.stamp = stamp
            write()

        sheet.mine_chosen.connect(save_mine)
        sheet.theirs_chosen.connect(lambda: self.reload(document))
        sheet.copy_chosen.connect(lambda: self._saving.save_as(document))
        self._open(sheet)

    def _open(self, sheet: ConflictSheet | DifferencesSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._on_sheet_closed)
        sheet.open()

    def _on_sheet_closed(self) -> None:
        self.sheet = None

    def _take_theirs(self, document: Document, loaded: Loaded) -> None:
        if document not in self._session.documents:
            return
        document.seal()
        document.do(ReplaceContent(Content.of(loaded.graph), "Reload from disk"))
        document.stamp = Stamp.of(loaded.source)
        document.load_problems = loaded.problems
        document.history.mark_clean()
        self._session.saved.emit(document)
        self._book.add(Level.INFO, "file", f"Reloaded {document.path}")

    def _tell(self, document: Document, error: CasareError) -> None:
        self._book.add(Level.ERROR, "file", log_line(error), error.mend)
        self._notices(document if document in self._session.documents else None).show_error(error)
