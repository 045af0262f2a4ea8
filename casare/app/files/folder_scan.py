"""Find the workflows of a folder and search them, by their previews alone: no workflow is opened for it.

What is no workflow is passed over and counted. A scan is bounded in files, folders and depth, follows no links to
folders, and can be called off between two files.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from casare.app.files.previews import Seen
from casare.app.files.search import Fields, SearchIndex
from casare.catalog import Catalog
from casare.foundation.errors import CasareError, FileError
from casare.storage import Limits, Preview, PreviewCache, preview

SUFFIXES: Final = (".json.zst", ".json.gz", ".json")
MOST_FILES: Final = 5_000
"""How many files of the right suffix a scan looks into."""
MOST_NAMES: Final = 100_000
"""How many names a scan goes through, of files and folders alike."""
DEEPEST: Final = 24
"""How many folders inside one another a scan goes down."""
_LARGEST: Final = Limits(max_bytes=96 * 1024 * 1024)
"""A larger body is no file to decode for a list; one with a skeleton is listed whatever its size."""
_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__", "site-packages"})


class Entry(NamedTuple):
    """A workflow of a folder: what its preview says, and when it was changed (seconds since the epoch)."""

    path: Path
    seen: Seen
    changed_at: float


class FolderScan(Iterator[Entry]):
    """The workflows of a folder, read one by one as they are asked for; `skipped` counts what is none."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        cache: PreviewCache | None,
        *,
        recursive: bool = True,
        stop: threading.Event | None = None,
        most_files: int = MOST_FILES,
        most_names: int = MOST_NAMES,
    ) -> None:
        self.folder = folder
        self.skipped = 0
        self.truncated = False
        """Whether there was more than a scan looks at."""
        self._catalog = catalog
        self._cache = cache
        self._recursive = recursive
        self._stop = stop
        self._files_left = most_files
        self._names_left = most_names
        self._known: dict[str, bool] = {}
        self._entries = self._read(_names(folder))

    def __next__(self) -> Entry:
        """Return the next workflow: those of a folder by name, then those of the folders in it."""
        return next(self._entries)

    @property
    def stopped(self) -> bool:
        """Whether the scan was called off."""
        return self._stop is not None and self._stop.is_set()

    def _read(self, first: list[os.DirEntry[str]]) -> Iterator[Entry]:
        for found in self._files(first):
            if self.stopped:
                return
            if self._files_left <= 0:
                self.truncated = True
                return
            self._files_left -= 1
            entry = self._entry(found)
            if entry is None:
                self.skipped += 1
            else:
                yield entry

    def _files(self, first: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        waiting: list[tuple[list[os.DirEntry[str]] | str, int]] = [(first, 0)]
        while waiting and not self.stopped:
            content, depth = waiting.pop()
            names = content if isinstance(content, list) else _names_if_readable(content)
            self._names_left -= len(names)
            folders = []
            for one in names:
                if _is_folder(one):
                    folders.append(one.path)
                elif one.name.lower().endswith(SUFFIXES):
                    yield one
            if self._names_left <= 0:
                self.truncated = self.truncated or bool(folders or waiting)
                return
            if self._recursive and folders:
                self.truncated = self.truncated or depth >= DEEPEST
                waiting.extend((one, depth + 1) for one in reversed(folders) if depth < DEEPEST)

    def _entry(self, found: os.DirEntry[str]) -> Entry | None:
        path = Path(found.path)
        try:
            seen = preview(path, self._catalog, self._cache, limits=_LARGEST)
            return Entry(path, Seen(seen, self._unknown(seen)), found.stat().st_mtime)
        except (CasareError, OSError):
            return None

    def _unknown(self, seen: Preview) -> int:
        known = self._known
        for type_id in seen.node_types:
            if type_id not in known:
                known[type_id] = self._catalog.find(type_id) is not None
        return sum(not known[type_id] for type_id in seen.node_types)


def scan(
    folder: Path,
    catalog: Catalog,
    cache: PreviewCache | None,
    *,
    recursive: bool = True,
    stop: threading.Event | None = None,
) -> FolderScan:
    """Begin to scan a folder; each file is read when its entry is asked for. Raises FileError for no such folder."""
    return FolderScan(folder, catalog, cache, recursive=recursive, stop=stop)


def title_of(path: Path) -> str:
    """Return the name of a workflow file without its suffixes."""
    name = path.name
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def search_fields(title: str, path: Path, seen: Preview | None) -> Fields:
    """Return what of a workflow may be searched: its names, node types, variables and description."""
    if seen is None:
        return Fields(title, id=path.name)
    keywords = (seen.name, *seen.variables, *seen.node_types)
    return Fields(title, keywords=keywords, id=path.name, text=seen.description)


def search(entries: Iterable[Entry], query: str) -> list[Entry]:
    """Return the entries that fit a query, best first; an empty query returns all in their order."""
    index = SearchIndex(entries, lambda entry: search_fields(title_of(entry.path), entry.path, entry.seen.preview))
    return index.find(query)


def _is_folder(one: os.DirEntry[str]) -> bool:
    try:
        return one.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _names(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as names:
            found = [one for one in names if not one.name.startswith(".") and one.name not in _PASSED_OVER]
    except OSError as error:
        raise FileError(
            "The folder cannot be read.", where=str(folder), mend="Check that it is there and that you may read it."
        ) from error
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def _names_if_readable(folder: str) -> list[os.DirEntry[str]]:
    try:
        return _names(folder)
    except FileError:
        return []
