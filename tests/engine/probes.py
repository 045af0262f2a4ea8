"""Node types for tests: they note that they ran, fail, fail a few times, wait, block, or keep a core busy."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from typing import Annotated, Any, NamedTuple

from casare.sdk import Bound, Branch, Context, Cost, NodeError, Out, node


@node("Note", title="Note", category="flow")
def note(value: Any = None, *, context: Context, mark: Any = None) -> Annotated[Any, Out("value")]:
    """Append a mark, or the node's id, to the variable `seen`; give the value on."""
    seen = context.get_variable("seen")
    if seen is not None:
        seen.append(context.node_id if mark is None else str(mark))
    return value


@node("Fail", title="Fail", category="flow")
def fail(*, message: str = "it failed", kind: str = "node") -> None:
    """Fail."""
    if kind == "value":
        raise ValueError(message)
    if kind == "defect":
        raise RuntimeError(message)
    raise NodeError(message, mend="Take it out.")


@node("Flaky", title="Flaky", category="flow")
def flaky(*, context: Context, times: int = 1) -> Annotated[int, Out("tries")]:
    """Fail the first few times."""
    counts = context.get_variable("counts")
    counts[context.node_id] = counts.get(context.node_id, 0) + 1
    if counts[context.node_id] <= times:
        raise NodeError(f"try {counts[context.node_id]} failed")
    return int(counts[context.node_id])


@node("Wait", title="Wait", category="flow")
async def wait(*, seconds: float = 60.0) -> None:
    """Wait on the event loop."""
    await asyncio.sleep(seconds)


@node("Block", title="Block", category="flow", cost=Cost(1, 1, 0, Bound.IO))
def block(*, context: Context) -> Annotated[str, Out("thread")]:
    """Block a thread until the gate in the variables opens, if there is one."""
    gate = context.get_variable("gate")
    if isinstance(gate, threading.Event):
        gate.wait(10)
    return threading.current_thread().name


@node("Together", title="Together", category="flow", cost=Cost(1, 1, 0, Bound.IO))
def together(value: Any = None, *, context: Context) -> Annotated[Any, Out("value")]:
    """Wait at a barrier, so that it only ends when enough others run at the same time."""
    context.get_variable("barrier").wait(10)
    return value


@node("Meter", title="Meter", category="network", cost=Cost(1, 1, 0, Bound.IO))
def meter(value: Any = None, *, context: Context) -> Annotated[Any, Out("value")]:
    """Keep the largest number of these that ran at the same time."""
    gauge: Gauge = context.get_variable("gauge")
    with gauge:
        time.sleep(0.002)
    return value


@node("Dawdle", title="Dawdle", category="flow")
def dawdle(*, seconds: float = 0.0) -> Annotated[str, Out("thread")]:
    """Keep whoever runs it waiting, though it is declared to take no time; tell the thread."""
    time.sleep(seconds)
    return threading.current_thread().name


class Gauge:
    """Count how many are inside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = 0
        self.most = 0

    def __enter__(self) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.now -= 1


@node("Spin", title="Spin", category="maths", pure=True, cost=Cost(1, 1000, 0, Bound.CPU))
def spin(*, rounds: int = 10) -> Annotated[int, Out("total")]:
    """Keep a core busy, in a process of its own."""
    total = 0
    for number in range(rounds):
        total += number
    return total


@node("Where", title="Where", category="maths", pure=True, cost=Cost(1, 1000, 0, Bound.CPU))
def where(*, fails: bool = False) -> Annotated[int, Out("process")]:
    """Tell the process it runs in."""
    if fails:
        raise ValueError("no place")
    return os.getpid()


@node("Slow", title="Slow", category="maths", pure=True, cost=Cost(1, 1000, 0, Bound.CPU))
def slow() -> Annotated[int, Out("process")]:
    """Keep a core busy for 5 ms, and tell the process."""
    until = time.process_time_ns() + 5_000_000
    while time.process_time_ns() < until:
        pass
    return os.getpid()


@node("Light", title="Light", category="maths", pure=True)
def light(*, beside: Any = None) -> Annotated[int, Out("process")]:
    """Keep a core busy for 25 ms, which nobody would think of what it declares, and tell the process."""
    until = time.thread_time_ns() + 25_000_000
    while time.thread_time_ns() < until:
        pass
    return os.getpid()


@node("Root", title="Root", category="maths", pure=True)
def root(value: float) -> Annotated[float, Out("root")]:
    """Return the square root."""
    if value < 0:
        raise ValueError("no root")
    return float(value**0.5)


@node("Plus", title="Plus", category="maths", pure=True)
def plus(a: float, b: float = 1) -> Annotated[float, Out("sum")]:
    """Add."""
    return a + b


class Chosen(NamedTuple):
    """A way, and a value beside it."""

    way: Branch
    value: Any


@node("Choose", title="Choose", category="flow", control_out=("left", "right"))
def choose(value: Any = None, *, way: str = "left") -> Chosen:
    """Go left or right."""
    return Chosen(Branch(way), value)


@node("Risky", title="Risky", category="flow", control_out=("exec_out", "error"))
def risky(*, fails: bool = True) -> None:
    """Fail, with a way for it."""
    if fails:
        raise NodeError("risky failed")


ALL = (note, dawdle, fail, flaky, wait, block, together, meter, spin, where, slow, light, root, plus, choose, risky)
