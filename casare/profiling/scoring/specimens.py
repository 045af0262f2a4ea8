"""Synthetic workflows of differing quality, and known defects to put into one: what the rules are calibrated with.

A specimen is a sound workflow of built-in types into which so many defects were put. A defect takes a graph and returns
a worse one, or None when there is no place for it. Each makes a workflow worse beyond doubt, so none may ever raise a
score. Used by tests and by the benchmark; an editor has no need of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final

from casare.model import Connection, Graph, Node

Defect = Callable[[Graph, Random], "Graph | None"]
_CALL: Final = "ReadCSVNode"


def specimen(seed: int, defects: int = 0) -> Graph:
    """Return a workflow with so many defects, of kinds drawn at random; the same for the same numbers."""
    chance = Random(seed)
    graph = _sound(chance)
    kinds = sorted(DEFECTS)
    for _ in range(defects):
        graph = DEFECTS[chance.choice(kinds)](graph, chance) or graph
    return graph


def _sound(chance: Random) -> Graph:
    nodes = [Node("start", "StartNode"), Node("try", "TryNode")]
    wires = [_wire("start", "exec_out", "try")]
    end = ("try", "try_body")
    for block in range(chance.randint(2, 5)):
        kind = chance.random()
        if kind < 0.5:
            sides = [f"call{block}_{side}" for side in range(chance.randint(2, 4))]
            for side in sides:
                nodes.append(Node(side, _CALL, {"file_path": f"in/{side}.csv", "max_rows": 1000}))
                wires.append(_wire(*end, side))
            nodes.append(Node(f"merge{block}", "MergeNode"))
            wires += [_wire(side, "exec_out", f"merge{block}") for side in sides]
            end = (f"merge{block}", "exec_out")
        elif kind < 0.75:
            loop, log, done = f"loop{block}", f"turn{block}", f"end{block}"
            nodes.append(Node(loop, "ForLoopStartNode", {"items": [1, 2, 3]}))
            nodes.append(Node(log, "LogNode", {"message": "at {{item}}"}))
            nodes.append(Node(done, "ForLoopEndNode", {"paired_start_id": loop}))
            wires += [_wire(*end, loop), _wire(loop, "body", log), _wire(log, "exec_out", done)]
            end = (loop, "completed")
        else:
            text, log = f"text{block}", f"log{block}"
            nodes.append(Node(text, "TextTrimNode", {"text": " some "}))
            nodes.append(Node(log, "LogNode", {"message": f"{{{{{text}.result}}}}"}))
            wires += [_wire(*end, text), _wire(text, "exec_out", log)]
            end = (log, "exec_out")
    nodes.append(Node("end", "EndNode"))
    wires.append(_wire(*end, "end"))
    return Graph(nodes, wires)


def _serialise(graph: Graph, chance: Random) -> Graph | None:
    """Put one of two calls that run side by side behind the other."""
    calls = [node for node in graph.nodes.values() if node.type == _CALL]
    pairs = [
        (one.id, other.id)
        for one in calls
        for other in calls
        if one.id < other.id and _sides(graph, one.id) == _sides(graph, other.id) is not None
    ]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    joint = next(iter(graph.outgoing(first)))
    gone = {joint, *graph.incoming(second)}
    wires = [wire for key, wire in graph.connections.items() if key not in gone]
    return _with(graph, [], [*wires, _wire(first, "exec_out", second)])


def _sides(graph: Graph, node_id: str) -> tuple[str, str, str] | None:
    come, leave = list(graph.incoming(node_id)), list(graph.outgoing(node_id))
    return (come[0][0], come[0][1], leave[0][2]) if len(come) == 1 == len(leave) else None


def _retry(graph: Graph, chance: Random) -> Graph | None:
    """Let a call be tried again and again."""
    calls = [node for node in graph.nodes.values() if node.type == _CALL and "retry_count" not in node.config]
    if not calls:
        return None
    node = chance.choice(calls)
    return _with(graph, [node._replace(config={**node.config, "retry_count": 20})])


def _repeat(graph: Graph, chance: Random) -> Graph | None:
    """Do a call a second time right after the first."""
    calls = [node for node in graph.nodes.values() if node.type == _CALL and len(graph.outgoing(node.id)) == 1]
    if not calls:
        return None
    node = chance.choice(calls)
    return _on(graph, next(iter(graph.outgoing(node.id).values())), node._replace(id=_fresh(graph, "again")))


def _inserted(prefix: str, type_id: str, config: Mapping[str, Any], leave: str = "exec_out") -> Defect:
    """Return a defect that puts a node of its own into a wire."""

    def put(graph: Graph, chance: Random) -> Graph | None:
        wires = [wire for wire in graph.connections.values() if wire.target_port == "exec_in"]
        if not wires:
            return None
        node_id = _fresh(graph, prefix)
        named = {
            key: value.replace("NEW", node_id) if isinstance(value, str) else value for key, value in config.items()
        }
        return _on(graph, chance.choice(wires), Node(node_id, type_id, named), leave)

    return put


def _on(graph: Graph, wire: Connection, node: Node, leave: str = "exec_out") -> Graph:
    kept = [held for held in graph.connections.values() if held.key != wire.key]
    halves = [wire._replace(target_node=node.id), _wire(node.id, leave, wire.target_node)]
    return _with(graph, [node], [*kept, *halves])


def _with(graph: Graph, nodes: list[Node], wires: list[Connection] | None = None) -> Graph:
    held = {**graph.nodes, **{node.id: node for node in nodes}}
    return Graph(
        held.values(),
        graph.connections.values() if wires is None else wires,
        variables=graph.variables,
        settings=graph.settings,
    )


def _fresh(graph: Graph, prefix: str) -> str:
    number = len(graph.nodes)
    while f"{prefix}{number}" in graph.nodes:
        number += 1
    return f"{prefix}{number}"


def _wire(source: str, port: str, target: str) -> Connection:
    return Connection(source, port, target, "exec_in")


DEFECTS: Final[Mapping[str, Defect]] = {
    "serialised calls": _serialise,
    "retry storm": _retry,
    "endless loop": _inserted("while", "WhileLoopStartNode", {"condition": "true"}, "completed"),
    "repeated call": _repeat,
    "whole file": _inserted("whole", "ReadJSONFileNode", {"file_path": "big/NEW.json"}),
    "no limit at once": _inserted("many", "ParallelForEachNode", {"items": [1, 2], "batch_size": 200}, "completed"),
    "unknown node": _inserted("unknown", "SomebodysNode", {}),
    "needless writer": _inserted("writer", "WriteCSVNode", {"file_path": "out/NEW.csv", "data": [[1]]}),
    "pause": _inserted("pause", "WaitNode", {"duration": 5}),
}
"""Known defects by name."""
