"""Where journals lie: one folder for each running editor, with a lock that says whether it still runs."""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from casare.foundation.folders import data_folder
from casare.foundation.locks import FileLock

JOURNAL_SUFFIX: Final = ".journal"
DECLINED_SUFFIX: Final = ".declined"
_LOCK: Final = "owner.lock"


def journals_folder() -> Path:
    """Return the folder of all journals of this user; it may not exist yet."""
    return data_folder() / "journals"


class OwnFolder:
    """The folder of this editor's journals, made and locked when the first is written, gone when it is clean."""

    def __init__(self, root: Path | None = None) -> None:
        self.path = (root or journals_folder()) / uuid.uuid4().hex
        self._lock = FileLock(self.path / _LOCK)

    def ensure(self) -> Path:
        """Make the folder and take its lock. Raises OSError."""
        if not self._lock.held or not self.path.is_dir():
            self._lock.release()
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Nobody else knows the name; a moment's contention comes from somebody who looks whether we live.
            self._lock.acquire(timeout_s=2.0)
        return self.path

    def release(self) -> None:
        """Let the lock go, and the folder too when no journal is left in it."""
        if self._lock.held:
            remove_if_empty(self._lock)


def remove_if_empty(lock: FileLock) -> bool:
    """Release the lock of a folder of journals and delete the folder unless it holds any; tell whether it is gone."""
    folder = lock.path.parent
    empty = not any(one.suffix in (JOURNAL_SUFFIX, DECLINED_SUFFIX) for one in _files(folder))
    if empty:
        for left_over in _files(folder):
            with suppress(OSError):
                left_over.unlink()
    lock.release()
    if empty:
        with suppress(OSError):
            folder.rmdir()
    return empty


def abandoned(root: Path | None = None, *, but: Path | None = None) -> list[FileLock]:
    """Return the locks of the folders whose editors are dead, taken over by this process.

    While they are held, no other editor offers what is in them.
    """
    taken: list[FileLock] = []
    for folder in _files(root or journals_folder()):
        if folder == but or not (folder / _LOCK).exists():
            continue
        lock = FileLock(folder / _LOCK)
        with suppress(OSError):
            if lock.acquire():
                taken.append(lock)
    return taken


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
