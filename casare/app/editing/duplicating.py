"""Duplicate and paste with the wires that come in from outside, so that a copy is fed by what feeds the original."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from casare.app.editing.clipboard import Pasted, origin_of, part_in, paste_part
from casare.app.editing.wiring import ports_of
from casare.app.subgraphs.instances import with_subgraphs
from casare.catalog import Catalog, refusal
from casare.model import Batch, Connect, Connection, Graph
from casare.model.values import Point
from casare.storage import encode

INCOMING: Final = "incoming_wires"
"""The key of a copied workflow that holds the wires from outside: source node and port, target node and port."""


def copy_with_inputs(
    graph: Graph, nodes: Collection[str], frames: Collection[str] = (), notes: Collection[str] = ()
) -> str:
    """Return the selected part as `copy_text` does, with a list of the wires that come into it; empty for nothing.

    Whoever does not know that list reads an ordinary workflow.
    """
    chosen, chosen_frames, chosen_notes = set(nodes), set(frames), set(notes)
    if not (chosen or chosen_frames or chosen_notes):
        return ""
    wires = [(key, wire) for key, wire in graph.connections.items() if key[2] in chosen]
    entering = [list(key) for key, _ in wires if key[0] not in chosen]
    part = Graph(
        (node for node in graph.nodes.values() if node.id in chosen),
        (wire for key, wire in wires if key[0] in chosen),
        frames=(frame for frame in graph.frames.values() if frame.id in chosen_frames),
        notes=(note for note in graph.notes.values() if note.id in chosen_notes),
        extra={INCOMING: entering} if entering else {},
    )
    return encode(with_subgraphs(part, graph)).decode()


def paste_with_inputs(
    graph: Graph, part: Graph, catalog: Catalog, at: Point | None = None, *, verb: str = "Paste"
) -> Pasted:
    """Return the change that adds a small workflow, and wires it to what the original was fed by.

    A wire is left out whose source is gone, or does not fit here. With `at`, the top-left corner of the whole lands
    there (scene px).
    """
    pasted = paste_part(graph, part, at, verb=verb)
    new_ids = dict(zip(part.nodes, pasted.nodes, strict=True))
    wires = tuple(wire._replace(target_node=new_ids[wire.target_node]) for wire in _entering(graph, part, catalog))
    if not wires:
        return pasted
    return pasted._replace(change=Batch((pasted.change, Connect(wires)), pasted.change.label))


def duplicate_with_inputs(
    graph: Graph,
    catalog: Catalog,
    nodes: Collection[str],
    frames: Collection[str] = (),
    notes: Collection[str] = (),
    *,
    offset: Point = (40, 40),
) -> Pasted | None:
    """Return the change that puts a copy `offset` px beside the original, with wires from the same sources."""
    text = copy_with_inputs(graph, nodes, frames, notes)
    part = part_in(text, catalog) if text else None
    if part is None:
        return None
    x, y = origin_of(part)
    return paste_with_inputs(graph, part, catalog, (x + offset[0], y + offset[1]), verb="Duplicate")


def _entering(graph: Graph, part: Graph, catalog: Catalog) -> Iterator[Connection]:
    """Yield the wires from the graph into the part that are noted in it and fit, with the ids of the part."""
    noted = part.extra.get(INCOMING)
    seen: set[tuple[str, ...]] = set()
    for entry in noted if isinstance(noted, list) else ():
        # A clipboard may hold anything.
        if not (isinstance(entry, list) and len(entry) == 4 and all(isinstance(one, str) for one in entry)):
            continue
        source, source_port, target, target_port = entry
        if source not in graph.nodes or target not in part.nodes or tuple(entry) in seen:
            continue
        seen.add(tuple(entry))
        out = ports_of(graph, catalog, source).output(source_port)
        into = ports_of(part, catalog, target).input(target_port) or catalog.ports(
            part.nodes[target].type, part.nodes[target].config, [target_port]
        ).input(target_port)
        if out is not None and into is not None and refusal(out, into) is None:
            yield Connection(source, source_port, target, target_port)
