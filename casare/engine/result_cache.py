"""Results of nodes by what they were given, so that the same work is not done twice."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from casare.engine.state import NOTHING


class ResultCache:
    """The last results, by type and arguments. Shared by runs and threads; values are handed on, not copied."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._held: OrderedDict[bytes, Any] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0

    def key(self, type_id: str, arguments: Mapping[str, Any]) -> bytes | None:
        """Return what stands for a call, or None for arguments that are no plain values."""
        import orjson

        try:
            told = orjson.dumps([type_id, dict(arguments)], option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
        except TypeError:
            return None
        return hashlib.blake2b(told, digest_size=20).digest()

    def find(self, key: bytes) -> Any:
        """Return the result of a call, or NOTHING."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                self.hits += 1
                return self._held[key]
            self.misses += 1
            return NOTHING

    def keep(self, key: bytes, value: Any) -> None:
        """Remember the result of a call."""
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
