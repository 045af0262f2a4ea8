"""Bytes from disk, with errors that a person can act on."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casare.foundation.errors import FileError
from casare.storage.bytes.codec import check_size
from casare.storage.bytes.formats import Format, Limits

_STEP: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was read: which file, in which format, how large on disk and unpacked (bytes), and the body's SHA-256."""

    path: Path | None
    format: Format
    size_bytes: int
    body_bytes: int
    sha256: str
    mtime_ns: int = 0


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says about a file into a FileError with a way out."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileError("There is no such file.", where=str(path), mend="Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise FileError("This is a folder, not a workflow file.", where=str(path), mend="Name a file in it.") from error
    except NotADirectoryError as error:
        raise FileError("Part of the path is a file, not a folder.", where=str(path), mend="Check the path.") from error
    except PermissionError as error:
        raise FileError(
            "The file may not be read.",
            where=str(path),
            mend="Ask its owner for permission, or check whether another program holds it open.",
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileError(
            f"The file cannot be read: {reason}.", where=str(path), mend="Check the drive and the path, then try again."
        ) from error


def open_regular(path: Path) -> tuple[int, os.stat_result]:
    """Open an ordinary file for reading; return the descriptor, which the caller closes, and its facts.

    Raises FileError for what does not exist, may not be read, or is no ordinary file (a pipe would wait for ever).
    """
    with reading(path):
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(facts.st_mode):
            raise FileError(
                "This is a device or a pipe, not a file.", where=str(path), mend="Save its content to a file first."
            )
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), facts


def read_file(path: Path, limits: Limits) -> tuple[bytes, os.stat_result]:
    """Return the whole content of a file and its facts, in steps, so that no file outgrows the limit unseen.

    Large files are read rather than memory-mapped: a mapped file that another program cuts short kills the process.
    Raises FileError, or LimitError past `limits.max_bytes`.
    """
    descriptor, facts = open_regular(path)
    try:
        check_size(facts.st_size, limits, where=str(path))
        pieces: list[bytes] = []
        total = 0
        with reading(path):
            while piece := os.read(descriptor, max(facts.st_size - total, _STEP)):
                pieces.append(piece)
                total += len(piece)
                check_size(total, limits, where=str(path))
    finally:
        os.close(descriptor)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces), facts
