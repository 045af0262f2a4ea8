"""What a tidy layout costs, by shape and size, and walks and repairs along the wires of a large workflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casare.app.arranging import align, distribute, straighten, tidy
from casare.app.arranging.lining_up import Line
from casare.app.editing.duplicating import duplicate_with_inputs
from casare.app.editing.healing import heal
from casare.app.editing.many import auto_connect, set_in_all
from casare.app.editing.walking import downstream, upstream
from casare.app.editing.wiring import ports_of
from casare.catalog import Catalog, default_catalog
from casare.model import Graph
from casare.storage import Shape, generate
from casare.ui.geometry.card import CardShape
from tests_performance.harness import Bench

SHAPES: tuple[Shape, ...] = ("mixed", "chain", "diamond", "tree", "random")
TARGETS = {1_000: 500.0, 10_000: 5_000.0}
"""A thousand nodes well under a second, ten thousand in a few seconds at most."""

Sizes = Mapping[str, tuple[float, float]]


def run(bench: Bench) -> None:
    """Time the layout of every shape, of a part, and again of what is tidy; then the edits along the wires."""
    catalog = default_catalog()
    catalog.types()
    for shape in SHAPES:
        for size, target in TARGETS.items():
            graph = generate(size, 1, shape, frames=shape == "mixed")
            sizes = _sizes(graph, catalog)
            bench.measure(f"tidy {shape}", _tidying(graph, catalog, sizes), size=size, target_ms=target)
            if shape == "mixed":
                _tidy_again(bench, graph, catalog, sizes, size)
    graph = generate(10_000, 1)
    _edits(bench, graph, catalog, _sizes(graph, catalog))


def _tidy_again(bench: Bench, graph: Graph, catalog: Catalog, sizes: Sizes, size: int) -> None:
    change = tidy(graph, catalog, sizes)
    if change is not None:
        graph.apply(change)
    bench.measure("tidy what is tidy", _tidying(graph, catalog, sizes), size=size, against="tidy mixed")
    part = list(graph.nodes)[:50]
    bench.measure("tidy 50 of them", lambda: tidy(graph, catalog, sizes, part), size=size, against="tidy mixed")


def _edits(bench: Bench, graph: Graph, catalog: Catalog, sizes: Sizes) -> None:
    ids = list(graph.nodes)
    first, thousand = ids[0], ids[:1_000]
    size = len(ids)
    bench.measure("select downstream of the first node", lambda: downstream(graph, [first]), size=size)
    bench.measure("select upstream of the last node", lambda: upstream(graph, [ids[-1]]), size=size)
    bench.measure("delete 1 and heal", lambda: heal(graph, catalog, [ids[size // 2]]), size=size)
    bench.measure("delete 1,000 and heal", lambda: heal(graph, catalog, thousand), size=size)
    bench.measure("duplicate 1,000 with inputs", lambda: duplicate_with_inputs(graph, catalog, thousand), size=size)
    bench.measure("connect 1,000", lambda: auto_connect(graph, catalog, thousand), size=size)
    bench.measure("set a value in 1,000", lambda: set_in_all(graph, catalog, thousand, "level", "debug"), size=size)
    bench.measure("align 1,000", lambda: align(graph, sizes, thousand, Line.LEFT), size=size)
    bench.measure("distribute 1,000", lambda: distribute(graph, sizes, thousand, horizontally=True), size=size)
    bench.measure("straighten 1,000", lambda: straighten(graph, catalog, thousand), size=size)


def _tidying(graph: Graph, catalog: Catalog, sizes: Sizes) -> Callable[[], object]:
    return lambda: tidy(graph, catalog, sizes)


def _sizes(graph: Graph, catalog: Catalog) -> Sizes:
    return {one: (200.0, CardShape(ports_of(graph, catalog, one)).height) for one in graph.nodes}
