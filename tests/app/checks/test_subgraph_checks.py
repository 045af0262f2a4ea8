"""Claims about the checks of subgraphs."""

from __future__ import annotations

from casare.app.checks import check
from casare.app.subgraphs import group, place_instance, promote, remove_port, scoped
from casare.catalog import default_catalog
from casare.model import Connection, Graph, Node, RemoveSubflows, SetConfig, at_level

CATALOG = default_catalog()


def document() -> Graph:
    graph = Graph(
        [
            Node("start", "StartNode", {}, (0, 0)),
            Node("count", "SetVariableNode", {"variable_name": "n", "value": 1}, (200, 0)),
            Node("say", "LogNode", {"message": "{{n}} {{start.x}}"}, (400, 0)),
            Node("end", "LogNode", {"message": "done"}, (600, 0)),
        ],
        [
            Connection("start", "exec_out", "count", "exec_in"),
            Connection("count", "exec_out", "say", "exec_in"),
            Connection("say", "exec_out", "end", "exec_in"),
        ],
        metadata={"name": "checked"},
    )
    for level, chosen in ((graph, ["count", "say"]), (None, ["say"])):
        at = level or next(iter(graph.subflows.values())).graph
        made = group(at, scoped(graph, CATALOG), chosen)
        assert made is not None
        at.apply(made.change)
    return graph


def codes(graph: Graph) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in check(graph, CATALOG)]


def test_names_of_the_levels_around_are_known_inside() -> None:
    messages = [one.message for one in check(document(), CATALOG)]
    assert not any("“{{n}}”" in one for one in messages)


def test_a_problem_inside_names_the_way_and_the_level() -> None:
    graph = document()
    outer, inner = graph.subflows.values()
    graph.apply(at_level(SetConfig("say", {"message": "{{nobody}}"}), inner.id))
    (found,) = [one for one in check(graph, CATALOG) if one.code == "unknown-reference"]
    assert found.level == inner.id
    assert found.node_id == "say"
    assert found.message.startswith(f"{outer.name} › {inner.name}: ")


def test_an_instance_of_nothing_is_an_error() -> None:
    graph = Graph([Node("lost", "SubflowNode", {"subflow_id": "gone"})])
    assert ("missing-subgraph", "") in codes(graph)


def test_a_subgraph_inside_itself_is_an_error() -> None:
    graph = document()
    outer, inner = graph.subflows.values()
    graph.apply(at_level(place_instance(inner.graph, outer, (0, 0)).change, inner.id))
    assert [code for code, _ in codes(graph)].count("circular-subgraph") == 1


def test_a_subgraph_that_nothing_uses_is_a_note() -> None:
    graph = document()
    outer, _ = graph.subflows.values()
    graph.apply(RemoveSubflows((outer.id,)))
    assert "unused-subgraph" in [code for code, _ in codes(graph)]


def test_a_wire_to_a_port_that_is_gone_is_a_warning() -> None:
    graph = document()
    outer, _ = graph.subflows.values()
    change = remove_port(graph, outer, "exec_out", is_output=True)
    assert change is not None
    graph.apply(change)
    from casare.model import Connect

    graph.apply(Connect((Connection("subgraph", "exec_out", "end", "exec_in"),)))
    assert ("unknown-port", "") in codes(graph)


def test_a_required_parameter_that_is_promoted_is_missed_outside_and_not_inside() -> None:
    graph = Graph([Node("read", "FileSystemSuperNode", {"action": "Read File"}, (0, 0))])
    made = group(graph, CATALOG, ["read"])
    assert made is not None
    graph.apply(made.change)
    subflow = graph.subflows[made.definition_id]
    assert ("missing-input", subflow.id) in codes(graph)
    change = promote(subflow, CATALOG, "read", "file_path")
    assert change is not None
    graph.apply(change)
    assert [level for code, level in codes(graph) if code == "missing-input"] == [""]
