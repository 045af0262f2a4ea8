"""The menu of what was clicked on the canvas, made of the commands that fit it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from casare.app.commands.when import one_instance
from casare.app.documents.level import Level
from casare.ui.canvas import CanvasTarget
from casare.ui.shell.frame.actions import ActionTable

_LINE = ""
_COMMANDS: dict[str, tuple[str, ...]] = {
    "node": (
        "node.edit",
        "node.rename",
        "node.replace",
        "node.disable",
        "node.bypass",
        "node.collapse",
        "node.hide_unused",
        "node.frame",
        "subgraph.make",
        _LINE,
        "run.to_here",
        "run.selected",
        "run.breakpoint",
        "run.pin_output",
        _LINE,
        "edit.cut",
        "edit.copy",
        "edit.duplicate",
        _LINE,
        "view.frame_selection",
        _LINE,
        "edit.delete",
    ),
    "wire": (
        "wire.full",
        "wire.faint",
        "wire.hidden",
        "wire.portal",
        _LINE,
        "wire.follow",
        "wire.bend",
        "wire.smooth",
        _LINE,
        "edit.delete",
    ),
    "frame": ("node.edit", "node.collapse", _LINE, "edit.copy", "edit.duplicate", _LINE, "edit.delete"),
    "note": ("node.edit", _LINE, "edit.copy", "edit.duplicate", _LINE, "edit.delete"),
    "canvas": ("node.add", "node.note", _LINE, "edit.paste", "select.all", _LINE, "view.fit", "view.zoom_actual"),
}
_INSTANCE = ("subgraph.enter", "subgraph.dissolve", "subgraph.unique", "subgraph.save", _LINE)


def context_menu(target: CanvasTarget, document: Level, actions: ActionTable, parent: QWidget) -> QMenu:
    """Return the menu for a place on the canvas; what was clicked is selected first, so that the commands mean it."""
    _select(target, document)
    actions.refresh()
    actions.flush()
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    commands = _COMMANDS.get(target.kind, _COMMANDS["canvas"])
    if target.kind == "node" and one_instance(document):
        commands = (*_INSTANCE, *commands)
    elif target.kind == "canvas" and document.id:
        commands = (*commands, _LINE, "subgraph.leave")
    for command_id in commands:
        if command_id == _LINE:
            menu.addSeparator()
        else:
            menu.addAction(actions[command_id])
    return menu


def _select(target: CanvasTarget, document: Level) -> None:
    selection = document.selection
    if target.kind == "node" and target.id not in selection.nodes:
        selection.set([target.id])
    elif target.kind == "wire" and target.wire is not None and target.wire not in selection.wires:
        selection.set((), [target.wire])
    elif target.kind == "frame" and target.id not in selection.frames:
        selection.set((), (), [target.id])
    elif target.kind == "note" and target.id not in selection.notes:
        selection.set((), (), (), [target.id])
