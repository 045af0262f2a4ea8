"""Workflows that were read before, by the fingerprint of their bytes: opening one again costs a copy of its tables.

Two ways lead to an entry. The sure one is the SHA-256 of the raw bytes of the file. The quick one is what the system
says of the file (place, size, times), which spares even the reading; it is believed only for a file that had rested for
a while when it was read, because a clock may tick too slowly to tell two writes apart.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from sys import getsizeof
from typing import Any, Final, NamedTuple

from casare.model import Graph
from casare.storage.bytes.formats import Format, Limits, format_by_suffix
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.reader import Loaded

MAX_ENTRIES: Final = 20
MAX_BYTES: Final = 44 * 1024 * 1024
REST_NS: Final = 2_000_000_000
"""How long ago a file must have been written, in ns, for its size and times to stand for its content."""


class CacheKey(NamedTuple):
    """What a loaded workflow depends on: its bytes, what its name says, the limits, and the known node types."""

    digest: bytes
    named: Format | None
    limits: Limits
    catalog: int
    revision: int


class FileIdentity(NamedTuple):
    """What the system says of a file; another content comes with another identity, given time."""

    path: str
    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, path: Path, facts: os.stat_result) -> FileIdentity:
        """Return the identity of a file from its facts."""
        # The same file under two paths is two entries here: the name decides part of what is told of it.
        return cls(
            str(path.absolute()), facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
        )

    def rested(self, now_ns: int) -> bool:
        """Tell whether the file had not been touched for a while at `now_ns` (ns since the epoch)."""
        return now_ns - max(self.mtime_ns, self.ctime_ns) > REST_NS


class CacheStatistics(NamedTuple):
    """How a cache has done so far, and what it holds: workflows, and the bytes of memory they take."""

    hits: int
    misses: int
    entries: int
    bytes: int

    @property
    def hit_rate(self) -> float:
        """Return the share of look-ups that found something, 0 before the first."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


class _Entry(NamedTuple):
    loaded: Loaded
    bytes: int


class WorkflowCache:
    """Remember the workflows used last, at most `max_entries` of them in at most `max_bytes` of memory.

    All methods may be called from any thread. What goes in and what comes out are copies of the graph that share the
    values, which nobody changes, and no container: whoever edits a graph edits his own. A catalog that has changed
    since makes a miss, as types and migrations may differ.
    """

    def __init__(self, *, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[CacheKey, _Entry] = OrderedDict()
        self._keys: OrderedDict[FileIdentity, tuple[bytes, Format | None]] = OrderedDict()
        self._bytes = 0
        self._hits = 0
        self._misses = 0

    @property
    def statistics(self) -> CacheStatistics:
        """Return the counts so far."""
        with self._lock:
            return CacheStatistics(self._hits, self._misses, len(self._entries), self._bytes)

    def key(self, data: bytes, path: Path | None, catalog: KnownTypes, limits: Limits) -> CacheKey:
        """Return the key of the raw bytes of a file."""
        named = format_by_suffix(path) if path is not None else None
        return _key(hashlib.sha256(data).digest(), named, catalog, limits)

    def get(self, key: CacheKey, path: Path | None = None, mtime_ns: int = 0) -> Loaded | None:
        """Return the workflow of this key as if it had been read from `path` just now, or None. Counts."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self._misses += 1
                return None
            self._hits += 1
            self._entries.move_to_end(key)
        # Outside of the lock: nobody writes to what an entry holds.
        source = replace(entry.loaded.source, path=path, mtime_ns=mtime_ns)
        return replace(entry.loaded, graph=entry.loaded.graph.copy(), source=source, timings={})

    def put(self, key: CacheKey, loaded: Loaded) -> None:
        """Remember a workflow in place of an earlier one; one too large for the whole cache is left out."""
        # A parsed workflow takes more memory than its text, so this spares the weighing of what cannot fit.
        if loaded.source.body_bytes > self._max_bytes:
            return
        size = weight(loaded.graph)
        if size > self._max_bytes:
            return
        kept = _Entry(replace(loaded, graph=loaded.graph.copy(), timings={}), size)
        with self._lock:
            before = self._entries.pop(key, None)
            self._bytes += size - (before.bytes if before is not None else 0)
            self._entries[key] = kept
            while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
                _, dropped = self._entries.popitem(last=False)
                self._bytes -= dropped.bytes

    def find(self, identity: FileIdentity, catalog: KnownTypes, limits: Limits) -> CacheKey | None:
        """Return the key of a file that is held and has not been touched since it was read, or None."""
        with self._lock:
            known = self._keys.get(identity)
            key = _key(*known, catalog, limits) if known is not None else None
            return key if key in self._entries else None

    def note(self, identity: FileIdentity, key: CacheKey, *, read_at_ns: int | None = None) -> None:
        """Remember which bytes a file held when it was read (ns since the epoch; now when None), if it was at rest."""
        if identity.rested(time.time_ns() if read_at_ns is None else read_at_ns):
            with self._lock:
                self._keys[identity] = (key.digest, key.named)
                self._keys.move_to_end(identity)
                while len(self._keys) > 4 * self._max_entries:
                    self._keys.popitem(last=False)

    def clear(self) -> None:
        """Forget every workflow; the counts stay."""
        with self._lock:
            self._entries.clear()
            self._keys.clear()
            self._bytes = 0


def _key(digest: bytes, named: Format | None, catalog: KnownTypes, limits: Limits) -> CacheKey:
    return CacheKey(digest, named, limits, id(catalog), int(getattr(catalog, "revision", 0)))


def weight(graph: Graph) -> int:
    """Return about how many bytes of memory a graph takes, rather too many than too few.

    Every value of every node is weighed, since one configuration may hold megabytes; wires are much alike, so some are.
    """
    return _weight_of_one(graph) + sum(_weight_of_one(one.graph) for one in graph.subflows.values())


def _weight_of_one(graph: Graph) -> int:
    nodes, wires = graph.nodes, graph.connections
    total = sum(map(getsizeof, (nodes, wires, graph.frames, graph.notes)))
    total += sum(map(getsizeof, chain(nodes, nodes.values()))) + len(nodes) * _POSITION
    sample = list(islice(wires.items(), 0, None, max(1, len(wires) // _SAMPLE)))
    weighed = sum(getsizeof(key) + getsizeof(wire) + sum(map(getsizeof, key)) for key, wire in sample)
    total += weighed * len(wires) // max(1, len(sample))
    level: list[Any] = [node.config for node in nodes.values()]
    level += [node.extra for node in nodes.values() if node.extra]
    level += [wire.extra for wire in wires.values() if wire.extra]
    level += [graph.metadata, graph.variables, graph.settings, graph.extra]
    level += [*graph.frames.values(), *graph.notes.values()]
    held = graph.unreadable
    if held:
        level += [held.nodes, held.connections, held.frames, held.notes, held.sections]
    while level:
        total += sum(map(getsizeof, level))
        inner = list(chain.from_iterable(part.values() if isinstance(part, dict) else part for part in level))
        level = [value for value in inner if isinstance(value, (dict, list, tuple))]
        total += sum(map(getsizeof, inner)) - sum(map(getsizeof, level))
    return int(total * _SLACK)


_POSITION: Final = 2 * 24 + 56
"""A pair of numbers, in bytes."""
_SAMPLE: Final = 256
_SLACK: Final = 1.15
"""What the allocator takes beyond what it hands out."""
