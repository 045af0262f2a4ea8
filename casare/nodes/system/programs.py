"""Start a program and wait for it: with a time limit, without leaving anything running, and never out of a sandbox."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from casare.nodes.files.paths import existing_folder
from casare.sdk import Context, NodeError, as_float, as_text

LONGEST_OUTPUT: Final = 32 * 1024 * 1024
"""How much of what a program writes is kept, in bytes; the rest is read and dropped."""
_PIECE: Final = 65_536


class Ran(NamedTuple):
    """How a program ended, and what it wrote."""

    stdout: str
    stderr: str
    return_code: int


def free_to_start(context: Context) -> None:
    """Raise PermissionError in a run that is bound to a folder: a program would not be bound to it."""
    try:
        context.path(Path.cwd().anchor or "/")
    except PermissionError:
        raise PermissionError(
            "this run is bound to a folder (--sandbox), so it starts no programs, which are not"
        ) from None


def working_folder(context: Context, told: object) -> Path:
    """Return the folder to start a program in: the one told, else that of the workflow."""
    return existing_folder(context, as_text(told).strip() or ".", "working_dir")


async def run_program(
    words: Sequence[str],
    *,
    folder: Path,
    seconds: object,
    given: str = "",
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Start a program with these words and wait until it ends.

    What it started in turn is stopped with it when the time is up or the node is cancelled. Raises NodeError when there
    is no such program and when it takes longer than `seconds`.
    """
    limit = as_float(seconds, "timeout")
    if limit <= 0:
        raise ValueError(f"timeout must be more than 0 s, but it is {limit:g} s")
    options: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            **options,
        )
    except FileNotFoundError:
        raise NodeError(f"there is no program {words[0]}", mend="Install it, or write the path to it.") from None
    except PermissionError:
        raise NodeError(f"{words[0]} may not be run", mend="Make it executable, or name another program.") from None
    try:
        async with asyncio.timeout(limit):
            out, err, _ = await asyncio.gather(
                _read(process.stdout), _read(process.stderr), _feed(process.stdin, given)
            )
            code = await process.wait()
    except TimeoutError:
        raise NodeError(
            f"{Path(words[0]).name} took longer than {limit:g} s and was stopped",
            mend="Raise the timeout, or look at what it waits for.",
        ) from None
    finally:
        await _stop(process)
    return Ran(_text(out), _text(err), code)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if os.name == "posix":
        # The whole group, also when its leader has ended: what it left behind goes too.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.returncode is None:
        process.kill()
    await process.wait()


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    kept = bytearray()
    while stream is not None and (piece := await stream.read(_PIECE)):
        kept += piece[: LONGEST_OUTPUT - len(kept)]
    return bytes(kept)


async def _feed(stream: asyncio.StreamWriter | None, given: str) -> None:
    if stream is None:
        return
    try:
        stream.write(given.encode())
        await stream.drain()
    except (BrokenPipeError, ConnectionResetError):
        # A program need not read what it is given.
        pass
    finally:
        stream.close()


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8" if os.name == "posix" else sys.stdout.encoding or "utf-8", "replace")
    return text.replace("\r\n", "\n")
