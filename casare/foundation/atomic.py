"""Write a file so that a kill at any instant leaves the old or the new one whole."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def write_atomic(path: Path, content: bytes) -> None:
    """Replace the content of `path` in one step, keeping its permissions.

    The bytes go to a temporary file in the same folder, are flushed and synced, and take the place of the old file in
    one rename. A link is followed, so that the file behind it is replaced and the link stays. Raises OSError with the
    old file untouched and no temporary file left.
    """
    target = path.resolve() if path.is_symlink() else path
    mode = _mode_for(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _mode_for(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the rename. Windows has no such call and some file systems refuse it.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
