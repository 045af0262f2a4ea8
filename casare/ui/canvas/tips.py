"""What a tool tip says about what the pointer rests on."""

from __future__ import annotations

from html import escape

from casare.sdk import Port, PortKind
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.hit import Hit, HitKind


def tip_for(stage: Stage, under: Hit) -> str:
    """Return the tip as rich text, or an empty text for nothing to say."""
    if under.kind is HitKind.PORT and under.port is not None:
        return _port(under.port, under.is_output)
    if under.kind is HitKind.NODE:
        return _node(stage, under.id)
    if under.kind is HitKind.WIRE and under.wire is not None:
        source, source_port, target, target_port = under.wire
        names = (stage.face(source).title, stage.face(target).title)
        return f"{escape(names[0])} · {escape(source_port)} → {escape(names[1])} · {escape(target_port)}"
    return ""


def _port(port: Port, is_output: bool) -> str:
    side = "output" if is_output else "input"
    what = f"control {side}" if port.kind is PortKind.CONTROL else f"{side} · {port.type.value}"
    if port.required:
        what += " · required"
    words = f"<p>{escape(port.help)}</p>" if port.help else ""
    return f"<b>{escape(port.title)}</b> {what}{words}"


def _node(stage: Stage, node_id: str) -> str:
    face = stage.face(node_id)
    document = stage.document
    node = document.graph.nodes[node_id]
    known = document.catalog.find(node.type)
    lines = [f"<b>{escape(face.title)}</b> <i>{escape(node.id)}</i>", escape(node.type)]
    if known is not None and known.summary:
        lines.append(escape(known.summary))
    if not face.known:
        lines.append("This type is not installed. Its settings and wires are kept as they are.")
    if face.bypassed:
        lines.append("Bypassed: it does not run, and hands what goes in on.")
    elif face.disabled:
        lines.append("Disabled: it does not run.")
    return "<br>".join(lines)
