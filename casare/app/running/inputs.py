"""What a workflow can be run with: its variables and the inputs it has as a subflow, as fields to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casare.app.running.launch import Launch
from casare.model import Graph
from casare.sdk import DataType, Param, Widget

_INPUT: Final = "SubflowInputNode"
_KINDS: Final[Mapping[str, tuple[DataType, Widget]]] = {
    "string": (DataType.TEXT, Widget.TEXT),
    "text": (DataType.TEXT, Widget.TEXT),
    "integer": (DataType.INTEGER, Widget.INTEGER),
    "float": (DataType.NUMBER, Widget.NUMBER),
    "number": (DataType.NUMBER, Widget.NUMBER),
    "boolean": (DataType.BOOLEAN, Widget.BOOLEAN),
    "list": (DataType.LIST, Widget.JSON),
    "datatable": (DataType.LIST, Widget.JSON),
    "dict": (DataType.DICT, Widget.JSON),
}
_ANY: Final = (DataType.ANY, Widget.ANY)


class RunInput(NamedTuple):
    """One value that a run can be started with."""

    key: str
    """The name of the variable, or the id of the node that takes the input in."""
    param: Param
    """How it is filled in; its default is what the workflow starts with."""
    type_name: str
    secret: bool = False
    is_port: bool = False
    """Whether it comes in by a Subflow input instead of being a variable."""


def inputs_of(graph: Graph) -> list[RunInput]:
    """Return what a person can fill in before a run: Subflow inputs, then variables, in the order of the file.

    A variable that is read only keeps its value and is left out.
    """
    ports = [_port(node.id, node.config) for node in graph.nodes.values() if node.type == _INPUT]
    told = [_variable(name, held) for name, held in graph.variables.items()]
    return [*ports, *(one for one in told if one is not None)]


def launch_with(inputs: list[RunInput], values: Mapping[str, Any]) -> Launch:
    """Return the launch of a whole workflow with these values, by the keys of the inputs; others keep their default."""
    variables = {one.key: values[one.key] for one in inputs if one.key in values and not one.is_port}
    pinned = {one.key: {"value": values[one.key]} for one in inputs if one.key in values and one.is_port}
    what = "With other values" if variables or pinned else "Whole workflow"
    return Launch(what, variables=variables, pinned=pinned)


def _port(node_id: str, config: Mapping[str, Any]) -> RunInput:
    name = str(config.get("port_name") or "input")
    type_name = str(config.get("data_type") or config.get("type") or "any")
    return RunInput(node_id, _param(name, type_name, config.get("default_value"), ""), type_name.lower(), is_port=True)


def _variable(name: str, held: Any) -> RunInput | None:
    if not isinstance(held, Mapping) or not {"default_value", "value", "type"} & held.keys():
        type_name = type(held).__name__
        named = {"str": "string", "int": "integer", "bool": "boolean"}.get(type_name, type_name)
        return RunInput(name, _param(name, named, held, ""), named)
    if held.get("readonly"):
        return None
    type_name = str(held.get("type") or "any").lower()
    secret = bool(held.get("sensitive"))
    default = held.get("default_value", held.get("value"))
    return RunInput(name, _param(name, type_name, default, str(held.get("description") or "")), type_name, secret)


def _param(name: str, type_name: str, default: Any, told: str) -> Param:
    data_type, widget = _KINDS.get(type_name.lower(), _ANY)
    return Param(name, type=data_type, widget=widget, default=default, label=name, help=told)
