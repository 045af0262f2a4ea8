"""Commands of the profiler."""

from __future__ import annotations

from casare.app.commands.command import Command
from casare.app.commands.when import has_nodes

COMMANDS: tuple[Command, ...] = (
    Command(
        "profile.critical_path",
        "Critical path on the canvas",
        "View",
        icon="route",
        when=has_nodes,
        group=1,
        checkable=True,
        keywords="profiler longest chain bottleneck",
    ),
    *(
        Command(
            f"profile.heat_{kind}",
            f"Heat: {title}",
            "View",
            icon="activity" if kind != "off" else "",
            when=has_nodes,
            group=1,
            checkable=True,
            keywords="profiler colour nodes cost",
            submenu="Heat on the canvas",
        )
        for kind, title in (("off", "off"), ("time", "time"), ("memory", "memory"), ("complexity", "complexity"))
    ),
    Command("profile.analyze", "Analyse again", "Run", icon="activity", when=has_nodes, group=3),
    Command(
        "profile.compare",
        "Compare profiles",
        "Run",
        icon="arrow-right-left",
        when=has_nodes,
        group=3,
        keywords="difference versions runs file before after",
    ),
    *(
        Command(
            f"profile.export_{kind}",
            title,
            "Run",
            icon="download",
            when=has_nodes,
            group=3,
            keywords="profile export report budget",
            submenu="Export profile",
        )
        for kind, title in (
            ("html", "Report as HTML…"),
            ("json", "Report as JSON…"),
            ("csv", "Nodes as CSV…"),
            ("trace", "Timeline as Chrome trace…"),
            ("junit", "Budget as JUnit…"),
            ("sarif", "Findings as SARIF…"),
        )
    ),
)
