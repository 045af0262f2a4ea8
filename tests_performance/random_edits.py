"""Edits of every kind, made up at random, each of which fits the graph it is made for."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

from casare.model import (
    AddFrames,
    AddNodes,
    AddNotes,
    AddSubflows,
    Batch,
    Change,
    Connect,
    Connection,
    Content,
    Definition,
    Disconnect,
    Frame,
    Graph,
    InSubflow,
    Interface,
    MoveNodes,
    Node,
    Note,
    Outlet,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    RemoveSubflows,
    RenameNode,
    ReplaceContent,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    ReplaceWires,
    SetConfig,
    SetInterface,
    SetMetadata,
    SetSettings,
    SetVariables,
)

Make = Callable[[Graph, random.Random], "Change | None"]
_WORDS: Final = ("url", "größe", "body 🦊", "text", "{{ x }}", "a\nb", "")


def random_edit(graph: Graph, rng: random.Random) -> Change:
    """Return an edit that the graph will take."""
    while True:
        change = rng.choice(list(MAKERS.values()))(graph, rng)
        if change is not None:
            return change


def _value(rng: random.Random) -> Any:
    return rng.choice((rng.random(), rng.randrange(10**6), 2**70, None, True, rng.choice(_WORDS), [1, {"k": 2.5}], {}))


def _values(rng: random.Random) -> dict[str, Any]:
    return {rng.choice(_WORDS): _value(rng) for _ in range(rng.randrange(4))}


def _fresh(held: Any, rng: random.Random, prefix: str) -> str:
    while (one := f"{prefix}_{rng.randrange(10**9)}") in held:
        pass
    return one


def _some(held: Any, rng: random.Random, most: int = 4) -> tuple[Any, ...]:
    return tuple(rng.sample(list(held), min(len(held), rng.randint(1, most))))


def _point(rng: random.Random) -> tuple[float, float]:
    return (rng.randrange(-2000, 2000), rng.uniform(-2000, 2000))


def _node(graph: Graph, rng: random.Random) -> Node:
    kind = rng.choice(("LogNode", "FileSystemSuperNode", "NoSuchNode"))
    return Node(_fresh(graph.nodes, rng, "n"), kind, _values(rng), _point(rng), rng.choice(_WORDS))


def _add_nodes(graph: Graph, rng: random.Random) -> Change | None:
    return AddNodes((_node(graph, rng),)) if len(graph.nodes) < 60 else None


def _remove_nodes(graph: Graph, rng: random.Random) -> Change | None:
    if not graph.nodes:
        return None
    ids = _some(graph.nodes, rng)
    wires = tuple(wire.key for wire in graph.wires_of(ids))
    return Batch((Disconnect(wires), RemoveNodes(ids)), "Delete") if wires else RemoveNodes(ids)


def _move(graph: Graph, rng: random.Random) -> Change | None:
    return MoveNodes({one: _point(rng) for one in _some(graph.nodes, rng, 20)}) if graph.nodes else None


def _set_config(graph: Graph, rng: random.Random) -> Change | None:
    return SetConfig(rng.choice(list(graph.nodes)), _values(rng), "url") if graph.nodes else None


def _rename(graph: Graph, rng: random.Random) -> Change | None:
    return RenameNode(rng.choice(list(graph.nodes)), rng.choice(_WORDS)) if graph.nodes else None


def _replace_nodes(graph: Graph, rng: random.Random) -> Change | None:
    if not graph.nodes:
        return None
    return ReplaceNodes(
        tuple(graph.nodes[one]._replace(config=_values(rng), name="new") for one in _some(graph.nodes, rng))
    )


def _connect(graph: Graph, rng: random.Random) -> Change | None:
    if len(graph.nodes) < 2:
        return None
    source, target = rng.sample(list(graph.nodes), 2)
    wire = Connection(source, rng.choice(("exec_out", "out")), target, rng.choice(("exec_in", "in")))
    return Connect((wire,)) if wire.key not in graph.connections else None


def _disconnect(graph: Graph, rng: random.Random) -> Change | None:
    return Disconnect(_some(graph.connections, rng)) if graph.connections else None


def _replace_wires(graph: Graph, rng: random.Random) -> Change | None:
    looks: list[dict[str, Any]] = [{}, {"display": "faint"}, {"portal": "total"}, {"waypoints": [[10, 20], [30, 40]]}]
    keys = _some(graph.connections, rng)
    wires = tuple(graph.connections[key]._replace(extra=rng.choice(looks)) for key in keys)
    return ReplaceWires(wires) if wires else None


def _frame(graph: Graph, rng: random.Random, frame_id: str) -> Frame:
    inside = _some(graph.nodes, rng) if graph.nodes else ()
    return Frame(frame_id, rng.choice(_WORDS), "#123456", _point(rng), (300, 200), inside, rng.random() < 0.5)


def _note(rng: random.Random, note_id: str) -> Note:
    return Note(note_id, rng.choice(_WORDS), _point(rng), (120, 80.5), "yellow")


def _batch(graph: Graph, rng: random.Random) -> Change | None:
    first, second = _node(graph, rng), _node(graph, rng)
    if first.id == second.id or len(graph.nodes) > 60:
        return None
    return Batch(
        (AddNodes((first, second)), Connect((Connection(first.id, "exec_out", second.id, "exec_in"),))), "Paste"
    )


def _replace_all(graph: Graph, rng: random.Random) -> Change | None:
    content = Content.of(graph)
    return ReplaceContent(content._replace(notes=(*content.notes[1:],), variables=_values(rng)), "Restore")


def _interface(rng: random.Random) -> Interface:
    outlet = Outlet(rng.choice(_WORDS) or "in", rng.choice(_WORDS), "exec", "a", "exec_in", default=_value(rng))
    return Interface(rng.choice(_WORDS), inputs=(outlet,), icon="star", extra=_values(rng))


def _add_subflow(graph: Graph, rng: random.Random) -> Change | None:
    if len(graph.subflows) > 5:
        return None
    inside = (Node("a", "LogNode", _values(rng)), Node("b", "LogNode", {}, _point(rng)))
    wires = (Connection("a", "exec_out", "b", "exec_in"),)
    made = Definition(_fresh(graph.subflows, rng, "s"), _interface(rng), inside, wires, variables=_values(rng))
    return AddSubflows((made,))


def _in_subflow(graph: Graph, rng: random.Random) -> Change | None:
    if not graph.subflows:
        return None
    subflow = graph.subflows[rng.choice(list(graph.subflows))]
    kind = rng.choice([one for one in MAKERS if one not in (InSubflow, ReplaceContent)])
    change = MAKERS[kind](subflow.graph, rng)
    return InSubflow(subflow.id, change) if change is not None else None


def _set_interface(graph: Graph, rng: random.Random) -> Change | None:
    return SetInterface(rng.choice(list(graph.subflows)), _interface(rng)) if graph.subflows else None


MAKERS: Final[dict[type, Make]] = {
    AddNodes: _add_nodes,
    RemoveNodes: _remove_nodes,
    MoveNodes: _move,
    SetConfig: _set_config,
    RenameNode: _rename,
    ReplaceNodes: _replace_nodes,
    Connect: _connect,
    Disconnect: _disconnect,
    ReplaceWires: _replace_wires,
    AddFrames: lambda graph, rng: AddFrames((_frame(graph, rng, _fresh(graph.frames, rng, "f")),)),
    RemoveFrames: lambda graph, rng: RemoveFrames(_some(graph.frames, rng)) if graph.frames else None,
    ReplaceFrames: lambda graph, rng: (
        ReplaceFrames(tuple(_frame(graph, rng, one) for one in _some(graph.frames, rng))) if graph.frames else None
    ),
    AddNotes: lambda graph, rng: AddNotes((_note(rng, _fresh(graph.notes, rng, "t")),)),
    RemoveNotes: lambda graph, rng: RemoveNotes(_some(graph.notes, rng)) if graph.notes else None,
    ReplaceNotes: lambda graph, rng: (
        ReplaceNotes(tuple(_note(rng, one) for one in _some(graph.notes, rng))) if graph.notes else None
    ),
    SetMetadata: lambda graph, rng: SetMetadata({"name": rng.choice(_WORDS), **_values(rng)}),
    SetVariables: lambda graph, rng: SetVariables(_values(rng)),
    SetSettings: lambda graph, rng: SetSettings(_values(rng)),
    Batch: _batch,
    ReplaceContent: _replace_all,
    AddSubflows: _add_subflow,
    RemoveSubflows: lambda graph, rng: RemoveSubflows(_some(graph.subflows, rng)) if graph.subflows else None,
    SetInterface: _set_interface,
    InSubflow: _in_subflow,
}
"""What makes an edit of each kind; a test holds that no kind is missing."""
