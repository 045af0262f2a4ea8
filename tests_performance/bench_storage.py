"""What files cost: open, save, preview, and what each optimisation of the reader is worth, beside plain orjson."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from casare.catalog import Catalog, default_catalog
from casare.profiling.structure.order import sorted_by_need, turned_round
from casare.storage import PreviewCache, encode, generate, load_bytes, preview, save
from casare.storage.reading import reader, wires_in
from casare.storage.skeletons.partial import _by_msgspec, _by_orjson
from tests_performance.harness import Bench

LOAD_TARGETS = {10: 1.0, 50: 2.0, 200: 5.0, 10_000: 60.0}
PEER = "orjson: parse alone"


def run(bench: Bench) -> None:
    """Time loading, saving and previewing at several sizes."""
    catalog = default_catalog()
    for size, target in LOAD_TARGETS.items():
        body = encode(generate(size, 1))
        bench.measure(PEER, lambda body=body: orjson.loads(body), size=size)  # type: ignore[misc]
        bench.measure(
            "load: bytes to validated graph",
            lambda body=body: load_bytes(body, catalog),  # type: ignore[misc]
            size=size,
            target_ms=target,
            against=PEER,
        )
    _order(bench)
    _without(bench, catalog)
    with TemporaryDirectory() as folder:
        _save(bench, catalog, Path(folder))
        _preview(bench, catalog, Path(folder))


def _order(bench: Bench) -> None:
    """Put the nodes of a graph without cycles into topological order; what building one costs is in `bench_engine`."""
    acyclic = generate(10_000, 1)
    number = {node_id: at for at, node_id in enumerate(acyclic.nodes)}
    before: list[list[int]] = [[] for _ in number]
    for wire in acyclic.connections.values():
        before[number[wire.target_node]].append(number[wire.source_node])
    after = turned_round(before)
    bench.measure("topological order", lambda: sorted_by_need(before, after), size=10_000, target_ms=2.0)


def _without(bench: Bench, catalog: Catalog) -> None:
    """Load with one optimisation switched off at a time."""
    body = encode(generate(10_000, 1))
    whole = "load: bytes to validated graph"
    for name, module, attribute, instead in (
        ("load, collector on", reader, "without_collection", contextlib.nullcontext),
        ("load, wires one by one", wires_in, "_all_at_once", _never),
    ):
        kept = getattr(module, attribute)
        setattr(module, attribute, instead)
        try:
            bench.measure(name, lambda: load_bytes(body, catalog), size=10_000, against=whole)
        finally:
            setattr(module, attribute, kept)


def _never(*_: Any) -> None:
    return None


def _save(bench: Bench, catalog: Catalog, folder: Path) -> None:
    graph = generate(10_000, 1)
    bench.measure("encode", lambda: encode(graph), size=10_000)
    for suffix in (".json", ".json.gz", ".json.zst"):
        path = folder / f"saved{suffix}"
        bench.measure(f"save {suffix}", _saving(graph, path, catalog), size=10_000)


def _saving(graph: Any, path: Path, catalog: Catalog) -> Callable[[], object]:
    return lambda: save(graph, path, catalog=catalog)


def _preview(bench: Bench, catalog: Catalog, folder: Path) -> None:
    few, many = 10, 10_000 if bench.quick else 100_000
    graphs = {size: generate(size, 1) for size in (few, many)}
    for suffix in (".json.gz", ".json.zst"):
        took = {}
        for size, graph in graphs.items():
            path = folder / f"{size}{suffix}"
            save(graph, path, catalog=catalog)
            took[size] = bench.measure(
                f"preview {suffix}",
                lambda path=path: preview(path, catalog),  # type: ignore[misc]
                size=size,
                target_ms=1.0,
            )
        ratio = took[many].median / took[few].median
        bench.note(f"preview {suffix}, {many:,} nodes to {few}", [ratio], "x", target=1.5)
    plain = folder / "plain.json"
    save(generate(10_000, 1), plain)
    body = plain.read_bytes()
    bench.measure("skeleton by orjson", lambda: _by_orjson(body, catalog), size=10_000)
    bench.measure("skeleton by msgspec", lambda: _by_msgspec(body, catalog), size=10_000, against="skeleton by orjson")
    bench.measure("preview .json, first time", lambda: preview(plain, catalog), size=10_000, target_ms=10.0)
    cache = PreviewCache(folder / "cache")
    preview(plain, catalog, cache)
    bench.measure("preview .json, cached", lambda: preview(plain, catalog, cache), size=10_000, target_ms=1.0)
