"""Loading, items L-C1 to L-C3: skeletons first, instances from a pool, threads where they win."""

from __future__ import annotations

import os
import random
from importlib import import_module
from pathlib import Path

import pytest

from casare.app.files.folder_scan import scan, search
from casare.app.files.previews import PreviewResult, PreviewService, State, preview_reader
from casare.catalog import Catalog
from casare.catalog.instances import InstancePool
from casare.catalog.instantiate import instantiate
from casare.model import AddNodes, Node
from casare.storage import (
    encode,
    generate,
    preview,
    read_skeleton,
    save,
)
from casare.storage.bytes.container import pack
from casare.storage.reading.staged import load_in_stages
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.skeleton import encode_skeleton
from tests.requirements.loading_tools import (
    SUFFIXES,
    Counting,
    remembering_catalog,
    unseen,
)

# C: skeletons, instances


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_l_c1_the_skeleton_of_a_50_mb_body_is_found_in_64_kib(
    suffix: str, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"big{suffix}"
    # Noise does not compress, so the file on disk is as large as its body.
    body = random.Random(1).randbytes(50_000_000)
    skeleton = describe(generate(3_000, 1), catalog)
    path.write_bytes(pack(body, "gz" if suffix == ".json.gz" else "zst", encode_skeleton(skeleton)))
    assert path.stat().st_size > 45_000_000
    taken: list[int] = []
    read = os.read

    def counted(descriptor: int, length: int) -> bytes:
        piece = read(descriptor, length)
        taken.append(len(piece))
        return piece

    monkeypatch.setattr(os, "read", counted)
    assert read_skeleton(path) == skeleton
    seen = preview(path, catalog)
    assert (seen.node_count, seen.source) == (3_000, "skeleton")
    assert sum(taken) == 2 * seen.read_bytes
    assert seen.read_bytes <= 64 * 1024


def test_l_c1_a_folder_of_workflows_is_scanned_by_skeletons_only(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from casare.storage.reading import reader

    paths = [tmp_path / f"{number}{SUFFIXES[1 + number % 2]}" for number in range(60)]
    for number, path in enumerate(paths):
        save(generate(20, number), path, catalog=catalog)
    counting = Counting(monkeypatch, reader, "parse", "read_nodes", "decompress")
    results: list[PreviewResult] = []
    there = threading.Semaphore(0)

    def deliver(result: PreviewResult) -> None:
        results.append(result)
        there.release()

    service = PreviewService(preview_reader(catalog), deliver)
    service.want(paths)
    for _path in paths:
        assert there.acquire(timeout=10)
    service.close()
    assert {result.state for result in results} == {State.READY}
    assert {result.seen.preview.source for result in results if result.seen} == {"skeleton"}
    assert max(result.seen.preview.read_bytes for result in results if result.seen) <= 64 * 1024
    assert counting.calls == {}


def test_l_c1_a_search_across_workflows_decodes_nothing_and_reads_64_kib_of_each(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The package has a function of the same name as this module.
    preview_module = import_module("casare.storage.skeletons.preview")
    for number in range(30):
        graph = generate(20, number)
        graph.metadata["name"] = "Invoices of March" if number == 7 else f"Flow {number}"
        graph.metadata["description"] = "Asks the warehouse" if number == 8 else ""
        graph.variables["harbour" if number == 9 else "town"] = 1
        if number == 10:
            graph.apply(AddNodes((Node("zip", "ZipFilesNode"),)))
        save(graph, tmp_path / f"{number}{SUFFIXES[1 + number % 2]}", catalog=catalog)
    counting = Counting(monkeypatch, preview_module, "read_file", "load_bytes", "partial_skeleton")
    entries = list(scan(tmp_path, catalog, None))
    assert len(entries) == 30
    assert max(entry.seen.preview.read_bytes for entry in entries) <= 64 * 1024
    for query, number in (("invoices march", 7), ("warehouse", 8), ("harbour", 9), ("zip files", 10)):
        assert search(entries, query)[0].path.name.startswith(f"{number}."), query
    assert counting.calls == {}


def test_l_c1_a_skeleton_is_never_trusted_for_opening(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "liar.json.zst"
    lie = encode_skeleton(describe(generate(500, 9), catalog))
    path.write_bytes(pack(encode(generate(7, 1)), "zst", lie))
    assert preview(path, catalog).node_count == 500
    opened = load_in_stages(path, catalog, unseen)
    assert opened.graph == generate(7, 1)
    assert [problem.code for problem in opened.problems] == ["stale-skeleton"]


def test_l_c2_a_reused_instance_carries_nothing_over_and_the_pool_is_bounded() -> None:
    pool = InstancePool(remembering_catalog(), max_per_type=2, max_total=5)
    for _turn in range(3):
        held = [pool.acquire(f"T{number % 4}") for number in range(20)]
        assert [body("secret") for body in held] == [1] * 20
        for body in held:
            pool.release(body)
            assert vars(body) == {}
    counts = pool.statistics
    assert (counts.waiting, counts.lent) == (5, 0)
    assert counts.reused == 10
    assert counts.made + counts.reused == 60


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_l_c3_instances_come_in_document_order_whatever_the_threads(workers: int) -> None:
    known = remembering_catalog()
    wanted = [f"T{number * number % 7 % 4}" for number in range(500)]
    made = instantiate(known, wanted, workers=workers)
    assert [type(body) for body in made.bodies] == [known.implementation(one) for one in wanted]
    assert made.threads == workers


def test_l_c3_small_workflows_are_sequential_and_threads_need_a_measurement() -> None:
    from casare.catalog.instantiate import interpreter_lock, parallel_from

    parallel_from.cache_clear()
    known = remembering_catalog()
    assert instantiate(known, ["T1"] * 10).threads == 1
    if interpreter_lock():
        assert parallel_from() is None
        assert instantiate(known, ["T1"] * 3_000).threads == 1
    else:
        least = parallel_from()
        assert least is None or instantiate(known, ["T1"] * least).threads > 1
