"""Running up to a node, and running chosen nodes with the values of an earlier run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casare.catalog import Catalog
from casare.engine import Run, RunOptions, Workflow, compile_graph
from casare.engine.planning.partial import only, up_to

Make = Callable[..., Any]
N = "Note"


def play(graph: Any, types: Catalog, **options: Any) -> Any:
    told = RunOptions(variables={"seen": []}, **options)
    return Run(Workflow(graph, compile_graph(graph, types).plan, types), told).run()


def test_up_to_a_node_only_what_leads_there_runs(types: Catalog, make_graph: Make) -> None:
    graph = make_graph(dict.fromkeys("abcd", N), "a>b>c a>d")
    assert play(up_to(graph, ["b"]), types).variables["seen"] == ["a", "b"]


def test_values_and_references_lead_there_too(types: Catalog, make_graph: Make) -> None:
    graph = make_graph({"v": (N, {"value": 1}), "r": (N, {"value": 2}), "z": (N, {"mark": "{{r.value}}"}), "x": N},
                       "v.value->z.value")  # fmt: skip
    assert sorted(up_to(graph, ["z"]).nodes) == ["r", "v", "z"]


def test_a_loop_comes_with_its_end(types: Catalog, make_graph: Make) -> None:
    graph = make_graph(
        {"f": ("ForLoopStartNode", {"items": [1]}), "a": N, "e": ("ForLoopEndNode", {"paired_start_id": "f"}), "z": N},
        "f.body>a>e f.completed>z",
    )
    assert list(up_to(graph, ["z"]).nodes) == ["f", "a", "e", "z"]


def test_chosen_nodes_run_with_the_values_of_an_earlier_run(types: Catalog, make_graph: Make) -> None:
    graph = make_graph({"a": (N, {"value": 1}), "b": (N, {"value": "{{a.value}}"}), "c": N}, "a>b>c")
    earlier = play(graph, types)
    pinned = {"a": earlier.outputs["a"]}
    report = play(only(graph, ["a", "b"]), types, pinned=pinned)
    assert (report.variables["seen"], report.outputs["b"]) == (["b"], {"value": 1})
