"""The way in: which of editor, command or plain answer is meant, and what comes out as exit code.

0 is done, 1 is a gate that was not met, 2 is bad input or usage. Nothing heavy is imported at module level.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from casare.cli.words import COMMANDS, is_file_word, nearest
from casare.foundation.errors import CasareError, UsageError

BAD_INPUT = 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words ask for and return the exit code; an error becomes what, where and mend on stderr.

    `--debug` anywhere lets the traceback through.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--version"]:
        return _version()
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        print("casare: stopped", file=sys.stderr)
        return _INTERRUPTED
    except Exception as error:
        if debug:
            raise
        return _report(error)
    return code


def _version() -> int:
    from casare import __version__

    print(f"casare {__version__}")
    return 0


def _dispatch(words: list[str]) -> int:
    first = words[0] if words else ""
    if first == "--tour":
        from casare.cli.headless_tour import run_tour

        return run_tour(words[1:])
    if first in COMMANDS or (first.startswith("-") and first != "--"):
        from casare.cli.program import run_command

        return run_command(words)
    if first and first != "--" and not is_file_word(first):
        raise _unknown(first)
    from casare.cli.editor import open_editor

    return open_editor(words[1:] if first == "--" else words)


def _unknown(word: str) -> UsageError:
    similar = nearest(word)
    return UsageError(
        f"there is no command or file called {word!r}",
        where=f"casare {word}",
        mend=f"Did you mean: casare {similar}" if similar else "casare --help lists the commands.",
    )


def _report(error: Exception) -> int:
    told = as_told(error)
    print(f"casare: {told}", file=sys.stderr)
    return BAD_INPUT


def as_told(error: Exception) -> CasareError:
    """Return an error in the words of what, where and mend, whatever it was."""
    if isinstance(error, CasareError):
        return error
    if isinstance(error, OSError):
        return CasareError(
            error.strerror or str(error) or type(error).__name__,
            where=str(error.filename or "the operating system"),
            mend="Check the path, its permissions and the free space.",
        )
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "unknown"  # noqa: PTH119
    return CasareError(
        f"an error that casare did not expect: {type(error).__name__}: {error}",
        where=where,
        mend="This is a defect of casare. Run the same command with --debug and report what it prints, with the file.",
    )


def _reader_left() -> int:
    # Whoever read our output has stopped (`| head`). Without this Python complains once more when it shuts down.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 0
