"""Keep what each save writes, and what it overwrites, as earlier versions, on a thread that nobody waits for."""

from __future__ import annotations

import logging
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.foundation.folders import data_folder
from casare.storage import Packed, Saved, write
from casare.storage.keeping.generations import Generations, Version

_LARGEST: Final = 64 * 1024 * 1024
"""A file larger than this (bytes) is not kept: reading it before each save would be felt."""

_log = logging.getLogger(__name__)


class _Job(NamedTuple):
    path: Path
    contents: tuple[tuple[bytes, float | None], ...]
    """Each content and when the file got it (s since the epoch, None for now), oldest first."""


class Versions:
    """The earlier versions of saved files. `write` is how a document is saved so that they are kept."""

    def __init__(self, catalog: Catalog, folder: Path | None = None) -> None:
        self._generations = Generations(folder or data_folder() / "generations", catalog)
        self._condition = threading.Condition()
        self._waiting: deque[_Job] = deque()
        self._thread: threading.Thread | None = None

    def write(self, packed: Packed, path: Path) -> Saved:
        """Write a prepared workflow as `storage.write` does; keep it and what was there before. Raises FileError.

        May be called from any thread. Trouble with keeping is logged and never touches the save.
        """
        before = _content(path)
        saved = write(packed, path)
        contents: list[tuple[bytes, float | None]] = [before] if before is not None else []
        if len(packed.content) <= _LARGEST:
            contents.append((packed.content, None))
        if contents:
            self._put(_Job(path.absolute(), tuple(contents)))
        return saved

    def of(self, path: Path) -> list[Version]:
        """List the versions of a file, newest first; waits for what is just being kept. For a thread."""
        self.wait()
        return self._generations.versions(path)

    def wait(self, timeout_s: float | None = 10.0) -> bool:
        """Wait until all is kept; tell whether that came to pass in time."""
        with self._condition:
            return self._condition.wait_for(lambda: self._thread is None, timeout_s)

    def _put(self, job: _Job) -> None:
        with self._condition:
            self._waiting.append(job)
            if self._thread is None:
                # No daemon: a save that is followed by the end of the program counts too.
                self._thread = threading.Thread(target=self._work, name="casare-versions")
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._condition:
                if not self._waiting:
                    self._thread = None
                    self._condition.notify_all()
                    return
                job = self._waiting.popleft()
            for data, at in job.contents:
                try:
                    self._generations.keep(job.path, data, saved_at=at)
                except CasareError:
                    _log.info("What %s held before is no workflow and is not kept as a version", job.path)
                except Exception as error:
                    _log.warning("An earlier version of %s cannot be kept: %s", job.path, error)


def _content(path: Path) -> tuple[bytes, float] | None:
    with suppress(OSError):
        facts = path.stat()
        if facts.st_size <= _LARGEST:
            return path.read_bytes(), facts.st_mtime
    return None
