"""A lock between processes that the system itself lets go of when its owner dies, however it dies."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

_PAUSE_S: Final = 0.005


class FileLock:
    """Lock a file that stands for something. The file stays; what is in it means nothing.

    Advisory: only those who ask are kept out. On a file system that knows no locks everyone gets it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Tell whether this object has the lock."""
        return self._descriptor is not None

    def acquire(self, timeout_s: float = 0.0) -> bool:
        """Take the lock, waiting up to `timeout_s`; tell whether that worked. Raises OSError without the folder."""
        deadline = time.monotonic() + timeout_s
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_S)
        return True

    def release(self) -> None:
        """Let the lock go. A second call does nothing."""
        if self._descriptor is not None:
            # Closing lets go; Windows wants to be told before.
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> FileLock:
        self.acquire(timeout_s=2.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _try(self) -> bool:
        if self.held:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(descriptor) and self._is_still_there(descriptor):
            self._descriptor = descriptor
            return True
        os.close(descriptor)
        return False

    def _is_still_there(self, descriptor: int) -> bool:
        # Whoever cleans up may have deleted the file between our opening and our locking it.
        with suppress(OSError):
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        with suppress(OSError):
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # No locks on this file system: rather two owners than none.
            return True
        return True

    def _unlock(descriptor: int) -> None:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
