"""Commands of the profiler."""

from __future__ import annotations

from casare.app.commands.command import Command
from casare.app.commands.when import has_nodes

COMMANDS: tuple[Command, ...] = (
    Command("profile.analyze", "Analyse again", "Run", icon="activity", when=has_nodes, group=3),
    Command("profile.export", "Export profile…", "Run", icon="download", when=has_nodes, group=3),
)
