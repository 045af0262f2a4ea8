"""What waits for what: wires, references, loops, branches, cycles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casare.catalog import Catalog
from casare.model import Graph
from casare.profiling import NodeReport, Report, analyze

BuildGraph = Callable[..., Graph]


def _by_id(report: Report) -> dict[str, NodeReport]:
    return {node.id: node for node in report.nodes}


def test_a_reference_is_a_dependency(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": "Work", "b": ("Work", {"text": "see {{a.result}}"})})
    report = analyze(graph, catalog)
    assert report.critical_path == ("a", "b")
    assert (_by_id(report)["b"].dependencies, _by_id(report)["a"].dependents) == (1, 1)


def test_a_reference_that_would_close_a_cycle_is_left_out(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": ("Work", {"last": "{{b.result}}"}), "b": "Work"}, "a -> b")
    report = analyze(graph, catalog)
    assert report.critical_path == ("a", "b")
    assert report.totals.critical_path_ms == 20


def test_references_survive_beside_a_cycle_that_is_not_theirs(catalog: Catalog, build: BuildGraph) -> None:
    graph = build(
        {"z": ("Work", {"x": "{{y.result}}"}), "y": "Work", "a": ("Work", {"x": "{{b.result}}"}), "b": "Work"}, "a -> b"
    )
    assert _by_id(analyze(graph, catalog))["z"].dependencies == 1


def test_a_retry_wire_leads_back_and_is_left_out(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"s": "Start", "a": "Work", "b": "Work", "c": "Work"}, "s -> a", "a -> b", "b -> a", "b -> c")
    assert analyze(graph, catalog).critical_path == ("s", "a", "b", "c")


def test_a_value_that_feeds_the_middle_of_a_ring_does_not_turn_the_ring(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"d": "Pure", "s": "Start", "a": "Cheap", "b": "Work"}, "d.result => b", "s -> a", "a -> b", "b -> a")
    report = analyze(graph, catalog)
    assert _by_id(report)["b"].dependencies == 2
    assert _by_id(report)["a"].dependencies == 1


def test_a_ring_that_nothing_enters_does_not_hang(catalog: Catalog, build: BuildGraph) -> None:
    report = analyze(build({"a": "Work", "b": "Work"}, "a -> b", "b -> a"), catalog)
    assert report.totals.runtime_ms == 20
    assert [entry.rule for entry in report.ledger] == ["unreachable"]


@pytest.mark.parametrize(
    ("config", "runs", "provenance"),
    [
        ({"items": [1, 2, 3, 4]}, 4, "declared"),
        ({"items": {"a": 1, "b": 2}}, 2, "declared"),
        ({"items": []}, 0, "declared"),
        ({"mode": "range", "end": 7}, 7, "declared"),
        ({"mode": "range", "start": 2, "end": "11", "step": 3}, 3, "declared"),
        ({"mode": "range", "start": 5, "end": 0, "step": -1}, 5, "declared"),
        ({"mode": "range", "end": "{{n}}"}, 10, "default"),
        ({"items": "{{somewhere.items}}"}, 10, "default"),
        ({}, 10, "default"),
    ],
)
def test_a_loop_multiplies_its_body(
    catalog: Catalog, build: BuildGraph, config: dict[str, object], runs: int, provenance: str
) -> None:
    graph = build(
        {"f": ("For", config), "a": "Work", "e": ("End", {"paired_start_id": "f"}), "z": "Work"},
        "f.body -> a",
        "a -> e",
        "f.completed -> z",
    )
    report = analyze(graph, catalog)
    nodes = _by_id(report)
    assert (nodes["a"].runs, nodes["a"].runtime_ms, nodes["a"].provenance) == (runs, 10 * runs, provenance)
    assert (nodes["z"].runs, nodes["f"].runs, nodes["z"].provenance) == (1, 1, "declared")
    assert report.totals.critical_path_ms == 1 + 10 * runs + 10


def test_what_follows_a_loop_waits_for_its_body(catalog: Catalog, build: BuildGraph) -> None:
    nodes = {"f": ("For", {"items": [1, 2]}), "a": "Work", "z": "Work"}
    with_end = build({**nodes, "e": ("End", {"paired_start_id": "f"})}, "f.body -> a", "a -> e", "f.completed -> z")
    without = build(nodes, "f.body -> a", "f.completed -> z")
    assert analyze(with_end, catalog).critical_path == ("f", "a", "e", "z")
    assert analyze(without, catalog).critical_path == ("f", "a", "z")


def test_loops_inside_loops_multiply(catalog: Catalog, build: BuildGraph) -> None:
    graph = build(
        {
            "f": ("For", {"items": [1, 2, 3]}),
            "g": ("For", {"items": [1, 2]}),
            "a": "Work",
            "h": ("End", {"paired_start_id": "g"}),
            "b": "Work",
            "e": ("End", {"paired_start_id": "f"}),
        },
        "f.body -> g",
        "g.body -> a",
        "a -> h",
        "g.completed -> b",
        "b -> e",
    )
    nodes = _by_id(analyze(graph, catalog))
    assert [nodes[name].runs for name in "fgahbe"] == [1, 3, 6, 6, 3, 3]


def test_a_loop_over_a_variable_knows_the_list_that_was_put_there(build: BuildGraph) -> None:
    from casare.catalog import default_catalog

    graph = build(
        {
            "set": ("SetVariableNode", {"variable_name": "numbers", "value": [1, 2, 3, 4, 5]}),
            "loop": ("ForLoopStartNode", {"items": "{{numbers}}"}),
            "log": "LogNode",
        },
        "set -> loop",
        "loop.body -> log",
    )
    assert _by_id(analyze(graph, default_catalog()))["log"].runs == 5


def test_the_critical_path_takes_the_longest_branch_and_the_work_only_that_one(
    catalog: Catalog, build: BuildGraph
) -> None:
    graph = build(
        {"i": "If", "yes": "Work", "no": "Fetch", "m": "Merge"},
        "i.true -> yes",
        "i.false -> no",
        "yes -> m",
        "no -> m",
    )
    report = analyze(graph, catalog)
    assert report.critical_path == ("i", "no", "m")[: len(report.critical_path)]
    assert report.totals.runtime_ms == report.totals.critical_path_ms == 200
    assert report.totals.peak_memory_mb == 4
    assert _by_id(report)["yes"].slack_ms == 190


def test_the_way_of_failure_is_not_part_of_a_good_run(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": "Work", "b": "Work", "c": "Fetch"}, "a -> b", "a.on_error -> c")
    report = analyze(graph, catalog)
    assert report.totals.runtime_ms == 20
    assert _by_id(report)["c"].runtime_ms == 200


def test_a_disabled_node_passes_its_turn_on_at_no_cost(catalog: Catalog, build: BuildGraph) -> None:
    graph = build({"a": "Work", "b": ("Fetch", {"_disabled": True}), "c": "Work"}, "a -> b", "b -> c")
    report = analyze(graph, catalog)
    assert report.critical_path == ("a", "b", "c")
    assert report.totals.runtime_ms == 20


def test_what_no_entry_leads_to_costs_nothing_in_a_run(catalog: Catalog, build: BuildGraph) -> None:
    report = analyze(build({"s": "Start", "a": "Work", "lost": "Fetch"}, "s -> a"), catalog)
    assert report.totals.runtime_ms == 10
    assert [entry.nodes for entry in report.ledger if entry.rule == "unreachable"] == [("lost",)]


def test_an_output_lives_until_its_last_reader_is_done(catalog: Catalog, build: BuildGraph) -> None:
    nodes = {"a": "Load", "b": "Load", "c": "Load"}
    let_go = build(nodes, "a -> b", "b -> c")
    kept = build(nodes, "a -> b", "b -> c", "a.result => c")
    assert analyze(let_go, catalog).totals.peak_memory_mb == 100
    assert analyze(kept, catalog).totals.peak_memory_mb == 200
