"""Which content a file held when it was last read or written, to tell later whether another program changed it."""

from __future__ import annotations

import enum
import hashlib
from pathlib import Path
from typing import NamedTuple

from casare.foundation.errors import CasareError
from casare.storage.bytes.codec import decompress
from casare.storage.bytes.formats import Limits, format_by_content
from casare.storage.bytes.source import FileFacts, read_file


class Stamp(NamedTuple):
    """Size on disk (bytes), time of the last change (ns since the epoch), and the SHA-256 of the JSON inside."""

    size: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, facts: FileFacts) -> Stamp:
        """Return the stamp of a file that was just read."""
        return cls(facts.size_bytes, facts.mtime_ns, facts.sha256)


class OnDisk(enum.Enum):
    """What became of a file since its stamp was taken."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    AWAY = "away"
    """It cannot be looked at: the drive is away, or permission is."""


def look(path: Path, stamp: Stamp | None) -> tuple[OnDisk, Stamp | None]:
    """Compare a file with its stamp; return what became of it and the stamp of what is there now.

    Costs one look at the folder while size and time are as they were. Else the content decides: a file that was only
    touched, or packed anew, is the same.
    """
    try:
        facts = path.stat()
    except FileNotFoundError:
        return OnDisk.MISSING, None
    except OSError:
        return OnDisk.AWAY, None
    if stamp is not None and (facts.st_size, facts.st_mtime_ns) == stamp[:2]:
        return OnDisk.SAME, stamp
    try:
        now = read_stamp(path)
    except CasareError:
        # Half written, or no workflow any more: not what was read in any case.
        return OnDisk.CHANGED, Stamp(facts.st_size, facts.st_mtime_ns, "")
    same = stamp is not None and now.sha256 == stamp.sha256
    return (OnDisk.SAME if same else OnDisk.CHANGED), now


def read_stamp(path: Path) -> Stamp:
    """Read a file and return its stamp. Raises FileError when that cannot be done."""
    limits = Limits()
    data, facts = read_file(path, limits)
    body = decompress(data, format_by_content(data[:4]), limits, where=str(path))
    return Stamp(len(data), facts.st_mtime_ns, hashlib.sha256(body).hexdigest())
