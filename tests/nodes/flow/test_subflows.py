"""Workflows inside workflows: what can be said without an engine."""

from __future__ import annotations

import pytest

from casare.catalog import Catalog
from casare.nodes.flow.subflows import call_subworkflow, execute_workflow, subflow, subflow_input, subflow_output
from casare.sdk import NodeError, PortKind, Role


def test_a_subflow_called_without_an_engine_says_so_instead_of_pretending() -> None:
    with pytest.raises(NodeError, match="cannot start another workflow"):
        subflow(subflow_path="a.json")
    with pytest.raises(NodeError, match="cannot start another workflow"):
        call_subworkflow(subworkflow_id="a")
    with pytest.raises(NodeError, match="cannot start another workflow"):
        execute_workflow(workflow_path="a.json")


@pytest.mark.parametrize("type_id", ["SubflowNode", "CallSubworkflowNode", "ExecuteWorkflowNode"])
def test_a_subflow_node_has_a_way_out_for_errors_and_the_ports_of_its_wires(catalog: Catalog, type_id: str) -> None:
    spec = catalog.find(type_id)
    assert spec is not None
    assert spec.role is Role.SUBFLOW
    ports = catalog.ports(type_id, {}, ("customer",), ("order",))
    error, customer, order = ports.output("error"), ports.input("customer"), ports.output("order")
    assert error is not None
    assert error.kind is PortKind.CONTROL
    assert customer is not None
    assert customer.kind is PortKind.DATA
    assert order is not None


def test_a_subflow_input_gives_its_default_until_the_engine_gives_more() -> None:
    assert subflow_input(port_name="customer", default_value=7).value == 7
    assert subflow_output(3, port_name="order") is None


@pytest.mark.parametrize("type_id", ["SubflowInputNode", "SubflowOutputNode"])
def test_the_markers_of_a_subflow_have_no_control_ports(catalog: Catalog, type_id: str) -> None:
    ports = catalog.ports(type_id, {})
    assert all(port.kind is PortKind.DATA for port in (*ports.inputs, *ports.outputs))
