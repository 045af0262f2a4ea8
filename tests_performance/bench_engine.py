"""What running costs: compiling, scheduling beside a bare loop, shapes, data, many tasks at once, nesting."""

from __future__ import annotations

import random
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from casare.app.running.runs import FileLibrary
from casare.catalog import Catalog
from casare.engine import PlanCache, Run, RunOptions, Workflow, compile_graph
from casare.engine.keeping.recording import Metrics, Recorder
from casare.model import Connection, Graph, Node
from casare.sdk import Context, Out, node
from casare.sdk.declare import type_of
from casare.storage import save
from tests_performance.harness import Bench

SIZES = (10, 100, 1_000, 10_000)


@node("BenchNothing", title="Nothing", category="flow")
def nothing() -> None:
    """Do nothing."""


@node("BenchPlus", title="Plus", category="maths")
def plus(a: float = 0) -> Annotated[float, Out("sum")]:
    """Add one."""
    return a + 1


@node("BenchVariable", title="Variable", category="variables")
def variable(*, context: Context, name: str = "v0") -> None:
    """Set and get a variable."""
    context.set_variable(name, context.get_variable(name, 0))


@node("BenchLight", title="Light", category="flow")
async def light() -> None:
    """Do nothing on the event loop."""


def run(bench: Bench) -> None:
    """Measure everything; the first figures are those with targets."""
    catalog = Catalog(time_to_live_s=float("inf"))
    for body in (nothing, plus, variable, light):
        catalog.register(type_of(body), body)
    _scheduling(bench, catalog)
    _nesting(bench, catalog)
    _compiling(bench, catalog)
    _shapes(bench, catalog)
    _metrics(bench, catalog)
    _variables(bench, catalog)
    _many(bench, catalog)


def _scheduling(bench: Bench, catalog: Catalog) -> None:
    """A chain of 1,000 plain functions, statuses and times recorded, beside a loop that only calls them in order."""
    size = 1_000
    bench.measure("a bare ready-queue loop, 1,000 calls", lambda: _bare(size), size=size)
    for title, kind, wired in (
        ("a chain of plain functions", "BenchNothing", False),
        ("a chain that hands a value on", "BenchPlus", True),
    ):
        workflow = ready(chain(size, kind, wired=wired), catalog)
        bench.measure(
            title,
            lambda workflow=workflow: Run(workflow).run(),
            size=size,
            target_ms=1.0 if not wired else None,
            against="a bare ready-queue loop, 1,000 calls",
        )


def _bare(size: int) -> None:
    pending = [0] + [1] * (size - 1)
    onward = [[number + 1] for number in range(size - 1)] + [[]]
    queue = deque([0])
    while queue:
        number = queue.popleft()
        nothing()
        for target in onward[number]:
            pending[target] -= 1
            if not pending[target]:
                queue.append(target)


def _compiling(bench: Bench, catalog: Catalog) -> None:
    """F-1 and F-4: from a graph to a plan, for chains and for diamonds whose values all have to be waited for."""
    for size in SIZES:
        line = chain(size, "BenchPlus", wired=True)
        bench.measure("compile a chain", lambda line=line: compile_graph(line, catalog), size=size)
        bare = chain(size, "BenchNothing")
        nodes, wires = list(bare.nodes.values()), list(bare.connections.values())
        bench.measure(
            "build a chain from ids and edges",
            lambda nodes=nodes, wires=wires: Graph(nodes, wires),
            size=size,
            target_ms=2.0 if size == SIZES[-1] else None,
        )
    for size in SIZES[:3]:
        fan = diamond(size)
        bench.measure("compile a diamond", lambda fan=fan: compile_graph(fan, catalog), size=size)
    _incremental(bench, catalog)


def _incremental(bench: Bench, catalog: Catalog) -> None:
    """F-9: what the next run costs when nothing was changed, and when one node was."""
    before = chain(10_000, "BenchPlus", wired=True)
    plans = PlanCache(2, on_disk=False)
    plans.workflow(before, catalog)
    bench.measure("a workflow that is known, by content", lambda: plans.workflow(before, catalog), size=10_000)
    turn = iter(range(1_000_000))

    def edit_and_compile() -> None:
        after = before.copy()
        after.nodes["n5"] = after.nodes["n5"]._replace(config={"a": next(turn)})
        plans.workflow(after, catalog)

    bench.measure("a workflow with one node changed", edit_and_compile, size=10_000)


def _shapes(bench: Bench, catalog: Catalog) -> None:
    """F-2: the four topologies at 100 nodes."""
    shapes = {
        "run linear": chain(100, "BenchNothing"),
        "run diamond 1-98-1": diamond(100),
        "run binary tree": tree(100),
        "run random, p = 0.3": scattered(100, 0.3),
    }
    for title, graph in shapes.items():
        workflow = ready(graph, catalog)
        bench.measure(title, lambda workflow=workflow: Run(workflow).run(), size=100)


def _metrics(bench: Bench, catalog: Catalog) -> None:
    """F-3: what it costs to write down every node, one in ten, or none."""
    workflow = ready(chain(1_000, "BenchPlus", wired=True), catalog)
    for metrics in Metrics:

        def work(metrics: Metrics = metrics) -> None:
            recorder = Recorder(metrics)
            Run(workflow, RunOptions(sink=recorder.take)).run()

        bench.measure(f"run with metrics {metrics.value}", work, size=1_000)
    large = ready(chain(10_000, "BenchPlus", wired=True), catalog)
    batches: list[int] = []
    bench.measure("10,000 nodes, nobody watching", lambda: Run(large).run(), size=10_000)
    watched = RunOptions(observer=lambda facts: batches.append(len(facts)))
    bench.measure(
        "10,000 nodes, watched",
        lambda: Run(large, watched).run(),
        size=10_000,
        against="10,000 nodes, nobody watching",
    )
    print(f"  facts came in batches of {sorted(batches)[len(batches) // 2]:,} (median)")


def _variables(bench: Bench, catalog: Catalog) -> None:
    """F-3: variables set and read, beside 10, 100 and 1,000 others."""
    workflow = ready(chain(1_000, "BenchVariable"), catalog)
    for held in SIZES[:3]:
        options = RunOptions(variables={f"v{number}": number for number in range(held)})
        bench.measure(
            "1,000 nodes set and get a variable, beside others", lambda o=options: Run(workflow, o).run(), size=held
        )


def _many(bench: Bench, catalog: Catalog) -> None:
    """F-5: many light tasks at once, without limit and four at a time."""
    for size in SIZES[:3]:
        fan = Graph([Node(f"n{number}", "BenchLight") for number in range(size)])
        workflow = ready(fan, catalog)
        for title, limits in (("light tasks, no limit", {}), ("light tasks, four at a time", {"all": 4})):
            told = RunOptions(limits=limits) if limits else RunOptions()
            work: Callable[[], object] = lambda workflow=workflow, told=told: Run(workflow, told).run()  # noqa: E731
            bench.measure(title, work, size=size)


def _nesting(bench: Bench, catalog: Catalog) -> None:
    """Five workflows inside each other, ten nodes each: compiled from nothing, and again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for level in range(5):
            nodes = [Node(f"n{number}", "BenchNothing") for number in range(9)]
            deeper = {"workflow_path": f"w{level + 1}.json"}
            last = Node("n9", "ExecuteWorkflowNode", deeper) if level < 4 else Node("n9", "BenchNothing")
            save(Graph([*nodes, last], _line(10), metadata={"name": f"w{level}"}), folder / f"w{level}.json")

        first = (folder / "w0.json").resolve()

        def compile_all(library: FileLibrary) -> Workflow:
            found = library.open(first)
            for level in range(1, 5):
                found = library.find(f"w{level}.json", found)
            return found

        def cold() -> None:
            compile_all(FileLibrary(catalog, PlanCache(on_disk=False)))

        library = FileLibrary(catalog, PlanCache(on_disk=False))
        compile_all(library)
        bench.measure("compile 5 x 10 nested, files read, cold", cold, size=50, target_ms=5.0)
        bench.measure("compile 5 x 10 nested, warm", lambda: compile_all(library), size=50, target_ms=0.1)
        root = library.open(first)
        options = replace(RunOptions(), library=library)
        bench.measure("run 5 x 10 nested, warm", lambda: Run(root, options).run(), size=50)


def ready(graph: Graph, catalog: Catalog) -> Workflow:
    """Return a graph ready to run, every node bound."""
    workflow, _ = PlanCache(on_disk=False).workflow(graph, catalog)
    for slot in range(len(workflow.nodes)):
        workflow.step(slot)
    return workflow


def chain(size: int, kind: str, *, wired: bool = False) -> Graph:
    """Return nodes one after the other; `wired` hands the value of each to the next."""
    values = [Connection(f"n{number}", "sum", f"n{number + 1}", "a") for number in range(size - 1)] if wired else []
    return Graph([Node(f"n{number}", kind) for number in range(size)], [*_line(size), *values])


def diamond(size: int) -> Graph:
    """Return one node that leads to all others but the last, which wait for."""
    middle = range(1, size - 1)
    wires = [Connection("n0", "exec_out", f"n{number}", "exec_in") for number in middle]
    wires += [Connection(f"n{number}", "exec_out", f"n{size - 1}", "exec_in") for number in middle]
    return Graph([Node(f"n{number}", "BenchNothing") for number in range(size)], wires)


def tree(size: int) -> Graph:
    """Return a binary tree."""
    wires = [Connection(f"n{(number - 1) // 2}", "exec_out", f"n{number}", "exec_in") for number in range(1, size)]
    return Graph([Node(f"n{number}", "BenchNothing") for number in range(size)], wires)


def scattered(size: int, chance: float) -> Graph:
    """Return nodes with a wire onward to each later one with this chance."""
    draw = random.Random(1)
    wires = [
        Connection(f"n{source}", "exec_out", f"n{target}", "exec_in")
        for target in range(size)
        for source in range(target)
        if draw.random() < chance
    ]
    return Graph([Node(f"n{number}", "BenchNothing") for number in range(size)], wires)


def _line(size: int) -> list[Connection]:
    return [Connection(f"n{number}", "exec_out", f"n{number + 1}", "exec_in") for number in range(size - 1)]
