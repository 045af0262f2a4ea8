"""Begin runs when files appear, change or go. watchfiles listens to the operating system."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from casare.nodes.extras import library
from casare.nodes.triggers.trigger_payload import COST, Overlap, Sample, payload_of
from casare.sdk import (
    Context,
    Host,
    NodeError,
    Out,
    Param,
    Role,
    Visibility,
    Widget,
    as_flag,
    as_integer,
    as_items,
    as_text,
    node,
)

_KINDS: Final = {1: "created", 2: "modified", 3: "deleted"}


class FileChange(NamedTuple):
    """A file that changed."""

    file_path: Annotated[str, Out(aliases=("path",))]
    file_name: str
    directory: str
    event_type: Annotated[str, Out(help="created, modified or deleted.")]


@node(
    "FileWatchTriggerNode",
    title="On file change",
    category="triggers",
    icon="folder-open",
    cost=COST,
    role=Role.TRIGGER,
    control_in=(),
    headline="{patterns} in {watch_path}",
    keywords=("watch", "folder", "inbox", "created", "modified", "new file", "trigger"),
)
class FileWatchTrigger:
    """Begin a run for each file that appears or changes in a folder, while casare serve runs."""

    def __call__(
        self,
        context: Context,
        *,
        watch_path: Annotated[str, Param(widget=Widget.FOLDER, aliases=("path", "folder"), help="The folder.")] = ".",
        patterns: Annotated[
            list[Any] | None, Param(aliases=("pattern",), placeholder="*.csv", help="Names of files; empty: all.")
        ] = None,
        events: Annotated[
            list[Any] | None,
            Param(
                widget=Widget.MULTI_CHOICE,
                choices=("created", "modified", "deleted"),
                help="What counts; empty: created and modified.",
            ),
        ] = None,
        recursive: Annotated[bool, Param(help="Also what is in folders inside it.")] = False,
        debounce_ms: Annotated[
            int,
            Param(
                minimum=10,
                unit="ms",
                visibility=Visibility.ADVANCED,
                help="Changes this close to each other count as one: a large file is written in many pieces.",
            ),
        ] = 500,
        overlap: Overlap = "queue",
        sample: Sample = None,
    ) -> FileChange:
        """Give the file that changed."""
        usual = context.path(f"{as_text(watch_path)}/example.txt")
        told = payload_of(context, sample, _told(usual, "created"))
        return FileChange(*(as_text(told[name]) for name in FileChange._fields))

    async def watch(self, host: Host, settings: Mapping[str, Any]) -> None:
        """Fire for each file that changes."""
        watchfiles = library("watchfiles", "triggers", "Watching a folder")
        folder = host.path(as_text(settings["watch_path"]).strip() or ".")
        if not folder.is_dir():
            raise NodeError(f"there is no folder at {folder}", mend="Make it, or correct watch_path.")
        named = [as_text(one) for one in as_items(settings["patterns"], "patterns")] or ["*"]
        wanted = [as_text(one) for one in as_items(settings["events"], "events")] or ["created", "modified"]

        def counts(change: int, path: str) -> bool:
            name = Path(path).name
            return _KINDS[change] in wanted and any(fnmatch.fnmatch(name, pattern) for pattern in named)

        debounce = max(10, as_integer(settings["debounce_ms"], "debounce_ms"))
        async for changes in watchfiles.awatch(
            folder,
            watch_filter=counts,
            debounce=debounce * 4,
            step=debounce,
            recursive=as_flag(settings["recursive"], "recursive"),
        ):
            first: dict[str, int] = {}
            for change, path in sorted(changes):
                first.setdefault(path, int(change))
            for path, change in first.items():
                if change == 3 or not Path(path).is_dir():
                    host.fire(_told(Path(path), _KINDS[change]))


def _told(path: Path, event: str) -> dict[str, Any]:
    return {"file_path": str(path), "file_name": path.name, "directory": str(path.parent), "event_type": event}
