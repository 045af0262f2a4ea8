"""The nodes of a graph with what their types say, looked up once per type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from casare.app.documents.parameters import checker_of
from casare.app.editing.parameters import DISABLED
from casare.app.subgraphs.instances import INSTANCE, definition_of
from casare.catalog import Catalog, NodePorts, is_control_name
from casare.model import Connection, Graph, Node
from casare.sdk import NodeType, Param, PortKind, Role, Widget

_EMPTY_IS_NOTHING: Final = frozenset({Widget.FILE, Widget.SAVE_FILE, Widget.FOLDER, Widget.VARIABLE, Widget.NODE})


class Checked(NamedTuple):
    """A parameter with the check of its values, None when it takes whatever there is."""

    param: Param
    check: Callable[[Any], str | None] | None


class Kind:
    """What checks need to know of one type; `spec` is None for an unknown type or an unknown choice of a family."""

    __slots__ = (
        "by_key",
        "control_outputs",
        "has_control",
        "naming",
        "pairing",
        "required",
        "role",
        "spec",
        "statements",
        "static_ports",
    )

    def __init__(self, spec: NodeType | None, params: tuple[Param, ...], static_ports: NodePorts | None) -> None:
        self.spec = spec
        self.role = spec.role if spec else Role.WORK
        self.static_ports = static_ports
        """The ports of every node of this kind, or None when they depend on its configuration."""
        self.has_control = spec is not None and any(
            port.kind is PortKind.CONTROL for port in (*spec.inputs, *spec.outputs)
        )
        self.control_outputs: dict[str, bool] = {}
        """Output port to whether it passes the turn, for kinds whose ports do not vary; grows as ports are met."""
        self.by_key: dict[str, Checked] = {}
        for param in params:
            entry = Checked(param, checker_of(param))
            for key in (param.name, *param.aliases):
                self.by_key.setdefault(key, entry)
        self.required = tuple(param for param in params if param.required)
        self.naming = tuple(
            param for param in params if param.widget is Widget.VARIABLE or param.name.endswith(("_var", "_variable"))
        )
        """Parameters that hold the name of a variable."""
        self.pairing = tuple(param for param in params if param.widget is Widget.NODE)
        """Parameters that hold the id of a node."""
        self.statements = tuple(param for param in params if param.language == "sql")
        """Parameters whose texts are SQL."""


class Survey:
    """A graph, its catalog, and the kind of each node."""

    def __init__(
        self,
        graph: Graph,
        catalog: Catalog,
        *,
        given: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.graph = graph
        self.around: frozenset[str] = frozenset()
        """Names that other levels of the document bring in: variables, and nodes of the levels around."""
        self.anything = False
        """Whether a node of another level sets names that only the run knows."""
        self.given = given
        """Parameters that are given from outside, as pairs of a node and the parameter's name."""
        self._catalog = catalog
        self._kinds: dict[Any, Kind] = {}
        self._families: dict[str, NodeType] = {}
        self.kinds: dict[str, Kind] = {node_id: self._kind(node) for node_id, node in graph.nodes.items()}
        self._idle = {
            node_id
            for node_id, node in graph.nodes.items()
            if node.config.get(DISABLED) or self.kinds[node_id].role is Role.COMMENT
        }

    def ports(self, node: Node) -> NodePorts:
        """Return the ports of a node, without those that only its wires imply."""
        found = self.kinds[node.id].static_ports
        return found if found is not None else self._catalog.ports(node.type, node.config)

    def is_control(self, wire: Connection) -> bool:
        """Tell whether a wire passes the turn. A port that nobody declares is judged by its name."""
        known = self.kinds[wire.source_node].control_outputs
        found = known.get(wire.source_port)
        if found is None:
            port = self.ports(self.graph.nodes[wire.source_node]).output(wire.source_port)
            found = port.kind is PortKind.CONTROL if port is not None else is_control_name(wire.source_port)
            if self.kinds[wire.source_node].static_ports is not None:
                known[wire.source_port] = found
        return found

    def title(self, node_id: str) -> str:
        """Return what to call a node in a message."""
        node = self.graph.nodes[node_id]
        spec = self.kinds[node_id].spec
        return node.name or (spec.title if spec else node.type)

    def idle(self, node_id: str) -> bool:
        """Tell whether a node is a comment or switched off, so that nothing in it matters."""
        return node_id in self._idle

    def _kind(self, node: Node) -> Kind:
        family = self._families.get(node.type)
        key: Any = (node.type, str(node.config.get(family.member_param))) if family else node.type
        found = self._kinds.get(key) if node.type != INSTANCE else None
        if found is not None:
            return found
        spec = self._catalog.find(node.type)
        if spec is None:
            found = self._kinds[key] = Kind(None, (), None)
            return found
        if spec.member_param and family is None:
            self._families[node.type] = spec
            return self._kind(node)
        member = self._catalog.member(spec, node.config)
        if member is not None and not spec.member_param:
            return self._own_kind(node, member)
        shown = member if spec.member_param else spec
        chooser = tuple(param for param in spec.params if param.name == spec.member_param)
        others = tuple(param for param in (shown.params if shown else ()) if param.name != spec.member_param)
        static = self._catalog.ports(node.type, node.config) if shown is not None and not shown.rules else None
        found = self._kinds[key] = Kind(shown, (*chooser, *others), static)
        return found

    def _own_kind(self, node: Node, own: NodeType) -> Kind:
        """Return the kind of an instance of a subgraph, which has a type of its own."""
        found = self._kinds.get((node.type, own.id))
        if found is None:
            ports = self._catalog.ports(node.type, node.config)
            found = self._kinds[node.type, own.id] = Kind(own, own.params, ports)
        return found

    def is_known(self, name: str) -> bool:
        """Tell whether a name stands for a node here, one inside an instance here, or something around this level."""
        graph, rest = self.graph, name
        while rest not in graph.nodes:
            first, inside, rest = rest.partition("/")
            subflow = definition_of(graph, graph.nodes[first]) if inside and first in graph.nodes else None
            if subflow is None:
                return self.anything or name.partition("/")[0] in self.around
            graph = subflow.graph
        return True


def is_set(param: Param, config: Mapping[str, Any]) -> bool:
    """Tell whether a configuration gives a parameter a value that counts."""
    for key in (param.name, *param.aliases):
        if key in config:
            value = config[key]
            if value is not None and not (value == "" and param.widget in _EMPTY_IS_NOTHING):
                return True
    return False
