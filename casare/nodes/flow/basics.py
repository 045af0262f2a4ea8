"""The nodes every workflow starts with: start, end, comment, log, wait, reroute."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

from casare.sdk import Bound, Context, Cost, NodeError, Param, Role, Visibility, Widget, as_float, as_text, node


@node(
    "StartNode",
    title="Start",
    category="flow",
    icon="play",
    cost=Cost(1, 0.01, 0, Bound.CPU),
    role=Role.START,
    control_in=(),
    keywords=("begin", "entry", "first"),
)
def start() -> None:
    """Begin the workflow here.

    Several Start nodes begin at the same time. A workflow without one begins at every node that nothing leads to.
    """


@node(
    "EndNode",
    title="End",
    category="flow",
    icon="flag",
    cost=Cost(1, 0.01, 0),
    role=Role.END,
    control_out=(),
    keywords=("stop", "finish", "last"),
)
def end() -> None:
    """End this path of the workflow.

    Other paths that are still running go on to their own ends.
    """


@node(
    "CommentNode",
    title="Comment",
    category="flow",
    icon="message-square",
    cost=Cost(1, 0.01, 0),
    role=Role.COMMENT,
    keywords=("note", "remark", "text"),
)
def comment(
    *,
    comment: Annotated[
        str, Param(widget=Widget.MULTILINE, placeholder="What should others know here?", help="Shown on the canvas.")
    ] = "",
) -> None:
    """Say something to whoever reads the workflow; nothing happens when it runs."""


@node(
    "LogNode",
    title="Log",
    category="flow",
    icon="scroll-text",
    cost=Cost(1, 0.05, 0.1),
    headline="message",
    keywords=("print", "write", "message", "debug"),
)
def log(
    message: Annotated[
        str, Param(widget=Widget.MULTILINE, placeholder="Total: {{total}}", help="May hold {{references}}.")
    ] = "",
    data: Annotated[Any, Param(help="Any value to write beside the message.")] = None,
    *,
    context: Context,
    level: Annotated[
        Literal["debug", "info", "warning", "error", "critical"], Param(help="How loud the line is.")
    ] = "info",
    include_timestamp: Annotated[
        bool, Param(label="Time in the text", visibility=Visibility.ADVANCED, help="Put the time before the message.")
    ] = False,
    include_node_id: Annotated[
        bool, Param(label="Node in the text", visibility=Visibility.ADVANCED, help="Put the node's id before it.")
    ] = False,
) -> None:
    """Write a line to the log of the run."""
    text = as_text(message)
    if include_node_id:
        text = f"[{context.node_id}] {text}"
    if include_timestamp:
        text = f"{datetime.now().isoformat(sep=' ', timespec='seconds')} {text}"
    context.log(text, level=level, data=data)


@node(
    "WaitNode",
    title="Wait",
    category="flow",
    icon="timer",
    cost=Cost(1, 1000, 0, Bound.WAIT),
    headline="{duration} s",
    aliases=("BrowserWaitNode",),
    keywords=("sleep", "pause", "delay"),
)
async def wait(
    duration: Annotated[float, Param(minimum=0, step=0.5, unit="s", aliases=("seconds",), help="How long.")] = 1.0,
    *,
    duration_ms: Annotated[
        float | None,
        Param(
            minimum=0,
            step=100,
            unit="ms",
            label="Duration in ms",
            visibility=Visibility.ADVANCED,
            help="Set in older files. When it is set, it counts instead of the duration in seconds.",
        ),
    ] = None,
) -> None:
    """Let time pass before going on; other paths run meanwhile."""
    import asyncio

    seconds = as_float(duration, "duration") if duration_ms is None else as_float(duration_ms, "duration_ms") / 1000
    if seconds < 0:
        raise NodeError(f"cannot wait for {seconds:g} s", mend="Give a duration of 0 or more.")
    await asyncio.sleep(seconds)


class Rerouted(NamedTuple):
    """What came in, going out."""

    out: Any


@node(
    "RerouteNode",
    title="Reroute",
    category="flow",
    icon="waypoints",
    cost=Cost(1, 0.01, 0),
    pure=True,
    keywords=("dot", "wire", "pass"),
    headline="",
)
def reroute(in_: Annotated[Any, Param(help="What to pass on.")] = None) -> Rerouted:
    """Pass a value on unchanged, to lead a wire around other nodes."""
    return Rerouted(in_)
