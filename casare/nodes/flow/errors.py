"""When something goes wrong: catching, trying again, raising, checking and writing down."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple, NoReturn

from casare.sdk import (
    Branch,
    Context,
    Cost,
    DataType,
    Delay,
    Failure,
    NodeError,
    Out,
    Param,
    Role,
    Visibility,
    Widget,
    as_float,
    as_integer,
    as_text,
    as_truth,
    node,
)

_TRY_ID = Param(widget=Widget.NODE, help="The Try this belongs to; set when the two are added together.")


@node(
    "TryNode",
    title="Try",
    category="flow",
    icon="shield-check",
    cost=Cost(2, 0.05, 0.1),
    role=Role.TRY,
    control_out=("try_body", "exec_out"),
    keywords=("catch", "error", "exception", "protect"),
)
def try_() -> None:
    """Run what hangs on *try body*; when a node there fails, its Catch takes over and the run goes on."""


class Caught(NamedTuple):
    """The error that was caught."""

    error_message: Annotated[str, Out(aliases=("error", "message"))]
    error_type: str
    stack_trace: str


@node(
    "CatchNode",
    title="Catch",
    category="flow",
    icon="hand",
    cost=Cost(2, 0.05, 0.1),
    role=Role.CATCH,
    control_out=("catch_body", "exec_out"),
    headline="error_types",
    keywords=("except", "error", "handle"),
)
def catch(
    *,
    failure: Failure | None,
    paired_try_id: Annotated[str, _TRY_ID] = "",
    error_types: Annotated[
        str, Param(placeholder="ValueError, NodeError", help="Which kinds to catch, parted by commas; empty: all.")
    ] = "",
) -> Caught:
    """Take over when something failed inside a Try.

    *Error types* are compared with the name of the exception's type: NodeError for what a node fails with on purpose,
    else Python's own names, such as ValueError or FileNotFoundError. An error of another type goes on as if it had not
    been caught.
    """
    if failure is None:
        return Caught("", "", "")
    wanted = [name.strip().casefold() for name in error_types.split(",") if name.strip()]
    if wanted and failure.type.casefold() not in wanted:
        _raise_again(failure)
    return Caught(failure.message, failure.type, failure.trace)


class Ended(NamedTuple):
    """Whether the Try ended with an error, caught or not."""

    had_error: bool


@node(
    "FinallyNode",
    title="Finally",
    category="flow",
    icon="circle-check",
    cost=Cost(2, 0.05, 0.1),
    role=Role.FINALLY,
    control_out=("finally_body", "exec_out"),
    keywords=("cleanup", "always", "close"),
    headline="",
)
def finally_(*, failure: Failure | None, paired_try_id: Annotated[str, _TRY_ID] = "") -> Ended:
    """Run what hangs on *finally body* in any case, whether the Try went well or not."""
    return Ended(failure is not None)


class Attempt(NamedTuple):
    """One attempt: its number from 1, what the one before failed with, and how long to wait first."""

    attempt: int
    last_error: str
    delay: Delay


@node(
    "RetryNode",
    title="Retry",
    category="flow",
    icon="refresh-cw",
    cost=Cost(4, 0.1, 0.2),
    role=Role.RETRY,
    control_out=("retry_body", "success", "failed"),
    headline="{max_attempts} attempts",
    keywords=("again", "attempt", "backoff", "flaky"),
)
def retry(
    *,
    max_attempts: Annotated[
        int, Param(minimum=1, maximum=100, aliases=("max_retries",), label="Attempts", help="How often to try in all.")
    ] = 3,
    initial_delay: Annotated[
        float, Param(minimum=0, unit="s", step=0.5, label="First delay", help="Before the second attempt.")
    ] = 1.0,
    backoff_multiplier: Annotated[
        float, Param(minimum=1, step=0.5, label="Backoff", help="Each further delay is so many times the last one.")
    ] = 2.0,
) -> Generator[Attempt, str | None, None]:
    """Run what hangs on *retry body* again until it goes well, or until there are no attempts left.

    The engine sends the error of a failed attempt to get the next one, and stops asking once an attempt went well.
    """
    last_error = ""
    pause = max(0.0, as_float(initial_delay, "initial_delay"))
    for number in range(1, max(1, as_integer(max_attempts, "max_attempts")) + 1):
        sent = yield Attempt(number, last_error, Delay(0 if number == 1 else pause))
        last_error = sent or ""
        if number > 1:
            pause *= max(1.0, as_float(backoff_multiplier, "backoff_multiplier"))


@node(
    "RetrySuccessNode",
    title="Attempt went well",
    category="flow",
    icon="circle-check",
    cost=Cost(1, 0.01, 0),
    keywords=("retry", "success", "done"),
)
def retry_success() -> None:
    """Mark where an attempt of a Retry has gone well."""


@node(
    "RetryFailNode",
    title="Attempt failed",
    category="flow",
    icon="circle-x",
    cost=Cost(1, 0.02, 0),
    keywords=("retry", "fail", "give up"),
)
def retry_fail(
    error_message: Annotated[str, Param(label="Message", help="Why; also what a later attempt sees.")] = "",
) -> None:
    """Fail this attempt of a Retry, so that the next one begins."""
    raise NodeError(as_text(error_message) or "the attempt failed")


@node(
    "ThrowErrorNode",
    title="Throw error",
    category="flow",
    icon="triangle-alert",
    cost=Cost(1, 0.02, 0),
    keywords=("raise", "fail", "exception", "stop"),
)
def throw_error(
    error_message: Annotated[
        str,
        Param(
            widget=Widget.MULTILINE,
            label="Message",
            placeholder="The order has no customer.",
            help="What went wrong, as a Catch and the log will tell it.",
        ),
    ],
) -> None:
    """Fail on purpose, with a message."""
    raise NodeError(as_text(error_message) or "an error was thrown")


class Handled(NamedTuple):
    """The error that came up in the protected part."""

    error_message: str
    error_type: str
    error_node: str
    stack_trace: str


@node(
    "OnErrorNode",
    title="On error",
    category="flow",
    icon="circle-alert",
    cost=Cost(2, 0.05, 0.1),
    role=Role.ON_ERROR,
    control_out=("protected_body", "on_error", "finally"),
    keywords=("handler", "catch", "guard"),
)
def on_error(*, failure: Failure | None) -> Handled:
    """Run a protected part; when it fails run *on error*, and in any case *finally*."""
    if failure is None:
        return Handled("", "", "", "")
    return Handled(failure.message, failure.type, failure.node, failure.trace)


@node(
    "ErrorRecoveryNode",
    title="Error recovery",
    category="flow",
    icon="undo-2",
    cost=Cost(2, 0.05, 0.1),
    control_out=("exec_out", "fallback"),
    headline="strategy",
    keywords=("strategy", "fallback", "continue"),
)
def error_recovery(
    strategy: Annotated[
        Literal["stop", "continue", "retry", "fallback"],
        Param(help="End with the error, go on, go on a few times and then fall back, or fall back at once."),
    ] = "stop",
    max_retries: Annotated[int, Param(minimum=0, maximum=100, help="How often *retry* goes on.")] = 3,
    *,
    context: Context,
    failure: Failure | None,
) -> Branch:
    """Decide how the workflow goes on after an error.

    Put it where an error was caught. With *retry*, wire *exec out* back to what failed.
    """
    if strategy == "stop":
        _raise_again(failure or Failure("the workflow was stopped after an error"))
    if strategy == "continue":
        return Branch("exec_out")
    if strategy == "fallback":
        return Branch("fallback")
    if strategy != "retry":
        raise NodeError(
            f"there is no strategy “{strategy}”", mend="Choose stop, continue, retry or fallback for this node."
        )
    counter = f"_retries_of_{context.node_id}"
    used = as_integer(context.get_variable(counter, 0))
    if used >= as_integer(max_retries, "max_retries"):
        context.set_variable(counter, 0)
        return Branch("fallback")
    context.set_variable(counter, used + 1)
    return Branch("exec_out")


class LogEntry(NamedTuple):
    """What was written."""

    log_entry: dict[str, Any]


@node(
    "LogErrorNode",
    title="Log error",
    category="flow",
    icon="bug",
    cost=Cost(1, 0.1, 0.1),
    headline="error_message",
    keywords=("write", "report", "exception"),
)
def log_error(
    error_message: Annotated[
        str, Param(label="Message", placeholder="{{catch.error_message}}", help="What went wrong.")
    ] = "",
    error_type: Annotated[
        str, Param(label="Kind", placeholder="{{catch.error_type}}", help="The name of its type.")
    ] = "",
    context: Annotated[dict[str, Any] | None, Param(help="Anything else worth knowing, by name.")] = None,
    *,
    run: Context,
    failure: Failure | None,
    level: Annotated[Literal["debug", "info", "warning", "error", "critical"], Param(help="How loud it is.")] = "error",
    include_stack_trace: Annotated[bool, Param(visibility=Visibility.ADVANCED, help="With the lines of code.")] = False,
) -> LogEntry:
    """Write an error to the log, with what else is known about it.

    Without a message, the error just caught.
    """
    seen = failure or Failure("an error without a message", "Error")
    entry: dict[str, Any] = {
        "message": as_text(error_message) or seen.message,
        "type": as_text(error_type) or seen.type,
        "level": level,
        "node": seen.node or run.node_id,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "context": context or {},
    }
    if include_stack_trace:
        entry["stack_trace"] = seen.trace
    run.log(f"{entry['type']}: {entry['message']}", level=level, data=entry)
    return LogEntry(entry)


class Checked(NamedTuple):
    """That the check passed; when it does not, the node fails."""

    passed: bool


@node(
    "AssertNode",
    title="Assert",
    category="flow",
    icon="list-checks",
    cost=Cost(1, 0.02, 0),
    headline="condition",
    keywords=("check", "expect", "must", "test"),
)
def assert_(
    condition: Annotated[
        Any,
        Param(type=DataType.BOOLEAN, widget=Widget.EXPRESSION, placeholder="{{count}} > 0", help="What must hold."),
    ] = True,
    message: Annotated[str, Param(help="What to say when it does not.")] = "",
) -> Checked:
    """Fail unless a condition holds."""
    if not as_truth(condition):
        raise NodeError(as_text(message) or "the condition does not hold")
    return Checked(True)


def _raise_again(failure: Failure) -> NoReturn:
    if failure.error is not None:
        raise failure.error
    raise NodeError(failure.message)
