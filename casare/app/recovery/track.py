"""The journal of one document: what waits to be written, and the writing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from casare.app.documents.document import Document
from casare.app.recovery.places import OwnFolder
from casare.foundation.errors import CasareError
from casare.model import Change, Graph
from casare.model.merging import covers
from casare.storage.keeping.journal import Identity, JournalFile

GROWN_BYTES: Final = 1024 * 1024
"""A journal is begun anew with a snapshot when its edits take more than this and more than twice the snapshot."""


class Edit(NamedTuple):
    """A change, and when it was made (s since the epoch)."""

    change: Change
    at: float


class Begin(NamedTuple):
    """Begin with this state, the outcome of `edits` more edits. `then` is called once it is on disk."""

    identity: Identity
    graph: Graph
    edits: int
    at: float
    anew: bool = False
    """Whether the edits so far do not count any more, as after a save."""
    then: Callable[[], object] | None = None


class Remove(NamedTuple):
    """Delete the journal: there is nothing unsaved any more."""


Item = Edit | Begin | Remove


@dataclass(eq=False)
class Track:
    """One document's journal. `waiting` is guarded by whoever owns the track; `write` belongs to the writing thread."""

    document: Document
    file: JournalFile

    def __post_init__(self) -> None:
        self.waiting: list[Item] = []
        self.listener: Callable[[Change], Any] | None = None
        self.begun = False
        """Whether a snapshot has been asked for since the journal was last removed."""
        self.wants_snapshot = False
        """Set by the writing thread: the next edit is to bring the whole state with it."""
        self.follows = ""
        self.trouble: CasareError | None = None
        self._broken = False
        self._edits = 0
        self._snapshot_bytes = 0
        self._then: list[Callable[[], object]] = []

    def write(self, items: Sequence[Item], folder: OwnFolder) -> bool:
        """Write what was waiting and sync it; tell whether `trouble` is new and ought to be told."""
        self._then.extend(item.then for item in items if isinstance(item, Begin) and item.then is not None)
        try:
            if self._write(items, folder):
                self.trouble = None
                for then in self._then:
                    then()
                self._then.clear()
        except (OSError, TypeError, ValueError) as error:
            self._broken = self.wants_snapshot = True
            self.file.close()
            before, self.trouble = self.trouble, _told(error, str(self.file.path.parent))
            return before is None or before.what != self.trouble.what
        return False

    def _write(self, items: Sequence[Item], folder: OwnFolder) -> bool:
        start = max((at for at, item in enumerate(items) if not isinstance(item, Edit)), default=0)
        first, changes = items[start], _changes(items[start:])
        if isinstance(first, Remove):
            self._edits, self._broken = 0, False
            self.file.remove()
            return True
        if isinstance(first, Begin):
            # What a snapshot follows on needs no writing any more, but it counts.
            self._edits = _counted(self._edits, items[: start + 1])
            folder.ensure()
            self.file.begin(first.identity, first.graph, edits=self._edits, at=first.at)
            self._broken, self._snapshot_bytes = False, self.file.size
        elif self._broken:
            # These edits stand on some that could not be written; the next one brings everything.
            return False
        if changes:
            last = items[-1]
            assert isinstance(last, Edit)
            self.file.append(changes, edits=len(changes), at=last.at)
            self._edits += len(changes)
            self.file.sync()
        self.wants_snapshot = self.file.size - self._snapshot_bytes > max(GROWN_BYTES, 2 * self._snapshot_bytes)
        return True


def essential(changes: list[Change]) -> list[Change]:
    """Leave out each change that the one after it makes up for, as all but the last of the moves of a drag."""
    kept: list[Change] = []
    for change in changes:
        while kept and covers(change, kept[-1]):
            kept.pop()
        kept.append(change)
    return kept


def _counted(edits: int, items: Sequence[Item]) -> int:
    for item in items:
        if isinstance(item, Remove):
            edits = 0
        elif isinstance(item, Begin):
            edits = item.edits + (0 if item.anew else edits)
        else:
            edits += 1
    return edits


def _changes(items: Sequence[Item]) -> list[Change]:
    return essential([item.change for item in items if isinstance(item, Edit)])


def _told(error: Exception, where: str) -> CasareError:
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return CasareError(
            f"Unsaved work cannot be written to the recovery journal: {reason}.",
            where=where,
            mend="You can go on working, but a crash would lose what is not saved. Free some space, and save often.",
        )
    return CasareError(
        f"Unsaved work cannot be written to the recovery journal: a value is no JSON ({error}).",
        mend="You can go on working; save often, and give that setting another value.",
    )
