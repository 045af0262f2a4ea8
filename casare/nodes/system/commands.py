"""Programs and shell scripts: start them, wait for them, take what they wrote."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NamedTuple

from casare.nodes.files.paths import existing_file
from casare.nodes.system.programs import Ran, free_to_start, run_program, working_folder
from casare.sdk import (
    Bound,
    Context,
    Cost,
    NodeError,
    Out,
    Param,
    Visibility,
    Widget,
    as_flag,
    as_integer,
    as_items,
    as_text,
    node,
)

_COST = Cost(complexity=6, runtime_ms=200, memory_mb=10, bound=Bound.IO)
_Timeout = Annotated[float, Param(minimum=0.1, unit="s", help="When to stop it.")]
_Arguments = Annotated[
    Any,
    Param(widget=Widget.LIST, placeholder="--verbose input.txt", help="A list, or text with spaces between them."),
]
_Folder = Annotated[
    str, Param(widget=Widget.FOLDER, aliases=("cwd",), help="Where to start it; empty: the folder of the workflow.")
]
_Retries = Annotated[int, Param(minimum=0, visibility=Visibility.ADVANCED, help="How often to try again.")]
_Interval = Annotated[
    int, Param(minimum=0, unit="ms", visibility=Visibility.ADVANCED, help="The pause between two attempts.")
]
_OnNonzero = Annotated[
    bool,
    Param(visibility=Visibility.ADVANCED, help="Tries again also when it ends with another return code than 0."),
]
_Dangerous = Annotated[
    bool, Param(visibility=Visibility.ADVANCED, help="Of older files; casare runs what the workflow says.")
]


class Ended(NamedTuple):
    """How a program ended."""

    stdout: Annotated[str, Out(aliases=("output",), help="What it wrote.")]
    stderr: Annotated[str, Out(help="What it wrote about errors.")]
    return_code: Annotated[int, Out(aliases=("exit_code",), help="0 when all went well.")]
    success: Annotated[bool, Out(help="Whether the return code is 0.")]


@node(
    "RunCommandNode",
    title="Run command",
    category="system",
    icon="terminal",
    cost=_COST,
    keywords=("program", "start", "shell", "process", "execute"),
)
async def run_command(
    context: Context,
    command: Annotated[str, Param(placeholder="git status", help="The program, or a whole line for the shell.")],
    args: _Arguments = None,
    *,
    shell: Annotated[bool, Param(help="Gives the line to the shell, which knows pipes and wildcards.")] = False,
    timeout: _Timeout = 60.0,
    working_dir: _Folder = "",
    capture_output: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Keeps what it writes; without it, it is dropped.")
    ] = True,
    allow_dangerous: _Dangerous = False,
) -> Ended:
    """Run a program and wait until it ends.

    It is stopped, with all it started, when the time is up or the run is cancelled. A return code other than 0 is an
    outcome, not a failure: look at *success*.
    """
    free_to_start(context)
    line = as_text(command).strip()
    if not line:
        raise ValueError("command is empty; write what to run")
    more = _words(args)
    words = _shell(" ".join([line, *more])) if as_flag(shell, "shell") else [*_words(line), *more]
    ran = await run_program(words, folder=working_folder(context, working_dir), seconds=timeout)
    return _ended(context, ran) if as_flag(capture_output, "capture_output") else _ended(context, Ran("", "", ran[2]))


@node(
    "RunBatchScriptNode",
    title="Run shell script",
    category="scripts",
    icon="terminal",
    cost=_COST,
    headline="",
    keywords=("batch", "bash", "cmd", "commands"),
)
async def run_batch_script(
    context: Context,
    script: Annotated[
        str, Param(widget=Widget.CODE, aliases=("code",), help="The lines to run, as for the shell of this system.")
    ],
    working_dir: _Folder = "",
    *,
    timeout: _Timeout = 60.0,
    retry_count: _Retries = 0,
    retry_interval: _Interval = 1000,
    retry_on_nonzero: _OnNonzero = False,
) -> Ended:
    """Run lines of the shell: sh on Linux and macOS, cmd on Windows.

    A return code other than 0 is an outcome, not a failure: look at *success*.
    """
    free_to_start(context)
    text = as_text(script)
    if os.name == "nt":
        text = " & ".join(line.strip() for line in text.splitlines() if line.strip())
    folder = working_folder(context, working_dir)
    return await _again(
        context,
        lambda: run_program(_shell(text), folder=folder, seconds=timeout),
        retry_count,
        retry_interval,
        retry_on_nonzero,
    )


@node(
    "RunPythonFileNode",
    title="Run Python file",
    category="scripts",
    icon="file-code",
    cost=_COST,
    headline="file_path",
    keywords=("script", "program", "code"),
)
async def run_python_file(
    context: Context,
    file_path: Annotated[str, Param(widget=Widget.FILE, aliases=("path", "script_path"), help="The file to run.")],
    args: _Arguments = None,
    working_dir: _Folder = "",
    *,
    timeout: _Timeout = 60.0,
    python_path: Annotated[
        str, Param(visibility=Visibility.ADVANCED, help="Which Python runs it; empty: the one casare runs in.")
    ] = "",
    retry_count: _Retries = 0,
    retry_interval: _Interval = 1000,
    retry_on_nonzero: _OnNonzero = False,
) -> Ended:
    """Run a Python file as a program of its own.

    A return code other than 0, as after an exception, is an outcome, not a failure: look at *success* and *stderr*.
    """
    free_to_start(context)
    path = existing_file(context, file_path)
    words = [as_text(python_path).strip() or sys.executable, "-X", "utf8", str(path), *_words(args)]
    folder = working_folder(context, working_dir)
    return await _again(
        context,
        lambda: run_program(words, folder=folder, seconds=timeout),
        retry_count,
        retry_interval,
        retry_on_nonzero,
    )


@node(
    "RunPowerShellNode",
    title="Run PowerShell",
    category="scripts",
    icon="terminal",
    cost=Cost(complexity=6, runtime_ms=600, memory_mb=60, bound=Bound.IO),
    headline="",
    keywords=("script", "shell", "windows", "pwsh"),
)
async def run_powershell(
    context: Context,
    script: Annotated[str, Param(widget=Widget.CODE, aliases=("code", "command"), help="The script to run.")],
    *,
    timeout: _Timeout = 60.0,
    execution_policy: Annotated[
        str, Param(visibility=Visibility.ADVANCED, placeholder="Bypass", help="On Windows: which scripts may run.")
    ] = "",
    allow_dangerous: _Dangerous = False,
    constrained_mode: Annotated[
        bool, Param(visibility=Visibility.ADVANCED, help="Allows basic types and commands only.")
    ] = False,
) -> Ended:
    """Run a PowerShell script. PowerShell has to be installed: pwsh, or Windows PowerShell."""
    free_to_start(context)
    program = shutil.which("pwsh") or shutil.which("powershell")
    if program is None:
        raise NodeError("PowerShell is not installed", mend="Install it, or use Run shell script.")
    policy = as_text(execution_policy).strip()
    text = as_text(script)
    if as_flag(constrained_mode, "constrained_mode"):
        text = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'\n" + text
    words = [program, "-NoProfile", "-NonInteractive", *(["-ExecutionPolicy", policy] if policy else [])]
    ran = await run_program([*words, "-Command", "-"], folder=working_folder(context, ""), seconds=timeout, given=text)
    return _ended(context, ran)


def _words(told: Any) -> list[str]:
    if told is None or told == "":
        return []
    if isinstance(told, str) and not told.lstrip().startswith("["):
        parts = shlex.split(told, posix=os.name == "posix")
        return parts if os.name == "posix" else [part.strip('"') for part in parts]
    return [as_text(item) for item in as_items(told, "args")]


def _shell(line: str) -> list[str]:
    if os.name == "nt":
        return [os.environ.get("COMSPEC", "cmd.exe"), "/d", "/c", line]
    return ["/bin/sh", "-c", line]


def _ended(context: Context, ran: Ran) -> Ended:
    if ran.return_code:
        context.log(f"it ended with return code {ran.return_code}", level="warning")
    return Ended(ran.stdout, ran.stderr, ran.return_code, ran.return_code == 0)


async def _again(
    context: Context, start: Callable[[], Awaitable[Ran]], count: object, interval_ms: object, on_nonzero: object
) -> Ended:
    left = max(0, as_integer(count, "retry_count"))
    pause = max(0, as_integer(interval_ms, "retry_interval")) / 1000
    while True:
        try:
            ran = await start()
        except NodeError:
            if not left:
                raise
        else:
            if not left or not ran.return_code or not as_flag(on_nonzero, "retry_on_nonzero"):
                return _ended(context, ran)
        left -= 1
        await asyncio.sleep(pause)
