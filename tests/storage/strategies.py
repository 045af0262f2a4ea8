"""Hypothesis strategies for JSON values and whole graphs, as files could hold them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from casare.model import Connection, Frame, Graph, Node, Note

names = st.text(alphabet=st.characters(codec="utf-8"), max_size=6)
ids = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=8)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(alphabet=st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(names, json_values, max_size=3)
coordinates = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6, allow_nan=False)
points = st.tuples(coordinates, coordinates)
sizes = st.tuples(st.floats(1, 1e4), st.integers(1, 10_000))


def _extra(*known: str) -> st.SearchStrategy[dict[str, Any]]:
    taken = frozenset(known)
    return st.dictionaries(names.filter(lambda key: key not in taken), json_values, max_size=2)


_NODE_KEYS = ("node_id", "node_type", "config", "position", "name", "type")
_WIRE_KEYS = ("source_node", "source_port", "target_node", "target_port")
_FRAME_KEYS = ("id", "title", "color", "position", "size", "node_ids", "collapsed", "is_collapsed", "contained_nodes")
_TOP_KEYS = ("metadata", "nodes", "connections", "variables", "settings", "frames", "notes", "__validated__")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return any graph a file could hold."""
    node_ids = draw(st.lists(ids, unique=True, min_size=1, max_size=6))
    nodes = [
        Node(node_id, draw(ids), draw(objects), draw(points), draw(names), draw(_extra(*_NODE_KEYS)))
        for node_id in node_ids
    ]
    wires = []
    if len(node_ids) > 1:
        for _ in range(draw(st.integers(0, 6))):
            source, target = draw(st.lists(st.sampled_from(node_ids), min_size=2, max_size=2, unique=True))
            wires.append(Connection(source, draw(names), target, draw(names), draw(_extra(*_WIRE_KEYS))))
    frame_ids = draw(st.lists(ids.filter(lambda text: not text.startswith("~")), unique=True, max_size=2))
    note_ids = draw(st.lists(ids.filter(lambda text: not text.startswith("~")), unique=True, max_size=2))
    members = st.lists(st.sampled_from(node_ids), max_size=3).map(tuple)
    return Graph(
        nodes,
        {wire.key: wire for wire in wires}.values(),
        frames=[
            Frame(
                frame_id,
                draw(names),
                draw(json_values),
                draw(points),
                draw(sizes),
                draw(members),
                draw(st.booleans()),
                draw(_extra(*_FRAME_KEYS)),
            )
            for frame_id in frame_ids
        ],
        notes=[
            Note(note_id, draw(names), draw(points), draw(sizes), draw(json_values), draw(_extra(*_FRAME_KEYS, "text")))
            for note_id in note_ids
        ],
        metadata=draw(objects),
        variables=draw(objects),
        settings=draw(objects),
        extra=draw(_extra(*_TOP_KEYS, "base_workflow")),
    )
