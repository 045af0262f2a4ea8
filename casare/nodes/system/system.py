"""The computer the workflow runs on, with the standard library alone: environment, facts, a log of one's own."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

from casare.nodes.files.file_text import encoded
from casare.nodes.files.paths import file_to_write
from casare.nodes.system.machine import machine_facts
from casare.sdk import Bound, Context, Cost, Out, Param, Widget, as_choice, as_flag, as_text, node


class Setting(NamedTuple):
    """An environment variable."""

    result_value: Annotated[str, Out(help="The value, empty when there is none.")]
    exists: bool
    success: bool


class Machine(NamedTuple):
    """Facts about the computer."""

    info: Annotated[dict[str, Any], Out(help="The facts by group: os, cpu, ram, disk, network.")]
    os_name: str
    cpu_percent: Annotated[float, Out(help="How busy the processors are; 0 where the system does not tell.")]
    ram_percent: Annotated[float, Out(help="How much memory is in use; 0 where the system does not tell.")]
    disk_percent: Annotated[float, Out(help="How full the disk of the working folder is.")]


class Logged(NamedTuple):
    """Lines written to a log file."""

    success: bool
    lines_written: int


@node(
    "EnvironmentVariableNode",
    title="Environment variable",
    category="system",
    icon="variable",
    cost=Cost(complexity=1, runtime_ms=0.05, memory_mb=0.1),
    headline="{action} {var_name}",
    keywords=("env", "setting", "path", "get", "set"),
)
def environment_variable(
    var_name: Annotated[str, Param(aliases=("name", "variable_name"), placeholder="HOME", help="Its name.")] = "",
    value: Annotated[str, Param(help="The value to set.")] = "",
    *,
    action: Annotated[Literal["get", "set"], Param(help="Reads the variable, or sets it.")] = "get",
    scope: Annotated[
        Literal["process", "user", "system"],
        Param(help="Setting works for this process only; reading gives what this process sees."),
    ] = "process",
) -> Setting:
    """Get or set an environment variable.

    A variable that is set here is seen by the nodes after this one and by the programs they start, until casare ends.
    """
    name = as_text(var_name).strip()
    if not name or "=" in name or "\0" in name:
        raise ValueError(f"var_name must be the name of a variable, but it is {name!r}")
    wanted_scope = as_choice(scope, ("process", "user", "system"), "scope")
    if as_choice(action, ("get", "set"), "action") == "get":
        return Setting(os.environ.get(name, ""), name in os.environ, True)
    if wanted_scope != "process":
        raise ValueError(f"Scope {wanted_scope} cannot be set from a workflow; use process, or the system's settings")
    os.environ[name] = as_text(value)
    return Setting(os.environ[name], True, True)


@node(
    "SystemInfoNode",
    title="System info",
    category="system",
    icon="monitor",
    cost=Cost(complexity=2, runtime_ms=5, memory_mb=0.5, bound=Bound.IO),
    headline="info_type",
    keywords=("computer", "cpu", "memory", "ram", "disk", "platform", "hostname"),
)
def system_info(
    *,
    info_type: Annotated[
        Literal["all", "os", "cpu", "ram", "disk", "network"], Param(help="Which facts to gather.")
    ] = "all",
) -> Machine:
    """Get facts about the computer: system, processors, memory, disk, network.

    A percentage that was not asked for, or that the system does not tell, is 0. The load of the processors is the
    average of the last minute.
    """
    wanted = as_choice(info_type, ("all", "os", "cpu", "ram", "disk", "network"), "info_type")
    facts = machine_facts(wanted)
    return Machine(facts.groups, facts.os_name, facts.cpu_percent, facts.ram_percent, facts.disk_percent)


@node(
    "LogToFileNode",
    title="Log to file",
    category="system",
    icon="scroll-text",
    cost=Cost(complexity=2, runtime_ms=3, memory_mb=0.2, bound=Bound.IO),
    headline="log_message",
    keywords=("write", "append", "line", "journal"),
)
def log_to_file(
    context: Context,
    log_message: Annotated[
        str, Param(widget=Widget.MULTILINE, aliases=("message", "text"), help="What to write; each line is an entry.")
    ],
    *,
    log_file_path: Annotated[
        str, Param(widget=Widget.SAVE_FILE, aliases=("file_path", "path"), placeholder="logs/run.log", help="The log.")
    ],
    level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Param(help="Written before each entry.")] = "INFO",
    append: Annotated[bool, Param(help="Adds to the log; without it the log starts anew.")] = True,
    add_timestamp: Annotated[bool, Param(help="Writes date and time before each entry.")] = True,
) -> Logged:
    """Write a message to a log file of your own.

    A message of several lines becomes one entry for each, all with the same time and level.
    """
    name = as_choice(level, ("debug", "info", "warning", "error", "critical"), "level").upper()
    stamp = f"[{datetime.now():%Y-%m-%d %H:%M:%S}] " if as_flag(add_timestamp, "add_timestamp") else ""
    lines = [f"{stamp}[{name}] {line}\n" for line in as_text(log_message).split("\n")]
    path = file_to_write(context, log_file_path, "log_file_path")
    with path.open("ab" if as_flag(append, "append") else "wb") as stream:
        stream.write(encoded("".join(lines), "utf-8", path, errors="backslashreplace"))
    return Logged(True, len(lines))
