"""When a command can be used, as questions to the level of the document that is in front."""

from __future__ import annotations

from casare.app.documents.level import Level
from casare.app.subgraphs import INSTANCE


def is_open(document: Level | None) -> bool:
    """Tell whether a document is in front."""
    return document is not None


def has_file(document: Level | None) -> bool:
    """Tell whether the document in front has a file."""
    return document is not None and document.document.path is not None


def has_nodes(document: Level | None) -> bool:
    """Tell whether there is a node."""
    return document is not None and bool(document.graph.nodes)


def something_selected(document: Level | None) -> bool:
    """Tell whether anything is selected, be it a node, a wire, a frame or a note."""
    return document is not None and bool(document.selection)


def nodes_selected(document: Level | None) -> bool:
    """Tell whether a node is selected."""
    return document is not None and bool(document.selection.nodes)


def one_node(document: Level | None) -> bool:
    """Tell whether just one node is selected."""
    return document is not None and len(document.selection.nodes) == 1


def several_nodes(document: Level | None) -> bool:
    """Tell whether more than one node is selected."""
    return document is not None and len(document.selection.nodes) > 1


def boxes_selected(document: Level | None) -> bool:
    """Tell whether a node or a frame is selected."""
    return document is not None and bool(document.selection.nodes or document.selection.frames)


def editable_selected(document: Level | None) -> bool:
    """Tell whether something is selected that has parameters, a title or a text: a node, a frame or a note."""
    return boxes_selected(document) or (document is not None and bool(document.selection.notes))


def wires_meant(document: Level | None) -> bool:
    """Tell whether a wire is selected, or a node whose wires are meant."""
    return document is not None and bool(document.selection.wires or document.selection.nodes)


def has_edits(document: Level | None) -> bool:
    """Tell whether there is an edit to go back to or forward to."""
    return can_undo(document) or can_redo(document)


def can_undo(document: Level | None) -> bool:
    """Tell whether there is an edit to undo."""
    return document is not None and document.history.undo_label is not None


def can_redo(document: Level | None) -> bool:
    """Tell whether there is an undone edit."""
    return document is not None and document.history.redo_label is not None


def one_instance(document: Level | None) -> bool:
    """Tell whether just one node is selected and it is an instance of a subgraph."""
    if document is None or len(document.selection.nodes) != 1:
        return False
    node = document.graph.nodes.get(next(iter(document.selection.nodes)))
    return node is not None and node.type == INSTANCE


def is_inside(document: Level | None) -> bool:
    """Tell whether the level in front is that of a subgraph."""
    return document is not None and bool(document.id)
