"""Loading, items L-R1 to L-R4: nothing is lost, no race, and every optimisation can be switched off."""

from __future__ import annotations

import contextlib
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.catalog.instances import InstancePool
from casare.catalog.instantiate import instantiate
from casare.foundation.errors import FileError
from casare.model import Graph, MoveNodes, Node
from casare.sdk import NodeType
from casare.storage import (
    Limits,
    PreviewCache,
    encode,
    generate,
    load,
    load_bytes,
    preview,
    save,
)
from casare.storage.bytes.container import pack
from casare.storage.reading import reader as reader_module
from casare.storage.reading import wires_in as wires_in_module
from casare.storage.reading.staged import load_in_stages
from casare.storage.reading.workflow_cache import WorkflowCache, weight
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.partial import partial_skeleton
from tests.requirements.loading_tools import (
    Remembering,
    remembering_catalog,
    unseen,
)

# R: nothing is lost, no race, every optimisation can be switched off


def test_l_r1_a_legacy_type_migrates_with_its_configuration_and_existing_keys_win(catalog: Catalog) -> None:
    nodes = [
        Node("plain", "ReadFileNode", {"file_path": "a.txt", "encoding": "latin-1"}, (5, 6), "Read it", {"color": 1}),
        Node("kept", "ReadFileNode", {"action": "Copy File", "file_path": "b"}),
    ]
    loaded = load_bytes(encode(Graph(nodes, metadata={"name": "n"})), catalog)
    plain, kept = loaded.graph.nodes["plain"], loaded.graph.nodes["kept"]
    assert (plain.type, kept.type) == ("FileSystemSuperNode", "FileSystemSuperNode")
    assert plain.config == {"action": "Read File", "file_path": "a.txt", "encoding": "latin-1"}
    assert (plain.position, plain.name, plain.extra) == ((5, 6), "Read it", {"color": 1})
    assert kept.config == {"action": "Copy File", "file_path": "b"}
    assert "migrated" in {problem.code for problem in loaded.problems}


@pytest.mark.parametrize("seed", range(50))
def test_l_r2_four_threads_of_a_hundred_mixed_operations_do_not_disturb_one_another(seed: int) -> None:
    graphs = [generate(6, number) for number in range(8)]
    bodies = [encode(graph) for graph in graphs]
    known = remembering_catalog()
    cache = WorkflowCache(max_entries=3, max_bytes=5 * weight(graphs[0]))
    pool = InstancePool(known, max_per_type=2, max_total=4)
    # The revision of the catalog is part of a key, and types come in meanwhile; the fingerprint does not care.
    frozen = Catalog(list)
    loaded = [load_bytes(body, frozen) for body in bodies]

    def use_cache(chance: random.Random) -> None:
        number = chance.randrange(8)
        key = cache.key(bodies[number], None, frozen, Limits())
        held = cache.get(key)
        if held is None:
            cache.put(key, loaded[number])
            return
        assert held.graph == graphs[number]
        held.graph.apply(MoveNodes({next(iter(held.graph.nodes)): (chance.random(), 0)}))

    def use_pool(chance: random.Random) -> None:
        with pool.lend(f"T{chance.randrange(4)}") as body:
            assert body(chance.random()) == 1

    def use_registry(chance: random.Random) -> None:
        number = chance.randrange(12)
        spec = NodeType(f"R{number}", f"Title {number}", "text", aliases=(f"Old{number}",))
        known.register(spec, Remembering)
        assert known.find(f"R{number}") == known.find(f"Old{number}") == spec
        assert known.implementation(f"R{number}") is Remembering
        assert "T0" in {one.id for one in known.types()}
        known.ports(f"R{number}", {})

    def clear(chance: random.Random) -> None:
        if chance.random() < 0.2:
            cache.clear()
            pool.clear()

    def hundred(thread: int) -> int:
        chance = random.Random(seed * 10 + thread)
        acts = (use_cache, use_cache, use_pool, use_pool, use_registry, clear)
        for _ in range(100):
            chance.choice(acts)(chance)
        return 100

    before = sys.getswitchinterval()
    # Threads take turns a thousand times as often as usual, so that what can go wrong between two steps does.
    sys.setswitchinterval(5e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert sum(threads.map(hundred, range(4))) == 400
    finally:
        sys.setswitchinterval(before)
    counts, held = pool.statistics, cache.statistics
    assert counts.lent == 0
    assert counts.made == counts.waiting + counts.dropped
    assert held.entries <= 3
    keys = [cache.key(body, None, frozen, Limits()) for body in bodies]
    assert held.bytes == sum(weight(one.graph) for key in keys if (one := cache.get(key)) is not None)


def test_l_r3_preloading_and_loading_share_one_class_cache(catalog: Catalog) -> None:
    known = remembering_catalog()
    known.preload(["T0", "T1"])
    pool = InstancePool(known)
    assert type(pool.acquire("T0")) is known.implementation("T0")
    assert type(instantiate(known, ["T1"]).bodies[0]) is known.implementation("T1")
    types = ("LogNode", "SetVariableNode")
    catalog.preload(types)
    held = [catalog.implementation(type_id) for type_id in types]
    assert instantiate(catalog, types).bodies == held
    assert [InstancePool(catalog).acquire(type_id) for type_id in types] == held


def _no_bulk(*_: Any) -> None:
    return None


SWITCHES = {
    "everything on": (),
    "collector left on": ((reader_module, "without_collection", contextlib.nullcontext),),
    "wires one by one": ((wires_in_module, "_all_at_once", _no_bulk),),
    "all of them": (
        (reader_module, "without_collection", contextlib.nullcontext),
        (wires_in_module, "_all_at_once", _no_bulk),
    ),
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_l_r4_a_load_gives_the_same_with_each_optimisation_off(
    switch: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, instead in SWITCHES[switch]:
        monkeypatch.setattr(module, name, instead)
    assert load_bytes(encode(generate(400, 5)), catalog).graph == generate(400, 5)


@pytest.mark.parametrize("cached", [True, False])
def test_l_r4_the_workflow_cache_can_be_left_out(cached: bool, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    save(generate(30, 1), path, catalog=catalog)
    cache = WorkflowCache() if cached else None
    loads = [load_in_stages(path, catalog, unseen, cache=cache) for _ in range(2)]
    assert [one.graph for one in loads] == [generate(30, 1)] * 2
    assert [one.source for one in loads] == [load(path, catalog).source] * 2
    assert ["parse" in one.timings for one in loads] == [True, not cached]


@pytest.mark.parametrize("cached", [True, False])
def test_l_r4_the_preview_cache_and_the_skeleton_can_be_left_out(
    cached: bool, catalog: Catalog, tmp_path: Path
) -> None:
    path, bare = tmp_path / "a.json.zst", tmp_path / "bare.json.zst"
    save(generate(50, 1), path, catalog=catalog)
    bare.write_bytes(pack(encode(generate(50, 1)), "zst"))
    cache = PreviewCache(tmp_path / "cache") if cached else None
    seen = [preview(one, catalog, cache) for one in (path, bare, bare)]
    assert [one.source for one in seen] == ["skeleton", "decode", "cache" if cached else "decode"]
    assert len({(one.node_count, one.name, one.bounds) for one in seen}) == 1
    assert seen[0].picture == seen[1].picture == seen[2].picture


def test_l_r4_the_partial_decode_can_be_left_out(catalog: Catalog) -> None:
    body = encode(generate(200, 1))
    assert partial_skeleton(body, catalog) == describe(load_bytes(body, catalog).graph, catalog)


@pytest.mark.parametrize("pooled", [True, False])
@pytest.mark.parametrize("workers", [None, 1, 4])
def test_l_r4_pool_and_threads_can_be_left_out(pooled: bool, workers: int | None) -> None:
    known = remembering_catalog()
    pool = InstancePool(known) if pooled else None
    made = instantiate(known, ["T0", "T1", "T2"] * 20, pool=pool, workers=workers)
    assert [body(1) for body in made.bodies if body is not None] == [1] * 60


def test_l_r4_an_import_ahead_can_be_left_out(catalog: Catalog) -> None:
    assert catalog.implementation("LogNode") is catalog.implementation("LogNode")
    fresh = Catalog(time_to_live_s=float("inf"))
    late = fresh.implementation("LogNode")
    assert fresh.preload(["LogNode"]) == []
    assert fresh.implementation("LogNode") is late


def test_a_file_that_is_refused_is_refused_without_a_trace_in_the_cache(catalog: Catalog, tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", WorkflowCache()
    path.write_bytes(b"[]")
    for _ in range(2):
        with pytest.raises(FileError):
            load_in_stages(path, catalog, unseen, cache=cache)
    assert cache.statistics == (0, 2, 0, 0)
