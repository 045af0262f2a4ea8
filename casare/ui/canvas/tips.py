"""What a tool tip says about what the pointer rests on."""

from __future__ import annotations

from html import escape

from casare.profiling.reporting.text import duration_text
from casare.sdk import Port, PortKind
from casare.ui.canvas.stage import Stage
from casare.ui.geometry.hit import Hit, HitKind
from casare.ui.theme.states import state_look

_LONGEST = 600
"""Characters of an error that a tip shows."""


def tip_for(stage: Stage, under: Hit) -> str:
    """Return the tip as rich text, or an empty text for nothing to say."""
    if under.kind is HitKind.PORT and under.port is not None:
        return _port(under.port, under.is_output)
    if under.kind is HitKind.NODE:
        return _node(stage, under.id)
    if under.kind is HitKind.FRAME and stage.costs is not None:
        return _frame(stage, under.id)
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


def _fares(stage: Stage, node_id: str) -> list[str]:
    """Return how a node fares in the run that is shown."""
    run = stage.run
    view = run.board.view(node_id) if run is not None and run.board is not None else None
    if run is None or view is None:
        return []
    told = state_look("paused" if view.paused else view.status).word
    if view.runs:
        times = f"{view.runs:,} times, {duration_text(view.total_ms)} in all" if view.runs > 1 else ""
        told += f" · {times or duration_text(view.last_ms)}"
    found = [f"<b>{told}</b>{' (the workflow has changed since)' if run.stale else ''}"]
    if view.error:
        found.append(escape(view.error[:_LONGEST]))
    return found


def _costs(stage: Stage, node_id: str) -> list[str]:
    """Return what the profiler knows of a node."""
    costs = stage.costs
    if costs is None:
        return []
    told = [escape(line) for line in costs.tell(node_id)]
    return [*told, *(["<i>The workflow has changed since</i>"] if told and costs.stale else [])]


def _frame(stage: Stage, frame_id: str) -> str:
    frame = stage.document.graph.frames[frame_id]
    inside = list(stage.nodes_of(frame))
    count = f"{len(inside):,} node{'' if len(inside) == 1 else 's'}"
    total = stage.costs.total(inside) if stage.costs is not None else ""
    return "<br>".join(
        line for line in (f"<b>{escape(frame.title)}</b>", f"{count} · {total}" if total else "") if line
    )


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
    lines += _fares(stage, node_id)
    lines += _costs(stage, node_id)
    return "<br>".join(lines)
