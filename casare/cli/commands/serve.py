"""`casare serve FILE...`: wait for triggers and run what they begin, until Ctrl+C."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casare.cli.console import plain
from casare.cli.options import AsJson
from casare.foundation.errors import UsageError

if TYPE_CHECKING:
    from casare.app.serving import News, Serving

_HOME = ("127.0.0.1", "::1", "localhost")


def run(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The workflows, each with a trigger.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where web requests are answered; 0 takes any.")] = 8750,
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="Whom to listen to; as it is, this computer.")] = (
        "127.0.0.1"
    ),
    token: Annotated[
        str, typer.Option(envvar="CASARE_TOKEN", help="What web requests have to bring; made by chance without it.")
    ] = "",
    queue: Annotated[
        int, typer.Option(min=0, max=1_000_000, metavar="N", help="How many may wait for each trigger.")
    ] = 100,
    grace: Annotated[
        float, typer.Option(min=0, metavar="S", help="How long runs may go on after Ctrl+C; a second one ends them.")
    ] = 10.0,
    runs: Annotated[int, typer.Option(min=0, metavar="N", help="Stop by itself after so many runs; 0 never.")] = 0,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="S", help="Give a run up after so many seconds; 0 never does.")
    ] = 0.0,
    workers: Annotated[
        int, typer.Option(min=1, max=1024, metavar="N", help="How many nodes of a run that wait may run at once.")
    ] = 32,
    sandbox: Annotated[
        Path | None,
        typer.Option(metavar="DIR", file_okay=False, help="The folder that nodes may read and write in, and no other."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Listen until stopped. Raises FileError, CompileError and UsageError."""
    if sandbox is not None and not sandbox.is_dir():
        raise UsageError(f"there is no folder {sandbox}", where="--sandbox", mend="Make it first, or name another.")
    if address not in _HOME and not token:
        raise UsageError(
            f"{address} lets other computers in", where="--address", mend="Choose a password for them with --token."
        )
    import asyncio

    from casare.app.serving import Serving, ServingOptions
    from casare.catalog import default_catalog
    from casare.engine import RunOptions

    options = ServingOptions(
        address=address,
        port=port,
        token=token,
        room=queue,
        grace=grace,
        most_runs=runs,
        run=RunOptions(timeout=timeout, workers=workers, sandbox=sandbox),
    )

    def say_token(url: str) -> None:
        if not token:
            sys.stderr.write(f"Web requests to {url} bring the token {serving.token}\n")

    serving = Serving(files, default_catalog(), options, tell=_json if as_json else _say, on_door=say_token)
    count = asyncio.run(_until_stopped(serving))
    if not as_json:
        sys.stdout.write(f"Stopped after {count:,} run{'' if count == 1 else 's'}.\n")
    return 0


async def _until_stopped(serving: Serving) -> int:
    """Serve until Ctrl+C or a polite end of the process, which are orders and no accidents."""
    import asyncio

    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(one, serving.stop)
        except (NotImplementedError, RuntimeError, ValueError):
            # Windows has no such handlers, and neither has a thread that is not the first.
            break
    return await serving.serve()


def _json(news: News) -> None:
    from casare.cli.serve_output import ServeOutput

    _write(ServeOutput.from_news(news, time.time()).model_dump_json())


def _say(news: News) -> None:
    where = " / ".join(part for part in (news.workflow, news.trigger) if part)
    told = {
        "listening": f"waits: {news.message}",
        "began": "began",
        "ended": f"{news.status} in {news.elapsed_ms:.0f} ms{f': {news.message}' if news.message else ''}",
        "refused": f"no run: {news.message}",
        "broke": f"did not run: {news.message}",
        "log": news.message,
    }[news.kind]
    level = f"{news.level}: " if news.kind == "log" and news.level != "info" else ""
    _write(f"{time.strftime('%H:%M:%S')}  {where}  {level}{plain(told).plain}")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
