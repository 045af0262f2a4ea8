"""Where the nodes of a run are in its document: a run knows them as `instance/inner`, a level by their own ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from casare.app.subgraphs.boundary import INPUT, definition_of, inputs_of, is_boundary, outputs_of
from casare.app.subgraphs.inlining import JOINT
from casare.app.subgraphs.nesting import MOST_LEVELS
from casare.model import Graph, Node

Way = tuple[str, ...]
"""The instances that lead to a level, the outermost first."""
_ARROW: Final = " › "


class Place(NamedTuple):
    """A node of a document, found by the instances around it."""

    way: Way
    node_id: str


class Source(NamedTuple):
    """The output of a node of a run that a value comes from."""

    path: str
    port: str


def path_of(way: Sequence[str], node_id: str) -> str:
    """Return what a run calls a node."""
    return JOINT.join((*way, node_id))


def prefix_of(way: Sequence[str]) -> str:
    """Return how the ids of all nodes inside a level begin in a run."""
    return "".join(f"{one}{JOINT}" for one in way)


def graph_at(graph: Graph, way: Sequence[str]) -> Graph | None:
    """Return the graph of a level of a document, or None when nothing leads there any more."""
    found = graph
    for instance in way:
        node = found.nodes.get(instance)
        subflow = definition_of(graph, node) if node is not None else None
        if subflow is None:
            return None
        found = subflow.graph
    return found


def subgraph_at(graph: Graph, way: Sequence[str]) -> str:
    """Return the id of the subgraph that a way leads into, empty for the outermost level."""
    around = graph_at(graph, way[:-1])
    subflow = definition_of(graph, around.nodes[way[-1]]) if way and around is not None else None
    return subflow.id if subflow is not None else ""


def place_of(graph: Graph, path: str, way: Way = ()) -> Place | None:
    """Return where in a document the node is that a run calls `path`; None when it is not there."""
    level = graph_at(graph, way)
    if level is None:
        return None
    if path in level.nodes:
        return Place(way, path)
    head, joint, rest = path.partition(JOINT)
    while joint:
        if head in level.nodes and definition_of(graph, level.nodes[head]) is not None:
            return place_of(graph, rest, (*way, head))
        more, joint, rest = rest.partition(JOINT)
        head = f"{head}{JOINT}{more}"
    return None


def words_for(graph: Graph, place: Place, titles: Sequence[str]) -> str:
    """Return what to call a node: the names of what is around it, then `titles`, its own."""
    around = []
    for depth, instance in enumerate(place.way):
        level = graph_at(graph, place.way[:depth])
        node = level.nodes[instance] if level is not None else None
        subflow = definition_of(graph, node) if node is not None else None
        around.append((node.name if node is not None else "") or (subflow.name if subflow is not None else instance))
    return _ARROW.join((*around, *titles))


def nested_in(flat: Graph) -> list[str]:
    """Return the paths of all nodes inside the instances that a flat graph still has, which run in their own frame."""
    return [path for node in flat.nodes.values() for path in _inside(flat, node, node.id, ())] if flat.subflows else []


def _inside(flat: Graph, node: Node, path: str, around: tuple[str, ...]) -> Iterator[str]:
    subflow = definition_of(flat, node)
    if subflow is None or subflow.id in around or len(around) >= MOST_LEVELS:
        return
    for inner in subflow.graph.nodes.values():
        yield path_of((path,), inner.id)
        yield from _inside(flat, inner, path_of((path,), inner.id), (*around, subflow.id))


def within(flat: Graph, paths: Collection[str]) -> list[str]:
    """Return the nodes of a flat graph that are these, or lie inside these when they are instances."""
    whole = frozenset(paths)
    roots = tuple(f"{one}{JOINT}" for one in whole if one not in flat.nodes)
    return [one for one in flat.nodes if one in whole or (roots and one.startswith(roots))]


def first_of(flat: Graph, paths: Collection[str]) -> frozenset[str]:
    """Return the nodes at which a run reaches these: themselves, or the first ones inside of an instance."""
    found = {one for one in paths if one in flat.nodes}
    for path in paths:
        if path not in flat.nodes:
            inner = frozenset(within(flat, [path]))
            found |= {
                one
                for one in inner
                if not (before := [wire.source_node for wire in flat.incoming(one).values()])
                or not inner.issuperset(before)
            }
    return frozenset(found)


def source_of(graph: Graph, way: Way, node_id: str, port: str, ran: Collection[str]) -> Source | None:
    """Return which output of a node that `ran` an output on a level stands for, through instances and boundaries."""
    path = path_of(way, node_id)
    level = graph_at(graph, way)
    if path in ran:
        return Source(path, port)
    node = level.nodes.get(node_id) if level is not None else None
    if node is None:
        return None
    if is_boundary(node):
        return _from_outside(graph, way, node_id, ran) if node.type == INPUT and way else None
    subflow = definition_of(graph, node)
    outlet = next((one for one in outputs_of(subflow) if one.id == port), None) if subflow is not None else None
    if subflow is None or outlet is None:
        return None
    inside = (*way, node_id)
    if not is_boundary(subflow.graph.nodes[outlet.node]):
        return source_of(graph, inside, outlet.node, outlet.port, ran)
    feeder = next(iter(subflow.graph.incoming(outlet.node)), None)
    return source_of(graph, inside, feeder[0], feeder[1], ran) if feeder is not None else None


def _from_outside(graph: Graph, way: Way, node_id: str, ran: Collection[str]) -> Source | None:
    *before, instance = way
    around = graph_at(graph, before)
    subflow = definition_of(graph, around.nodes[instance]) if around is not None else None
    if around is None or subflow is None:
        return None
    outlet = next((one.id for one in inputs_of(subflow) if one.node == node_id), "")
    for key in around.incoming(instance):
        if key[3] == outlet:
            return source_of(graph, tuple(before), key[0], key[1], ran)
    return None
