from __future__ import annotations

import gzip
import json
from pathlib import Path

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from casare.model import Graph, Node
from casare.storage import (
    PreviewCache,
    correct_preview,
    encode,
    generate,
    load,
    load_bytes,
    preview,
    read_skeleton,
    save,
)
from casare.storage.bytes.container import pack
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.partial import _by_msgspec, _by_orjson, partial_skeleton
from casare.storage.skeletons.skeleton import MAX_SKELETON, OTHERS, Skeleton, decode_skeleton, encode_skeleton
from tests.storage.strategies import graphs
from tests.storage.workflows import as_bytes, catalog, codes, document

CATALOG = catalog()
COMPRESSED = [".json.gz", ".json.zst"]


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_saved_file_previews_from_its_skeleton_as_the_decoded_body_does(suffix: str, tmp_path: Path) -> None:
    graph = generate(700, 2)
    save(graph, tmp_path / f"a{suffix}", catalog=CATALOG, grade="B")
    save(graph, tmp_path / "a.json")
    quick, slow = preview(tmp_path / f"a{suffix}", CATALOG), preview(tmp_path / "a.json", CATALOG)
    assert (quick.source, slow.source) == ("skeleton", "decode")
    assert (quick.grade, slow.grade) == ("B", "")
    for field in (
        "name",
        "description",
        "node_count",
        "connection_count",
        "node_types",
        "variables",
        "bounds",
        "picture",
    ):
        assert getattr(quick, field) == getattr(slow, field)


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_the_cost_of_a_preview_does_not_grow_with_the_workflow(suffix: str, tmp_path: Path) -> None:
    paths = {count: tmp_path / f"{count}{suffix}" for count in (10, 1_000, 100_000)}
    for count, path in paths.items():
        save(generate(count, 1), path, catalog=CATALOG)
    read = {count: preview(path, CATALOG).read_bytes for count, path in paths.items()}
    assert paths[100_000].stat().st_size > 1_000_000
    assert max(read.values()) <= 16 * 1024
    assert read[100_000] <= 1.5 * read[1_000]


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_skeleton_is_found_behind_any_body(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"big{suffix}"
    skeleton = describe(generate(500, 1), CATALOG)
    # Bytes that do not compress, for a body of 4 MB on disk.
    body = zstandard.ZstdCompressor().compress(b"") + __import__("random").Random(1).randbytes(4_000_000)
    path.write_bytes(pack(body, "gz" if suffix == ".json.gz" else "zst", encode_skeleton(skeleton)))
    assert read_skeleton(path) == skeleton


def test_the_skeleton_of_a_file_of_another_tool_is_none(tmp_path: Path) -> None:
    text = as_bytes(document())
    for name, data in (
        ("a.json", text),
        ("a.json.gz", gzip.compress(text)),
        ("a.json.zst", zstandard.ZstdCompressor().compress(text)),
    ):
        (tmp_path / name).write_bytes(data)
        assert read_skeleton(tmp_path / name) is None
        seen = preview(tmp_path / name, CATALOG)
        assert (seen.source, seen.node_count, seen.connection_count) == ("decode", 2, 2)
        assert seen.node_types == {"SetVariableNode": 1, "LogNode": 1}
        assert seen.variables == ("x", "plain")
        assert seen.format == ("json" if name == "a.json" else name.rpartition(".")[2])


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_lying_skeleton_is_shown_until_the_file_is_opened_and_then_corrected(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    truth = generate(20, 1)
    lie = describe(generate(50, 2), CATALOG, sha256="0" * 64)
    path.write_bytes(pack(encode(truth), "gz" if suffix == ".json.gz" else "zst", encode_skeleton(lie)))
    cache = PreviewCache()
    assert preview(path, CATALOG, cache).node_count == 50
    loaded = load(path, CATALOG)
    assert loaded.graph == truth
    assert "stale-skeleton" in codes(loaded.problems)
    correct_preview(loaded, CATALOG, cache)
    seen = preview(path, CATALOG, cache)
    assert (seen.node_count, seen.source) == (20, "cache")


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_damaged_skeleton_falls_back_to_the_body(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    save(generate(40, 1), path, catalog=CATALOG)
    data = bytearray(path.read_bytes())
    data[data.index(b'"wires"')] ^= 1
    path.write_bytes(data)
    assert read_skeleton(path) is None
    assert (preview(path, CATALOG).node_count, preview(path, CATALOG).source) == (40, "decode")
    assert load(path, CATALOG).graph == generate(40, 1)


@given(st.binary(max_size=300))
def test_noise_is_no_skeleton(noise: bytes) -> None:
    assert decode_skeleton(noise) is None


@given(graphs())
def test_a_skeleton_reads_back_as_it_was(graph: Graph) -> None:
    skeleton = describe(graph, CATALOG, grade="A", sha256="f" * 64)
    assert decode_skeleton(encode_skeleton(skeleton)) == skeleton


def test_a_skeleton_stays_small_whatever_is_in_the_workflow() -> None:
    nodes = [Node(f"n{i}", f"{'漢' * 200}{i}", {}, (i * 300, 0)) for i in range(3000)]
    graph = Graph(
        nodes,
        metadata={"name": "名" * 5000, "description": "\ud800" + "説" * 50_000},
        variables={"変" * 100 + str(i): 1 for i in range(2000)},
    )
    encoded = encode_skeleton(describe(graph, CATALOG))
    assert len(encoded) <= MAX_SKELETON
    skeleton = decode_skeleton(encoded)
    assert skeleton is not None
    assert skeleton.node_count == 3000
    assert sum((skeleton.node_types or {}).values()) == 3000
    assert OTHERS in (skeleton.node_types or {})
    assert skeleton.picture is not None
    picture = orjson.dumps(skeleton.picture.encoded())
    assert len(skeleton.picture.packed_boxes) + len(skeleton.picture.packed_wires) <= 8192
    assert len(picture) < MAX_SKELETON


@given(graphs())
def test_both_partial_decoders_agree_with_the_reader(graph: Graph) -> None:
    body = encode(graph)
    whole = describe(load_bytes(body, CATALOG).graph, CATALOG)
    for partial in (_by_orjson, _by_msgspec):
        try:
            found = partial(body, CATALOG)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        assert found is None or found == whole


def test_both_partial_decoders_know_a_native_file() -> None:
    body = as_bytes(document())
    whole = describe(load_bytes(body, CATALOG).graph, CATALOG)
    assert _by_orjson(body, CATALOG) == whole
    assert _by_msgspec(body, CATALOG) == whole


def test_odd_bodies_are_left_to_the_reader(tmp_path: Path) -> None:
    raw = document()
    raw["nodes"]["set"]["position"] = {"x": 1, "y": 2}
    raw["connections"].append({"source_node": "set", "source_port": "o", "target_node": "gone", "target_port": "i"})
    assert partial_skeleton(as_bytes(raw), CATALOG) is None
    (tmp_path / "a.json").write_bytes(as_bytes(raw))
    seen = preview(tmp_path / "a.json", CATALOG)
    assert (seen.node_count, seen.connection_count) == (2, 2)


def test_a_preview_cached_is_used_until_the_file_changes(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", PreviewCache(tmp_path / "cache")
    save(generate(30, 1), path)
    first, second = preview(path, CATALOG, cache), preview(path, CATALOG, cache)
    assert (first.source, second.source) == ("decode", "cache")
    assert second.picture == first.picture
    assert (cache.hits, cache.misses) == (1, 1)
    save(generate(31, 1), path)
    third = preview(path, CATALOG, cache)
    assert (third.source, third.node_count) == ("decode", 31)
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"noise", b"\0" * 400])
def test_a_damaged_cache_entry_is_thrown_away(damage: bytes, tmp_path: Path) -> None:
    path, cache = tmp_path / "a.json", PreviewCache(tmp_path / "cache")
    save(generate(30, 1), path)
    preview(path, CATALOG, cache)
    [entry] = (tmp_path / "cache").iterdir()
    entry.write_bytes(damage)
    assert preview(path, CATALOG, cache).source == "decode"
    assert preview(path, CATALOG, cache).source == "cache"


def test_the_cache_forgets_the_least_recently_used_first(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path / "cache", max_entries=10)
    kept = tmp_path / "0.json"
    for number in range(40):
        cache.put(tmp_path / f"{number}.json", 1, 1, Skeleton(name=str(number)), "json")
        assert cache.get(kept, 1, 1) is not None
    assert len(list((tmp_path / "cache").iterdir())) <= 11
    assert cache.get(tmp_path / "5.json", 1, 1) is None


def test_the_cache_is_bounded_in_bytes(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path / "cache", max_bytes=10_000)
    skeleton = Skeleton(description="d" * 1000)
    for number in range(600):
        cache.put(tmp_path / f"{number}.json", 1, 1, skeleton, "json")
    # The folder is looked through every 32 writes.
    assert sum(entry.stat().st_size for entry in (tmp_path / "cache").iterdir()) <= 10_000 + 33 * 1500


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    save(generate(10, 1), tmp_path / "a.json")
    cache = PreviewCache(tmp_path / "cache")
    for _ in range(2):
        assert preview(tmp_path / "a.json", CATALOG, cache).source == "decode"


def test_clearing_the_cache_empties_it(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path / "cache")
    cache.put(tmp_path / "a.json", 1, 1, Skeleton(), "json")
    cache.clear()
    assert list((tmp_path / "cache").iterdir()) == []


def test_loading_never_believes_the_skeleton(tmp_path: Path) -> None:
    text = json.dumps(document()).encode()
    path = tmp_path / "a.json.zst"
    path.write_bytes(pack(text, "zst", encode_skeleton(Skeleton(name="Lie", node_count=9))))
    assert load(path, CATALOG).graph.name == "Demo"
