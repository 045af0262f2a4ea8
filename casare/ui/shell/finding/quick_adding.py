"""The popup that adds a node, and the one that makes nodes another type: where they open and what choosing does."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect

from casare.app import editing
from casare.app.adding import Context, NodeFinder
from casare.app.adding.context import described_by
from casare.app.documents.faces import face_of

if TYPE_CHECKING:
    from casare.app.documents.level import Level
    from casare.ui.canvas import CanvasTarget, CanvasView
    from casare.ui.dialogs.add_node import Chosen, QuickAdd
    from casare.ui.shell.frame.main_window import MainWindow


def popup_to_add(window: MainWindow, canvas: CanvasView, target: CanvasTarget) -> QuickAdd:
    """Return the popup for a new node at `target`, wired to its loose end or else to the selected node."""
    from casare.ui.dialogs.add_node import QuickAdd
    from casare.ui.panels.palette.rows import entry_fields

    document, habits = canvas.document, window.session.habits
    catalog, graph = document.catalog, document.graph
    end = target.loose_end
    before = "" if end is not None else _in_front(document)
    context = Context(before, end)
    finder = NodeFinder(graph, catalog, entry_fields, habits, context)
    popup = QuickAdd(
        window,
        finder,
        catalog,
        at=window.mapFromGlobal(target.global_pos),
        area=_canvas_area(window, canvas),
        purpose="Add a node for this wire" if end is not None else "Add a node",
        wiring=_in_words(document, before, end),
    )

    if end is not None:
        canvas.show_as.hold_loose_wire(end, target.scene_pos)
        popup.finished.connect(canvas.show_as.forget_loose_wire)

    def add(chosen: Chosen) -> None:
        entry = chosen.entry
        if end is not None:
            canvas.edit.add_entry(entry.type_id, entry.preset, target.scene_pos, end if chosen.wired else None)
        elif before in graph.nodes and chosen.wired:
            canvas.edit.add_entry_after(before, entry.type_id, entry.preset, target.scene_pos)
        else:
            canvas.edit.add_entry(entry.type_id, entry.preset, target.scene_pos)
        source = end.node if end is not None and end.is_output else before
        known = source in graph.nodes and chosen.wired
        habits.note(entry.described_by, described_by(catalog, graph.nodes[source]) if known else "")
        canvas.setFocus()

    popup.chosen.connect(add)
    return popup


def popup_to_replace(window: MainWindow, canvas: CanvasView, node_ids: Collection[str]) -> QuickAdd:
    """Return the popup that makes nodes another type, at the first of them."""
    from casare.ui.dialogs.add_node import QuickAdd
    from casare.ui.panels.palette.rows import entry_fields

    document = canvas.document
    first = next(one for one in document.graph.nodes if one in node_ids)
    card = canvas.stage.geometry.cards[first]
    corner = canvas.viewport().mapToGlobal(canvas.mapFromScene(card.x + 24, card.y + 22))
    name = face_of(document.graph.nodes[first], document.catalog).title
    popup = QuickAdd(
        window,
        NodeFinder(document.graph, document.catalog, entry_fields, window.session.habits),
        document.catalog,
        at=window.mapFromGlobal(corner),
        area=_canvas_area(window, canvas),
        purpose=f"Replace “{name}” by" if len(node_ids) == 1 else f"Replace {len(node_ids)} nodes by",
        foot="Enter: replace, keeping wires and settings that fit",
    )

    def replace(chosen: Any) -> None:
        told = canvas.edit.replace(node_ids, chosen.entry.type_id, chosen.entry.preset)
        if told:
            window.toast.show_message(told)
        canvas.setFocus()

    popup.chosen.connect(replace)
    return popup


def _in_front(document: Level) -> str:
    """Return the selected node that a new one follows: of several, the one furthest to the right."""
    nodes = document.graph.nodes
    return max(document.selection.nodes, key=lambda one: nodes[one].position, default="")


def _in_words(document: Level, before: str, end: editing.End | None) -> str:
    node_id = end.node if end is not None else before
    if node_id not in document.graph.nodes:
        return ""
    name = face_of(document.graph.nodes[node_id], document.catalog).title
    return f"wire to “{name}”"


def _canvas_area(window: MainWindow, canvas: CanvasView) -> QRect:
    return QRect(canvas.mapTo(window, QPoint(0, 0)), canvas.size())
