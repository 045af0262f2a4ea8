"""The list of recently opened workflows, newest first, kept between runs."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casare.foundation.atomic import write_atomic
from casare.foundation.folders import data_folder
from casare.foundation.signal import Signal

_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Recent:
    """A file that was opened, and when (seconds since the epoch)."""

    path: Path
    opened_at: float


class Recents:
    """Remember which files were opened last. A damaged list is dropped, an unwritable one is kept in memory."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or data_folder() / "recents.json"
        self._entries = self._read()
        self.changed: Signal[[]] = Signal()

    def entries(self) -> list[Recent]:
        """Return the files, newest first. Missing ones are in the list: a drive may be away for a while."""
        return list(self._entries)

    def add(self, path: Path) -> None:
        """Put a file at the top."""
        path = path.absolute()
        self._entries = [Recent(path, time.time()), *(one for one in self._entries if one.path != path)][:_LIMIT]
        self._write()

    def remove(self, path: Path) -> None:
        """Forget a file; the file itself is not touched."""
        path = path.absolute()
        self._entries = [one for one in self._entries if one.path != path]
        self._write()

    def restore(self, entry: Recent) -> None:
        """Put a removed entry back where it was, as the undo of `remove`."""
        kept = [one for one in self._entries if one.path != entry.path]
        self._entries = sorted([*kept, entry], key=lambda one: -one.opened_at)
        self._write()

    def _read(self) -> list[Recent]:
        try:
            rows: Any = json.loads(self._file.read_bytes())
            return [Recent(Path(row["path"]), float(row["opened_at"])) for row in rows][:_LIMIT]
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return []

    def _write(self) -> None:
        rows = [{"path": str(one.path), "opened_at": one.opened_at} for one in self._entries]
        # Not orjson, which refuses a file name that is no valid text.
        content = json.dumps(rows, indent=2).encode()
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file, content)
        self.changed.emit()
