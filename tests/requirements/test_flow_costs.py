"""Costs of flows, items F-1 to F-9: how they grow, what is shared, what can be left out, what a person is advised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine import PlanCache, Workflow, compile_graph
from casare.engine import Run as EngineRun
from casare.engine.keeping.recording import Metrics, Recorder
from casare.foundation.resources import samples
from casare.model import Connection, Graph, Node
from casare.storage import generate, load
from tests.engine.counting import calls_of
from tests.engine.probes import Gauge
from tests.requirements.loading_tools import quickest_ms

Run = Callable[..., Any]


def chain(size: int, *, across: bool = False) -> Graph:
    nodes = [Node(f"n{number}", "Plus", {"a": 1}) for number in range(size)]
    wires = [Connection(f"n{number}", "exec_out", f"n{number + 1}", "exec_in") for number in range(size - 1)]
    if across:
        wires += [Connection("n0", "sum", f"n{number}", "a") for number in range(1, size)]
    return Graph(nodes, wires)


def ready(graph: Graph, types: Catalog) -> Workflow:
    return Workflow(graph, compile_graph(graph, types).plan, types)


def test_f_1_building_and_compiling_grow_with_the_number_of_nodes(types: Catalog) -> None:
    small, large = chain(500), chain(5_000)
    few = quickest_ms(lambda: compile_graph(small, types))
    many = quickest_ms(lambda: compile_graph(large, types), 3)
    # Ten times as many may take ten times as long, and what a busy machine adds; with the square it were a hundred.
    assert many / few < 35


@pytest.mark.parametrize("shape", ["chain", "diamond", "tree", "random"])
def test_f_2_every_topology_runs_each_node_once(types: Catalog, shape: Any) -> None:
    report = EngineRun(ready(generate(100, 1, shape), types)).run()
    assert report.status == "completed", report.errors
    assert [node.runs for node in report.nodes] == [1] * 100


def test_f_2_a_generated_flow_with_loops_and_choices_runs_to_its_end(catalog: Catalog) -> None:
    report = EngineRun(ready(generate(600, 3), catalog)).run()
    assert report.status == "completed", report.errors
    assert sum(node.runs for node in report.nodes) > 600


@pytest.mark.parametrize("metrics", list(Metrics))
def test_f_3_what_is_written_down_can_be_full_sampled_or_off(run: Run, metrics: Metrics) -> None:
    recorder = Recorder(metrics)
    nodes = {"f": ("ForLoopStartNode", {"items": list(range(500))}), "a": "Note"}
    run(nodes, "f.body>a", options={"sink": recorder.take})
    count = len(recorder.rows)
    assert {"full": count == 501, "sampled": 20 < count < 150, "off": count == 0}[metrics.value]


def test_f_4_resolving_dependencies_grows_with_their_number(types: Catalog) -> None:
    small, large = chain(200, across=True), chain(2_000, across=True)
    few, many = (calls_of(lambda graph=graph: compile_graph(graph, types)) for graph in (small, large))
    assert many / few < 11


@pytest.mark.parametrize("limit", [1, 4])
def test_f_5_many_tasks_keep_to_a_limit_and_all_of_them_run(run: Run, limit: int) -> None:
    gauge = Gauge()
    nodes = {f"m{number}": "Meter" for number in range(40)}
    report = run(nodes, variables={"gauge": gauge}, options={"limits": {"all": limit, "service:network": 99}})
    assert gauge.most == limit
    assert sum(node.runs for node in report.nodes) == 40


@pytest.mark.parametrize("name", ["orders-daily", "approval", "etl-with-retries"])
def test_f_6_real_flows_come_with_the_product_and_compile(name: str, catalog: Catalog) -> None:
    path: Path = samples() / f"{name}.json"
    graph = load(path, catalog).graph
    assert compile_graph(graph, catalog).plan.size >= len(graph.nodes)


def test_f_7_ids_and_types_are_texts_held_once(types: Catalog) -> None:
    workflow = ready(generate(200, 1), types)
    assert all(one is node.id for one, node in zip(workflow.plan.ids, workflow.nodes, strict=False))
    assert len({id(kind) for kind in workflow.plan.kinds}) == len(set(workflow.plan.kinds))


def test_f_8_the_report_is_made_from_raw_times_with_medians_spread_and_growth() -> None:
    from tests_performance.harness import Figure, growth

    figures = [Figure("g", "n", [1.0, 2.0, 9.0], 10), Figure("g", "n", [10.0, 20.0, 90.0], 100)]
    assert (figures[0].median, figures[0].spread) == (2.0, (1.0, 9.0))
    assert growth(figures) == pytest.approx(1.0)


def test_f_9_a_repeated_run_compiles_nothing_and_a_small_edit_next_to_nothing(types: Catalog) -> None:
    plans = PlanCache(on_disk=False)
    graph = chain(50)
    first, _ = plans.workflow(graph, types)
    assert plans.workflow(graph, types)[0] is first
    edited = graph.copy()
    edited.nodes["n7"] = edited.nodes["n7"]._replace(config={"a": 2})
    second, stages = plans.workflow(edited, types)
    assert second is not first
    assert (second.plan is first.plan, plans.reused, list(stages)) == (True, 1, ["compare", "instantiate"])
    assert second.plan == compile_graph(edited, types).plan


@pytest.mark.parametrize(
    "config", [{"a": "{{n3.sum}}"}, {"_disabled": True}], ids=["another reference", "switched off"]
)
def test_f_9_an_edit_that_changes_the_order_makes_another_plan(types: Catalog, config: dict[str, Any]) -> None:
    plans = PlanCache(on_disk=False)
    graph = chain(20)
    plans.workflow(graph, types)
    edited = graph.copy()
    edited.nodes["n7"] = edited.nodes["n7"]._replace(config=config)
    assert plans.workflow(edited, types)[0].plan == compile_graph(edited, types).plan
    assert plans.reused == 0


def test_f_9_a_dense_graph_is_warned_of(types: Catalog) -> None:
    nodes = [Node(f"n{number}", "Note") for number in range(60)]
    wires = [
        Connection(f"n{one}", "exec_out", f"n{other}", "exec_in")
        for other in range(60)
        for one in range(max(0, other - 14), other)
    ]
    report = EngineRun(ready(Graph(nodes, wires), types)).run()
    assert any("wires to spare" in line.message for line in report.log)
