"""Wait until a file or a folder changes. watchfiles listens to the operating system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple

from casare.nodes.extras import library
from casare.nodes.files.paths import wanted_path
from casare.sdk import Bound, Context, Cost, Out, Param, Widget, as_choice, as_flag, as_float, as_text, node

_EVENTS: Final = ("all", "created", "modified", "deleted")
_KINDS: Final = {1: "created", 2: "modified", 3: "deleted"}


class Change(NamedTuple):
    """What changed first."""

    event_type: Annotated[str, Out(help="created, modified or deleted; empty when nothing happened.")]
    file_path: str
    triggered: bool
    timed_out: bool


@node(
    "FileWatcherNode",
    title="Wait for file change",
    category="files",
    icon="eye",
    cost=Cost(complexity=3, runtime_ms=5000, memory_mb=3, bound=Bound.IO),
    headline="{events} in {watch_path}",
    keywords=("watch", "monitor", "folder", "created", "modified", "inotify"),
)
async def file_watcher(
    context: Context,
    watch_path: Annotated[str, Param(widget=Widget.FOLDER, aliases=("path",), help="A folder, or a file.")],
    *,
    events: Annotated[Literal["all", "created", "modified", "deleted"], Param(help="What to wait for.")] = "all",
    pattern: Annotated[str, Param(placeholder="*.csv", help="Only files of such names; empty: all.")] = "",
    timeout: Annotated[float, Param(minimum=0, unit="s", help="When to give up; 0 waits as long as it takes.")] = 30.0,
    recursive: Annotated[bool, Param(help="Also what is in folders inside it.")] = False,
) -> Change:
    """Wait until something in a folder is made, changed or deleted, or until the time is up."""
    watchfiles = library("watchfiles", "triggers", "Waiting for a file")
    told = wanted_path(context, watch_path, "watch_path")
    wanted, named = as_choice(events, _EVENTS, "events"), as_text(pattern).strip() or "*"
    # A file that is written anew is another file to the system: its folder is what stays.
    folder = told if told.is_dir() else told.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder at {folder} (watch_path)")

    def counts(change: int, path: str) -> bool:
        found = Path(path)
        return wanted in ("all", _KINDS[change]) and (found == told if folder != told else found.match(named))

    seconds = as_float(timeout, "timeout")
    try:
        async with asyncio.timeout(seconds or None):
            return await _first(watchfiles, folder, counts, as_flag(recursive, "recursive"))
    except TimeoutError:
        context.log(f"nothing happened in {told} within {seconds:g} s", level="warning")
        return Change("", "", False, True)


async def _first(watchfiles: object, folder: Path, counts: Callable[[int, str], bool], recursive: bool) -> Change:
    watch = watchfiles.awatch  # type: ignore[attr-defined]
    async for changes in watch(folder, watch_filter=counts, recursive=recursive, debounce=50, step=10):
        change, path = min(changes)
        return Change(_KINDS[change], path, True, False)
    return Change("", "", False, False)
