"""N-9: depth {1, 3, 5} x nodes per level {5, 10, 20}, compiled and run, cold and warm, in three shapes.

*Root only*: the outermost workflow, its children never reached. *One per level*: each level holds one workflow.
*Full tree*: every node of a level but one is a workflow of its own, 1 + n(d - 1) distinct files, all through the cache.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from casare.app.running.runs import FileLibrary
from casare.catalog import Catalog
from casare.engine import PlanCache, Run, RunOptions
from casare.engine.performing.eager import make_ready
from casare.model import Connection, Graph, Node
from casare.sdk.declare import type_of
from casare.storage import save
from tests_performance.bench_engine import nothing
from tests_performance.harness import Bench

DEPTHS = (1, 3, 5)
WIDTHS = (5, 10, 20)


def run(bench: Bench) -> None:
    """Measure the grid."""
    catalog = Catalog(time_to_live_s=float("inf"))
    catalog.register(type_of(nothing), nothing)
    for title, write in (("root only", _root), ("one per level", _line), ("full tree", _tree)):
        for depth in DEPTHS:
            for width in WIDTHS:
                with tempfile.TemporaryDirectory() as name:
                    _measure(bench, catalog, f"{title}, depth {depth}", width, write(Path(name), depth, width))


def _measure(bench: Bench, catalog: Catalog, title: str, width: int, first: Path) -> None:
    first = first.resolve()

    def compile_all(library: FileLibrary) -> int:
        return make_ready(library.open(first), library)

    library = FileLibrary(catalog, PlanCache(1_000, on_disk=False))
    count = compile_all(library)
    target = (5.0, 0.1) if title == "one per level, depth 5" and width == 10 else (None, None)
    cold = bench.measure(
        f"compile, cold: {title} ({count} workflows)",
        lambda: compile_all(FileLibrary(catalog, PlanCache(1_000, on_disk=False))),
        size=width,
        target_ms=target[0],
    )
    bench.measure(
        f"compile, warm: {title}", lambda: compile_all(library), size=width, target_ms=target[1], against=cold.name
    )
    root, options = library.open(first), RunOptions(library=library)
    bench.measure(f"run, warm: {title}", lambda: Run(root, options).run(), size=width)


def _root(folder: Path, depth: int, width: int) -> Path:
    """Write a workflow as wide as all levels together, with nothing inside."""
    return _write(folder / "root.json", [""] * (depth * width))


def _line(folder: Path, depth: int, width: int) -> Path:
    """Write one workflow for each level; the last node of each runs the next."""
    for level in range(depth):
        inner = [f"w{level + 1}.json"] if level < depth - 1 else [""]
        _write(folder / f"w{level}.json", [""] * (width - 1) + inner)
    return folder / "w0.json"


def _tree(folder: Path, depth: int, width: int) -> Path:
    """Write a root whose nodes each run the top of a column of workflows, 1 + n(d - 1) files in all."""
    for column in range(width):
        for level in range(1, depth):
            inner = [f"c{column}_{level + 1}.json"] if level < depth - 1 else [""]
            _write(folder / f"c{column}_{level}.json", [""] * (width - 1) + inner)
    return _write(folder / "root.json", [f"c{column}_1.json" if depth > 1 else "" for column in range(width)])


def _write(path: Path, inside: list[str]) -> Path:
    nodes = [
        Node(f"n{number}", "ExecuteWorkflowNode", {"workflow_path": held})
        if held
        else Node(f"n{number}", "BenchNothing")
        for number, held in enumerate(inside)
    ]
    steps = range(len(nodes) - 1)
    wires = [Connection(f"n{number}", "exec_out", f"n{number + 1}", "exec_in") for number in steps]
    save(Graph(nodes, wires, metadata={"name": path.stem}), path)
    return path
