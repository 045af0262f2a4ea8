"""The open documents and which of them is in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casare.app.adding import Habits
from casare.app.documents.document import Document
from casare.app.documents.level import Level
from casare.app.files.opening import Opened
from casare.app.files.previews import correct_picture
from casare.app.files.recents import Recents
from casare.app.keymaps import KeymapStore
from casare.app.profiler.grade_note import remember_grade
from casare.app.profiler.live_profile import LiveProfiles
from casare.app.running.live_runs import LiveRuns
from casare.app.secrets import Secrets
from casare.app.settings import SettingsStore
from casare.catalog import Catalog, default_catalog
from casare.foundation.signal import Signal
from casare.model import Graph
from casare.storage import Loaded, Packed, Saved, Stamp, load, write
from casare.storage.reading.workflow_cache import WorkflowCache


class Session:
    """Everything one running editor has open. The window shows it; a script may drive it without a window."""

    def __init__(self, catalog: Catalog | None = None) -> None:
        self.catalog = catalog or default_catalog()
        self.settings = SettingsStore()
        self.keymap = KeymapStore(self.settings)
        self.recents = Recents()
        self.habits = Habits()
        self.cache = WorkflowCache()
        self.secrets = Secrets()
        self.documents: list[Document] = []
        self.active: Document | None = None
        self.opened: Signal[[Document]] = Signal()
        self.closed: Signal[[Document]] = Signal()
        self.saved: Signal[[Document]] = Signal()
        """A document was written to its file."""
        self.active_changed: Signal[[Document | None]] = Signal()
        self.write: Callable[[Packed, Path], Saved] = write
        """How documents get into their files; the window puts in what keeps earlier versions too."""
        self.front_changed: Signal[[Level | None]] = Signal()
        """Another level is looked at: in the active document, or because another document is active."""
        self.profiles = LiveProfiles(self.settings, self.closed)
        self.runs = LiveRuns(self.closed, secrets=self.secrets.get)
        self.runs.finished.connect(lambda run: self.profiles.learn(run, self.catalog))

    @property
    def front(self) -> Level | None:
        """Return the level of the active document that is looked at."""
        return self.active.front if self.active is not None else None

    def new(self) -> Document:
        """Open an empty document and bring it to the front."""
        return self._show(Document(catalog=self.catalog))

    def find_open(self, path: Path) -> Document | None:
        """Return the open document that came from this file, or None."""
        path = path.absolute()
        return next((one for one in self.documents if one.path is not None and _same_file(one.path, path)), None)

    def open(self, path: Path) -> Document:
        """Open a file, or bring it to the front when it is open already.

        Raises FileError when there is nothing to open; the documents are as before.
        """
        path = path.absolute()
        found = self.find_open(path)
        if found is not None:
            self.activate(found)
            return found
        loaded = load(path, self.catalog)
        correct_picture(loaded, self.catalog)
        return self._take(loaded, path)

    def open_template(self, path: Path) -> Document:
        """Open a copy of a file as a new, unsaved document. Raises FileError when there is nothing to open."""
        return self._take(load(path, self.catalog), path, as_template=True)

    def open_graph(self, graph: Graph, title: str) -> Document:
        """Open a graph that comes from no file as a new, unsaved document, and bring it to the front."""
        return self._show(Document(graph, catalog=self.catalog, title=title))

    def adopt(self, event: Opened, remember: Callable[[Path], object] | None = None) -> Document | None:
        """Take in a file that a thread has opened, and bring it to the front.

        None when it was called off. When the file was opened otherwise meanwhile, that document comes to the front.
        `remember` is given the path to put among the recent ones when there is time; without it that is done here.
        """
        opening = event.opening
        if opening.cancelled:
            return None
        found = None if opening.as_template else self.find_open(opening.path)
        if found is not None:
            self.activate(found)
            return found
        path, copy = opening.path.absolute(), opening.as_template
        return self._take(event.loaded, path, as_template=copy, ready=event.prepared, remember=remember)

    def save(self, document: Document, path: Path | None = None) -> None:
        """Save a document and remember its file among the recent ones. Raises FileError."""
        document.save(path, write=self.write)
        self.note_saved(document)

    def note_saved(self, document: Document) -> None:
        """Remember the file a document was saved to, and the grade it has there."""
        remember_grade(document)
        if document.path is not None:
            self.recents.add(document.path)
        self.saved.emit(document)

    def show(self, document: Document) -> Document:
        """Take in a document that was made elsewhere, and bring it to the front."""
        return self._show(document)

    def close(self, document: Document) -> None:
        """Close a document without asking; whoever calls has dealt with unsaved changes."""
        index = self.documents.index(document)
        self.documents.remove(document)
        self.closed.emit(document)
        if document is self.active:
            left = self.documents[min(index, len(self.documents) - 1)] if self.documents else None
            self.activate(left)

    def activate(self, document: Document | None) -> None:
        """Bring a document to the front; None shows the start page."""
        if document is not self.active:
            self.active = document
            self.active_changed.emit(document)
            self.front_changed.emit(self.front)

    def _take(
        self,
        loaded: Loaded,
        path: Path,
        *,
        as_template: bool = False,
        ready: object = None,
        remember: Callable[[Path], object] | None = None,
    ) -> Document:
        document = Document(
            loaded.graph,
            catalog=self.catalog,
            path=None if as_template else path,
            load_problems=loaded.problems,
            title=(loaded.graph.name or path.stem) if as_template else "",
        )
        document.prepared, document.timings = ready, loaded.timings
        document.stamp = None if as_template else Stamp.of(loaded.source)
        if not as_template:
            (remember or self.recents.add)(path)
        return self._show(document)

    def _show(self, document: Document) -> Document:
        self.documents.append(document)
        document.front_changed.connect(self._on_front_changed)
        self.opened.emit(document)
        self.activate(document)
        return document

    def _on_front_changed(self, level: Level) -> None:
        if level.document is self.active:
            self.front_changed.emit(level)


def _same_file(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False
