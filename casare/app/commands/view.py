"""Commands that change what is seen, never the workflow."""

from __future__ import annotations

from casare.app.commands.command import CANVAS, Command
from casare.app.commands.when import has_nodes, is_open

COMMANDS: tuple[Command, ...] = (
    Command("view.outline", "Outline", "View", ("Ctrl+Shift+U",), icon="list-tree", checkable=True),
    Command("view.profiler", "Profiler", "View", ("Ctrl+P",), icon="gauge", checkable=True),
    Command("view.palette", "Node palette", "View", ("Ctrl+Shift+E",), icon="panel-left", checkable=True),
    Command("view.inspector", "Inspector", "View", ("Ctrl+Shift+I",), icon="panel-right", checkable=True),
    Command("view.problems", "Problems", "View", ("Ctrl+Shift+M",), icon="circle-alert", checkable=True),
    Command("view.log", "Log", "View", ("Ctrl+`",), icon="terminal", checkable=True),
    Command(
        "view.data",
        "Data",
        "View",
        ("Ctrl+Shift+J",),
        icon="table",
        checkable=True,
        keywords="outputs inputs variables values",
    ),
    Command(
        "view.runs",
        "Runs",
        "View",
        ("Ctrl+Shift+R",),
        icon="history",
        checkable=True,
        keywords="run history past earlier",
    ),
    Command("view.frame_selection", "Show selection or all", "View", ("F",), CANVAS, "scan", has_nodes, 1),
    Command("view.fit", "Show all", "View", ("Home", "Ctrl+1"), CANVAS, "maximize", has_nodes, 1),
    Command("view.zoom_in", "Zoom in", "View", ("Ctrl+=", "Ctrl++"), CANVAS, "zoom-in", is_open, 1),
    Command("view.zoom_out", "Zoom out", "View", ("Ctrl+-",), CANVAS, "zoom-out", is_open, 1),
    Command("view.zoom_actual", "Actual size", "View", ("Ctrl+0",), CANVAS, "", is_open, 1),
    Command("view.minimap", "Minimap", "View", ("Alt+M",), icon="map", when=is_open, group=1, checkable=True),
    Command("view.theme_system", "Theme: follow the system", "View", group=2, icon="settings"),
    Command("view.theme_dark", "Theme: dark", "View", group=2, icon="moon"),
    Command("view.theme_light", "Theme: light", "View", group=2, icon="sun"),
    Command("view.split", "Split right", "View", ("Ctrl+\\",), icon="columns-3", when=is_open, group=3, checkable=True),
    Command("view.restore_tabs", "Reopen tabs at start", "View", group=4, checkable=True),
    Command("view.full_screen", "Full screen", "View", ("F11",), group=3, checkable=True),
)
