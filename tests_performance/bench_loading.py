"""What opening a workflow costs at every size and in every format, and what each optimisation of it is worth.

The figures of the product's own targets (bytes to graph, preview) are in `bench_storage`; these show the whole way from
a file, growth, memory, and every switch on and off, also where a switch is worth nothing.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casare.app.documents.document import Document
from casare.app.files.folder_scan import scan
from casare.app.files.opening import Opened, OpeningEvent, Openings
from casare.app.files.saving import Saves
from casare.catalog import Catalog, default_catalog
from casare.catalog.instances import InstancePool
from casare.catalog.instantiate import instantiate, interpreter_lock
from casare.sdk import NodeType
from casare.storage import PreviewCache, generate, load, preview, save
from casare.storage.bytes.container import pack
from casare.storage.reading import reader, wires_in
from casare.storage.reading.staged import load_in_stages
from casare.storage.reading.workflow_cache import WorkflowCache
from casare.storage.skeletons import partial as partial_decode
from casare.storage.writing.encode import encode
from tests_performance.harness import Bench

SIZES = (10, 50, 200, 1_000, 10_000, 100_000)
SUFFIXES = (".json", ".json.gz", ".json.zst")
HIT_MS = 1.0
SNAPSHOT_MS = 16.0
FILES, COLD_MS, WARM_MS = 1_000, 2_000.0, 200.0
WHOLE = "bytes to graph, everything on"


def run(bench: Bench) -> None:
    """Time loads, skeletons, switches, the cache, instances, saving, memory."""
    catalog = default_catalog()
    sizes = SIZES[:-2] if bench.quick else SIZES
    with TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            _make_files(folder, size, catalog)
        _load(bench, catalog, folder, sizes)
        _skeleton(bench, catalog, folder, sizes)
        _switches(bench, catalog, folder, sizes)
        _cache(bench, catalog, folder, sizes)
        _thread(bench, catalog, folder, sizes)
        _save(bench, catalog, folder, sizes)
        _memory(bench, folder, sizes)
        _folder(bench, catalog, folder / "many")
    _instances(bench)


def _make_files(folder: Path, size: int, catalog: Catalog) -> None:
    """Write one graph in every format, and once without a skeleton, and let go of it: kept, it slows the collector."""
    graph = generate(size, 1)
    for suffix in SUFFIXES:
        save(graph, folder / f"{size}{suffix}", catalog=catalog)
    (folder / f"{size}-bare.json.zst").write_bytes(pack(encode(graph), "zst"))


def _unseen(_stage: str, _fraction: float) -> None:
    return None


def _load(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    for suffix in SUFFIXES:
        for size in sizes:
            path = folder / f"{size}{suffix}"
            bench.measure(f"file to graph, {suffix}", lambda path=path: load(path, catalog), size=size)  # type: ignore[misc]
    for stage in ("parse", "validate", "migrate", "build", "fingerprint"):
        path = folder / f"{sizes[-1]}.json"
        times = [load(path, catalog).timings[stage] for _ in range(5)]
        bench.record(f"of which {stage}", times, size=sizes[-1], against="file to graph, .json")


def _skeleton(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    for suffix in SUFFIXES:
        for size in sizes:
            path = folder / f"{size}{suffix}"
            bench.measure(f"preview, {suffix}, no cache", lambda path=path: preview(path, catalog), size=size)  # type: ignore[misc]


@contextlib.contextmanager
def _replaced(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    kept = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, instead in changes:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module, name, before in kept:
            setattr(module, name, before)


def _none(*_: Any) -> None:
    return None


def _switches(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    """Load and preview with one optimisation off at a time."""
    collector = (reader, "without_collection", contextlib.nullcontext)
    in_bulk = (wires_in, "_all_at_once", _none)
    for size in (size for size in sizes if size >= 200):
        path = folder / f"{size}.json"

        def work(path: Path = path) -> object:
            # As in a running editor, where the collector is on and has much else to look through.
            gc.enable()
            return load(path, catalog)

        bench.measure(WHOLE, work, size=size)
        for name, changes in (
            ("off: collector held back", (collector,)),
            ("off: wires in bulk", (in_bulk,)),
            ("off: all of these", (collector, in_bulk)),
        ):
            with _replaced(*changes):
                bench.measure(name, work, size=size, against=WHOLE)
        bench.measure(
            "told of every stage, can be called off",
            lambda path=path: load_in_stages(path, catalog, _unseen),  # type: ignore[misc]
            size=size,
            against=WHOLE,
        )
        bare = folder / f"{size}-bare.json.zst"
        bench.measure("preview, .json.zst, skeleton off", lambda bare=bare: preview(bare, catalog), size=size)  # type: ignore[misc]
        with _replaced((partial_decode, "_by_msgspec", partial_decode._by_orjson)):
            bench.measure("preview, .json, partial decode off", lambda path=path: preview(path, catalog), size=size)  # type: ignore[misc]


def _cache(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    for suffix in (".json", ".json.zst"):
        for size in sizes:
            path = folder / f"{size}{suffix}"
            fresh, rested = WorkflowCache(), WorkflowCache()
            load_in_stages(path, catalog, _unseen, cache=fresh)
            if not fresh.statistics.entries:
                print(f"  {size:,} nodes do not fit into the cache")
                continue
            bench.measure(
                f"cached, by its bytes, {suffix}",
                lambda path=path, fresh=fresh: load_in_stages(path, catalog, _unseen, cache=fresh),  # type: ignore[misc]
                size=size,
                target_ms=HIT_MS,
                against=f"file to graph, {suffix}",
            )
            # A file of an hour ago, as those in a person's folder are.
            hour_ago = path.stat().st_mtime_ns - 3_600 * 10**9
            os.utime(path, ns=(hour_ago, hour_ago))
            _note(rested, path, catalog)
            bench.measure(
                f"cached, at rest, {suffix}",
                lambda path=path, rested=rested: load_in_stages(path, catalog, _unseen, cache=rested),  # type: ignore[misc]
                size=size,
                target_ms=HIT_MS,
                against=f"file to graph, {suffix}",
            )
    previews = PreviewCache(folder / "previews")
    for size in sizes:
        path = folder / f"{size}.json"
        preview(path, catalog, previews)
        bench.measure("preview, .json, cached", lambda path=path: preview(path, catalog, previews), size=size)  # type: ignore[misc]


def _note(cache: WorkflowCache, path: Path, catalog: Catalog) -> None:
    """Load a file and vouch that it had rested, which its change time, being now, would not show."""
    from casare.storage import Limits
    from casare.storage.reading.workflow_cache import FileIdentity

    load_in_stages(path, catalog, _unseen, cache=cache)
    key = cache.key(path.read_bytes(), path, catalog, Limits())
    cache.note(FileIdentity.of(path, path.stat()), key, read_at_ns=2**62)


def _thread(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    """Open on the worker, from asking to the delivered result."""
    arrived = threading.Semaphore(0)

    def deliver(event: OpeningEvent) -> None:
        if isinstance(event, Opened):
            arrived.release()

    openings = Openings(catalog, deliver)
    for size in sizes:
        path = folder / f"{size}.json.zst"

        def work(path: Path = path) -> None:
            openings.open(path)
            arrived.acquire()

        bench.measure("open on the worker, .json.zst", work, size=size, against="file to graph, .json.zst")
    openings.close()


def _save(bench: Bench, catalog: Catalog, folder: Path, sizes: tuple[int, ...]) -> None:
    for size in (size for size in sizes if size <= 10_000):
        document = Document(generate(size, 1), catalog=catalog, path=folder / "saved.json.zst")
        target = SNAPSHOT_MS if size == 10_000 else None
        bench.measure("snapshot for a save", document.graph.copy, size=size, target_ms=target)
        saves = Saves()
        asked: list[float] = []
        for _turn in range(9):
            began = time.perf_counter()
            saves.save(document)
            asked.append((time.perf_counter() - began) * 1000)
            saves.wait()
        bench.record("asking for a save", asked, size=size, target_ms=target)
        saves.close()
        bench.measure(
            "saved on the worker, .json.zst",
            lambda saves=saves, document=document: (saves.save(document), saves.wait()),  # type: ignore[misc]
            size=size,
        )


def _folder(bench: Bench, catalog: Catalog, folder: Path) -> None:
    """Look through a folder of workflows in all formats, with an empty cache of previews and with a full one."""
    folder.mkdir()
    for number in range(FILES):
        suffix = SUFFIXES[number % len(SUFFIXES)]
        save(generate(20 + number % 180, number), folder / f"{number}{suffix}", catalog=catalog)
    cache = PreviewCache(folder.parent / "folder-previews")

    def look() -> None:
        assert sum(1 for _ in scan(folder, catalog, cache)) == FILES

    name = f"look through {FILES:,} files"
    bench.measure(f"{name}, cold", look, before=cache.clear, target_ms=COLD_MS)
    bench.measure(f"{name}, warm", look, target_ms=WARM_MS)


_MEMORY = """
import resource, sys
from pathlib import Path
from casare.catalog import default_catalog
from casare.storage import load
catalog = default_catalog()
catalog.types()
def now():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()
load(Path(sys.argv[2]), catalog)
before = now()
loaded = load(Path(sys.argv[1]), catalog)
print(now() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def _memory(bench: Bench, folder: Path, sizes: tuple[int, ...]) -> None:
    """Note what a loaded workflow takes, each in a process of its own."""
    if not Path("/proc/self/statm").exists():
        return
    for size in sizes:
        words = [sys.executable, "-c", _MEMORY, str(folder / f"{size}.json"), str(folder / f"{sizes[0]}.json")]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        taken, most = (int(word) for word in done.stdout.split())
        bench.note("memory of a loaded workflow", [taken / 1e6], "MB", size=size)
        bench.note("memory of a loaded workflow, per node", [taken / size], "B", size=size)
        bench.note("most memory of the process while loading", [most / 1e6], "MB", size=size)


class _Body:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def __call__(self, value: int) -> int:
        self.seen.append(value)
        return value


def _instances(bench: Bench) -> None:
    """Make the bodies of many nodes: alone, on threads, from a pool, and beside plain calls of the class."""
    known = Catalog(sources=lambda: ())
    kinds = [f"Kind{number}" for number in range(10)]
    for kind in kinds:
        known.register(NodeType(kind, kind, "text"), type(kind, (_Body,), {}))
    state = "with" if interpreter_lock() else "without"
    for size in (100, 1_000, 10_000):
        wanted = [kinds[at % 10] for at in range(size)]
        classes = [known.implementation(kind) for kind in wanted]
        plain = "plain calls of the classes"
        bench.measure(plain, lambda classes=classes: [one() for one in classes], size=size)  # type: ignore[misc]
        made = lambda workers: lambda: instantiate(known, wanted, workers=workers)  # noqa: E731, B023
        bench.measure("instances, one thread", made(1), size=size, against=plain)
        for workers in (2, 4):
            bench.measure(
                f"instances, {workers} threads, {state} the interpreter lock",
                made(workers),
                size=size,
                against="instances, one thread",
            )
        bench.measure("instances, as measured", made(None), size=size, against="instances, one thread")
        pool = InstancePool(known, max_per_type=size, max_total=size)
        instantiate(known, wanted, pool=pool).release(pool)
        bench.measure("instances, from a pool", _pooled(known, wanted, pool), size=size, against=plain)
        pooled = pool.statistics
        print(f"  pool: {pooled.reuse_rate:.1%} used again, {pooled.made:,} made, {pooled.reused:,} reused")


def _pooled(known: Catalog, wanted: list[str], pool: InstancePool) -> Callable[[], None]:
    return lambda: instantiate(known, wanted, pool=pool).release(pool)
