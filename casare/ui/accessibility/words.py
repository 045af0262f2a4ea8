"""What a screen reader says of the things on a canvas."""

from __future__ import annotations

from casare.app.editing.node_looks import is_collapsed
from casare.app.finding import Kind
from casare.model import WireKey
from casare.sdk import Port, PortKind
from casare.ui.canvas.stage import Stage

_LONGEST = 200


def node_name(stage: Stage, node_id: str) -> str:
    """Return the title of a node, what type it is, and what is out of the ordinary about it."""
    face = stage.face(node_id)
    node = stage.document.graph.nodes[node_id]
    spec = stage.document.catalog.find(node.type)
    member = stage.document.catalog.member(spec, node.config) if spec is not None else None
    kind = (member or spec).title if spec is not None and (member or spec) else "unknown type"
    parts = [face.title] if kind == face.title else [face.title, kind]
    if face.disabled:
        parts.append("disabled")
    if is_collapsed(node):
        parts.append("collapsed")
    severity = stage.problems.get(node_id)
    if severity:
        parts.append(f"has {'an error' if severity == 'error' else 'a warning'}")
    return ", ".join(parts)


def node_description(stage: Stage, node_id: str) -> str:
    """Return the most telling value of a node, how it stands in a run, and how many wires come in and go out."""
    graph, face = stage.document.graph, stage.face(node_id)
    parts = [face.headline, _of_the_run(stage, node_id)]
    parts.append(f"{len(graph.incoming(node_id))} wires in, {len(graph.outgoing(node_id))} out")
    return "; ".join(part for part in parts if part)


def run_status(stage: Stage, node_id: str) -> str:
    """Return how a node stands in the run on show: "running", "failed", ...; an empty text without one."""
    board = stage.run.board if stage.run is not None else None
    return board.status(node_id) if board is not None else ""


def _of_the_run(stage: Stage, node_id: str) -> str:
    board = stage.run.board if stage.run is not None else None
    view = board.view(node_id) if board is not None else None
    if view is None:
        return ""
    return f"{view.status}: {view.error}" if view.error else view.status


def port_name(stage: Stage, node_id: str, port: Port, *, output: bool) -> str:
    """Return the side, the name and the type of a port, and what it is wired to."""
    graph = stage.document.graph
    shape = stage.geometry.cards[node_id].shape
    kind = "control" if port.kind is PortKind.CONTROL else port.type.value
    parts = [f"{'Output' if output else 'Input'} {readable(port.name)}", kind]
    ends: list[str] = []
    for key in graph.outgoing(node_id) if output else graph.incoming(node_id):
        spot = shape.spot(key[1] if output else key[3], output)
        if spot is not None and spot.port.name == port.name:
            other, other_port = (key[2], key[3]) if output else (key[0], key[1])
            ends.append(f"{stage.face(other).title} {readable(other_port)}")
    parts.append(f"wired to {', '.join(ends)}" if ends else "not wired")
    return ", ".join(parts)


def wire_name(stage: Stage, key: WireKey) -> str:
    """Return where a wire starts and where it ends."""
    source, target = stage.face(key[0]).title, stage.face(key[2]).title
    return f"Wire from {source} {readable(key[1])} to {target} {readable(key[3])}"


def decor_name(stage: Stage, kind: Kind, decor_id: str) -> str:
    """Return the title of a frame with what it holds, or the text of a note."""
    graph = stage.document.graph
    if kind is Kind.FRAME:
        frame = graph.frames[decor_id]
        return f"Frame {frame.title or 'without a title'}, {len(frame.node_ids)} nodes"
    return f"Note: {graph.notes[decor_id].text.strip()[:_LONGEST] or 'empty'}"


def readable(name: str) -> str:
    """Return a port's name as words."""
    return name.replace("_", " ")
