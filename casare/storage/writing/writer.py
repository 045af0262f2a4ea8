"""A graph to a file, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from casare.foundation.atomic import write_atomic
from casare.foundation.errors import FileError
from casare.model import Graph
from casare.storage.bytes.container import pack
from casare.storage.bytes.formats import Format, format_by_content, format_for_writing
from casare.storage.keeping.stamps import Stamp
from casare.storage.reading.known_types import KnownTypes
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.skeleton import encode_skeleton
from casare.storage.writing.encode import encode


class Saved(NamedTuple):
    """What a save wrote: where, how many bytes, and how many bytes of JSON each of them stands for."""

    path: Path
    bytes: int
    ratio: float
    stamp: Stamp | None = None
    """What tells later whether another program has changed the file; None when it cannot be looked at."""


class Packed(NamedTuple):
    """A workflow ready to be written: the content of the file, its format, and the size and SHA-256 of its body."""

    content: bytes
    format: Format
    body_bytes: int
    sha256: str


def prepare(graph: Graph, path: Path, *, catalog: KnownTypes | None = None, grade: str | None = None) -> Packed:
    """Do all the work of a save but the writing. Only reads the graph: a worker may run it on `graph.copy()`.

    Without a catalog, the default one gives the picture its categories. A file that is there under a name without a
    suffix keeps its format. Raises FileError for a name with another suffix or a value JSON cannot hold.
    """
    form = _format(path)
    body = encode(graph)
    sha256 = hashlib.sha256(body).hexdigest()
    skeleton = b""
    if form != "json":
        if catalog is None:
            from casare.catalog import default_catalog

            catalog = default_catalog()
        skeleton = encode_skeleton(describe(graph, catalog, grade=grade or "", sha256=sha256))
    return Packed(pack(body, form, skeleton), form, len(body), sha256)


def write(packed: Packed, path: Path) -> Saved:
    """Put a prepared workflow in its place in one step. Raises FileError with the old file whole, nothing left over."""
    with writing(path):
        write_atomic(path, packed.content)
    return Saved(path, len(packed.content), packed.body_bytes / len(packed.content), _stamp(packed, path))


def save(graph: Graph, path: Path, *, catalog: KnownTypes | None = None, grade: str | None = None) -> Saved:
    """Write a graph in the format its name says (.json, .json.gz, .json.zst), with a skeleton where there is room.

    Raises FileError with the old file whole: disk full, no permission, no such folder, a folder in its place.
    """
    return write(prepare(graph, path, catalog=catalog, grade=grade), path)


def _format(path: Path) -> Format:
    try:
        return format_for_writing(path)
    except FileError:
        # A file whose name says nothing, such as "workflow", stays what it is.
        with suppress(OSError), path.open("rb") as file:
            if not path.suffix and (head := file.read(4)):
                return format_by_content(head)
        raise


def _stamp(packed: Packed, path: Path) -> Stamp | None:
    try:
        return Stamp(len(packed.content), path.stat().st_mtime_ns, packed.sha256)
    except OSError:
        return None


_AWAY = ("The drive does not answer.", "Connect it again and save once more, or save somewhere else.")
_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Free some space, or save somewhere else."),
    errno.EDQUOT: ("Your share of the disk is used up.", "Free some space, or save somewhere else."),
    errno.EFBIG: (
        "The file is larger than the drive or your account allows (4 GB on FAT drives).",
        "Save as .json.zst, which takes far less room, or on another drive.",
    ),
    errno.EIO: ("The drive reports a fault.", "Save somewhere else, then look at the drive."),
    errno.ESTALE: _AWAY,
    errno.ETIMEDOUT: _AWAY,
    errno.ENODEV: _AWAY,
    errno.ENXIO: _AWAY,
    errno.EHOSTUNREACH: _AWAY,
    errno.ENETUNREACH: _AWAY,
    errno.EROFS: ("The drive is read-only.", "Save somewhere else."),
    errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter name."),
    errno.EACCES: ("The folder may not be written to.", "Ask its owner for permission, or save somewhere else."),
    errno.EPERM: ("The folder may not be written to.", "Ask its owner for permission, or save somewhere else."),
    errno.ENOENT: ("The folder does not exist.", "Create it first, or choose another."),
    errno.ENOTDIR: ("Part of the path is a file, not a folder.", "Choose another folder."),
    errno.EISDIR: ("There is a folder of this name.", "Choose another name."),
    errno.ENOTEMPTY: ("There is a folder of this name.", "Choose another name."),
}


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says about a save into a FileError with a way out."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        yield
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        what, mend = _REASONS.get(
            number or 0, (f"The file cannot be written: {reason}.", "Save somewhere else, then look at the drive.")
        )
        raise FileError(f"{what} The file on disk is as it was.", where=str(path), mend=mend) from error
