"""Graphs and edits by chance, for claims about any sequence of edits. Hypothesis gives the seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from casare.app.editing import delete
from casare.foundation.errors import ChangeRefusedError
from casare.model import (
    AddFrames,
    AddNodes,
    AddNotes,
    Batch,
    Change,
    Connect,
    Connection,
    Disconnect,
    Frame,
    Graph,
    MoveNodes,
    Node,
    Note,
    RemoveFrames,
    RemoveNodes,
    RemoveNotes,
    RenameNode,
    ReplaceFrames,
    ReplaceNodes,
    ReplaceNotes,
    ReplaceWires,
    SetConfig,
    SetMetadata,
    SetSettings,
    SetVariables,
    WireKey,
)
from casare.storage import encode

CHANCE = st.builds(Random, st.integers(0, 2**24))
"""A source of chance from a seed: a hundred times as fast as one whose every roll hypothesis draws."""
TYPES = ("LogNode", "MathOperationNode", "IfNode", "SwitchNode", "StartNode", "NobodyKnowsNode")
_PORTS = ("exec_in", "exec_out", "a", "b", "result", "message", "true", "case_1", "surprise")
_NAMES = tuple(f"n{number}" for number in range(9))


def photo(graph: Graph) -> tuple[Graph, bytes]:
    """Return a graph as it is now, as values and as the file it would make."""
    return graph.copy(), encode(graph)


def some_graph(chance: Random, nodes: int = 6) -> Graph:
    """Return a small graph with wires, frames and notes."""
    graph = Graph(metadata={"name": "by chance"}, variables={"total": 1})
    for _ in range(nodes * 4):
        attempt(graph, random_change(chance, graph))
    return graph


def attempt(graph: Graph, change: Change) -> bool:
    """Apply a change; return False when it was refused."""
    try:
        graph.apply(change)
    except ChangeRefusedError:
        return False
    return True


def random_change(chance: Random, graph: Graph, *, batches: bool = True) -> Change:
    """Return some edit of the graph; about one in five does not fit it and will be refused."""
    kinds: list[Callable[[Random, Graph], Change]] = [*_KINDS]
    if batches:
        kinds += [_batch, _deletion]
    return chance.choice(kinds)(chance, graph)


def _id(chance: Random, held: dict[str, Any]) -> str:
    return chance.choice([*held, chance.choice(_NAMES)])


def _ids(chance: Random, held: dict[str, Any]) -> tuple[str, ...]:
    known = [*held]
    chance.shuffle(known)
    return tuple(known[: chance.randint(1, 3)]) or (chance.choice(_NAMES),)


def _place(chance: Random) -> tuple[float, float]:
    return chance.choice(((0, 0), (chance.randint(-900, 900), chance.randint(-900, 900)), (12.5, -3.25)))


def _config(chance: Random) -> dict[str, Any]:
    keys = ["message", "operation", "cases", "_disabled"]
    chance.shuffle(keys)
    return {
        key: chance.choice(("hi", "{{n1.result}}", 3, ["x", "y"], True, None)) for key in keys[: chance.randint(0, 3)]
    }


def _node(chance: Random, node_id: str) -> Node:
    name, look = chance.choice(("", "Called so")), chance.choice(({}, {}, {"collapsed": True}, {"hide_unused": True}))
    return Node(node_id, chance.choice(TYPES), _config(chance), _place(chance), name, look)


def _add_nodes(chance: Random, graph: Graph) -> Change:
    names = [*_NAMES]
    chance.shuffle(names)
    return AddNodes(tuple(_node(chance, name) for name in names[: chance.randint(1, 2)]))


def _remove_nodes(chance: Random, graph: Graph) -> Change:
    return RemoveNodes(_ids(chance, graph.nodes))


def _move(chance: Random, graph: Graph) -> Change:
    return MoveNodes({node_id: _place(chance) for node_id in _ids(chance, graph.nodes)})


def _set_config(chance: Random, graph: Graph) -> Change:
    return SetConfig(_id(chance, graph.nodes), _config(chance))


def _rename(chance: Random, graph: Graph) -> Change:
    return RenameNode(_id(chance, graph.nodes), chance.choice(("", "First", "Second")))


def _replace_nodes(chance: Random, graph: Graph) -> Change:
    return ReplaceNodes(tuple(_node(chance, node_id) for node_id in _ids(chance, graph.nodes)))


def _connect(chance: Random, graph: Graph) -> Change:
    ends = [(_id(chance, graph.nodes), chance.choice(_PORTS)) for _ in range(2 * chance.randint(1, 2))]
    return Connect(tuple(Connection(*one, *other) for one, other in zip(ends[::2], ends[1::2], strict=True)))


def _disconnect(chance: Random, graph: Graph) -> Change:
    known: list[WireKey] = [*graph.connections]
    chance.shuffle(known)
    return Disconnect(tuple(known[: chance.randint(1, 3)]) or (("n1", "a", "n2", "b"),))


def _replace_wires(chance: Random, graph: Graph) -> Change:
    known = [*graph.connections.values()]
    chance.shuffle(known)
    looks: list[dict[str, Any]] = [{}, {"display": "faint"}, {"waypoints": [[1, 2]]}]
    return ReplaceWires(tuple(wire._replace(extra=chance.choice(looks)) for wire in known[: chance.randint(1, 2)]))


def _frame(chance: Random, frame_id: str) -> Frame:
    inside, folded = tuple(_NAMES[: chance.randint(1, 4)]), chance.random() < 0.3
    return Frame(frame_id, chance.choice(("", "Box")), "", _place(chance), (300, 200), inside, folded)


def _note(chance: Random, note_id: str) -> Note:
    return Note(note_id, chance.choice(("", "Words")), _place(chance))


def _add_frame(chance: Random, graph: Graph) -> Change:
    return AddFrames((_frame(chance, chance.choice(_NAMES[:4])),))


def _remove_frames(chance: Random, graph: Graph) -> Change:
    return RemoveFrames(_ids(chance, graph.frames))


def _replace_frames(chance: Random, graph: Graph) -> Change:
    return ReplaceFrames(tuple(_frame(chance, one) for one in _ids(chance, graph.frames)))


def _add_note(chance: Random, graph: Graph) -> Change:
    return AddNotes((_note(chance, chance.choice(_NAMES[:4])),))


def _remove_notes(chance: Random, graph: Graph) -> Change:
    return RemoveNotes(_ids(chance, graph.notes))


def _replace_notes(chance: Random, graph: Graph) -> Change:
    return ReplaceNotes(tuple(_note(chance, one) for one in _ids(chance, graph.notes)))


def _sections(chance: Random, graph: Graph) -> Change:
    return chance.choice((SetMetadata, SetVariables, SetSettings))(
        {"name": chance.choice("xyz"), "n": chance.randint(0, 9)}
    )


def _deletion(chance: Random, graph: Graph) -> Change:
    known = [one for one in _ids(chance, graph.nodes) if one in graph.nodes]
    return delete(graph, nodes=known) or MoveNodes({})


def _batch(chance: Random, graph: Graph) -> Change:
    """Return several edits that follow on each other, with now and then one that spoils them all."""
    draft, changes = graph.copy(), []
    for _ in range(chance.randint(1, 5)):
        change = random_change(chance, draft, batches=chance.random() < 0.2)
        if attempt(draft, change) or chance.random() < 0.1:
            changes.append(change)
    return Batch(tuple(changes))


_KINDS = (
    _add_nodes, _add_nodes, _add_nodes, _remove_nodes, _move, _set_config, _rename, _replace_nodes,
    _connect, _connect, _connect, _disconnect, _replace_wires, _add_frame, _remove_frames, _replace_frames,
    _add_note, _remove_notes, _replace_notes, _sections,
)  # fmt: skip
