"""What nodes that ask a person have in common: the question goes to the window, and without one they say so."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final

from casare.sdk import Bound, Context, Cost, Desktop, NodeError, Param, Question, Reply, as_float

COST: Final = Cost(complexity=2, runtime_ms=8000, memory_mb=0.2, bound=Bound.IO)
"""Of a node that waits for a person."""

Title = Annotated[str, Param(help="What stands above the question.")]
Message = Annotated[str, Param(aliases=("text", "label", "prompt"), help="What to ask or tell.")]
Seconds = Annotated[
    float,
    Param(minimum=0, unit="s", aliases=("timeout_seconds",), help="Answers by itself after so long; 0 waits for ever."),
]


def window_of(context: Context, what: str) -> Desktop:
    """Return the window of a run. Raises NodeError where there is none; `what` says what needs it."""
    if context.desktop is not None:
        return context.desktop
    raise NodeError(
        f"{what} needs somebody at a window, and this run has none",
        mend="Run the workflow in the editor, or give it the value as a variable: casare run FILE --set NAME=VALUE.",
    )


async def answer_to(context: Context, question: Question, what: str) -> Reply:
    """Return what the person says; stopping the run takes the question away. Raises NodeError without a window."""
    return await asyncio.wrap_future(window_of(context, what).ask(question))


async def value_of(
    context: Context, title: str, message: str, field: Param, value: Any = None, seconds: object = 0.0
) -> tuple[Any, bool]:
    """Return the one value that a person fills in, and whether they did."""
    question = Question(
        title or field.title,
        message,
        (field,),
        values={} if value in (None, "") else {field.name: value},
        seconds=as_float(seconds, "timeout"),
    )
    reply = await answer_to(context, question, f"“{question.title}”")
    given = reply.button == question.buttons[-1]
    return (reply.values.get(field.name) if given else None), given
