"""Programs that run on this computer: list them, end them. psutil does the looking."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from casare.nodes.extras import library
from casare.nodes.system.programs import free_to_start
from casare.sdk import Bound, Context, Cost, NodeError, Param, Visibility, as_flag, as_float, as_text, node

_COST = Cost(complexity=3, runtime_ms=60, memory_mb=2, bound=Bound.IO)


class Programs(NamedTuple):
    """Programs that run."""

    processes: list[dict[str, Any]]
    count_: int


class Killed(NamedTuple):
    """Programs that were ended."""

    killed_count: int
    success: bool


@node(
    "ProcessListNode",
    title="List processes",
    category="system",
    icon="list",
    cost=_COST,
    headline="filter_name",
    keywords=("programs", "running", "tasks", "pid"),
)
def process_list(
    filter_name: Annotated[str, Param(aliases=("name",), help="Only those with this in their name; empty: all.")] = "",
    *,
    include_details: Annotated[bool, Param(help="Tells user, memory in MB and state of each, too.")] = True,
) -> Programs:
    """List the programs that run, by their number."""
    psutil = library("psutil", "system", "A list of processes")
    wanted = as_text(filter_name).strip().casefold()
    found = []
    for one in psutil.process_iter(["pid", "name", "username", "memory_info", "status"]):
        told = one.info
        if wanted not in as_text(told["name"]).casefold():
            continue
        facts = {"pid": told["pid"], "name": told["name"]}
        if as_flag(include_details, "include_details"):
            memory = told["memory_info"].rss / 1_000_000 if told["memory_info"] else 0.0
            facts |= {"user": told["username"], "memory_mb": round(memory, 1), "status": told["status"]}
        found.append(facts)
    return Programs(found, len(found))


@node(
    "ProcessKillNode",
    title="End process",
    category="system",
    icon="circle-x",
    cost=_COST,
    headline="pid_or_name",
    keywords=("kill", "stop", "program", "task"),
)
def process_kill(
    context: Context,
    pid_or_name: Annotated[
        str, Param(aliases=("process_name", "pid"), help="The number of a program, or its whole name.")
    ],
    *,
    force: Annotated[bool, Param(help="Ends it at once, without letting it save anything.")] = False,
    timeout: Annotated[
        float, Param(minimum=0, unit="s", visibility=Visibility.ADVANCED, help="How long to wait for its end.")
    ] = 5.0,
) -> Killed:
    """End a program, or all of one name.

    The node fails when there is none, and when it goes on all the same.
    """
    free_to_start(context)
    psutil = library("psutil", "system", "Ending a process")
    told = as_text(pid_or_name).strip()
    if not told:
        raise ValueError("pid_or_name is empty; write the number or the name of a program")
    found = [
        one
        for one in psutil.process_iter(["pid", "name"])
        if (
            str(one.info["pid"]) == told
            if told.isdecimal()
            else as_text(one.info["name"]).casefold() == told.casefold()
        )
    ]
    if not found:
        raise NodeError(f"no program {told} is running", mend="List processes tells what is running.")
    for one in found:
        try:
            one.kill() if as_flag(force, "force") else one.terminate()
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:
            raise NodeError(f"{told} belongs to somebody else", mend="End it as the user it belongs to.") from None
    _, left = psutil.wait_procs(found, timeout=as_float(timeout, "timeout"))
    if left:
        raise NodeError(f"{told} goes on", mend="Switch force on, or give it more time.")
    return Killed(len(found), True)
