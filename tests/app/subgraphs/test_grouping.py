"""Claims about making and dissolving subgraphs: the meaning stays, whatever is chosen."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from random_edits import CHANCE, some_graph

from casare.app.subgraphs import (
    add_port,
    chain_to,
    count_instances,
    definition_of,
    dissolve,
    flattened,
    group,
    inlined,
    inputs_of,
    loops,
    make_unique,
    outputs_of,
    place_instance,
    promote,
    remove_port,
    remove_unused,
    rename_port,
    scoped,
    set_port,
    unused,
)
from casare.catalog import default_catalog
from casare.model import Connection, Frame, Graph, History, Node, Note, SetConfig, at_level
from casare.storage import encode, load_bytes

CATALOG = default_catalog()


def flow() -> Graph:
    return Graph(
        [
            Node("start", "StartNode", {}, (0, 0)),
            Node("read", "FileSystemSuperNode", {"action": "Read File", "file_path": "a.txt"}, (300, 0)),
            Node("check", "IfNode", {"condition": "{{read.success}}"}, (600, 0)),
            Node("yes", "LogNode", {"message": "{{read.content}}"}, (900, -100)),
            Node("no", "LogNode", {"message": "no"}, (900, 100)),
        ],
        [
            Connection("start", "exec_out", "read", "exec_in"),
            Connection("read", "exec_out", "check", "exec_in"),
            Connection("check", "true", "yes", "exec_in"),
            Connection("check", "false", "no", "exec_in"),
            Connection("read", "content", "no", "message"),
        ],
        metadata={"name": "flow"},
    )


def meaning(graph: Graph) -> tuple[object, ...]:
    """Return what a graph does: its nodes and wires, wherever they stand."""
    nodes = {one.id: (one.type, dict(one.config), one.name) for one in graph.nodes.values()}
    return nodes, set(graph.connections), dict(graph.variables)


def shape(graph: Graph) -> tuple[object, ...]:
    """Return what a graph does with the ids of the ways taken out."""
    flat = flattened(graph)
    short = {one: way[-1] for one, way in flat.origins.items()}
    wires = sorted((short[a], b, short[c], d) for a, b, c, d in flat.graph.connections)
    return sorted((short[one.id], one.type) for one in flat.graph.nodes.values()), wires


def grouped(graph: Graph, *ids: str) -> str:
    made = group(graph, scoped(graph, CATALOG), ids)
    assert made is not None
    graph.apply(made.change)
    return made.node_id


def test_wires_across_the_border_become_ports_and_stay_wired() -> None:
    graph = flow()
    instance = grouped(graph, "read", "check")
    subflow = definition_of(graph, graph.nodes[instance])
    assert subflow is not None
    assert [one.id for one in inputs_of(subflow)] == ["exec_in"]
    assert {one.id for one in outputs_of(subflow)} == {"true", "false", "content"}
    assert ("start", "exec_out", instance, "exec_in") in graph.connections
    assert (instance, "true", "yes", "exec_in") in graph.connections
    ports = scoped(graph, CATALOG).ports("SubflowNode", graph.nodes[instance].config)
    assert [one.name for one in ports.inputs] == ["exec_in"]
    assert {one.name for one in ports.outputs} == {"true", "false", "content"}


def test_templates_outside_follow_the_nodes_that_went_inside_and_back() -> None:
    graph = flow()
    before = meaning(graph)
    instance = grouped(graph, "read", "check")
    assert graph.nodes["yes"].config["message"] == f'{{{{$node["{instance}/read"].content}}}}'
    out = dissolve(graph, instance, last=True)
    assert out is not None
    graph.apply(out.change)
    assert meaning(graph) == before
    assert not graph.subflows


def test_dissolving_puts_every_node_where_it_stood() -> None:
    graph = flow()
    places = {one.id: one.position for one in graph.nodes.values()}
    out = dissolve(graph, grouped(graph, "read", "check", "no"), last=True)
    assert out is not None
    graph.apply(out.change)
    assert {one.id: one.position for one in graph.nodes.values()} == places


def test_frames_and_notes_of_the_selection_go_inside_and_come_out() -> None:
    graph = flow()
    graph.frames["f"] = Frame("f", "Box", node_ids=("read", "check"))
    graph.notes["m"] = Note("m", "Words")
    made = group(graph, CATALOG, ["read", "check"], notes=["m"])
    assert made is not None
    graph.apply(made.change)
    inner = graph.subflows[made.definition_id].graph
    assert not graph.frames
    assert not graph.notes
    assert inner.frames["f"].node_ids == ("read", "check")
    assert inner.notes["m"].text == "Words"
    out = dissolve(graph, made.node_id, last=True)
    assert out is not None
    graph.apply(out.change)
    assert graph.frames["f"].node_ids == ("read", "check")
    assert graph.notes["m"].text == "Words"


@given(CHANCE)
def test_a_subgraph_of_any_selection_means_what_the_graph_meant(chance: Random) -> None:
    graph = some_graph(chance)
    before, flat_before = encode(graph), shape(graph)
    history = History(graph)
    chosen = [one for one in graph.nodes if chance.random() < 0.5]
    made = group(graph, CATALOG, chosen)
    if made is None:
        assert not chosen
        return
    history.do(made.change)
    assert shape(graph) == flat_before
    assert load_bytes(encode(graph), CATALOG).graph == graph
    after = encode(graph)
    out = dissolve(graph, made.node_id, last=True)
    assert out is not None
    history.do(out.change)
    assert shape(graph) == flat_before
    history.undo()
    assert encode(graph) == after
    history.undo()
    assert encode(graph) == before


@given(CHANCE, st.integers(1, 5))
def test_dissolving_everything_gives_the_flat_form_at_any_depth(chance: Random, depth: int) -> None:
    graph = some_graph(chance)
    inner = graph
    for _ in range(depth):
        chosen = [one for one in inner.nodes if chance.random() < 0.7]
        made = group(inner, scoped(graph, CATALOG), chosen)
        if made is None:
            break
        inner.apply(made.change)
        inner = graph.subflows[made.definition_id].graph
    flat = shape(graph)
    assert encode(load_bytes(encode(graph), CATALOG).graph) == encode(graph)
    while any((instance := one).type == "SubflowNode" for one in graph.nodes.values()):
        instance = next(one for one in graph.nodes.values() if one.type == "SubflowNode")
        out = dissolve(graph, instance.id)
        assert out is not None
        graph.apply(out.change)
    assert shape(graph) == flat


def nested(depth: int) -> Graph:
    graph = flow()
    level = graph
    for _ in range(depth):
        made = group(level, scoped(graph, CATALOG), ["read", "check"] if level is graph else [*level.nodes])
        assert made is not None
        level.apply(made.change)
        level = graph.subflows[made.definition_id].graph
    return graph


def test_a_document_four_levels_deep_comes_back_from_its_file_byte_for_byte() -> None:
    graph = nested(4)
    data = encode(graph)
    loaded = load_bytes(data, CATALOG)
    assert len(loaded.graph.subflows) == 4
    assert loaded.graph == graph
    assert encode(loaded.graph) == data
    assert chain_to(loaded.graph, list(graph.subflows)[3]) == chain_to(graph, list(graph.subflows)[3])
    assert len(chain_to(loaded.graph, list(graph.subflows)[3]) or ()) == 4
    assert shape(loaded.graph) == shape(flow())


def test_two_instances_share_a_definition_until_one_is_made_unique() -> None:
    graph = flow()
    first = grouped(graph, "read", "check")
    subflow = next(iter(graph.subflows.values()))
    second = place_instance(graph, subflow, (0, 400))
    graph.apply(second.change)
    assert count_instances(graph, subflow.id) == 2
    change = make_unique(graph, second.node_id)
    assert change is not None
    graph.apply(change)
    assert count_instances(graph, subflow.id) == 1
    other = definition_of(graph, graph.nodes[second.node_id])
    assert other is not None
    assert other.id != subflow.id
    graph.apply(at_level(SetConfig("read", {"file_path": "b.txt"}), other.id))
    assert subflow.graph.nodes["read"].config["file_path"] == "a.txt"
    assert definition_of(graph, graph.nodes[first]) is subflow


def test_a_renamed_port_keeps_its_wires_and_a_removed_one_takes_them_along() -> None:
    graph = flow()
    instance = grouped(graph, "read", "check")
    subflow = next(iter(graph.subflows.values()))
    rename = rename_port(subflow, "true", "Good")
    assert rename is not None
    graph.apply(rename)
    port = scoped(graph, CATALOG).ports("SubflowNode", graph.nodes[instance].config).output("true")
    assert port is not None
    assert port.title == "Good"
    assert (instance, "true", "yes", "exec_in") in graph.connections
    history = History(graph)
    data = encode(graph)
    removal = remove_port(graph, subflow, "true", is_output=True)
    assert removal is not None
    history.do(removal)
    assert (instance, "true", "yes", "exec_in") not in graph.connections
    assert all(one.id != "true" for one in outputs_of(subflow))
    history.undo()
    assert encode(graph) == data


def test_a_promoted_parameter_has_the_original_widget_and_reaches_the_inner_node() -> None:
    graph = flow()
    instance = grouped(graph, "read", "check")
    subflow = next(iter(graph.subflows.values()))
    change = promote(subflow, CATALOG, "read", "file_path")
    assert change is not None
    graph.apply(change)
    catalog = scoped(graph, CATALOG)
    origin = next(
        one for one in CATALOG.params("FileSystemSuperNode", {"action": "Read File"}) if one.name == "file_path"
    )
    shown = next(one for one in catalog.params("SubflowNode", graph.nodes[instance].config) if one.name == "file_path")
    assert (shown.widget, shown.type, shown.title) == (origin.widget, origin.type, origin.title)
    assert shown.default == "a.txt"
    graph.apply(SetConfig(instance, {**graph.nodes[instance].config, "file_path": "mine.txt"}))
    assert inlined(graph).nodes[f"{instance}/read"].config["file_path"] == "mine.txt"


def test_an_input_that_nothing_is_wired_to_takes_what_the_instance_sets() -> None:
    graph = Graph([Node("log", "LogNode", {}, (0, 0))])
    instance = grouped(graph, "log")
    subflow = next(iter(graph.subflows.values()))
    graph.apply(add_port(subflow, is_output=False, name="Greeting"))
    outlet = inputs_of(subflow)[0]
    subflow.graph.apply(_connect(outlet.node, "value", "log", "message"))
    default = set_port(subflow, outlet.id, default="hello")
    assert default is not None
    graph.apply(default)
    assert inlined(graph).nodes[f"{instance}/log"].config["message"] == "hello"
    graph.apply(SetConfig(instance, {**graph.nodes[instance].config, outlet.id: "hi"}))
    assert inlined(graph).nodes[f"{instance}/log"].config["message"] == "hi"


def _connect(*key: str):  # type: ignore[no-untyped-def]
    from casare.model import Connect

    return Connect((Connection(*key),))


def test_a_subgraph_inside_itself_is_found_and_left_as_it_is() -> None:
    graph = flow()
    instance = grouped(graph, "read", "check")
    subflow = next(iter(graph.subflows.values()))
    graph.apply(at_level(place_instance(subflow.graph, subflow, (0, 0)).change, subflow.id))
    assert loops(graph) == [(subflow.id,)]
    flat = inlined(graph)
    assert flat.nodes[f"{instance}/subgraph"].type == "SubflowNode"


def test_wires_keep_their_look_into_a_subgraph_and_out_again() -> None:
    graph = flow()
    bent = {"waypoints": [[450, 40]]}
    faint = {"display": "faint"}
    graph = Graph(
        graph.nodes.values(),
        [
            one._replace(extra=bent if one.target_node == "read" else faint if one.target_node == "yes" else {})
            for one in graph.connections.values()
        ],
    )
    before = {key: wire.extra for key, wire in graph.connections.items()}
    made = group(graph, CATALOG, ["read", "check"])
    assert made is not None
    graph.apply(made.change)
    assert [dict(wire.extra) for wire in graph.incoming(made.node_id).values()] == [bent]
    assert faint in [dict(wire.extra) for wire in graph.outgoing(made.node_id).values()]
    out = dissolve(graph, made.node_id, last=True)
    assert out is not None
    graph.apply(out.change)
    assert {key: wire.extra for key, wire in graph.connections.items()} == before


@given(CHANCE)
def test_making_a_subgraph_leaves_none_that_nobody_uses(chance: Random) -> None:
    graph = some_graph(chance)
    tidied = remove_unused(graph)
    if tidied is not None:
        graph.apply(tidied)
    made = group(graph, CATALOG, chance.sample(list(graph.nodes), chance.randint(0, len(graph.nodes))))
    if made is not None:
        graph.apply(made.change)
    assert unused(graph) == []
