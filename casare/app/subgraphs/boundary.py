"""Where the inside of a subgraph meets the outside: boundary nodes, and the ports they make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casare.app.subgraphs.instances import ID_KEY, INSTANCE, NAME_KEY, definition_of, instances_in
from casare.model import Node, Outlet, Subflow

ENTRY: Final = "SubflowEntryNode"
EXIT: Final = "SubflowExitNode"
INPUT: Final = "SubflowInputNode"
OUTPUT: Final = "SubflowOutputNode"

__all__ = [
    "CONTROL",
    "DEFAULT_KEY",
    "ENTRY",
    "EXIT",
    "ID_KEY",
    "INNER_PORT",
    "INPUT",
    "INSTANCE",
    "ISOLATION_KEY",
    "NAME_KEY",
    "OUTPUT",
    "PORT_KEY",
    "SHARED",
    "definition_of",
    "inputs_of",
    "instances_in",
    "is_boundary",
    "outputs_of",
]

CONTROL: Final = "exec"
"""The type of an outlet that passes the turn."""
PORT_KEY: Final = "port_name"
DEFAULT_KEY: Final = "default_value"
ISOLATION_KEY: Final = "isolation"
SHARED: Final = "shared"
"""What an instance sees when it says nothing else: the variables around it, as before the nodes went inside."""

INNER_PORT: Final = {ENTRY: "exec_out", EXIT: "exec_in", INPUT: "value", OUTPUT: "value"}
"""The port of a boundary node that is wired inside."""
_INWARD: Final = (ENTRY, INPUT)
_OUTWARD: Final = (EXIT, OUTPUT)


def is_boundary(node: Node) -> bool:
    """Tell whether a node stands for a port of the subgraph it is in."""
    return node.type in INNER_PORT


def inputs_of(subflow: Subflow) -> tuple[Outlet, ...]:
    """Return the input ports of a subgraph: those its interface lists, then those of other boundary nodes inside."""
    return _outlets(subflow, subflow.interface.inputs, _INWARD)


def outputs_of(subflow: Subflow) -> tuple[Outlet, ...]:
    """Return the output ports of a subgraph: those its interface lists, then those of other boundary nodes inside."""
    return _outlets(subflow, subflow.interface.outputs, _OUTWARD)


def _outlets(subflow: Subflow, listed: tuple[Outlet, ...], kinds: tuple[str, ...]) -> tuple[Outlet, ...]:
    nodes = subflow.graph.nodes
    found: dict[str, Outlet] = {}
    covered: set[str] = set()
    for outlet in listed:
        node = nodes.get(outlet.node)
        if node is None:
            # What stood behind the port was deleted; an undo brings both back.
            continue
        if is_boundary(node):
            if node.type not in kinds:
                continue
            covered.add(node.id)
            found[outlet.id] = outlet._replace(name=_name(node) or outlet.name)
        else:
            found[outlet.id] = outlet
    for node in _unlisted(subflow, covered, kinds):
        outlet_id = node.id if node.id not in found else f"{node.id}_port"
        kind = CONTROL if node.type in (ENTRY, EXIT) else "any"
        found[outlet_id] = Outlet(outlet_id, _name(node), kind, node.id, INNER_PORT[node.type])
    return tuple(found.values())


def _unlisted(subflow: Subflow, covered: set[str], kinds: tuple[str, ...]) -> Iterator[Node]:
    return (node for node in subflow.graph.nodes.values() if node.type in kinds and node.id not in covered)


def _name(node: Node) -> str:
    name = node.config.get(PORT_KEY)
    return name if isinstance(name, str) else ""
