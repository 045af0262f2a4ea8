"""The list of recently opened workflows, newest first, kept between runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder
from casare.foundation.locks import FileLock
from casare.foundation.signal import Signal

_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Recent:
    """A file that was opened, and when (seconds since the epoch)."""

    path: Path
    opened_at: float


class Recents:
    """Remember which files were opened last. A damaged list is dropped, an unwritable one is kept in memory.

    Several editors share the list: each change is made, under a lock, to what the others have written by then.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or data_folder() / "recents.json"
        self._entries = self._read() or []
        self.changed: Signal[[]] = Signal()

    def entries(self) -> list[Recent]:
        """Return the files, newest first. Missing ones are in the list: a drive may be away for a while."""
        return list(self._entries)

    def add(self, path: Path) -> None:
        """Put a file at the top."""
        self.remember(path)
        self.changed.emit()

    def remember(self, path: Path) -> None:
        """Put a file at the top without telling: from any thread, since a slow disk may take its time to write."""
        path = path.absolute()
        entry = Recent(path, time.time())
        self._carry_out(lambda entries: [entry, *(one for one in entries if one.path != path)])

    def remove(self, path: Path) -> None:
        """Forget a file; the file itself is not touched."""
        path = path.absolute()
        self._change(lambda entries: [one for one in entries if one.path != path])

    def restore(self, entry: Recent) -> None:
        """Put a removed entry back where it was, as the undo of `remove`."""

        def put_back(entries: list[Recent]) -> list[Recent]:
            kept = [one for one in entries if one.path != entry.path]
            return sorted([*kept, entry], key=lambda one: -one.opened_at)

        self._change(put_back)

    def _change(self, change: Callable[[list[Recent]], list[Recent]]) -> None:
        self._carry_out(change)
        self.changed.emit()

    def _carry_out(self, change: Callable[[list[Recent]], list[Recent]]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._file.with_suffix(".lock")):
                # What this editor could not write is worth more than nothing that can be read.
                entries = self._read()
                self._entries = change(self._entries if entries is None else entries)[:_LIMIT]
                self._write()
        except OSError:
            self._entries = change(self._entries)[:_LIMIT]

    def _read(self) -> list[Recent] | None:
        try:
            rows: Any = json.loads(self._file.read_bytes())
            return [Recent(Path(row["path"]), float(row["opened_at"])) for row in rows][:_LIMIT]
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None

    def _write(self) -> None:
        rows = [{"path": str(one.path), "opened_at": one.opened_at} for one in self._entries]
        # Not orjson, which refuses a file name that is no valid text.
        with suppress(OSError):
            write_atomic(self._file, json.dumps(rows, indent=2).encode())
