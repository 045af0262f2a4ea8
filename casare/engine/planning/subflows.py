"""What a workflow shows to the outside, and the workflows that lie inside a document beside its own nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casare.model import Connection, Graph, Node

if TYPE_CHECKING:
    from casare.engine.steps.workflow import Workflow


ENTRY: Final = "SubflowEntryNode"
EXIT: Final = "SubflowExitNode"
INPUT: Final = "SubflowInputNode"
OUTPUT: Final = "SubflowOutputNode"
CONTROL: Final = "exec"
"""The type of an outlet that passes the turn."""
_INNER_PORTS: Final = {ENTRY: "exec_out", EXIT: "exec_in", INPUT: "value", OUTPUT: "value"}


class Outlet(NamedTuple):
    """One input, output or parameter of a subflow, and what stands behind it inside."""

    name: str
    node: str
    port: str
    default: Any = None


class Interface(NamedTuple):
    """What can be given to a workflow from outside, and what it gives back, besides its Subflow inputs and outputs."""

    inputs: tuple[Outlet, ...] = ()
    outputs: tuple[Outlet, ...] = ()
    parameters: tuple[Outlet, ...] = ()
    entries: tuple[Outlet, ...] = ()
    """The control inputs: the turn begins at the node behind the one it comes by."""
    exits: tuple[Outlet, ...] = ()
    """The control outputs."""

    def given(self, number: Mapping[str, int]) -> dict[int, dict[str, Outlet]]:
        """Return what is given from outside, by slot and by the input or parameter it takes the place of."""
        found: dict[int, dict[str, Outlet]] = {}
        for one in (*self.inputs, *self.parameters):
            if one.node in number and one.port:
                found.setdefault(number[one.node], {})[one.port] = one
        return found


NOTHING_SHOWN: Final = Interface()


def interface_of(graph: Graph) -> Interface:
    """Return what the file of a subflow declares; any other workflow declares nothing."""
    return _interface(graph.extra) if graph.extra else NOTHING_SHOWN


def definitions_of(graph: Graph) -> Mapping[str, Any]:
    """Return the subflows that lie inside a document, by id, as whoever made the graph keeps them."""
    found = getattr(graph, "subflows", None) or graph.extra.get("subflows")
    return found if isinstance(found, Mapping) else {}


def told_of(graph: Graph) -> list[Any]:
    """Return what of a graph's subflows and its interface a run depends on, as plain values."""
    found: list[Any] = [graph.extra[key] for key in ("inputs", "outputs", "parameters") if key in graph.extra]
    for name, held in definitions_of(graph).items():
        inner = _graph_of(held)
        nodes = [[node.id, node.type, node.config] for node in inner.nodes.values()]
        wires = [list(key) for key in inner.connections]
        found.append([str(name), nodes, wires, inner.variables, inner.settings, repr(shown_by(held))])
    return found


class Embedded:
    """The subflows inside one document, made ready to run when first reached. They may run each other."""

    def __init__(self, root: Workflow, definitions: Mapping[str, Any]) -> None:
        self._root = root
        self._definitions = definitions
        self._ready: dict[str, Workflow] = {}

    def find(self, reference: str) -> Workflow | None:
        """Return the subflow of this id, or None. Raises CompileError when it cannot be run."""
        found = self._ready.get(reference)
        if found is None and reference in self._definitions:
            found = self._ready[reference] = self._make(reference)
        return found

    def _make(self, reference: str) -> Workflow:
        from casare.engine.planning.compiling import compile_graph
        from casare.engine.steps.workflow import Workflow

        held = self._definitions[reference]
        graph, catalog = _graph_of(held), self._root.catalog
        path: Path | None = self._root.path
        made = Workflow(
            graph,
            compile_graph(graph, catalog).plan,
            catalog,
            name=_name_of(held) or reference,
            path=path,
            interface=shown_by(held),
            inside=reference,
        )
        made.embedded = self
        return made


def _graph_of(held: Any) -> Graph:
    if not isinstance(held, Mapping):
        return held.graph  # type: ignore[no-any-return]
    nodes = [
        Node(str(name), str(told.get("node_type", "")), told.get("config") or {})
        for name, told in (held.get("nodes") or {}).items()
        if isinstance(told, Mapping)
    ]
    known = {node.id for node in nodes}
    wires = [
        Connection(
            str(told.get("source_node")),
            str(told.get("source_port")),
            str(told.get("target_node")),
            str(told.get("target_port")),
        )
        for told in held.get("connections") or ()
        if isinstance(told, Mapping)
    ]
    return Graph(
        nodes,
        [wire for wire in wires if wire.source_node in known and wire.target_node in known],
        variables=held.get("variables"),
        settings=held.get("settings"),
    )


def _name_of(held: Any) -> str:
    return str(held.get("name") or "") if isinstance(held, Mapping) else str(held.interface.name)


def shown_by(held: Any) -> Interface:
    """Return what a subflow inside a document shows: what its interface lists, then its other boundary nodes."""
    if isinstance(held, Mapping):
        return _interface(held)
    shown, nodes = held.interface, held.graph.nodes
    known = {one.node for one in (*shown.inputs, *shown.outputs)}
    unlisted: dict[str, list[Outlet]] = {}
    for node in nodes.values():
        if node.type in _INNER_PORTS and node.id not in known:
            unlisted.setdefault(node.type, []).append(Outlet(node.id, node.id, _INNER_PORTS[node.type]))
    return Interface(
        (*_listed(shown.inputs, control=False), *unlisted.get(INPUT, ())),
        (*_listed(shown.outputs, control=False), *unlisted.get(OUTPUT, ())),
        tuple(Outlet(one.id, one.node, one.param, one.default) for one in shown.parameters),
        (*_listed(shown.inputs, control=True), *unlisted.get(ENTRY, ())),
        (*_listed(shown.outputs, control=True), *unlisted.get(EXIT, ())),
    )


def _listed(outlets: Iterable[Any], *, control: bool) -> list[Outlet]:
    return [
        Outlet(one.id, one.node, one.port, getattr(one, "default", None))
        for one in outlets
        if (one.type == CONTROL) is control
    ]


def _interface(told: Mapping[str, Any]) -> Interface:
    return Interface(
        _outlets(told.get("inputs"), "internal_port_name", control=False),
        _outlets(told.get("outputs"), "internal_port_name", control=False),
        _outlets(told.get("parameters"), "internal_property_name", control=False),
        _outlets(told.get("inputs"), "internal_port_name", control=True),
        _outlets(told.get("outputs"), "internal_port_name", control=True),
    )


def _outlets(told: Any, port: str, *, control: bool) -> tuple[Outlet, ...]:
    held: Iterable[Any] = told if isinstance(told, list) else ()
    return tuple(
        Outlet(str(one["name"]), str(one.get("internal_node_id") or ""), str(one.get(port) or ""), _default(one))
        for one in held
        if isinstance(one, Mapping) and one.get("name") and _is_control(one) is control
    )


def _is_control(one: Mapping[str, Any]) -> bool:
    return str(one.get("data_type") or one.get("type") or "").lower() == CONTROL


def _default(one: Mapping[str, Any]) -> Any:
    return one.get("default_value", one.get("default"))
