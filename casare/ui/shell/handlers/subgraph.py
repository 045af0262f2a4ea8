"""What the commands about subgraphs do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casare.app.subgraphs import (
    INSTANCE,
    as_workflow,
    count_instances,
    definition_of,
    dissolve,
    group,
    make_unique,
    remove_unused,
    unused,
)
from casare.model import Node
from casare.storage import save
from casare.ui.shell.files.file_dialogs import WORKFLOW_KINDS
from casare.ui.shell.frame.actions import Handler
from casare.ui.shell.handlers.in_front import on_canvas, on_document

if TYPE_CHECKING:
    from casare.app.documents.document import Document
    from casare.ui.canvas import CanvasView
    from casare.ui.shell.frame.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Return the acts by command id."""
    return {
        "subgraph.make": on_canvas(window, make),
        "subgraph.dissolve": on_canvas(window, _dissolve),
        "subgraph.enter": on_canvas(window, lambda canvas: _enter_selected(window, canvas)),
        "subgraph.leave": on_document(window, lambda document: document.leave()),
        "subgraph.unique": on_canvas(window, lambda canvas: _make_unique(window, canvas)),
        "subgraph.save": on_canvas(window, lambda canvas: _save(window, canvas)),
        "subgraph.clean": on_document(window, lambda document: _clean(window, document)),
    }


def make(canvas: CanvasView) -> None:
    """Put the selection into a new subgraph and let its name be typed at once."""
    level = canvas.document
    chosen = level.selection
    made = group(level.graph, level.catalog, chosen.nodes, frames=chosen.frames, notes=chosen.notes)
    if made is not None:
        level.do(made.change)
        # It stands in the middle of what it holds, which need not be in view.
        level.reveal([made.node_id])


def enter(window: MainWindow, canvas: CanvasView, node_id: str) -> None:
    """Look into an instance; one whose subgraph is a file of its own is opened beside."""
    level = canvas.document
    node = level.graph.nodes[node_id]
    if level.document.enter(node_id):
        return
    path = _file_of(level.document, node)
    if path is not None:
        window.files.open([path])
    elif node.type == INSTANCE:
        window.toast.show_message("This subgraph is missing: neither the workflow nor a file holds it")


def _enter_selected(window: MainWindow, canvas: CanvasView) -> None:
    chosen = canvas.document.selection.nodes
    if len(chosen) == 1:
        enter(window, canvas, next(iter(chosen)))


def _file_of(document: Document, node: Node) -> Path | None:
    told = node.config.get("subflow_path")
    if node.type != INSTANCE or not isinstance(told, str) or not told:
        return None
    path = Path(told)
    folder = document.path.parent if document.path is not None else Path.cwd()
    return path if path.is_absolute() else folder / path


def _dissolve(canvas: CanvasView) -> None:
    level = canvas.document
    for instance in level.selection.nodes:
        subflow = definition_of(level.graph, level.graph.nodes[instance])
        if subflow is not None:
            last = count_instances(level.document.graph, subflow.id) == 1
            made = dissolve(level.graph, instance, last=last)
            if made is not None:
                level.do(made.change)
                level.selection.set(made.nodes)
            return


def _make_unique(window: MainWindow, canvas: CanvasView) -> None:
    level = canvas.document
    for instance in level.selection.nodes:
        subflow = definition_of(level.graph, level.graph.nodes[instance])
        if subflow is None:
            continue
        if count_instances(level.document.graph, subflow.id) == 1:
            window.toast.show_message("Nobody else uses this subgraph: it is unique already")
            continue
        level.do(make_unique(level.graph, instance))


def _save(window: MainWindow, canvas: CanvasView) -> None:
    level = canvas.document
    chosen = [level.graph.nodes[one] for one in level.selection.nodes]
    subflow = definition_of(level.graph, chosen[0]) if chosen else None
    if subflow is None:
        return
    content = as_workflow(subflow)

    def write(path: Path) -> None:
        save(content, path, catalog=window.session.catalog)

    window.files.saving.ask_to_export(level.document, f"Save “{subflow.name}” as a file", WORKFLOW_KINDS, write)


def _clean(window: MainWindow, document: Document) -> None:
    count = len(unused(document.graph))
    document.do(remove_unused(document.graph))
    told = "1 unused subgraph" if count == 1 else f"{count} unused subgraphs"
    window.toast.show_message(f"Removed {told}" if count else "Every subgraph of this workflow is in use")
