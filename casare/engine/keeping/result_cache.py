"""Results of nodes by what they were given, so that the same work is not done twice: in memory, and kept in a file."""

from __future__ import annotations

import hashlib
import inspect
import marshal
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import casare
from casare.engine.deciding.state import NOTHING
from casare.engine.values import Values
from casare.foundation.folders import cache_folder

VERSION: Final = 1
MOST_BYTES: Final = 1_000_000
"""Larger results are not kept in the file."""
MOST_STORED: Final = 20_000
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used INTEGER, value BLOB)"


class ResultCache:
    """The last results, by type, body and arguments. Shared by runs and threads; values are handed on, not copied."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._held: OrderedDict[bytes, Any] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0

    def key(
        self,
        type_id: str,
        arguments: Mapping[str, Any],
        body: Callable[..., Any] | None = None,
        files: Iterable[Path] = (),
    ) -> bytes | None:
        """Return what stands for a call, or None for arguments that are no plain values.

        A changed body is another call, and so is one of a changed file.
        """
        import orjson

        facts = [_facts_of(path) for path in files]
        told = [casare.__version__, type_id, _digest(body), dict(arguments), facts]
        try:
            return hashlib.blake2b(
                orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS), digest_size=20
            ).digest()
        except TypeError:
            return None

    def find(self, key: bytes) -> Any:
        """Return the result of a call, or NOTHING."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                self.hits += 1
                return self._held[key]
            found = self._look_further(key)
            if found is NOTHING:
                self.misses += 1
            else:
                self.hits += 1
                self._hold(key, found)
            return found

    def keep(self, key: bytes, value: Any) -> None:
        """Remember the result of a call."""
        with self._lock:
            self._hold(key, value)

    def close(self) -> None:
        """Put down what is to outlast this process."""

    def _look_further(self, key: bytes) -> Any:
        return NOTHING

    def _hold(self, key: bytes, value: Any) -> None:
        self._held[key] = value
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)


class StoredResults(ResultCache):
    """Results that are there again in the next process. Only plain JSON values are stored; the file may be deleted."""

    def __init__(self, path: Path | None = None, most: int = 1000) -> None:
        super().__init__(most)
        self.path = path or cache_folder() / f"results-{VERSION}.sqlite"
        self._fresh: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def keep(self, key: bytes, value: Any) -> None:
        """Remember the result of a call; it reaches the file with `close`."""
        super().keep(key, value)
        packed = _pack(value)
        if packed is not None:
            with self._lock:
                self._fresh[key] = packed

    def close(self) -> None:
        """Write what is new into the file. One that cannot be written costs nothing but the time saved."""
        import time

        with self._lock:
            fresh, self._fresh = self._fresh, {}
            used, self._used = self._used, set()
        if not fresh and not used:
            return
        now = int(time.time())
        with suppress(OSError, sqlite3.Error):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=5)) as file, file:
                file.execute(_SCHEMA)
                file.executemany("UPDATE results SET used = ? WHERE key = ?", ((now, key) for key in used))
                rows = ((key, now, value) for key, value in fresh.items())
                file.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
                oldest = "SELECT key FROM results ORDER BY used DESC LIMIT -1 OFFSET ?"
                file.execute(f"DELETE FROM results WHERE key IN ({oldest})", (MOST_STORED,))

    def _look_further(self, key: bytes) -> Any:
        if not self.path.exists():
            return NOTHING
        with suppress(OSError, sqlite3.Error, ValueError), closing(sqlite3.connect(self.path, timeout=5)) as file:
            row = file.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
            if row is not None:
                self._used.add(key)
                return _unpack(row[0])
        return NOTHING


def _pack(value: Any) -> bytes | None:
    """Return a result as JSON, or None when it would not come back as it was."""
    import orjson

    kind = "named" if isinstance(value, Values) else "fields" if isinstance(value, tuple) else "value"
    held = dict(value) if kind == "named" else list(value) if kind == "fields" else value
    try:
        packed = orjson.dumps([kind, held])
    except TypeError:
        return None
    same = len(packed) <= MOST_BYTES and orjson.loads(packed)[1] == held
    return packed if same else None


def _unpack(packed: bytes) -> Any:
    import orjson

    kind, held = orjson.loads(packed)
    if kind == "named":
        return Values(held)
    return tuple(held) if kind == "fields" else held


_digests: WeakKeyDictionary[Callable[..., Any], str] = WeakKeyDictionary()


def _digest(body: Callable[..., Any] | None) -> str:
    """Return what stands for the code of a body, so that a node that was mended is not taken for what it was."""
    if body is None:
        return ""
    found = _digests.get(body)
    if found is None:
        target: Any = body.__call__ if inspect.isclass(body) else body
        code = getattr(target, "__code__", None)
        told = marshal.dumps(code) if code is not None else repr(target).encode()
        found = _digests[body] = hashlib.blake2b(told, digest_size=12).hexdigest()
    return found


def _facts_of(path: Path) -> list[Any]:
    try:
        facts = os.stat(path)  # noqa: PTH116 - a Path is no more than its text here
    except OSError:
        return [str(path), None]
    return [str(path), facts.st_mtime_ns, facts.st_size]
