"""Commands about files, tabs and the window as a whole."""

from __future__ import annotations

from casare.app.commands.command import Command
from casare.app.commands.when import has_file, has_nodes, is_open, nodes_selected

COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New workflow", "File", ("Ctrl+N",), icon="file-plus"),
    Command("file.open", "Open…", "File", ("Ctrl+O",), icon="folder-open"),
    Command("file.open_folder", "Open a folder…", "File", icon="folder", keywords="browse directory scan"),
    Command("file.switch", "Switch or open recent…", "File", ("Ctrl+E", "Ctrl+Shift+O"), icon="history"),
    Command("file.save", "Save", "File", ("Ctrl+S",), icon="save", when=is_open, group=1),
    Command("file.save_as", "Save as…", "File", ("Ctrl+Shift+S",), when=is_open, group=1),
    Command("file.reload", "Reload from disk", "File", when=has_file, icon="refresh-cw", group=1, keywords="revert"),
    Command(
        "file.versions",
        "Earlier versions…",
        "File",
        when=has_file,
        icon="history",
        group=1,
        keywords="restore backup generations history revert",
    ),
    Command(
        "file.recover",
        "Recover unsaved work…",
        "File",
        icon="archive",
        group=1,
        keywords="crash journal lost restore discarded",
    ),
    Command("file.export_image", "Export picture…", "File", when=has_nodes, icon="image", group=1),
    Command("file.export_selection", "Export picture of selection…", "File", when=nodes_selected, group=1),
    Command(
        "file.export_carrying",
        "Export picture with workflow…",
        "File",
        when=has_nodes,
        group=1,
        keywords="png embed share drop",
    ),
    Command("file.close", "Close tab", "File", ("Ctrl+W",), when=is_open, group=2),
    Command("file.start", "Start page", "File", ("Ctrl+Home",), group=2),
    Command("file.quit", "Quit", "File", ("Ctrl+Q",), group=3),
)
