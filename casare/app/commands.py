"""The one table of commands: id, title, keys, menu, and when it can be used.

Menus, shortcuts, the command palette and the tests read this table; the window binds a handler to each id. A command
that stands nowhere here cannot be pressed anywhere.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import NamedTuple

from casare.app.document import Document


class Scope(enum.StrEnum):
    """Where a key works: in the whole window, or only while the canvas has the focus."""

    WINDOW = "window"
    CANVAS = "canvas"


class Command(NamedTuple):
    """One thing a person can ask for. `keys` are portable key sequences; Ctrl means Cmd on macOS."""

    id: str
    title: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    when: Callable[[Document | None], bool] = lambda document: True
    group: int = 0
    """Commands of one menu with different numbers are parted by a line."""
    checkable: bool = False
    keywords: str = ""


def _open(document: Document | None) -> bool:
    return document is not None


def _has_nodes(document: Document | None) -> bool:
    return document is not None and bool(document.graph.nodes)


def _selected(document: Document | None) -> bool:
    return document is not None and bool(document.selection)


def _nodes_selected(document: Document | None) -> bool:
    return document is not None and bool(document.selection.nodes)


def _one_node(document: Document | None) -> bool:
    return document is not None and len(document.selection.nodes) == 1


def _several(document: Document | None) -> bool:
    return document is not None and len(document.selection.nodes) > 1


def _can_undo(document: Document | None) -> bool:
    return document is not None and document.history.undo_label is not None


def _can_redo(document: Document | None) -> bool:
    return document is not None and document.history.redo_label is not None


_C = Scope.CANVAS

COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New workflow", "File", ("Ctrl+N",), icon="file-plus"),
    Command("file.open", "Open…", "File", ("Ctrl+O",), icon="folder-open"),
    Command("file.open_folder", "Open a folder…", "File", icon="folder", keywords="browse directory scan"),
    Command("file.switch", "Switch or open recent…", "File", ("Ctrl+E", "Ctrl+Shift+O"), icon="history"),
    Command("file.save", "Save", "File", ("Ctrl+S",), icon="save", when=_open, group=1),
    Command("file.save_as", "Save as…", "File", ("Ctrl+Shift+S",), when=_open, group=1),
    Command("file.export_image", "Export picture…", "File", when=_has_nodes, icon="image", group=1),
    Command("file.close", "Close tab", "File", ("Ctrl+W",), when=_open, group=2),
    Command("file.start", "Start page", "File", ("Ctrl+Home",), group=2),
    Command("file.quit", "Quit", "File", ("Ctrl+Q",), group=3),
    Command("edit.undo", "Undo", "Edit", ("Ctrl+Z",), icon="undo-2", when=_can_undo),
    Command("edit.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo-2", when=_can_redo),
    Command("edit.cut", "Cut", "Edit", ("Ctrl+X",), _C, "scissors", _selected, 1),
    Command("edit.copy", "Copy", "Edit", ("Ctrl+C",), _C, "copy", _selected, 1),
    Command("edit.paste", "Paste", "Edit", ("Ctrl+V",), _C, "clipboard", _open, 1),
    Command("edit.duplicate", "Duplicate", "Edit", ("Ctrl+D",), _C, "square-stack", _selected, 1),
    Command(
        "edit.duplicate_with_inputs", "Duplicate with inputs", "Edit", ("Ctrl+Shift+D",), _C, "", _nodes_selected, 1
    ),
    Command("edit.paste_with_inputs", "Paste keeping inputs", "Edit", ("Ctrl+Shift+V",), _C, "", _open, 1),
    Command("edit.delete", "Delete", "Edit", ("Del", "Backspace"), _C, "trash-2", _selected, 1),
    Command("edit.delete_and_heal", "Delete and heal", "Edit", ("Ctrl+Del",), _C, "", _nodes_selected, 1),
    Command("select.all", "Select all", "Edit", ("Ctrl+A",), _C, "", _has_nodes, 2),
    Command("select.none", "Select none", "Edit", ("Ctrl+Shift+A",), _C, "", _selected, 2),
    Command("select.invert", "Invert selection", "Edit", ("Ctrl+I",), _C, "", _has_nodes, 2),
    Command("select.upstream", "Select upstream", "Edit", ("Shift+Left",), _C, "", _nodes_selected, 2),
    Command("select.downstream", "Select downstream", "Edit", ("Shift+Right",), _C, "", _nodes_selected, 2),
    Command("node.rename", "Rename node", "Edit", ("F2",), _C, "pencil", _one_node, 3),
    Command("node.disable", "Disable or enable", "Edit", ("D", "Ctrl+M"), _C, "eye-off", _nodes_selected, 3),
    Command("node.frame", "Frame around selection", "Edit", ("Ctrl+J", "C"), _C, "frame", _nodes_selected, 3),
    Command("node.note", "Add note", "Edit", ("Shift+S",), _C, "sticky-note", _open, 3),
    Command("node.add", "Add node…", "Edit", ("Tab", "N", "Shift+A"), _C, "plus", _open, 3),
    Command("view.profiler", "Profiler", "View", ("Ctrl+P",), icon="gauge", checkable=True),
    Command("view.palette", "Node palette", "View", ("Ctrl+Shift+E",), icon="panel-left", checkable=True),
    Command("view.inspector", "Inspector", "View", ("Ctrl+Shift+I",), icon="panel-right", checkable=True),
    Command("view.problems", "Problems", "View", ("Ctrl+Shift+M",), icon="circle-alert", checkable=True),
    Command("view.log", "Log", "View", ("Ctrl+`",), icon="terminal", checkable=True),
    Command("view.frame_selection", "Show selection or all", "View", ("F",), _C, "scan", _has_nodes, 1),
    Command("view.fit", "Show all", "View", ("Home", "Ctrl+1"), _C, "maximize", _has_nodes, 1),
    Command("view.zoom_in", "Zoom in", "View", ("Ctrl+=", "Ctrl++"), _C, "zoom-in", _open, 1),
    Command("view.zoom_out", "Zoom out", "View", ("Ctrl+-",), _C, "zoom-out", _open, 1),
    Command("view.zoom_actual", "Actual size", "View", ("Ctrl+0",), _C, "", _open, 1),
    Command("view.minimap", "Minimap", "View", ("Alt+M",), icon="map", when=_open, group=1, checkable=True),
    Command("view.theme_system", "Theme: follow the system", "View", group=2, icon="settings"),
    Command("view.theme_dark", "Theme: dark", "View", group=2, icon="moon"),
    Command("view.theme_light", "Theme: light", "View", group=2, icon="sun"),
    Command("view.full_screen", "Full screen", "View", ("F11",), group=3, checkable=True),
    Command("arrange.tidy", "Tidy up", "Arrange", ("L",), _C, "layout-grid", _has_nodes, keywords="layout auto"),
    Command("arrange.straighten", "Straighten wires", "Arrange", ("Q",), _C, "", _several, 0),
    Command("arrange.left", "Align left", "Arrange", ("Shift+V",), _C, "", _several, 1, keywords="vertical"),
    Command("arrange.right", "Align right", "Arrange", (), _C, "", _several, 1),
    Command("arrange.top", "Align top", "Arrange", ("Shift+H",), _C, "", _several, 1, keywords="horizontal"),
    Command("arrange.bottom", "Align bottom", "Arrange", (), _C, "", _several, 1),
    Command("arrange.across", "Distribute across", "Arrange", ("Shift+Alt+H",), _C, "", _several, 1),
    Command("arrange.down", "Distribute down", "Arrange", ("Shift+Alt+V",), _C, "", _several, 1),
    Command("arrange.nudge_left", "Nudge left", "Arrange", ("Ctrl+Left",), _C, "", _selected, 2),
    Command("arrange.nudge_right", "Nudge right", "Arrange", ("Ctrl+Right",), _C, "", _selected, 2),
    Command("arrange.nudge_up", "Nudge up", "Arrange", ("Ctrl+Up",), _C, "", _selected, 2),
    Command("arrange.nudge_down", "Nudge down", "Arrange", ("Ctrl+Down",), _C, "", _selected, 2),
    Command("arrange.push_left", "Nudge far left", "Arrange", ("Ctrl+Shift+Left",), _C, "", _selected, 2),
    Command("arrange.push_right", "Nudge far right", "Arrange", ("Ctrl+Shift+Right",), _C, "", _selected, 2),
    Command("arrange.push_up", "Nudge far up", "Arrange", ("Ctrl+Shift+Up",), _C, "", _selected, 2),
    Command("arrange.push_down", "Nudge far down", "Arrange", ("Ctrl+Shift+Down",), _C, "", _selected, 2),
    Command("wire.connect", "Connect selection", "Arrange", ("Ctrl+L",), _C, "", _several, 3),
    Command("wire.disconnect", "Disconnect selection", "Arrange", ("Ctrl+Shift+L",), _C, "", _nodes_selected, 3),
    Command("wire.extract", "Take out of the flow", "Arrange", ("Ctrl+Shift+X",), _C, "", _nodes_selected, 3),
    Command("walk.next", "Walk to the next node", "Arrange", ("Right",), _C, "", _has_nodes, 4),
    Command("walk.previous", "Walk to the node before", "Arrange", ("Left",), _C, "", _has_nodes, 4),
    Command("walk.up", "Walk up", "Arrange", ("Up",), _C, "", _has_nodes, 4),
    Command("walk.down", "Walk down", "Arrange", ("Down",), _C, "", _has_nodes, 4),
    Command("profile.analyze", "Analyse again", "Run", icon="activity", when=_has_nodes),
    Command("profile.export", "Export profile…", "Run", icon="download", when=_has_nodes),
    Command("help.commands", "Command palette…", "Help", ("Ctrl+Shift+P", "F1", "Ctrl+K"), icon="command"),
    Command("help.keys", "Keyboard shortcuts", "Help", ("?",), _C, "keyboard"),
    Command("help.about", "About casare", "Help", icon="info"),
)

MENUS = ("File", "Edit", "View", "Arrange", "Run", "Help")


def command(command_id: str) -> Command:
    """Return the command with this id. Raises KeyError when there is none."""
    return _BY_ID[command_id]


_BY_ID = {one.id: one for one in COMMANDS}
