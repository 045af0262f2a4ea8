"""The cache of parsed workflows, and the load in stages that uses it."""

from __future__ import annotations

import gc
import os
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.foundation.errors import FileError, LimitError
from casare.model import AddNodes, Graph, MoveNodes, Node, SetMetadata
from casare.storage import Limits, Loaded, encode, generate, load, load_bytes, save
from casare.storage.reading.staged import STAGES, Stopped, load_in_stages
from casare.storage.reading.workflow_cache import REST_NS, CacheKey, FileIdentity, WorkflowCache, weight
from tests.storage.strategies import graphs
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()
SUFFIXES = [".json", ".json.gz", ".json.zst"]


def unseen(*_: Any) -> None:
    return None


def keyed(cache: WorkflowCache, data: bytes, path: Path | None = None) -> CacheKey:
    return cache.key(data, path, CATALOG, Limits())


def filled(count: int, size: int = 5, **bounds: int) -> tuple[WorkflowCache, list[CacheKey]]:
    cache = WorkflowCache(**bounds)
    keys = []
    for seed in range(count):
        data = encode(generate(size, seed))
        keys.append(keyed(cache, data))
        cache.put(keys[-1], load_bytes(data, CATALOG))
    return cache, keys


def at_rest(path: Path) -> None:
    """Make a file look as if it had been written an hour ago."""
    hour_ago = path.stat().st_mtime_ns - 3_600_000_000_000
    os.utime(path, ns=(hour_ago, hour_ago))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_load_in_stages_gives_what_a_load_gives(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    save(generate(60, 4), path, catalog=CATALOG)
    staged, plain = load_in_stages(path, CATALOG, unseen), load(path, CATALOG)
    assert (staged.graph, staged.problems, staged.source) == (plain.graph, plain.problems, plain.source)
    assert list(staged.timings) == list(plain.timings) == list(STAGES)


def test_a_load_in_stages_tells_each_stage_once_it_begins_and_never_goes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save(generate(5_000, 1), path)
    told: list[tuple[str, float]] = []
    load_in_stages(path, CATALOG, lambda stage, fraction: told.append((stage, fraction)))
    assert tuple(dict.fromkeys(stage for stage, _ in told)) == STAGES
    fractions = [fraction for _, fraction in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1] <= 1) == (0.0, True)
    megabytes = path.stat().st_size / 2**20
    assert sum(stage == "read" for stage, _ in told) > megabytes


@pytest.mark.parametrize("stage", STAGES)
def test_a_watch_can_end_a_load_before_any_stage(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json.zst"
    save(generate(20, 1), path, catalog=CATALOG)
    cache = WorkflowCache()

    def watch(now: str, _fraction: float) -> None:
        if now == stage:
            raise Stopped

    with pytest.raises(Stopped):
        load_in_stages(path, CATALOG, watch, cache=cache)
    assert cache.statistics.entries == 0
    assert gc.isenabled()
    assert load_in_stages(path, CATALOG, unseen, cache=cache).graph == generate(20, 1)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\x28\xb5\x2f\xfd broken", b"\x1f\x8b broken", b"\xff\xfe\x00"])
def test_a_load_in_stages_refuses_what_a_load_refuses(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(FileError) as plain:
        load(path, CATALOG)
    with pytest.raises(FileError) as staged:
        load_in_stages(path, CATALOG, unseen, cache=WorkflowCache())
    assert (staged.type, str(staged.value)) == (plain.type, str(plain.value))


def test_a_load_in_stages_keeps_the_limits_and_says_what_a_missing_file_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save(generate(50, 1), path)
    with pytest.raises(LimitError):
        load_in_stages(path, CATALOG, unseen, limits=Limits(max_bytes=1000))
    with pytest.raises(FileError, match="no such file"):
        load_in_stages(tmp_path / "gone.json", CATALOG, unseen)


@given(graphs())
def test_a_hit_is_what_was_loaded(graph: Graph) -> None:
    cache, data = WorkflowCache(), encode(graph)
    loaded = load_bytes(data, CATALOG)
    cache.put(keyed(cache, data), loaded)
    held = cache.get(keyed(cache, data))
    assert held is not None
    assert (held.graph, held.problems) == (loaded.graph, loaded.problems)
    assert encode(held.graph) == encode(loaded.graph)


def test_holders_of_one_entry_never_see_each_others_edits() -> None:
    cache, data = WorkflowCache(), encode(generate(30, 1))
    first = load_bytes(data, CATALOG)
    cache.put(keyed(cache, data), first)
    held = [first.graph]
    for _ in range(2):
        again = cache.get(keyed(cache, data))
        assert again is not None
        held.append(again.graph)
    some = next(iter(held[0].nodes))
    held[0].apply(MoveNodes({some: (9, 9)}))
    held[1].apply(AddNodes((Node("new", "LogNode"),)))
    held[2].apply(SetMetadata({"name": "mine"}))
    fresh = cache.get(keyed(cache, data))
    assert fresh is not None
    assert fresh.graph == generate(30, 1)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        for table in ("nodes", "connections", "frames", "notes"):
            assert getattr(held[one], table) is not getattr(held[other], table)
        assert held[one].changed is not held[other].changed


def test_a_hit_tells_the_path_it_was_asked_for(tmp_path: Path) -> None:
    cache = WorkflowCache()
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    for path in (one, other):
        path.write_bytes(as_bytes(document()))
    assert load_in_stages(one, CATALOG, unseen, cache=cache).source.path == one
    found = load_in_stages(other, CATALOG, unseen, cache=cache)
    assert (cache.statistics.hits, found.source.path) == (1, other)
    assert found.source == load(other, CATALOG).source


def test_a_name_that_says_another_format_is_another_entry(tmp_path: Path) -> None:
    cache = WorkflowCache()
    honest, odd = tmp_path / "a.json", tmp_path / "a.json.gz"
    for path in (honest, odd):
        path.write_bytes(as_bytes(document()))
    assert "format-mismatch" not in codes(load_in_stages(honest, CATALOG, unseen, cache=cache).problems)
    assert "format-mismatch" in codes(load_in_stages(odd, CATALOG, unseen, cache=cache).problems)
    assert "format-mismatch" not in codes(load_in_stages(honest, CATALOG, unseen, cache=cache).problems)


def test_a_catalog_that_has_changed_makes_a_miss(tmp_path: Path) -> None:
    from casare.sdk import NodeType

    path, cache, known = tmp_path / "a.json", WorkflowCache(), catalog()
    path.write_bytes(encode(Graph([Node("n", "LateNode")], metadata={"name": "n"})))
    assert "unknown-node-type" in codes(load_in_stages(path, known, unseen, cache=cache).problems)
    known.register(NodeType("LateNode", "Late", "text"))
    assert "unknown-node-type" not in codes(load_in_stages(path, known, unseen, cache=cache).problems)
    assert "unknown-node-type" in codes(load_in_stages(path, catalog(), unseen, cache=cache).problems)


def test_an_edit_of_the_file_is_seen(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", WorkflowCache()
    for seed in (1, 2, 1):
        save(generate(10, seed), path)
        assert load_in_stages(path, CATALOG, unseen, cache=cache).graph == generate(10, seed)
    assert cache.statistics[:2] == (1, 2)


def test_a_file_at_rest_is_not_even_read_again(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", WorkflowCache()
    save(generate(10, 1), path)
    identity = FileIdentity.of(path, path.stat())
    loaded = load_in_stages(path, CATALOG, unseen, cache=cache)
    key = cache.key(path.read_bytes(), path, CATALOG, Limits())
    assert cache.find(identity, CATALOG, Limits()) is None, "written a moment ago, so its times prove nothing"
    cache.note(identity, key, read_at_ns=identity.ctime_ns + REST_NS + 1)
    told: list[tuple[str, float]] = []
    again = load_in_stages(path, CATALOG, lambda *now: told.append(now), cache=cache)
    assert again.graph == loaded.graph
    assert told == [("read", 0.0)]


@pytest.mark.parametrize("field", FileIdentity._fields)
def test_a_file_with_any_other_identity_is_read_again(field: str, tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", WorkflowCache()
    save(generate(10, 1), path)
    load_in_stages(path, CATALOG, unseen, cache=cache)
    identity = FileIdentity.of(path, path.stat())
    now = getattr(identity, field)
    other = identity._replace(**{field: now + ("x" if isinstance(now, str) else 1)})
    cache.note(identity, cache.key(path.read_bytes(), path, CATALOG, Limits()), read_at_ns=2**63)
    assert cache.find(identity, CATALOG, Limits()) is not None
    assert cache.find(other, CATALOG, Limits()) is None


def test_the_least_recently_used_workflow_goes_first() -> None:
    cache, keys = filled(20)
    assert cache.get(keys[0]) is not None
    data = encode(generate(5, 99))
    cache.put(keyed(cache, data), load_bytes(data, CATALOG))
    assert cache.statistics.entries == 20
    assert [cache.get(key) is None for key in keys[:3]] == [False, True, False]


def test_the_cache_is_bounded_in_bytes() -> None:
    size = weight(generate(200, 0))
    cache, keys = filled(10, 200, max_bytes=4 * size)
    held = cache.statistics
    assert 2 <= held.entries <= 4
    assert held.bytes <= 4 * size
    assert cache.get(keys[-1]) is not None


def test_a_workflow_too_large_for_the_cache_does_not_empty_it() -> None:
    cache, keys = filled(3, 20, max_bytes=4 * weight(generate(20, 0)))
    data = encode(generate(500, 1))
    cache.put(keyed(cache, data), load_bytes(data, CATALOG))
    assert all(cache.get(key) is not None for key in keys)
    assert cache.get(keyed(cache, data)) is None


def test_putting_an_entry_again_counts_its_bytes_once() -> None:
    cache, keys = filled(1)
    before = cache.statistics.bytes
    cache.put(keys[0], load_bytes(encode(generate(5, 0)), CATALOG))
    assert cache.statistics.bytes == before


def memory_of(make: Callable[[], Loaded]) -> int:
    make()
    gc.collect()
    tracemalloc.start()
    try:
        kept = make()
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
        assert kept.graph is not None
        return taken
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [200, 2_000])
def test_the_weight_of_a_workflow_is_what_it_takes(size: int) -> None:
    data = encode(generate(size, 1))
    taken = memory_of(lambda: load_bytes(data, CATALOG))
    assert taken <= weight(load_bytes(data, CATALOG).graph) <= 1.4 * taken


def test_one_configuration_full_of_small_lists_is_weighed_too() -> None:
    raw = document()
    raw["nodes"]["set"]["config"]["value"] = [[number] for number in range(1000, 21_000)]
    data = as_bytes(raw)
    taken = memory_of(lambda: load_bytes(data, CATALOG))
    assert 0.8 * taken <= weight(load_bytes(data, CATALOG).graph) <= 1.6 * taken


def test_clearing_the_cache_keeps_the_counts() -> None:
    cache, keys = filled(2)
    cache.get(keys[0])
    cache.clear()
    assert cache.get(keys[0]) is None
    assert cache.statistics == (1, 1, 0, 0)
    assert cache.statistics.hit_rate == 0.5


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(1, 6))
def test_the_cache_holds_what_a_list_in_order_of_use_would(asked: list[int], room: int) -> None:
    cache, order = WorkflowCache(max_entries=room), list[int]()
    loaded = load_bytes(as_bytes(document()), CATALOG)
    for number in asked:
        key = keyed(cache, bytes([number]))
        assert (cache.get(key) is not None) == (number in order)
        cache.put(key, loaded)
        order = [*(one for one in order if one != number), number][-room:]
    assert cache.statistics.entries == len(order)
    assert cache.statistics.hits + cache.statistics.misses == len(asked)


def test_random_orders_of_use_never_lose_count_of_the_bytes() -> None:
    chance = random.Random(5)
    bodies = [encode(generate(size, size)) for size in range(1, 40)]
    cache = WorkflowCache(max_entries=7, max_bytes=weight(generate(39, 39)) * 3)
    for _ in range(400):
        data = chance.choice(bodies)
        if cache.get(keyed(cache, data)) is None:
            cache.put(keyed(cache, data), load_bytes(data, CATALOG))
    held = [cache.get(keyed(cache, data)) for data in bodies]
    assert cache.statistics.bytes == sum(weight(one.graph) for one in held if one is not None)
