"""What the tests of loading share: clocks, counters, and a catalog of classes."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.sdk import NodeType

SUFFIXES = (".json", ".json.gz", ".json.zst")


def unseen(*_: Any) -> None:
    return None


def quickest_ms(work: Callable[[], object], turns: int = 7) -> float:
    """Return the least of several times, which other programs on the machine disturb least."""
    times = []
    for _ in range(turns):
        gc.collect()
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


class Counting:
    """Count the calls of some functions and pass them on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, *names: str) -> None:
        self.calls: Counter[str] = Counter()
        for name in names:
            monkeypatch.setattr(module, name, self._counted(name, getattr(module, name)))

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.calls[name] += 1
            return function(*args, **kwargs)

        return counted


class CountingCatalog:
    """A catalog that remembers what it was asked, as `storage` asks it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.asked: Counter[str] = Counter()

    def find(self, type_id: str) -> NodeType | None:
        self.asked[f"find {type_id}"] += 1
        return self._catalog.find(type_id)

    def migration(self, type_id: str, config: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        self.asked[f"migration {type_id}"] += 1
        return self._catalog.migration(type_id, config)


class Remembering:
    """A body with everything that could be carried over: attributes, and a list in one of them."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def __call__(self, value: Any) -> int:
        self.seen.append(value)
        self.last = value
        return len(self.seen)


def remembering_catalog() -> Catalog:
    known = Catalog(list)
    for number in range(4):
        kind = type(f"Remembering{number}", (Remembering,), {})
        known.register(NodeType(f"T{number}", "T", "text"), kind)
    return known
