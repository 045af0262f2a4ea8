"""Loading, items L-A1 to L-B3 and L-P1, each with a test named after it. Ratios and counts, never seconds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import orjson
import pytest

from casare.catalog import Catalog, ModuleFile, Source
from casare.catalog.instantiate import instantiate
from casare.foundation.errors import LimitError
from casare.model import Graph, MoveNodes, Node
from casare.sdk import NodeType
from casare.storage import (
    Limits,
    encode,
    generate,
    load,
    load_bytes,
    preview,
    save,
)
from casare.storage.bytes.container import pack
from casare.storage.reading import reader as reader_module
from casare.storage.reading.staged import load_in_stages
from casare.storage.reading.workflow_cache import WorkflowCache
from casare.storage.skeletons.describe import describe
from tests.requirements.loading_tools import (
    SUFFIXES,
    Counting,
    CountingCatalog,
    quickest_ms,
    unseen,
)

# A: one pass, types in batch, nothing imported that was not asked for


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_l_a1_a_workflow_is_checked_once_and_the_findings_travel_with_it(
    suffix: str, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = generate(40, 1)
    raw = orjson.loads(encode(graph))
    raw["connections"].append({"source_node": "gone", "source_port": "a", "target_node": "gone", "target_port": "b"})
    path = tmp_path / f"a{suffix}"
    path.write_bytes(pack(orjson.dumps(raw), "json" if suffix == ".json" else suffix[6:]))  # type: ignore[arg-type]
    passes = ("as_native", "read_nodes", "read_wires", "read_frames", "read_notes", "_check_metadata")
    counting = Counting(monkeypatch, reader_module, *passes)
    parsing = Counting(monkeypatch, reader_module, "parse")
    loaded = load_in_stages(path, catalog, unseen)
    assert counting.calls == dict.fromkeys(passes, 1)
    assert parsing.calls == {"parse": 1}
    assert [problem.code for problem in loaded.problems] == ["orphaned-connection"]
    # What uses the result afterwards reads no part of the file again.
    encode(loaded.graph)
    describe(loaded.graph, catalog)
    loaded.graph.copy()
    assert sum(counting.calls.values()) == len(passes)


def test_l_a2_types_are_resolved_in_one_batch_and_not_node_by_node(catalog: Catalog) -> None:
    asked: dict[int, Counter[str]] = {}
    for size in (200, 2_000):
        counting = CountingCatalog(catalog)
        loaded = load_bytes(encode(generate(size, 1)), counting)
        types = {node.type for node in loaded.graph.nodes.values()}
        assert {words.partition(" ")[2] for words in counting.asked} == types
        asked[size] = counting.asked
    assert asked[200] == asked[2_000]
    assert max(asked[2_000].values()) == 1


def test_l_a2_aliases_and_actions_are_resolved_with_the_rest(catalog: Catalog) -> None:
    alias = next(alias for spec in catalog.types() for alias in spec.aliases)
    nodes = [
        Node("alias", alias),
        Node("old", "ReadFileNode", {"file_path": "a"}),
        Node("family", "FileSystemSuperNode", {"action": "Copy File"}),
    ]
    loaded = load_bytes(encode(Graph(nodes, metadata={"name": "n"})), catalog)
    types = {node_id: node.type for node_id, node in loaded.graph.nodes.items()}
    assert types == {
        "alias": alias,
        "old": "FileSystemSuperNode",
        "family": "FileSystemSuperNode",
    }
    assert "unknown-node-type" not in {problem.code for problem in loaded.problems}
    meant = catalog.find(types["alias"])
    assert meant is not None
    assert meant.id == catalog.canonical(alias) != alias, "understood, and left as its author wrote it"
    family = catalog.find("FileSystemSuperNode")
    assert family is not None
    found = catalog.member(family, loaded.graph.nodes["family"].config)
    assert found is not None
    assert found.id != "FileSystemSuperNode"


def in_a_new_process(code: str, home: Path) -> str:
    environ = os.environ | {"CASARE_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)
    return done.stdout.strip()


def test_l_a3_listing_and_asking_about_every_type_imports_no_node_module(tmp_path: Path) -> None:
    code = """
import sys
from casare.catalog import Catalog
catalog = Catalog()
listed = catalog.types()
for spec in listed:
    catalog.find(spec.id), catalog.ports(spec.id, {}), catalog.params(spec.id, {}), catalog.migration(spec.id, {})
catalog.entries(), catalog.categories(), catalog.problems
print(len(listed) > 50, [name for name in sys.modules if name.startswith("casare.nodes")])
"""
    assert in_a_new_process(code, tmp_path) == "True []"


def test_l_a3_a_workflow_imports_the_modules_of_its_own_types_only(tmp_path: Path) -> None:
    code = """
import sys
from casare.catalog import Catalog
from casare.storage import encode, generate, load_bytes
catalog = Catalog()
graph = load_bytes(encode(generate(100, 1)), catalog).graph
before = [name for name in sys.modules if name.startswith("casare.nodes")]
types = {node.type for node in graph.nodes.values()}
catalog.preload(types)
wanted = {catalog.find(one).module for one in types}
imported = {name for name in sys.modules if name.startswith("casare.nodes.")}
print(before, wanted <= imported, len(imported) < len({one.module for one in catalog.types()}))
"""
    assert in_a_new_process(code, tmp_path) == "[] True True"


def test_l_a4_the_map_is_built_once_and_a_type_registered_later_is_seen(tmp_path: Path) -> None:
    reads: list[int] = []

    def sources() -> list[Source]:
        reads.append(1)
        return []

    known = Catalog(sources)
    body = encode(Graph([Node("n", "LateNode")], metadata={"name": "n"}))
    for _ in range(3):
        assert [problem.code for problem in load_bytes(body, known).problems] == ["unknown-node-type"]
        known.types()
        known.entries()
    known.register(NodeType("LateNode", "Late", "text", aliases=("LatterNode",)))
    assert load_bytes(body, known).problems == ()
    assert [spec.id for spec in known.types()] == ["LateNode"]
    assert known.canonical("LatterNode") == "LateNode"
    assert len(reads) == 1


# B: the caches, imports together, formats that stream


def test_l_b1_twenty_workflows_by_fingerprint_and_the_least_recently_used_goes(
    catalog: Catalog, tmp_path: Path
) -> None:
    cache = WorkflowCache()
    paths = [tmp_path / f"{number}{SUFFIXES[number % 3]}" for number in range(21)]
    for number, path in enumerate(paths):
        save(generate(8, number), path, catalog=catalog)
        load_in_stages(path, catalog, unseen, cache=cache)
    assert cache.statistics[:3] == (0, 21, 20)
    for path in reversed(paths):
        load_in_stages(path, catalog, unseen, cache=cache)
    assert cache.statistics[:3] == (20, 22, 20)
    copy = tmp_path / "copy.json"
    copy.write_bytes(paths[0].read_bytes())
    load_in_stages(copy, catalog, unseen, cache=cache)
    assert cache.statistics.hits == 21, "what counts is the content, not the path"


def test_l_b1_twenty_workflows_take_less_than_50_mb(catalog: Catalog) -> None:
    cache = WorkflowCache()
    sizes = [200] * 17 + [1_000, 3_000, 12_000]
    for seed, size in enumerate(sizes):
        data = encode(generate(size, seed))
        cache.put(cache.key(data, None, catalog, Limits()), load_bytes(data, catalog))
    assert cache.statistics.entries == 20
    assert cache.statistics.bytes < 50e6
    data = encode(generate(24_000, 1))
    cache.put(cache.key(data, None, catalog, Limits()), load_bytes(data, catalog))
    assert 25e6 < cache.statistics.bytes < 50e6
    assert cache.statistics.entries < 20


def test_l_b1_a_hit_shares_no_container_with_another_holder(catalog: Catalog) -> None:
    cache, data = WorkflowCache(), encode(generate(20, 1))
    key = cache.key(data, None, catalog, Limits())
    cache.put(key, load_bytes(data, catalog))
    one, other = cache.get(key), cache.get(key)
    assert one is not None
    assert other is not None
    for node_id in list(one.graph.nodes):
        one.graph.apply(MoveNodes({node_id: (1, 1)}))
    assert other.graph == load_bytes(data, catalog).graph
    one.timings["mine"] = 1.0
    assert "mine" not in other.timings


def test_l_b1_a_typical_day_of_editing_hits_more_than_seven_times_in_ten(catalog: Catalog, tmp_path: Path) -> None:
    # A day: a dozen workflows, a few of them far more often than the rest, opened 150 times (a tab reopened, a workflow
    # called by another, a file switched to), every seventh time edited and saved.
    chance = random.Random(11)
    paths = [tmp_path / f"{number}.json.zst" for number in range(12)]
    for number, path in enumerate(paths):
        save(generate(30, number), path, catalog=catalog)
    cache = WorkflowCache()
    likely = [1 / rank for rank in range(1, 13)]
    for turn in range(150):
        [path] = chance.choices(paths, likely)
        graph = load_in_stages(path, catalog, unseen, cache=cache).graph
        if turn % 7 == 0:
            graph.apply(MoveNodes({next(iter(graph.nodes)): (turn, turn)}))
            save(graph, path, catalog=catalog)
    assert cache.statistics.hits + cache.statistics.misses == 150
    assert cache.statistics.hit_rate > 0.7


def test_l_b2_the_modules_of_a_workflow_are_imported_together_before_any_instance(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.py").write_text(
            f"""
import pathlib
from casare.sdk import node

def tell(line: str) -> None:
    with pathlib.Path({str(log)!r}).open("a") as file:
        file.write(line)

tell("import {name}\\n")

@node("{name.title()}Node", title="T", category="text")
class Body:
    def __init__(self) -> None:
        tell("make {name}\\n")

    def __call__(self, text: str) -> str:
        return text
"""
        )
    modules = tuple(ModuleFile(f"l_b2_{name}", tmp_path / f"{name}.py", loose=True) for name in ("one", "two", "three"))
    known = Catalog(lambda: [Source("l-b2", modules)])
    try:
        known.types()
        log.write_text("")
        for module in modules:
            module.forget()
        made = instantiate(known, ["OneNode", "TwoNode", "OneNode", "TwoNode"], workers=1)
        assert not made.failures
        lines = log.read_text().split("\n")[:-1]
        assert lines == ["import one", "import two", "make one", "make two", "make one", "make two"]
    finally:
        for module in modules:
            module.forget()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_l_b3_every_format_reads_back_and_a_bomb_stops_at_the_limit(
    suffix: str, catalog: Catalog, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    save(generate(300, 1), path, catalog=catalog)
    assert load(path, catalog).graph == load_in_stages(path, catalog, unseen).graph == generate(300, 1)
    with pytest.raises(LimitError):
        load(path, catalog, limits=Limits(max_bytes=50_000))


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_l_b3_decompression_is_streamed_so_memory_stops_at_the_limit(
    suffix: str, catalog: Catalog, tmp_path: Path
) -> None:
    import tracemalloc

    import zstandard

    zeros = bytes(200_000_000)
    path = tmp_path / f"bomb{suffix}"
    if suffix == ".json.gz":
        path.write_bytes(pack(zeros, "gz"))
    else:
        # Without a content size in its head, so that nothing is known beforehand.
        path.write_bytes(zstandard.ZstdCompressor(write_content_size=False).compressobj().compress(zeros[:1]))
        maker = zstandard.ZstdCompressor(write_content_size=False).compressobj()
        path.write_bytes(maker.compress(zeros) + maker.flush())
    del zeros
    tracemalloc.start()
    try:
        with pytest.raises(LimitError):
            load(path, catalog, limits=Limits(max_bytes=8_000_000))
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_l_b3_large_plain_files_are_read_in_pieces(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    save(generate(9_000, 1), path)
    lengths: list[int] = []
    read = os.read

    def counted(descriptor: int, length: int) -> bytes:
        piece = read(descriptor, length)
        lengths.append(len(piece))
        return piece

    monkeypatch.setattr(os, "read", counted)
    load_in_stages(path, catalog, unseen)
    assert max(lengths) <= 1024 * 1024
    assert sum(lengths) == path.stat().st_size


# P: growth


def test_l_p1_the_cost_of_a_load_grows_with_its_size_and_no_faster(catalog: Catalog) -> None:
    bodies = {size: encode(generate(size, 1)) for size in (500, 5_000)}
    cost = {size: quickest_ms(lambda body=body: load_bytes(body, catalog)) for size, body in bodies.items()}  # type: ignore[misc]
    assert cost[5_000] / cost[500] < 10 * 2.5


def test_l_p1_a_cache_hit_is_a_small_part_of_a_load(catalog: Catalog, tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json.zst", WorkflowCache()
    save(generate(3_000, 1), path, catalog=catalog)
    first = quickest_ms(lambda: load_in_stages(path, catalog, unseen))
    load_in_stages(path, catalog, unseen, cache=cache)
    again = quickest_ms(lambda: load_in_stages(path, catalog, unseen, cache=cache))
    assert cache.statistics.hits == 7
    assert again * 5 < first


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_l_p1_a_preview_costs_the_same_whatever_the_size(suffix: str, catalog: Catalog, tmp_path: Path) -> None:
    # Beyond a thousand nodes all pictures are as large as they get; the bytes read say the same without a clock.
    paths = {size: tmp_path / f"{size}{suffix}" for size in (1_000, 30_000)}
    for size, path in paths.items():
        save(generate(size, 1), path, catalog=catalog)
    read = {size: preview(path, catalog).read_bytes for size, path in paths.items()}
    assert read[30_000] <= 1.5 * read[1_000]
    cost = {size: quickest_ms(lambda path=path: preview(path, catalog), 15) for size, path in paths.items()}  # type: ignore[misc]
    assert cost[30_000] < 2 * cost[1_000]
