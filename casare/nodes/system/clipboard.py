"""The clipboard of the person at the window, and messages to them that go away by themselves."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final, NamedTuple

from casare.nodes.system.desktop_asking import window_of
from casare.sdk import Bound, Context, Cost, Param, Widget, as_text, node

_COST: Final = Cost(complexity=1, runtime_ms=5, memory_mb=0.1, bound=Bound.IO)


class Done(NamedTuple):
    """That it was done."""

    success: bool


class Pasted(NamedTuple):
    """What was on the clipboard."""

    text: str
    success: bool


@node(
    "ClipboardCopyNode",
    title="Copy to clipboard",
    category="desktop",
    icon="clipboard",
    cost=_COST,
    headline="text",
    keywords=("clipboard", "copy", "set"),
)
async def clipboard_copy(
    context: Context, text: Annotated[str, Param(widget=Widget.MULTILINE, help="The text to copy.")] = ""
) -> Done:
    """Put a text on the clipboard."""
    await asyncio.wrap_future(window_of(context, "The clipboard").copy(as_text(text)))
    return Done(True)


@node(
    "ClipboardPasteNode",
    title="Read clipboard",
    category="desktop",
    icon="clipboard-paste",
    cost=_COST,
    headline="",
    keywords=("clipboard", "paste", "get"),
)
async def clipboard_paste(context: Context) -> Pasted:
    """Take the text that is on the clipboard."""
    text = await asyncio.wrap_future(window_of(context, "The clipboard").paste())
    return Pasted(text, bool(text))


@node(
    "ClipboardClearNode",
    title="Clear clipboard",
    category="desktop",
    icon="trash-2",
    cost=_COST,
    headline="",
    keywords=("clipboard", "empty", "forget"),
)
async def clipboard_clear(context: Context) -> Done:
    """Take away what is on the clipboard, such as a password."""
    await asyncio.wrap_future(window_of(context, "The clipboard").copy(""))
    return Done(True)


@node(
    "SystemNotificationNode",
    title="Notify",
    category="desktop",
    icon="bell",
    cost=_COST,
    headline="message",
    aliases=("SnackbarNode", "BalloonTipNode"),
    keywords=("toast", "notification", "snackbar", "balloon", "tell"),
)
async def system_notification(
    context: Context,
    message: Annotated[str, Param(aliases=("text",), help="What to tell.")] = "",
    title: Annotated[str, Param(help="What stands before it.")] = "",
) -> Done:
    """Show a message in the window that goes away by itself; without a window it goes to the log."""
    told = ": ".join(part for part in (as_text(title), as_text(message)) if part)
    if context.desktop is None:
        context.log(told)
    else:
        await asyncio.wrap_future(context.desktop.tell(told))
    return Done(True)
