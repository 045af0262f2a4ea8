"""Skeletons of files that cannot carry one, kept in the user's cache folder.

One small file per workflow, named after the workflow's path: a look-up is one open and one read (some 40 us, a tenth of
what opening a database takes), processes cannot block each other, and what is damaged is damaged alone. Each file says
for which size and age of the workflow it holds, and carries a checksum, so that it can be written without waiting for
the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from casare.foundation.folders import cache_folder
from casare.storage.bytes.formats import FORMATS, Format
from casare.storage.skeletons.skeleton import Skeleton, decode_skeleton, encode_skeleton

MAX_ENTRIES: Final = 10_000
MAX_TOTAL: Final = 64 * 1024 * 1024
_SUFFIX: Final = ".preview"
_DIGEST: Final = 16
_CHECKED_EVERY: Final = 32
_READER: Final = 2
"""One more with each form of file the reader learns, so that what an older one made of such a file is forgotten."""


class PreviewCache:
    """Remember skeletons by path, size and age (mtime) of their files; the least recently used go first.

    Never raises for a missing, full or damaged folder: a cache that does not work costs time only. `hits` and `misses`
    count the look-ups of this object.
    """

    def __init__(
        self, folder: Path | None = None, *, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_TOTAL
    ) -> None:
        self._folder = folder or cache_folder() / "previews"
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._until_check = 0
        self.hits = 0
        self.misses = 0

    def get(self, path: Path, size: int, mtime_ns: int) -> tuple[Skeleton, Format] | None:
        """Return what was put for this file, as long as the file has the same size and age."""
        entry = self._entry(path)
        try:
            raw = entry.read_bytes()
        except (OSError, ValueError):
            self.misses += 1
            return None
        held = _decoded(raw)
        if held is None:
            _remove(entry)
        elif held[0] == _key(path, size, mtime_ns):
            self.hits += 1
            with suppress(OSError):
                os.utime(entry)
            return held[1], held[2]
        self.misses += 1
        return None

    def put(self, path: Path, size: int, mtime_ns: int, skeleton: Skeleton, form: Format) -> None:
        """Remember the skeleton of a file in place of any earlier one."""
        body = orjson.dumps([_key(path, size, mtime_ns), form]) + b"\n" + encode_skeleton(skeleton)
        with suppress(OSError, ValueError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._entry(path), hashlib.blake2b(body, digest_size=_DIGEST).digest() + body)
            self._make_room()

    def clear(self) -> None:
        """Forget everything."""
        for entry in self._files():
            _remove(Path(entry.path))

    def _entry(self, path: Path) -> Path:
        name = hashlib.blake2b(_name(path), digest_size=_DIGEST).hexdigest()
        return self._folder / f"{name}{_SUFFIX}"

    def _files(self) -> Iterator[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            yield from (entry for entry in entries if entry.name.endswith((_SUFFIX, ".tmp")))

    def _make_room(self) -> None:
        # A look through the folder costs more than a write, so it is not taken after each.
        self._until_check -= 1
        if self._until_check > 0:
            return
        self._until_check = min(_CHECKED_EVERY, max(1, self._max_entries // 8))
        found = []
        for entry in self._files():
            with suppress(OSError):
                facts = entry.stat()
                found.append((facts.st_mtime_ns, entry.name, facts.st_size))
        total, count = sum(size for _, _, size in found), len(found)
        if count <= self._max_entries and total <= self._max_bytes:
            return
        for _, name, size in sorted(found):
            # Room for some more at once, so that a full cache does not sort itself at every write.
            if count <= self._max_entries * 0.9 and total <= self._max_bytes * 0.9:
                break
            _remove(self._folder / name)
            total, count = total - size, count - 1


def _name(path: Path) -> bytes:
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100  Path.absolute keeps ".." in place


def _key(path: Path, size: int, mtime_ns: int) -> str:
    return f"{_READER}:{_name(path).hex()}:{size}:{mtime_ns}"


def _decoded(raw: bytes) -> tuple[str, Skeleton, Format] | None:
    digest, body = raw[:_DIGEST], raw[_DIGEST:]
    if hashlib.blake2b(body, digest_size=_DIGEST).digest() != digest:
        return None
    head, _, encoded = body.partition(b"\n")
    try:
        key, form = orjson.loads(head)
    except ValueError:
        return None
    skeleton = decode_skeleton(encoded)
    return None if skeleton is None or form not in FORMATS else (key, skeleton, form)


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except BaseException:
        _remove(Path(name))
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
