"""Checks of workflows."""

from __future__ import annotations

from typing import Any

import pytest

from casare.app.checks import check
from casare.app.checks.checking import MOST_OF_A_KIND
from casare.app.checks.flow import rings
from casare.catalog import Catalog
from casare.foundation.resources import samples
from casare.model import Connection, Graph, Node
from casare.storage import Problem, load


def flow(*pairs: str) -> list[Connection]:
    """Return control wires, written `a>b`, or `a.true>b`."""
    made = []
    for pair in pairs:
        source, target = pair.split(">")
        node, _, port = source.partition(".")
        made.append(Connection(node, port or "exec_out", target, "exec_in"))
    return made


def log(node_id: str, **config: Any) -> Node:
    return Node(node_id, "LogNode", {"message": "hello", **config})


def codes(problems: list[Problem]) -> list[tuple[str, str, str | None]]:
    return [(one.code, one.severity, one.node_id) for one in problems]


def test_a_sound_workflow_has_no_problems(catalog: Catalog) -> None:
    graph = Graph([Node("start", "StartNode"), log("a")], flow("start>a"))
    assert check(graph, catalog) == []


def test_a_wire_to_a_port_that_a_known_node_does_not_have_is_told(catalog: Catalog) -> None:
    graph = Graph([log("a"), log("b"), Node("c", "PluginNode")], flow("a.nowhere>b", "c.anything>b"))
    [problem] = [one for one in check(graph, catalog) if one.code == "unknown-port"]
    assert (problem.severity, problem.node_id, problem.connection) == ("warning", "a", ("a", "nowhere", "b", "exec_in"))
    assert "“nowhere”" in problem.message


def test_a_workflow_without_nodes_is_told_so(catalog: Catalog) -> None:
    assert codes(check(Graph(), catalog)) == [("empty-workflow", "info", None)]


def test_an_input_that_is_neither_wired_nor_set_is_an_error(catalog: Catalog) -> None:
    spec = next(one for one in catalog.types() if any(p.required and p.wired for p in one.params))
    param = next(p for p in spec.params if p.required and p.wired)
    graph = Graph([Node("n", spec.id)])
    found = [one for one in check(graph, catalog) if one.code == "missing-input" and f"“{param.title}”" in one.message]
    assert codes(found) == [("missing-input", "error", "n")]
    assert found[0].hint
    wired = Graph([Node("n", spec.id), Node("s", "PluginNode")], [Connection("s", "value", "n", param.name)])
    assert not any(f"“{param.title}”" in one.message for one in check(wired, catalog))
    given = Graph([Node("n", spec.id, {param.name: "{{x}}"})], variables={"x": 1})
    assert not any(f"“{param.title}”" in one.message for one in check(given, catalog))


def test_a_disabled_node_is_not_checked(catalog: Catalog) -> None:
    graph = Graph(
        [log("a"), Node("end", "ForLoopEndNode", {"_disabled": True, "paired_start_id": "gone"})], flow("a>end")
    )
    assert check(graph, catalog) == []


def test_a_wire_between_types_that_do_not_fit_is_an_error_with_the_wire(catalog: Catalog) -> None:
    wire = Connection("list", "result", "maths", "a")
    source = catalog.find("ListReverseNode")
    assert source is not None
    wire = Connection("list", next(p.name for p in source.outputs if p.type == "list"), "maths", "a")
    graph = Graph(
        [Node("list", "ListReverseNode", {"list": [1]}), Node("maths", "MathOperationNode", {"b": 1})], [wire]
    )
    found = [one for one in check(graph, catalog) if one.code == "incompatible-wire"]
    assert [(one.severity, one.node_id, one.connection) for one in found] == [("error", "maths", wire.key)]
    assert "list" in found[0].message


def test_two_wires_into_one_value_are_an_error_and_into_a_control_input_are_not(catalog: Catalog) -> None:
    wires = [Connection(one, "value", "log", "message") for one in ("a", "b")]
    graph = Graph(
        [
            Node("a", "GetVariableNode", {"variable_name": "v"}),
            Node("b", "GetVariableNode", {"variable_name": "v"}),
            log("log"),
        ],
        wires,
    )
    found = [one for one in check(graph, catalog) if one.code == "duplicate-input"]
    assert [(one.severity, one.node_id, one.connection) for one in found] == [("error", "log", wires[1].key)]
    merged = Graph([log("a"), log("b"), log("c")], flow("a>c", "b>c"))
    assert check(merged, catalog) == []


def test_a_value_that_does_not_fit_is_an_error_but_a_template_is_not(catalog: Catalog) -> None:
    bad = Graph([log("a", level="loud")])
    found = check(bad, catalog)
    assert codes(found) == [("invalid-value", "error", "a")]
    assert "“loud” is not a choice" in found[0].message
    assert check(Graph([log("a", level="{{level}}")], variables={"level": "info"}), catalog) == []


def test_a_number_outside_of_its_limits_is_an_error(catalog: Catalog) -> None:
    graph = Graph([Node("w", "WhileLoopStartNode", {"condition": "true", "max_iterations": 0})])
    found = [one for one in check(graph, catalog) if one.code == "invalid-value"]
    assert len(found) == 1
    assert "at least 1" in found[0].message


def test_an_unknown_name_in_a_template_is_a_warning_that_names_the_nearest(catalog: Catalog) -> None:
    graph = Graph([log("a", message="{{totl}}")], variables={"total": 1})
    found = check(graph, catalog)
    assert codes(found) == [("unknown-reference", "warning", "a")]
    assert found[0].hint == "Did you mean “{{total}}”?"


@pytest.mark.parametrize("name", ["set_by_node", "item", "item_index", "item_key", "$currentDate", "sum_of_all"])
def test_names_that_nodes_set_are_known(catalog: Catalog, name: str) -> None:
    nodes = [
        Node("set", "SetVariableNode", {"variable_name": "set_by_node", "value": 1}),
        Node("loop", "ForLoopStartNode", {"items": [1]}),
        Node("maths", "MathOperationNode", {"a": 1, "b": 2, "output_var": "sum_of_all"}),
        log("log", message=f"{{{{{name}}}}}"),
    ]
    assert check(Graph(nodes, flow("set>loop", "loop.body>maths", "maths>log")), catalog) == []


def test_no_name_is_unknown_where_a_node_sets_names_that_only_a_run_knows(catalog: Catalog) -> None:
    nodes = [Node("set", "SetVariableNode", {"variable_name": "{{which}}", "value": 1}), log("log", message="{{any}}")]
    assert check(Graph(nodes, flow("set>log")), catalog) == []


def test_an_output_that_a_node_does_not_have_is_a_warning_and_one_it_has_is_not(catalog: Catalog) -> None:
    nodes = [Node("maths", "MathOperationNode", {"a": 1, "b": 2}), log("log", message="{{maths.resutl}}")]
    found = check(Graph(nodes, flow("maths>log")), catalog)
    assert codes(found) == [("unknown-reference", "warning", "log")]
    assert found[0].hint == "Did you mean “{{maths.result}}”?"
    nodes[1] = log("log", message="{{maths.result}}")
    assert check(Graph(nodes, flow("maths>log")), catalog) == []


def test_outputs_of_an_unknown_type_are_not_judged(catalog: Catalog) -> None:
    nodes = [Node("x", "NobodyKnowsNode"), log("log", message="{{x.whatever}}")]
    assert check(Graph(nodes, flow("x>log")), catalog) == []


def test_what_no_entry_leads_to_is_unreachable(catalog: Catalog) -> None:
    nodes = [Node("start", "StartNode"), log("a"), log("island"), log("behind")]
    found = check(Graph(nodes, flow("start>a", "island>behind")), catalog)
    assert codes(found) == [("unreachable-nodes", "warning", "island"), ("unreachable-nodes", "warning", "behind")]


def test_without_a_start_node_every_first_node_is_an_entry(catalog: Catalog) -> None:
    nodes = [log("a"), log("b"), log("c")]
    assert check(Graph(nodes, flow("a>b")), catalog) == []


def test_nodes_without_control_ports_are_never_unreachable(catalog: Catalog) -> None:
    nodes = [Node("start", "StartNode"), Node("data", "NobodyKnowsNode"), log("log")]
    wires = [*flow("start>log"), Connection("data", "value", "log", "data")]
    assert check(Graph(nodes, wires), catalog) == []


def test_a_catch_is_reached_through_the_try_it_names(catalog: Catalog) -> None:
    nodes = [Node("start", "StartNode"), Node("try", "TryNode"), Node("catch", "CatchNode", {"paired_try_id": "try"})]
    assert check(Graph(nodes, flow("start>try")), catalog) == []


def test_a_workflow_that_nothing_begins_is_told_once(catalog: Catalog) -> None:
    found = check(Graph([log("a"), log("b")], flow("a>b", "b>a")), catalog)
    assert ("no-entry-point", "warning", "a") in codes(found)


def test_a_cycle_of_control_wires_is_only_mentioned(catalog: Catalog) -> None:
    nodes = [Node("start", "StartNode"), log("a"), log("b"), log("c")]
    found = check(Graph(nodes, flow("start>a", "a>b", "b>a", "b>c")), catalog)
    assert codes(found) == [("control-cycle", "info", "a")]
    assert "2 nodes" in found[0].message


def test_every_ring_is_found_once_and_a_chain_has_none() -> None:
    assert rings({"a": ["b"], "b": ["c"], "c": []}) == []
    found = rings({"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["e"], "e": ["c"]})
    assert sorted(sorted(ring) for ring in found) == [["a", "b"], ["c", "d", "e"]]


def test_a_long_ring_needs_no_deep_recursion() -> None:
    count = 20_000
    found = rings({str(at): [str((at + 1) % count)] for at in range(count)})
    assert [len(ring) for ring in found] == [count]


@pytest.mark.parametrize(
    ("config", "severity"),
    [
        ({}, "warning"),
        ({"paired_start_id": "gone"}, "error"),
        ({"paired_start_id": "log"}, "error"),
        ({"paired_start_id": "loop"}, None),
    ],
)
def test_the_end_of_a_loop_must_name_its_start(catalog: Catalog, config: dict[str, str], severity: str | None) -> None:
    nodes = [Node("loop", "ForLoopStartNode", {"items": [1]}), log("log"), Node("end", "ForLoopEndNode", config)]
    found = check(Graph(nodes, flow("loop.body>log", "log>end")), catalog)
    assert codes(found) == ([("unpaired", severity, "end")] if severity else [])


def test_unknown_types_are_left_to_the_reader_of_the_file(catalog: Catalog) -> None:
    assert check(Graph([Node("x", "NobodyKnowsNode", {"a": "b"})]), catalog) == []


def test_many_problems_of_a_kind_are_counted_instead_of_listed(catalog: Catalog) -> None:
    graph = Graph([log(f"n{at}", level="loud") for at in range(MOST_OF_A_KIND + 50)])
    found = check(graph, catalog)
    assert len(found) == MOST_OF_A_KIND + 1
    assert found[-1].message.startswith("50 more")
    assert found[-1].severity == "error"


def test_every_problem_says_where_and_how_to_mend(catalog: Catalog) -> None:
    nodes = [log("a", level="loud", message="{{gone}}"), Node("end", "ForLoopEndNode", {"paired_start_id": "gone"})]
    for problem in check(Graph(nodes, flow("a>end")), catalog):
        assert problem.message.endswith((".", "”")), problem
        assert problem.node_id in ("a", "end")
        assert problem.hint


def test_the_products_own_samples_have_no_errors(catalog: Catalog) -> None:
    files = sorted(samples().glob("*.json*"))
    assert files
    wrong = {
        file.name: [one.message for one in check(load(file, catalog).graph, catalog) if one.severity == "error"]
        for file in files
    }
    assert {name: messages for name, messages in wrong.items() if messages} == {}


def test_checking_grows_in_step_with_the_graph(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    def calls(count: int) -> int:
        import sys

        nodes = [log(f"n{at}") for at in range(count)]
        wires = flow(*(f"n{at}>n{at + 1}" for at in range(count - 1)))
        graph = Graph(nodes, wires)
        check(graph, catalog)
        counted = 0

        def count_calls(_frame: object, event: str, _arg: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count_calls)
        try:
            check(graph, catalog)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(2000) < calls(500) * 4.5
