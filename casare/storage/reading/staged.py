"""Open a file step by step, so that whoever waits can be told how far it is, and can call it off."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from casare.foundation.collection import without_collection
from casare.storage.bytes.codec import check_size
from casare.storage.bytes.formats import Limits
from casare.storage.bytes.sliced import WORTH_IT, parse_in_slices
from casare.storage.bytes.source import open_regular, reading
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.reader import Loaded, Stages, load_data
from casare.storage.reading.workflow_cache import CacheKey, FileIdentity, WorkflowCache

Watch = Callable[[str, float], object]
"""Told the stage that begins and how much of the whole is done (0 to 1); raises `Stopped` to call the load off."""

STAGES: Final = ("read", "decompress", "parse", "validate", "migrate", "build", "fingerprint")
_BEGINS: Final = dict(zip(STAGES, (0.0, 0.04, 0.1, 0.5, 0.83, 0.86, 0.97), strict=True))
"""Where each stage begins, by what they took of a load of 10,000 nodes (plain JSON, median)."""
_STEP: Final = 1024 * 1024


class Stopped(Exception):  # noqa: N818  Nothing went wrong: somebody changed their mind.
    """Raised through a load by its watch, to end it."""


def load_in_stages(
    path: Path,
    catalog: KnownTypes,
    watch: Watch,
    *,
    limits: Limits | None = None,
    cache: WorkflowCache | None = None,
    later: Callable[[Callable[[], object]], object] | None = None,
) -> Loaded:
    """Open a workflow file as `load` does, telling `watch` at each stage and after each MB that was read.

    With a cache, a file whose bytes were opened before comes from there. `later` is given what may be done once the
    workflow has been handed over (it is weighed for the cache); without it that is done here. Raises as `load` does,
    and whatever `watch` raises; nothing is left half done.
    """
    limits = limits or Limits()
    watch("read", 0.0)
    started = time.perf_counter()
    descriptor, facts = open_regular(path)
    identity = FileIdentity.of(path, facts)
    read_at_ns = time.time_ns()
    try:
        key = cache.find(identity, catalog, limits) if cache is not None else None
        if cache is not None and key is not None and (held := cache.get(key, path, facts.st_mtime_ns)) is not None:
            held.timings["cache"] = _ms_since(started)
            return held
        data = _read(descriptor, facts.st_size, path, limits, watch)
    finally:
        os.close(descriptor)
    read_ms = _ms_since(started)
    if cache is None:
        return load_data(data, catalog, limits, path, facts.st_mtime_ns, _WatchedStages(read_ms, watch))
    key = cache.key(data, path, catalog, limits)
    cache.note(identity, key, read_at_ns=read_at_ns)
    held = cache.get(key, path, facts.st_mtime_ns)
    if held is not None:
        held.timings.update(read=read_ms, cache=_ms_since(started) - read_ms)
        return held
    loaded = load_data(data, catalog, limits, path, facts.st_mtime_ns, _WatchedStages(read_ms, watch))
    # A copy, because whoever gets the workflow may edit it before it is weighed.
    kept = replace(loaded, graph=loaded.graph.copy())
    (later or _now)(lambda: _remember(cache, key, kept))
    return loaded


class _WatchedStages(Stages):
    """Tell of each stage as it begins, and parse a large body piece by piece, so that other threads get their turn."""

    def __init__(self, read_ms: float, watch: Watch) -> None:
        super().__init__(read_ms)
        self._watch = watch

    def begin(self) -> None:
        self._watch("decompress", _BEGINS["decompress"])

    def parse(self, body: bytes) -> Any:
        if len(body) < WORTH_IT:
            return None
        begin, span = _BEGINS["parse"], _BEGINS["validate"] - _BEGINS["parse"]
        return parse_in_slices(body, lambda done: self._watch("parse", begin + span * done))

    def end(self, stage: str) -> None:
        super().end(stage)
        after = STAGES.index(stage) + 1
        if after < len(STAGES):
            self._watch(STAGES[after], _BEGINS[STAGES[after]])


def _read(descriptor: int, size: int, path: Path, limits: Limits, watch: Watch) -> bytes:
    check_size(size, limits, where=str(path))
    pieces: list[bytes] = []
    total = 0
    with reading(path):
        while piece := os.read(descriptor, _STEP):
            pieces.append(piece)
            total += len(piece)
            check_size(total, limits, where=str(path))
            watch("read", _BEGINS["decompress"] * min(1.0, total / max(size, 1)))
    return b"".join(pieces)


def _now(act: Callable[[], object]) -> None:
    act()


def _remember(cache: WorkflowCache, key: CacheKey, loaded: Loaded) -> None:
    with without_collection():
        cache.put(key, loaded)


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
