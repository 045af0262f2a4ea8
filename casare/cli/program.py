"""The commands put together: words to options, usage mistakes to what, where and mend."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from casare.cli.words import COMMANDS, nearest
from casare.foundation.errors import UsageError

_EPILOG = "casare [FILE...] opens the editor. Exit codes: 0 done, 1 a gate was not met, 2 bad input or usage."


def run_command(words: list[str]) -> int:
    """Run the command that the words name and return its exit code. Raises UsageError and whatever it raises."""
    program = _program(words[0] if words[0] in COMMANDS else None)
    try:
        result = program(words, standalone_mode=False, prog_name="casare")
    except typer.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # typer ends the process when the reader of our output has gone; that is for `entry` to settle.
        if isinstance(stop.__context__, BrokenPipeError):
            raise BrokenPipeError from None
        raise
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        # typer carries click inside under another name in each version; what a usage error can do is the same.
        message = getattr(error, "format_message", None)
        if message is None:
            raise
        raise _usage(error, message()) from None
    return result if isinstance(result, int) else 0


def _program(only: str | None) -> Callable[..., Any]:
    app = typer.Typer(
        name="casare",
        help="A desktop visual workflow editor with a profiler, and the same job headless.",
        epilog=_EPILOG,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def everywhere(
        debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
        version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ) -> None:
        # Both are taken care of before the words get here; they stand here for --help.
        del debug, version

    for name in COMMANDS if only is None else [only]:
        body: Callable[..., int] = import_module(f"casare.cli.commands.{name}").run
        app.command(name, help=COMMANDS[name] + ".", short_help=COMMANDS[name])(body)
    return app


def _usage(error: Exception, message: str) -> UsageError:
    context = getattr(error, "ctx", None)
    command = str(getattr(context, "command_path", "casare"))
    misspelt = getattr(error, "option_name", None)
    possible = getattr(error, "possibilities", None)
    if misspelt and possible:
        mend = f"Did you mean {possible[0]}? {command} --help lists the options."
    else:
        similar = nearest(str(getattr(error, "param_hint", "") or ""))
        mend = f"Did you mean: casare {similar}" if similar else f"{command} --help shows how it is used."
    return UsageError(message.rstrip(".").strip(), where=command, mend=mend)
