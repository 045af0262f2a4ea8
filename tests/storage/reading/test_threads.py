from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casare.foundation.errors import FileError
from casare.storage import PreviewCache, Skeleton, encode, generate, load_bytes
from tests.storage.workflows import catalog

CATALOG = catalog()


def test_loads_on_four_threads_do_not_disturb_one_another() -> None:
    bodies = [encode(generate(40, seed)) for seed in range(10)]
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda number: encode(load_bytes(bodies[number % 10], CATALOG).graph), range(400)))
    assert texts == [bodies[number % 10] for number in range(400)]
    assert gc.isenabled()


def test_the_collector_is_on_again_after_a_load_that_fails() -> None:
    with pytest.raises(FileError):
        load_bytes(b"{", CATALOG)
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        load_bytes(encode(generate(5)), CATALOG)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_cache_shared_by_four_threads_gives_whole_entries_only(tmp_path: Path) -> None:
    caches = [PreviewCache(tmp_path / "cache", max_entries=4) for _ in range(4)]

    def work(number: int) -> bool:
        cache, path = caches[number % 4], tmp_path / f"{number % 7}.json"
        cache.put(path, number % 7, 1, Skeleton(name=str(number % 7)), "json")
        held = cache.get(path, number % 7, 1)
        return held is None or held[0].name == str(number % 7)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(400)))
    assert not list((tmp_path / "cache").glob("*.tmp"))
