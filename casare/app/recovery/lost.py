"""Unsaved work that dead editors left behind: find it, give it back, or keep it for a week."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casare.app.recovery.differences import Differences
from casare.app.recovery.places import DECLINED_SUFFIX, JOURNAL_SUFFIX, abandoned, remove_if_empty
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.foundation.locks import FileLock
from casare.model import Graph
from casare.storage import Stamp, load
from casare.storage.keeping.journal import JournalContent, read_journal
from casare.storage.keeping.stamps import OnDisk, look

KEPT_S: Final = 7 * 24 * 3600
"""How long work that was declined is kept."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """One document with unsaved work, as its journal tells."""

    file: Path
    """The journal."""
    title: str
    path: Path | None
    """The workflow file it belongs to; None when it was never saved."""
    stamp: Stamp | None
    """What that file held when the work began."""
    edits: int
    last_at: float
    """When the last edit was made, s since the epoch."""
    node_count: int
    on_disk: OnDisk | None
    """What became of the file meanwhile; None without one."""
    differences: Differences
    """What the work changed, against the file as it is now, or against nothing."""
    declined: bool = False
    torn: bool = False
    """Whether the very last edits were cut short and are not in it."""

    @property
    def name(self) -> str:
        """Return what tells its journal from every other."""
        return self.file.stem

    def recover(self) -> Graph:
        """Return the document as it was. Raises FileError when the journal is gone or damaged."""
        return read_journal(self.file).replay()

    def decline(self) -> None:
        """Offer it no more; it stays for a week."""
        with suppress(OSError):
            declined = self.file.with_suffix(DECLINED_SUFFIX)
            self.file.replace(declined)
            os.utime(declined)

    def discard(self) -> None:
        """Delete it, as when its work is safe elsewhere."""
        with suppress(OSError):
            self.file.unlink()


class LostWork:
    """What dead editors left. Takes their folders over while it lives, so that no other editor offers the same."""

    def __init__(self, catalog: Catalog, root: Path | None = None, *, but: Path | None = None) -> None:
        self._catalog = catalog
        self._root = root
        self._but = but
        self._locks: dict[Path, FileLock] = {}
        self._one_at_a_time = threading.Lock()

    def find(self) -> list[Lost]:
        """List what can be recovered, newest first; what holds nothing, or is too old, is cleared away.

        Reads every journal and the file it belongs to, so that it is for a thread. Damaged ones are logged and left.
        """
        with self._one_at_a_time:
            return self._find()

    def _find(self) -> list[Lost]:
        for lock in abandoned(self._root, but=self._but):
            self._locks[lock.path.parent] = lock
        followed: set[str] = set()
        found: list[Lost] = []
        for journal in list(self._journals()):
            try:
                content = read_journal(journal)
                followed.add(content.identity.follows)
                lost = self._describe(journal, content)
                if lost is None:
                    # Undone again, or saved in the very moment the program died.
                    journal.unlink(missing_ok=True)
            except (CasareError, OSError) as error:
                _log.warning("A journal of unsaved work cannot be read: %s", error)
                continue
            if lost is not None:
                found.append(lost)
        for lost in found:
            if lost.name in followed:
                lost.discard()
        kept = [lost for lost in found if lost.name not in followed]
        return sorted(kept, key=lambda lost: -lost.last_at)

    def close(self) -> None:
        """Let go of the folders; what is left in them will be found again."""
        for lock in self._locks.values():
            remove_if_empty(lock)
        self._locks.clear()

    def _journals(self) -> Iterator[Path]:
        for folder in self._locks:
            with suppress(OSError):
                for file in sorted(folder.iterdir()):
                    if file.suffix == DECLINED_SUFFIX and time.time() - file.stat().st_mtime > KEPT_S:
                        file.unlink()
                    elif file.suffix in (JOURNAL_SUFFIX, DECLINED_SUFFIX):
                        yield file

    def _describe(self, journal: Path, content: JournalContent) -> Lost | None:
        graph = content.replay()
        identity = content.identity
        before, on_disk = Graph(metadata={"name": ""}), None
        if identity.path is not None:
            on_disk, _ = look(identity.path, identity.stamp)
            with suppress(CasareError):
                before = load(identity.path, self._catalog).graph
        if before == graph:
            return None
        return Lost(
            journal,
            identity.title,
            identity.path,
            identity.stamp,
            content.edits,
            content.last_at,
            len(graph.nodes),
            on_disk,
            Differences.between(before, graph, self._catalog),
            journal.suffix == DECLINED_SUFFIX,
            content.torn > 0,
        )
