"""The flat form of a document: every instance of a subgraph replaced by the nodes inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from casare.app.editing.parameters import DISABLED
from casare.app.subgraphs.boundary import (
    CONTROL,
    DEFAULT_KEY,
    INPUT,
    INSTANCE,
    ISOLATION_KEY,
    SHARED,
    definition_of,
    inputs_of,
    is_boundary,
    outputs_of,
)
from casare.app.subgraphs.nesting import MOST_LEVELS
from casare.catalog import Catalog
from casare.expressions import Reference, rename_references
from casare.model import Connection, Graph, Node, Outlet, Subflow

JOINT: Final = "/"
"""Between the id of an instance and that of a node inside, in the flat form."""


_OF_ENGINE: Final = frozenset({"_batch", "_timeout", "_retries", "_on_error"})
"""Settings of an instance that are about all of its inside together."""


_FAILED: Final = "error"
"""The control output of every instance that its inside knows nothing of."""


class Flat(NamedTuple):
    """A graph without instances, and where its nodes come from: ids of instances from the outside in, then its own."""

    graph: Graph
    origins: Mapping[str, tuple[str, ...]]


class _Joint(NamedTuple):
    """A port of an instance, where an outer wire and an inner one meet."""

    instance: str
    outlet: str
    is_output: bool


_End = tuple[str, str]
_Place = _End | _Joint


def inlined(graph: Graph, catalog: Catalog | None = None) -> Graph:
    """Return the graph that does what `graph` does, without instances; nodes inside get the id `instance/inner`.

    Frames and notes are left out. An instance that is disabled, that stands for nothing, or that lies inside itself
    stays as it is, and so does one that asks for variables of its own or goes on where it has failed; the subgraphs are
    kept for those.
    """
    return flattened(graph).graph if graph.subflows else graph


def flattened(graph: Graph) -> Flat:
    """Return the flat form of a document with the way to each node; see `inlined`."""
    return _Flattening(graph).made()


def opened_once(graph: Graph, instance: str) -> Flat:
    """Return one level with a single instance replaced by what is inside of it; its nodes are `instance/inner`."""
    return _Flattening(graph, only=instance).made()


class _Flattening:
    def __init__(self, graph: Graph, only: str = "") -> None:
        self._graph = graph
        self._only = only
        self._nodes: dict[str, Node] = {}
        self._origins: dict[str, tuple[str, ...]] = {}
        self._wires: dict[_Place, list[tuple[_Place, Connection | None]]] = {}
        self._constants: dict[_Joint, Any] = {}
        self._inputs: dict[str, _Joint] = {}
        """Boundary inputs by their flat id, for templates that read them."""
        self._variables: dict[str, Any] = dict(graph.variables)
        self._known_sources: dict[_Joint, list[_Place]] | None = None

    def made(self) -> Flat:
        self._level(self._graph, "", (), {}, ())
        flat = Graph(
            (),
            (),
            metadata=self._graph.metadata,
            variables=self._variables,
            settings=self._graph.settings,
            extra=self._graph.extra,
        )
        wires, fed = self._joined()
        for node in self._nodes.values():
            config = self._resolved(node.config)
            more = {port: value for port, value in fed.get(node.id, {}).items() if port not in config}
            flat.nodes[node.id] = node._replace(config={**config, **more} if more else config)
        flat.connections.update((wire.key, wire) for wire in wires)
        if any(node.type == INSTANCE for node in flat.nodes.values()):
            flat.subflows = self._graph.subflows
        return Flat(flat, self._origins)

    def _level(
        self,
        graph: Graph,
        prefix: str,
        way: tuple[str, ...],
        given: Mapping[str, dict[str, Any]],
        chain: tuple[str, ...],
    ) -> None:
        """Lay out one level. `given` are promoted values by the node inside."""
        names = {one: prefix + one for one in graph.nodes} if prefix else {}
        opened: dict[str, Subflow] = {}
        boundary: dict[str, _Joint] = {}
        if chain:
            boundary = self._boundary(graph, prefix, chain[-1])
        for node in graph.nodes.values():
            if node.id in boundary:
                continue
            subflow = self._subflow(graph, node, chain)
            # What is given comes from outside, where names mean what they mean there.
            config = {**renamed_config(node.config, names), **given.get(node.id, {})}
            flat_id = prefix + node.id
            if subflow is None:
                self._nodes[flat_id] = node._replace(id=flat_id, config=config)
                self._origins[flat_id] = (*way, node.id)
                continue
            opened[node.id] = subflow
            self._open(subflow, flat_id, (*way, node.id), config, chain)
        for wire in graph.connections.values():
            self._wire(wire, prefix, opened, boundary)

    def _open(
        self, subflow: Subflow, flat_id: str, way: tuple[str, ...], config: dict[str, Any], chain: tuple[str, ...]
    ) -> None:
        values: dict[str, dict[str, Any]] = {}
        for one in subflow.interface.parameters:
            value = config.get(one.id, one.default)
            if value is not None and one.node in subflow.graph.nodes:
                values.setdefault(one.node, {})[one.param] = value
        for name, value in subflow.graph.variables.items():
            self._variables.setdefault(name, value)
        for outlet in inputs_of(subflow):
            self._join(subflow, outlet, flat_id, is_output=False)
            value = config.get(outlet.id, outlet.default) if outlet.type != CONTROL else None
            node = subflow.graph.nodes[outlet.node]
            if value is None and node.type == INPUT:
                value = node.config.get(DEFAULT_KEY)
            if value is not None:
                self._constants[_Joint(flat_id, outlet.id, False)] = value
        for outlet in outputs_of(subflow):
            self._join(subflow, outlet, flat_id, is_output=True)
        self._level(subflow.graph, flat_id + JOINT, way, values, (*chain, subflow.id))

    def _join(self, subflow: Subflow, outlet: Outlet, flat_id: str, *, is_output: bool) -> None:
        """Tie a port that stands for a port of an ordinary node inside to that port."""
        node = subflow.graph.nodes[outlet.node]
        if is_boundary(node):
            return
        joint = _Joint(flat_id, outlet.id, is_output)
        inner: _Place = (flat_id + JOINT + node.id, outlet.port)
        deeper = definition_of(subflow.graph, node)
        if deeper is not None:
            inner = _Joint(flat_id + JOINT + node.id, outlet.port, is_output)
        start, end = (inner, joint) if is_output else (joint, inner)
        self._wires.setdefault(start, []).append((end, None))

    def _boundary(self, graph: Graph, prefix: str, definition_id: str) -> dict[str, _Joint]:
        subflow, instance = self._graph.subflows[definition_id], prefix.removesuffix(JOINT)
        found: dict[str, _Joint] = {}
        for outlets, is_output in ((inputs_of(subflow), False), (outputs_of(subflow), True)):
            for outlet in outlets:
                if is_boundary(graph.nodes[outlet.node]):
                    found[outlet.node] = _Joint(instance, outlet.id, is_output)
                    if not is_output and outlet.type != CONTROL:
                        self._inputs[prefix + outlet.node] = found[outlet.node]
        return found

    def _subflow(self, graph: Graph, node: Node, chain: tuple[str, ...]) -> Subflow | None:
        subflow = definition_of(graph, node)
        if self._only:
            return subflow if node.id == self._only and not chain else None
        if subflow is None or subflow.id in chain or len(chain) >= MOST_LEVELS or node.config.get(DISABLED):
            return None
        # With variables of its own, run many times or again, or with a way for failures, it needs what only the engine
        # makes around it.
        alone = node.config.get(ISOLATION_KEY, SHARED) == SHARED and _OF_ENGINE.isdisjoint(node.config)
        return subflow if alone and not _has_way_for_failures(graph, node, subflow) else None

    def _wire(
        self, wire: Connection, prefix: str, opened: Mapping[str, Subflow], boundary: Mapping[str, _Joint]
    ) -> None:
        start: _Place = (prefix + wire.source_node, wire.source_port)
        end: _Place = (prefix + wire.target_node, wire.target_port)
        if wire.source_node in opened:
            start = _Joint(prefix + wire.source_node, wire.source_port, True)
        elif wire.source_node in boundary:
            start = boundary[wire.source_node]
        if wire.target_node in opened:
            end = _Joint(prefix + wire.target_node, wire.target_port, False)
        elif wire.target_node in boundary:
            end = boundary[wire.target_node]
        self._wires.setdefault(start, []).append((end, wire))

    def _joined(self) -> tuple[list[Connection], dict[str, dict[str, Any]]]:
        """Return the wires between real ports, and the constants that reach a real port through joints."""
        wires: dict[tuple[str, str, str, str], Connection] = {}
        for start in self._wires:
            if isinstance(start, _Joint):
                continue
            for end, wire in self._ends(start):
                extra = wire.extra if wire is not None else {}
                made = Connection(*start, *end, extra)
                wires.setdefault(made.key, made)
        fed: dict[str, dict[str, Any]] = {}
        wired = {key[2:] for key in wires}
        for joint, value in self._constants.items():
            for end, _ in self._ends(joint):
                if end not in wired:
                    fed.setdefault(end[0], {}).setdefault(end[1], value)
        return list(wires.values()), fed

    def _ends(self, start: _Place) -> Iterator[tuple[_End, Connection | None]]:
        waiting = list(reversed(self._wires.get(start, [])))
        seen: set[_Place] = set()
        while waiting:
            end, wire = waiting.pop()
            if not isinstance(end, _Joint):
                yield end, wire
            elif end not in seen:
                seen.add(end)
                waiting += reversed([(place, one or wire) for place, one in self._wires.get(end, [])])

    def _resolved(self, config: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a configuration whose templates name real nodes instead of ports of instances."""
        return rename_references(config, self._meant)  # type: ignore[no-any-return]

    def _meant(self, reference: Reference) -> Reference:
        root, port, tail = reference.root, reference.port, reference.rest
        seen: set[_Joint] = set()
        while port:
            after = tail.removeprefix(f".{port}")
            joint = self._inputs[root] if root in self._inputs and port == "value" else _Joint(root, port, True)
            sources = self._sources().get(joint, ())
            if joint in seen or not sources:
                return self._constant(joint, after) or Reference(root, tail)
            seen.add(joint)
            source = sources[0]
            if not isinstance(source, _Joint):
                return Reference(source[0], f".{source[1]}{after}")
            if source.is_output:
                root, port = source.instance, source.outlet
            else:
                inner = next((one for one, held in self._inputs.items() if held == source), "")
                root, port = inner, "value" if inner else ""
            tail = f".{port}{after}"
        return reference

    def _constant(self, joint: _Joint, after: str) -> Reference | None:
        """Return what stands for the fixed value of an input in a template: a variable of the flat form."""
        if joint not in self._constants:
            return None
        name = re.sub(r"\W", "_", f"_{joint.instance}_{joint.outlet}")
        self._variables.setdefault(name, self._constants[joint])
        return Reference(name, after)

    def _sources(self) -> dict[_Joint, list[_Place]]:
        if self._known_sources is None:
            self._known_sources = {}
            for start, ends in self._wires.items():
                for end, _ in ends:
                    if isinstance(end, _Joint):
                        self._known_sources.setdefault(end, []).append(start)
        return self._known_sources


def _has_way_for_failures(graph: Graph, node: Node, subflow: Subflow) -> bool:
    own = any(outlet.id == _FAILED for outlet in outputs_of(subflow))
    return not own and any(key[1] == _FAILED for key in graph.outgoing(node.id))


def renamed_config(config: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a configuration in which what refers to a node refers to it by its new id."""
    return {
        key: renamed_path(value, names)
        if key.startswith("paired_") and isinstance(value, str)
        else rename_references(value, lambda one: one._replace(root=renamed_path(one.root, names)))
        for key, value in config.items()
    }


def renamed_path(path: str, names: Mapping[str, str]) -> str:
    """Return a way to a node (`id`, or `instance/inner`) with its longest beginning in `names` renamed."""
    head, joint = path, JOINT
    while joint:
        if head in names:
            return names[head] + path[len(head) :]
        head, joint, _ = head.rpartition(JOINT)
    return path
