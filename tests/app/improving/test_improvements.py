"""What is promised is what happens, and one undo takes it back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casare.app.documents.document import Document
from casare.app.improving.improvements import Improvement, improvements, way_to_next_grade
from casare.catalog import Catalog, default_catalog
from casare.foundation.resources import samples
from casare.model import Connection, Graph, Node
from casare.profiling import analyze
from casare.profiling.scoring.specimens import DEFECTS, specimen
from casare.storage import Shape, generate, load


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Return the built-in types."""
    return default_catalog()


def _hold_to_every_promise(graph: Graph, catalog: Catalog) -> int:
    """Apply each improvement of a workflow to a document of its own, take it back, and return how many there were."""
    before = analyze(graph, catalog)
    found = improvements(graph, catalog, before)
    ranks = [(one.gain, one.saved_ms) for one in found]
    assert ranks == sorted(ranks, reverse=True)
    for improvement in found:
        document = Document(graph.copy(), catalog=catalog)
        document.do(improvement.change)
        after = analyze(document.graph, catalog)
        assert (after.score, after.grade) == (improvement.score, improvement.grade), improvement.title
        saved = before.totals.critical_path_ms - after.totals.critical_path_ms
        assert improvement.saved_ms == pytest.approx(max(saved, 0))
        assert improvement.gain > 0 or improvement.saved_ms > 0
        document.undo()
        assert document.graph == graph, improvement.title
    return len(found)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), defects=st.integers(0, 12))
def test_applying_an_improvement_gives_the_promised_grade_and_one_undo_takes_it_back(
    seed: int, defects: int, catalog: Catalog
) -> None:
    _hold_to_every_promise(specimen(seed, defects), catalog)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(5, 60), shape=st.sampled_from(get_args(Shape)))
def test_promises_are_kept_in_generated_workflows_of_every_shape(
    seed: int, size: int, shape: Shape, catalog: Catalog
) -> None:
    _hold_to_every_promise(generate(size, seed, shape), catalog)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(5, 40), defect=st.sampled_from(sorted(DEFECTS)))
def test_promises_are_kept_where_a_defect_was_put_into_a_generated_workflow(
    seed: int, size: int, defect: str, catalog: Catalog
) -> None:
    graph = generate(size, seed)
    _hold_to_every_promise(DEFECTS[defect](graph, Random(seed)) or graph, catalog)


def test_promises_are_kept_in_all_of_our_samples(catalog: Catalog) -> None:
    kept = [_hold_to_every_promise(load(path, catalog).graph, catalog) for path in samples().glob("*.json")]
    assert sum(kept) > 5


def test_promises_are_kept_in_real_files(sample_file: Path, catalog: Catalog) -> None:
    _hold_to_every_promise(load(sample_file, catalog).graph, catalog)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), defects=st.integers(1, 8))
def test_the_way_to_the_next_grade_leads_where_it_says(seed: int, defects: int, catalog: Catalog) -> None:
    graph = specimen(seed, defects)
    before = analyze(graph, catalog).grade
    way = way_to_next_grade(graph, catalog)
    for step in way.steps:
        assert step.grade_before == analyze(graph, catalog).grade
        graph.apply(step.change)
    assert analyze(graph, catalog).grade == way.grade
    assert way.reached == (way.grade != before)


def test_improvements_come_best_first_and_each_is_one(catalog: Catalog) -> None:
    graph = specimen(4, 9)
    found = improvements(graph, catalog)
    ranks = [(one.gain, one.saved_ms) for one in found]
    assert len(found) > 2
    assert ranks == sorted(ranks, reverse=True)
    assert all(one.gain > 0 or one.saved_ms > 0 for one in found)
    assert all(one.title and one.detail for one in found)


def _call(node_id: str, **config: object) -> Node:
    return Node(node_id, "ReadCSVNode", {"file_path": f"{node_id}.csv", "max_rows": 9, **config})


def _line(*nodes: Node) -> Graph:
    held = [Node("start", "StartNode"), Node("try", "TryNode"), *nodes, Node("end", "EndNode")]
    ports = {"try": "try_body"}
    wires = [Connection(one.id, ports.get(one.id, "exec_out"), other.id, "exec_in") for one, other in pairwise(held)]
    return Graph(held, wires)


def _only(graph: Graph, catalog: Catalog, kind: str) -> Improvement:
    found = [one for one in improvements(graph, catalog) if one.kind == kind]
    assert len(found) == 1
    return found[0]


def test_independent_calls_are_run_side_by_side_and_what_needs_them_waits(catalog: Catalog) -> None:
    graph = _line(_call("a"), _call("b"), _call("c", encoding="{{a.data}}"))
    graph.apply(_only(graph, catalog, "parallel").change)
    assert {key[::2] for key in graph.connections} == {
        ("start", "try"),
        ("try", "a"),
        ("try", "b"),
        ("a", "c"),
        ("b", "end"),
        ("c", "end"),
    }
    assert analyze(graph, catalog).totals.critical_path_ms < 62


def test_a_pause_between_two_calls_keeps_its_place(catalog: Catalog) -> None:
    graph = _line(_call("a"), Node("w", "WaitNode", {"duration": 1}), _call("b"))
    assert not [one for one in improvements(graph, catalog) if one.kind == "parallel"]


def test_a_repeated_call_is_taken_out_and_its_readers_get_the_first_result(catalog: Catalog) -> None:
    graph = _line(
        _call("a"), Node("again", "ReadCSVNode", {"file_path": "a.csv", "max_rows": 9}), Node("log", "LogNode")
    )
    graph.nodes["log"] = graph.nodes["log"]._replace(config={"message": "{{again.data}}"})
    graph.apply(_only(graph, catalog, "share-result").change)
    assert "again" not in graph.nodes
    assert graph.nodes["log"].config == {"message": "{{a.data}}"}
    assert ("a", "exec_out", "log", "exec_in") in graph.connections


def test_a_call_is_not_shared_when_something_may_have_written_in_between(catalog: Catalog) -> None:
    same = {"file_path": "a.csv", "max_rows": 9}
    writer = Node("w", "WriteCSVNode", {"file_path": "{{name}}", "data": [[1]]})
    graph = _line(Node("a", "ReadCSVNode", same), writer, Node("b", "ReadCSVNode", same))
    assert not [one for one in improvements(graph, catalog) if one.kind == "share-result"]


@pytest.mark.parametrize(
    ("node", "kind", "key", "value"),
    [
        (Node("x", "WhileLoopStartNode", {"condition": "true"}), "loop-limit", "max_iterations", 100),
        (_call("x", retry_count=30), "fewer-retries", "retry_count", 2),
        (Node("x", "ParallelForEachNode", {"items": [1], "batch_size": 99}), "limit-fan-out", "batch_size", 8),
    ],
)
def test_settings_are_calmed_down(catalog: Catalog, node: Node, kind: str, key: str, value: int) -> None:
    graph = _line(node)
    if node.type != "ReadCSVNode":
        wire = graph.connections.pop(("x", "exec_out", "end", "exec_in"))
        graph = Graph(graph.nodes.values(), [*graph.connections.values(), wire._replace(source_port="completed")])
    graph.apply(_only(graph, catalog, kind).change)
    assert graph.nodes["x"].config[key] == value


def test_what_never_runs_is_removed(catalog: Catalog) -> None:
    graph = _line(_call("a"))
    graph = Graph([*graph.nodes.values(), Node("lost", "LogNode")], graph.connections.values())
    graph.apply(_only(graph, catalog, "remove-dead").change)
    assert "lost" not in graph.nodes


def test_a_perfect_and_an_empty_workflow_need_nothing(catalog: Catalog) -> None:
    for graph in (specimen(1), Graph()):
        assert improvements(graph, catalog) == ()
        assert way_to_next_grade(graph, catalog).steps == ()


def _crowd(count: int, **more: object) -> Graph:
    logs = [Node(f"log{number}", "LogNode", {"message": f"line {number}", **more}) for number in range(count)]
    nodes = [Node("start", "StartNode"), *logs, Node("merge", "MergeNode"), Node("end", "EndNode")]
    wires = [Connection("start", "exec_out", log.id, "exec_in") for log in logs]
    wires += [Connection(log.id, "exec_out", "merge", "exec_in") for log in logs]
    return Graph(nodes, [*wires, Connection("merge", "exec_out", "end", "exec_in")])


def test_a_crowd_of_alike_nodes_becomes_one_loop_over_what_they_differ_in(catalog: Catalog) -> None:
    graph = _crowd(40)
    offered = _only(graph, catalog, "loop-fan-out")
    graph.apply(offered.change)
    assert list(graph.nodes) == ["start", "log0", "merge", "end", "for_each"]
    assert graph.nodes["for_each"].config["items"] == [f"line {number}" for number in range(40)]
    assert graph.nodes["log0"].config["message"] == "{{for_each.current_item}}"
    assert set(graph.connections) == {
        ("start", "exec_out", "for_each", "exec_in"),
        ("for_each", "body", "log0", "exec_in"),
        ("for_each", "completed", "merge", "exec_in"),
        ("merge", "exec_out", "end", "exec_in"),
    }
    assert not [entry for entry in analyze(graph, catalog).ledger if entry.rule == "fan-out-without-limit"]


def test_a_crowd_whose_values_are_read_or_set_variables_is_left_as_it_is(catalog: Catalog) -> None:
    read = _crowd(40)
    read.nodes["end"] = read.nodes["end"]._replace(config={"result": "{{log3.message}}"})
    several = _crowd(40)
    several.nodes["log3"] = several.nodes["log3"]._replace(config={"message": "{{x}}"})
    for graph in (read, several):
        offered = [one for one in improvements(graph, catalog) if one.kind == "loop-fan-out"]
        assert all(len(one.nodes) < 41 for one in offered)
    setting = Graph(
        [
            node._replace(type="SetVariableNode", config={"variable_name": node.id, "value": 1})
            if node.type == "LogNode"
            else node
            for node in _crowd(40).nodes.values()
        ],
        _crowd(40).connections.values(),
    )
    assert not [one for one in improvements(setting, catalog) if one.kind == "loop-fan-out"]


@pytest.mark.parametrize(
    ("template", "right"),
    [("{{totl}}", "{{total}}"), ("{{trim.reslt}} and {{total}}", "{{trim.result}} and {{total}}")],
)
def test_a_misspelt_name_is_corrected_to_the_nearest_that_something_sets(
    catalog: Catalog, template: str, right: str
) -> None:
    graph = _line(
        Node("trim", "TextTrimNode", {"text": " a "}),
        Node("set", "SetVariableNode", {"variable_name": "total", "value": "{{trim.result}}"}),
        Node("log", "LogNode", {"message": template}),
    )
    graph.apply(_only(graph, catalog, "correct-name").change)
    assert graph.nodes["log"].config == {"message": right}


def test_a_name_that_is_like_no_other_is_not_corrected(catalog: Catalog) -> None:
    graph = _line(Node("log", "LogNode", {"message": "{{elsewhere}}"}))
    assert not [one for one in improvements(graph, catalog) if one.kind == "correct-name"]


def test_a_huge_batch_is_made_smaller(catalog: Catalog) -> None:
    graph = _line(_call("a", batch_size=5000, iterations=100))
    graph.apply(_only(graph, catalog, "smaller-batch").change)
    assert graph.nodes["a"].config["batch_size"] == 10
