"""What running costs, counted in calls: a chain of plain functions, with records, watched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.engine import Metrics, PlanCache, Recorder, Run, RunOptions, Workflow, compile_graph
from casare.model import Connection, Graph, Node
from tests.engine.counting import calls_of


def chain(types: Catalog, size: int) -> Graph:
    """Return nodes that each add one to what the one before gave."""
    nodes = [Node(f"n{number}", "Plus", {"a": 0}) for number in range(size)]
    wires = [Connection(f"n{at}", "sum", f"n{at + 1}", "a") for at in range(size - 1)]
    wires += [Connection(f"n{at}", "exec_out", f"n{at + 1}", "exec_in") for at in range(size - 1)]
    return Graph(nodes, wires)


def ready(types: Catalog, size: int) -> Workflow:
    """Return a workflow with all nodes bound."""
    workflow, _ = PlanCache(on_disk=False).workflow(chain(types, size), types)
    for slot in range(size):
        workflow.step(slot)
    return workflow


@pytest.fixture
def per_node(types: Catalog) -> Callable[[Callable[[Workflow], Any]], float]:
    """Return a function that counts the calls that each further node of a chain costs."""

    def counted(work: Callable[[Workflow], Any]) -> float:
        few, many = ready(types, 200), ready(types, 1200)
        work(few), work(many)
        return (calls_of(lambda: work(many)) - calls_of(lambda: work(few))) / 1000

    return counted


def test_a_node_that_hands_a_value_on_costs_one_call_besides_its_body(per_node: Any) -> None:
    assert per_node(lambda workflow: Run(workflow).run()) < 1.2


def test_watching_costs_no_call_for_each_node(per_node: Any) -> None:
    facts: list[Any] = []
    assert per_node(lambda workflow: Run(workflow, RunOptions(observer=facts.extend)).run()) < 1.2
    assert len({type(fact) for fact in facts}) > 1


def test_writing_numbers_down_costs_next_to_nothing_while_the_run_goes_on(per_node: Any) -> None:
    recorders: list[Recorder] = []

    def recorded(workflow: Workflow) -> None:
        recorders.append(Recorder(Metrics.FULL))
        Run(workflow, RunOptions(sink=recorders[-1].take)).run()

    assert per_node(recorded) < 2.5
    rows = recorders[1].rows
    assert (len(rows), rows[-1][-2:]) == (1200, ('{"sum":1200}', '{"a":1199,"b":1}'))


def test_compiling_costs_the_same_for_every_further_node(types: Catalog) -> None:
    sizes = (500, 1000, 2000)
    graphs = [chain(types, size) for size in sizes]
    for graph in graphs:
        compile_graph(graph, types)
    first, second, third = (calls_of(lambda graph=graph: compile_graph(graph, types)) for graph in graphs)
    assert abs((third - second) / 1000 - (second - first) / 500) < 0.5
    assert (third - second) / 1000 < 30
