"""Tell others what happened: a message to a webhook, a check that stops the run."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.web.http_client import Limits, request_of, with_body
from casare.nodes.web.http_requests import COST, RetryCount, RetryDelay, Timeout, ask
from casare.sdk import (
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Widget,
    as_choice,
    as_dict,
    as_flag,
    as_text,
    as_truth,
    node,
)


class Notified(NamedTuple):
    """What the webhook answered."""

    success: bool
    response: Annotated[str, Out(help="What the server said.")]


class Checked(NamedTuple):
    """The outcome of a check."""

    passed: bool
    message: str


@node(
    "WebhookNotifyNode",
    title="Notify webhook",
    category="network",
    icon="webhook",
    cost=COST,
    headline="message",
    keywords=("slack", "teams", "discord", "alert", "error", "message"),
)
async def webhook_notify(
    context: Context,
    webhook_url: Annotated[
        str,
        Param(
            widget=Widget.SECRET, aliases=("url",), help="The address of the webhook; whoever has it can write there."
        ),
    ],
    message: Annotated[str, Param(widget=Widget.MULTILINE, help="What to say.")] = "",
    error_details: Annotated[dict[str, Any] | None, Param(help="More to say: names and values.")] = None,
    *,
    format: Annotated[
        Literal["generic", "slack", "discord", "teams"], Param(help="How the receiver wants it written.")
    ] = "generic",
    timeout: Timeout = 30.0,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 2.0,
) -> Notified:
    """Send a message to a webhook of a chat or a service. The node fails when it is not taken."""
    kind = as_choice(format, ("generic", "slack", "discord", "teams"), "format")
    details = as_dict(error_details, "error_details")
    text = "\n".join([as_text(message), *(f"{name}: {as_text(value)}" for name, value in details.items())])
    bodies: dict[str, dict[str, Any]] = {
        "slack": {"text": text},
        "discord": {"content": text[:2000]},
        "teams": {"text": text},
        "generic": {"message": as_text(message), "details": details, "node": context.node_id},
    }
    # The path of a webhook is its password, so it is not told.
    request = with_body(request_of("POST", webhook_url, None, None), bodies[kind])._replace(called="the webhook")
    answer = await ask(request, Limits(timeout, True, retry_count, retry_delay), context)
    if not answer.success:
        raise NodeError(f"the webhook answered {answer.error}", mend="Check its address, and that it still exists.")
    return Notified(True, answer.response_body)


@node(
    "AssertSystemNode",
    title="Check condition",
    category="system",
    icon="shield-check",
    cost=Cost(complexity=1, runtime_ms=0.05, memory_mb=0.1),
    headline="condition",
    keywords=("assert", "verify", "test", "stop"),
)
def assert_system(
    condition: Annotated[Any, Param(widget=Widget.EXPRESSION, placeholder="{{count}} > 0", help="What has to hold.")],
    value: Annotated[Any, Param(help="With a value: what the condition has to be equal to.")] = None,
    *,
    assert_message: Annotated[
        str, Param(aliases=("message",), placeholder="There are no rows.", help="What to say when it does not.")
    ] = "",
    fail_on_false: Annotated[
        bool, Param(help="Fails the node when it does not hold; without it, the run goes on.")
    ] = True,
) -> Checked:
    """Check that a condition holds, or that a value is the one expected."""
    passed = as_truth(condition) if value is None else condition == value
    told = as_text(assert_message) or ("" if value is None else f"expected {as_text(value)}, got {as_text(condition)}")
    if not passed and as_flag(fail_on_false, "fail_on_false"):
        raise NodeError(told or "the condition does not hold", mend="Look at where the value comes from.")
    return Checked(passed, "" if passed else told or "the condition does not hold")
