"""The SHA-256 of a body, taken while the same body is being read."""

from __future__ import annotations

import hashlib
import threading
from typing import Final

WORTH_IT: Final = 512 * 1024
"""Bytes from which a thread pays: it starts in a tenth of a ms, and hashlib lets the interpreter go meanwhile."""


class Fingerprint:
    """Begin to work out the SHA-256 of `body`; a large one on another core, while this thread does something else."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._digest = ""
        self._thread: threading.Thread | None = None
        if len(body) >= WORTH_IT:
            self._thread = threading.Thread(target=self._work, name="casare-fingerprint", daemon=True)
            self._thread.start()

    def result(self) -> str:
        """Return the digest in hexadecimal, waiting for it."""
        if self._thread is not None:
            self._thread.join()
        if not self._digest:
            self._work()
        return self._digest

    def _work(self) -> None:
        self._digest = hashlib.sha256(self._body).hexdigest()
