"""The workflows of a folder on their way to the page: scanned on a thread, handed over in batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from casare.app.files.folder_scan import Entry, FolderScan, scan
from casare.catalog import Catalog
from casare.foundation.errors import CasareError
from casare.storage import PreviewCache
from casare.ui.background import Inbox

Scanner = Callable[[Path, threading.Event], FolderScan]
"""Begins the scan of a folder, which ends when the event is set."""

_FIRST_BATCH_S, _LONGEST_BATCH_S = 0.05, 0.4
"""How long entries are gathered before the window is woken, doubled each time: a batch makes the grid lay out anew."""


class ScanEnd(NamedTuple):
    """How a scan ended: what was passed over, whether there was more, or why the folder could not be read."""

    skipped: int = 0
    truncated: bool = False
    error: CasareError | None = None


class _Told(NamedTuple):
    round: int
    entries: Sequence[Entry]
    end: ScanEnd | None = None


class FolderFeed(QObject):
    """Scan one folder at a time; a new scan, `stop` and `close` call the one under way off."""

    found = Signal(object)
    """A list of entries."""
    ended = Signal(object)
    """A ScanEnd, after the last entry; not told of a scan that was called off."""

    def __init__(self, scanner: Scanner, parent: QObject) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._round = 0
        self._inbox = Inbox(self)
        self._inbox.received.connect(self._on_told)

    def start(self, folder: Path) -> None:
        """Scan a folder; what is still to come of an earlier scan is dropped."""
        self.stop()
        self._stop = threading.Event()
        work = (folder, self._round, self._stop)
        thread = threading.Thread(target=self._run, args=work, name="casare-folder", daemon=True)
        # One that was called off ends after the file it reads; a dead drive may hold it, and holds nobody else.
        self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()

    def stop(self) -> None:
        """Call the scan off."""
        self._stop.set()
        self._round += 1

    def close(self) -> None:
        """Call the scan off and take nothing more."""
        self.stop()
        self._inbox.close()
        for thread in self._threads:
            # The thread is a daemon and cannot hold the exit.
            thread.join(timeout=2)
        self._threads.clear()

    def _run(self, folder: Path, number: int, stop: threading.Event) -> None:
        batch: list[Entry] = []
        wait = _FIRST_BATCH_S
        due = time.monotonic() + wait
        try:
            scanned = self._scanner(folder, stop)
            for entry in scanned:
                batch.append(entry)
                if time.monotonic() >= due:
                    self._inbox.post(_Told(number, batch))
                    wait = min(2 * wait, _LONGEST_BATCH_S)
                    batch, due = [], time.monotonic() + wait
            end = ScanEnd(scanned.skipped, scanned.truncated)
        except CasareError as error:
            end = ScanEnd(error=error)
        if not stop.is_set():
            self._inbox.post(_Told(number, batch, end))

    def _on_told(self, told: Sequence[_Told]) -> None:
        current = [one for one in told if one.round == self._round]
        entries = [entry for one in current for entry in one.entries]
        if entries:
            self.found.emit(entries)
        for one in current:
            if one.end is not None and one.round == self._round:
                self.ended.emit(one.end)


def folder_scanner(catalog: Catalog) -> Scanner:
    """Return what scans with the user's preview cache."""
    cache = PreviewCache()

    def begin(folder: Path, stop: threading.Event) -> FolderScan:
        return scan(folder, catalog, cache, stop=stop)

    return begin
