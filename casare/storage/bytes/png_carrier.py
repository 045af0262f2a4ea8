"""A workflow inside a PNG picture: in an iTXt chunk under `casare.workflow`, which every viewer passes over.

PNG (ISO/IEC 15948): a signature of 8 bytes, then chunks of length (u32, big-endian), type, data and CRC-32 over both.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from casare.foundation.errors import FileError, LimitError
from casare.storage.bytes.formats import PNG_MAGIC, Limits

_KEYWORD: Final = b"casare.workflow"
_HEAD: Final = _KEYWORD + b"\0" + b"\1\0" + b"\0" + b"\0"
"""The keyword; compressed, with zlib; no language; no translated keyword."""
_FRAME: Final = 12
"""Length, type and CRC of a chunk, in bytes."""


def with_workflow(png: bytes, body: bytes) -> bytes:
    """Return the picture with the JSON text of a workflow inside, in place of one that it carried before.

    Raises FileError when `png` is no whole PNG picture.
    """
    pieces = [PNG_MAGIC]
    ended = False
    for kind, start, end in _chunks(png):
        if kind == b"iTXt" and png[start : start + len(_KEYWORD) + 1] == _KEYWORD + b"\0":
            continue
        if kind == b"IEND":
            pieces.append(_chunk(b"iTXt", _HEAD + zlib.compress(body, 6)))
            ended = True
        pieces.append(png[start - 8 : end + 4])
    if not ended:
        raise _broken()
    return b"".join(pieces)


def workflow_in(png: bytes, limits: Limits) -> bytes:
    """Return the JSON text that a picture carries.

    Raises FileError for a picture that carries none or is damaged, LimitError past the limits.
    """
    for kind, start, end in _chunks(png):
        if kind == b"iTXt" and png.startswith(_KEYWORD + b"\0", start):
            if zlib.crc32(kind + png[start:end]) != int.from_bytes(png[end : end + 4], "big"):
                raise _broken()
            return _unpacked(png[start:end], limits)
    raise FileError(
        "This picture carries no workflow.",
        mend="Open the workflow's own file; File, Export picture with workflow makes pictures that can be opened.",
    )


def _unpacked(data: bytes, limits: Limits) -> bytes:
    fields = data[len(_KEYWORD) + 1 :]
    compressed, rest = fields[:1] == b"\1", fields[2:].split(b"\0", 2)
    if len(rest) != 3:
        raise _broken()
    if not compressed:
        return rest[2]
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(rest[2], limits.max_bytes + 1)
    except zlib.error as error:
        raise _broken() from error
    if len(body) > limits.max_bytes:
        raise LimitError(
            f"The workflow in the picture has more than the {limits.max_bytes / 1e6:,.0f} MB a workflow may have.",
            mend="Check where the picture comes from; if you trust it, raise the size limit in the settings.",
        )
    if len(body) > limits.ratio_from and len(body) > limits.max_ratio * len(data):
        raise LimitError(
            f"The workflow unpacks to more than {limits.max_ratio:,.0f} times its size, as made to fill a memory.",
            mend="Check where the picture comes from.",
        )
    if not unpacker.eof:
        raise _broken()
    return body


def _chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Give type, start and end of the data of each whole chunk."""
    at = len(PNG_MAGIC)
    while at + _FRAME <= len(png):
        start = at + 8
        end = start + int.from_bytes(png[at : at + 4], "big")
        if end + 4 > len(png):
            return
        yield png[at + 4 : start], start, end
        at = end + 4


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def _broken() -> FileError:
    return FileError("The picture is damaged.", mend="Fetch or copy it again; messengers often shrink pictures.")
