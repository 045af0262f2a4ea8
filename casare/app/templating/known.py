"""What the names around a node stand for before it runs: starting values of variables, outputs of the last run."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casare.app.documents.level import Level
from casare.app.documents.parameters import key_of
from casare.expressions import UNKNOWN, Absent
from casare.expressions.names import word_for
from casare.model import Graph
from casare.sdk import DataType, PortKind, Widget

Outputs = Mapping[str, Mapping[str, Any]]
"""What nodes gave last, by node id and output."""

MOST_UPSTREAM: Final = 200
"""How many nodes upstream are offered, nearest first: nobody reads a longer list, and the search stays short."""


class Known:
    """The names that an expression in one node may use; a `Names` for the expressions."""

    def __init__(self, variables: Mapping[str, Any], nodes: Mapping[str, Mapping[str, str]], outputs: Outputs) -> None:
        self.variables = variables
        """Each variable with the value it starts with."""
        self.nodes = nodes
        """The nodes upstream, nearest first, each with its outputs and a word for the type of each."""
        self.outputs = outputs

    def value(self, root: str) -> Any:
        """Return the value of a name, `UNKNOWN` when there is none, an `Absent` when nobody knows it yet."""
        if root in self.variables:
            return self.variables[root]
        if root in self.outputs:
            return self.outputs[root]
        if root in self.nodes:
            return Absent(self.nodes[root])
        return Absent() if root.startswith("$") else UNKNOWN

    def known(self) -> Mapping[str, str]:
        """Return every name with a word for its type."""
        return {
            **{name: word_for(value) for name, value in self.variables.items()},
            **dict.fromkeys(self.nodes, "node"),
        }


def known_names(document: Level, node_id: str, outputs: Outputs | None = None) -> Known:
    """Return what may be named in the parameters of a node; `outputs` are those of the last run, if there was one."""
    graph, catalog = document.graph, document.catalog
    nodes: dict[str, Mapping[str, str]] = {}
    before = list(_upstream(graph, node_id))
    for other in before:
        node = graph.nodes[other]
        ports = catalog.ports(
            node.type,
            node.config,
            [key[3] for key in graph.incoming(other)],
            [key[1] for key in graph.outgoing(other)],
        )
        data = {port.name: _word(port.type) for port in ports.outputs if port.kind is PortKind.DATA}
        if data:
            nodes[other] = data
    variables: dict[str, Any] = {name: Absent() for name in _set_by(document, before)}
    variables.update(
        (name, _start_of(told)) for name, told in {**document.document.graph.variables, **graph.variables}.items()
    )
    held = {key: outputs[key] for key in nodes if key in outputs} if outputs is not None else {}
    return Known(variables, nodes, held)


def _upstream(graph: Graph, node_id: str) -> Iterator[str]:
    """Give the nodes that run before one, by any wire, nearest first."""
    seen = {node_id}
    waiting = deque([node_id])
    while waiting and len(seen) <= MOST_UPSTREAM:
        for key in graph.incoming(waiting.popleft()):
            if key[0] not in seen and key[0] in graph.nodes:
                seen.add(key[0])
                waiting.append(key[0])
                yield key[0]


def _set_by(document: Level, node_ids: Sequence[str]) -> Iterator[str]:
    """Give the variables that these nodes name in their parameters: what they set holds a value from then on."""
    for node_id in node_ids:
        node = document.graph.nodes[node_id]
        spec = document.catalog.find(node.type)
        for param in spec.params if spec is not None else ():
            if param.widget is Widget.VARIABLE:
                value = node.config.get(key_of(param, node.config), param.default)
                if isinstance(value, str) and value.isidentifier():
                    yield value


def _start_of(told: Any) -> Any:
    """Return the value a variable starts with, from its declaration in the file."""
    if isinstance(told, Mapping):
        return told.get("default_value", told.get("value"))
    return told


def _word(kind: DataType) -> str:
    return kind.value.lower()
