"""The ports and parameters of one node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog, is_control_name, resolve_params, resolve_ports
from casare.sdk import DataType, NodeType, Param, Port, PortKind, PortRule

CONTROL, DATA = PortKind.CONTROL, PortKind.DATA


def names(ports: tuple[Port, ...]) -> list[str]:
    return [port.name for port in ports]


def test_a_switch_has_one_output_per_case_labelled_with_its_value_before_the_default(catalog: Catalog) -> None:
    ports = catalog.ports("SwitchNode", {"cases": ["red", 7]})
    assert names(ports.outputs) == ["case_0", "case_1", "default"]
    assert [port.label for port in ports.outputs] == ["red", "7", ""]
    assert all(port.kind is CONTROL for port in ports.outputs)


def test_a_case_named_after_its_value_is_the_numbered_one_unless_that_number_is_a_case_itself(
    catalog: Catalog,
) -> None:
    ports = catalog.ports("SwitchNode", {"cases": ["red", 0]}, (), ("case_red", "case_0", "case_blue"))
    assert ports.output("case_red") is ports.output("case_0")
    assert names(ports.outputs) == ["case_0", "case_1", "default", "case_blue"]


def test_an_output_is_found_under_its_other_names_and_a_wire_from_one_makes_no_port() -> None:
    spec = NodeType("XNode", "X", "data", outputs=(Port("result", aliases=("sorted", "count")), Port("count")))
    ports = resolve_ports(spec, None, {}, (), ("sorted", "other"))
    assert names(ports.outputs) == ["result", "count", "other"]
    assert ports.output("sorted") is ports.output("result")
    assert "sorted" in ports.output_names
    # A name that an output has wins over the other name of another one.
    assert ports.output("count") == Port("count")


def test_a_member_of_a_family_answers_to_its_own_names(catalog: Catalog) -> None:
    ports = catalog.ports("ListSuperNode", {"action": "Sort"}, (), ("sorted_list",))
    assert ports.output("sorted_list") is ports.output("result")
    assert names(ports.outputs) == ["exec_out", "result"]
    assert catalog.ports("ListSuperNode", {"action": "Slice"}).output("sorted_list") is None


@pytest.mark.parametrize("cases", ["red, green", "red\ngreen\n", '["red, dark", "green"]'])
def test_ports_and_bodies_count_cases_in_the_same_way(catalog: Catalog, cases: str) -> None:
    switch = catalog.implementation("SwitchNode")
    ports = catalog.ports("SwitchNode", {"cases": cases}).outputs
    assert names(ports) == ["case_0", "case_1", "default"]
    assert [switch(port.label, cases=cases) for port in ports[:2]] == ["case_0", "case_1"]


@pytest.mark.parametrize(
    ("cases", "count"),
    [(None, 0), ([], 0), ("red, green", 2), ("a\nb\nc", 3), ("{{colours}}", 0), ({"a": 1}, 1), (["x"] * 500, 100)],
)
def test_cases_written_in_any_way_give_as_many_outputs(catalog: Catalog, cases: object, count: int) -> None:
    assert len(catalog.ports("SwitchNode", {"cases": cases}).outputs) == count + 1


@pytest.mark.parametrize(
    ("count", "branches"),
    [
        (None, 2),
        (3, 3),
        ("4", 4),
        (2.0, 2),
        (0, 2),
        (-5, 2),
        (99, 10),
        (float("nan"), 2),
        (float("inf"), 10),
        (True, 2),
    ],
)
def test_a_fork_has_as_many_branches_as_asked_within_its_limits(catalog: Catalog, count: object, branches: int) -> None:
    found = names(catalog.ports("ForkNode", {"branch_count": count}).outputs)
    assert found == [f"branch_{number}" for number in range(1, branches + 1)]


def test_a_fork_without_configuration_has_the_branches_of_its_default(catalog: Catalog) -> None:
    assert names(catalog.ports("ForkNode", {}).outputs) == ["branch_1", "branch_2"]


def test_a_family_has_the_ports_of_the_member_its_configuration_chooses(catalog: Catalog) -> None:
    read = catalog.ports("FileSystemSuperNode", {"action": "Read File"})
    copy = catalog.ports("FileSystemSuperNode", {"action": "Copy File"})
    assert read == catalog.ports("ReadFileNode", {})
    assert copy == catalog.ports("CopyFileNode", {})
    assert catalog.ports("FileSystemSuperNode", {}) == read


@pytest.mark.parametrize("action", ["Fly To Moon", 5, ["Read File"], {"a": 1}])
def test_a_choice_the_family_does_not_have_leaves_its_control_ports_and_the_wired_ones(
    catalog: Catalog, action: object
) -> None:
    ports = catalog.ports("FileSystemSuperNode", {"action": action}, ("file_path",), ("content",))
    assert names(ports.inputs) == ["exec_in", "file_path"]
    assert names(ports.outputs) == ["exec_out", "content"]


def test_an_unknown_type_has_its_wired_ports_and_nothing_invented(catalog: Catalog) -> None:
    assert catalog.ports("NoSuchNode", {"a": 1}).inputs == ()
    ports = catalog.ports("NoSuchNode", {}, {"exec_in", "text"}, {"case_10", "case_2", "page"})
    assert [(port.name, port.kind) for port in ports.inputs] == [("exec_in", CONTROL), ("text", DATA)]
    assert [(port.name, port.kind) for port in ports.outputs] == [
        ("case_2", CONTROL),
        ("case_10", CONTROL),
        ("page", DATA),
    ]


def test_a_wire_to_an_undeclared_port_of_a_known_type_implies_that_port(catalog: Catalog) -> None:
    ports = catalog.ports("RetryNode", {}, ("exec_in",), ("retry_body", "exec_out"))
    implied = ports.output("exec_out")
    assert implied is not None
    assert implied.kind is CONTROL
    assert [port.kind for port in ports.outputs] == sorted((p.kind for p in ports.outputs), key=lambda k: k is DATA)


def test_an_old_name_of_an_input_finds_the_port_and_implies_no_second_one(catalog: Catalog) -> None:
    ports = catalog.ports("WaitNode", {}, ("seconds",))
    assert names(ports.inputs) == ["exec_in", "duration"]
    assert ports.input("seconds") is ports.input("duration")
    assert ports.input("nothing") is None


def test_nodes_of_one_shape_share_one_ports_object_however_they_are_wired(catalog: Catalog) -> None:
    first = catalog.ports("IfNode", {"condition": "{{a}}"}, ("exec_in",), ("true",))
    assert catalog.ports("IfNode", {"condition": "{{b}}"}, (), ("false",)) is first
    wired = catalog.ports("IfNode", {}, ("exec_in",), ("other", "another"))
    assert catalog.ports("IfNode", {}, (), ("another", "other")) is wired
    switch = catalog.ports("SwitchNode", {"cases": ["a"]})
    assert catalog.ports("SwitchNode", {"cases": ["a"], "value": 1}) is switch
    assert catalog.ports("SwitchNode", {"cases": ["b"]}) is not switch


@given(
    st.sampled_from(["IfNode", "SwitchNode", "ForkNode", "FileSystemSuperNode", "WaitNode", "NoSuchNode"]),
    st.dictionaries(
        st.sampled_from(["action", "cases", "branch_count", "x"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=4),
        max_size=3,
    ),
    st.lists(st.sampled_from(["exec_in", "a", "case_3", "duration", "seconds"]), max_size=4),
    st.lists(st.sampled_from(["exec_out", "true", "case_1", "b"]), max_size=4),
)
def test_remembered_ports_equal_those_worked_out_anew(
    catalog: Catalog, type_id: str, config: dict[str, Any], ins: list[str], outs: list[str]
) -> None:
    spec = catalog.find(type_id)
    member = catalog.member(spec, config) if spec else None
    remembered = catalog.ports(type_id, config, ins, outs)
    assert remembered == resolve_ports(spec, member, config, ins, outs)
    assert all(remembered.input(name) is not None for name in ins)
    assert all(remembered.output(name) is not None for name in outs)
    assert len({port.name for port in remembered.inputs}) == len(remembered.inputs)


@pytest.mark.parametrize("name", ["exec_in", "exec", "body", "case_x", "branch_7", "on_error", "my_exec_path", "true"])
def test_control_ports_are_known_by_name(name: str) -> None:
    assert is_control_name(name)


@pytest.mark.parametrize("name", ["value", "error", "result", "text", "window", "casework"])
def test_other_names_are_data(name: str) -> None:
    assert not is_control_name(name)


def test_every_end_of_every_wire_of_a_real_file_is_a_port_of_the_right_kind(
    catalog: Catalog, sample_file: Path
) -> None:
    content = orjson.loads(sample_file.read_bytes())
    wired_in: dict[str, set[str]] = {}
    wired_out: dict[str, set[str]] = {}
    for wire in content["connections"]:
        wired_out.setdefault(wire["source_node"], set()).add(wire["source_port"])
        wired_in.setdefault(wire["target_node"], set()).add(wire["target_port"])
    assert content["connections"]
    for wire in content["connections"]:
        source, target = (content["nodes"][wire[end]] for end in ("source_node", "target_node"))
        out = catalog.ports(
            source["node_type"], source["config"], wired_in.get(source["node_id"], ()), wired_out[source["node_id"]]
        ).output(wire["source_port"])
        into = catalog.ports(
            target["node_type"], target["config"], wired_in[target["node_id"]], wired_out.get(target["node_id"], ())
        ).input(wire["target_port"])
        assert out is not None
        assert into is not None
        # The only data wire in all real files is the window of a launched application.
        expected = DATA if wire["source_port"] == "window" else CONTROL
        assert (out.kind, into.kind) == (expected, expected)


def test_control_ports_the_flow_samples_use_are_declared_and_not_merely_implied(catalog: Catalog) -> None:
    for type_id, used in {
        "IfNode": {"true", "false"},
        "ForLoopStartNode": {"body", "completed"},
        "WhileLoopStartNode": {"body", "completed"},
        "CatchNode": {"catch_body", "exec_out"},
        "FinallyNode": {"finally_body", "exec_out"},
        "RetryNode": {"retry_body", "success", "failed"},
        "OnErrorNode": {"protected_body", "on_error", "finally"},
        "ValidateNode": {"valid", "invalid"},
    }.items():
        spec = catalog.find(type_id)
        assert spec is not None
        assert used <= {port.name for port in spec.outputs if port.kind is CONTROL}, type_id


def test_parameters_are_the_chooser_then_those_of_the_member_then_what_else_is_set(catalog: Catalog) -> None:
    config = {"action": "Copy File", "source_path": "a", "mystery": 1, "_disabled": True}
    params = catalog.params("FileSystemSuperNode", config)
    assert params[0].name == "action"
    assert "source_path" in [param.name for param in params]
    assert [param.name for param in params][-1] == "mystery"
    assert "_disabled" not in [param.name for param in params]


def test_an_alias_in_the_configuration_is_no_parameter_of_its_own(catalog: Catalog) -> None:
    assert [param.name for param in catalog.params("WaitNode", {"seconds": 3})] == ["duration", "duration_ms"]


def test_an_unknown_type_has_a_parameter_for_each_configuration_key() -> None:
    assert [(param.name, param.type) for param in resolve_params(None, None, {"a": 1, "b": 2})] == [
        ("a", DataType.ANY),
        ("b", DataType.ANY),
    ]


def test_data_ports_made_by_a_rule_can_be_filled_in_as_parameters_too() -> None:
    rule = PortRule("item_", "count", first=1, kind=DATA, output=False, minimum=1)
    spec = NodeType(
        "XNode",
        "X",
        "data",
        inputs=(Port("item_1"),),
        params=(Param("item_1", wired=True), Param("count")),
        rules=(rule,),
    )
    config = {"count": 3, "item_3": "c"}
    assert names(resolve_ports(spec, None, config).inputs) == ["item_1", "item_2", "item_3"]
    assert [(param.name, param.wired) for param in resolve_params(spec, None, config)] == [
        ("item_1", True),
        ("count", False),
        ("item_2", True),
        ("item_3", True),
    ]
