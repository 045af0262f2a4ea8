"""Where a skeleton lies in a compressed file, and how to get at it without reading the rest.

`.json.zst`: in a skippable frame at the very end. `.json.gz`: in the FEXTRA field of the header (RFC 1952), under the
subfield id CS. Every other tool passes over both.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from casare.storage.bytes.codec import compress_gzip, compress_zstd
from casare.storage.bytes.formats import Format, format_by_content
from casare.storage.bytes.source import open_regular, reading
from casare.storage.skeletons.skeleton import MAX_SKELETON, Skeleton, decode_skeleton

_FRAME_MAGIC: Final = (0x184D2A5E).to_bytes(4, "little")
_END: Final = b"CASARE\x01\x00"
_FOOTER: Final = 4 + len(_END)
_FRAME_HEAD: Final = 8
_SUBFIELD: Final = b"CS"
_GZIP_FIXED: Final = 12
_GZIP_EXTRA_FLAG: Final = 4
_LONGEST: Final = _FRAME_HEAD + MAX_SKELETON + _FOOTER + 1024


def pack(body: bytes, form: Format, skeleton: bytes = b"") -> bytes:
    """Return the content of a file: `body` in this format, with the encoded skeleton where the format has room."""
    if form == "zst":
        return compress_zstd(body) + (zstd_trailer(skeleton) if skeleton else b"")
    if form == "gz":
        extra = _SUBFIELD + len(skeleton).to_bytes(2, "little") + skeleton if skeleton else b""
        return compress_gzip(body, extra)
    return body


def zstd_trailer(skeleton: bytes) -> bytes:
    """Return the skippable frame that carries a skeleton."""
    payload = skeleton + len(skeleton).to_bytes(4, "little") + _END
    return _FRAME_MAGIC + len(payload).to_bytes(4, "little") + payload


def stored_skeleton(data: bytes, form: Format) -> Skeleton | None:
    """Return the skeleton inside the content of a file, or None."""
    if form not in ("zst", "gz"):
        return None
    raw = _in_tail(data[-_LONGEST:]) if form == "zst" else _in_head(data[:_LONGEST])
    return decode_skeleton(raw) if isinstance(raw, bytes) else None


class Glance(NamedTuple):
    """What a look at the ends of a file gave: its format, size, age, skeleton, and how many bytes were read."""

    format: Format
    size_bytes: int
    mtime_ns: int
    skeleton: Skeleton | None
    read_bytes: int


def glance(path: Path) -> Glance:
    """Look for the skeleton of a file, reading at most 64 KiB of it whatever its size. Raises FileError."""
    descriptor, facts = open_regular(path)
    read = _Reads(descriptor, facts.st_size)
    try:
        with reading(path):
            head = read.at(0, _GZIP_FIXED)
            form = format_by_content(head)
            raw: bytes | int | None = None
            if form == "gz":
                extra = int.from_bytes(head[10:12], "little") if head[3:4] and head[3] & _GZIP_EXTRA_FLAG else 0
                raw = _in_head(head + read.at(_GZIP_FIXED, min(extra, _LONGEST))) if extra else None
            elif form == "zst":
                raw = _in_tail(read.at(-_FOOTER, _FOOTER))
                if isinstance(raw, int):
                    raw = _in_tail(read.at(-raw, raw))
    finally:
        os.close(descriptor)
    skeleton = decode_skeleton(raw) if isinstance(raw, bytes) else None
    return Glance(form, facts.st_size, facts.st_mtime_ns, skeleton, read.count)


class _Reads:
    """Read pieces of an open file and count the bytes."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._size = size
        self.count = 0

    def at(self, offset: int, length: int) -> bytes:
        os.lseek(self._descriptor, max(0, offset if offset >= 0 else self._size + offset), os.SEEK_SET)
        piece = os.read(self._descriptor, length)
        self.count += len(piece)
        return piece


def _in_tail(tail: bytes) -> bytes | int | None:
    """Return the encoded skeleton, or how many bytes of the end are needed to see it, or None when there is none."""
    if not tail.endswith(_END) or len(tail) < _FOOTER:
        return None
    length = int.from_bytes(tail[-_FOOTER : -len(_END)], "little")
    whole = _FRAME_HEAD + length + _FOOTER
    if length > MAX_SKELETON:
        return None
    if len(tail) < whole:
        return whole
    head = tail[-whole : len(tail) - whole + _FRAME_HEAD]
    if head != _FRAME_MAGIC + (length + _FOOTER).to_bytes(4, "little"):
        return None
    return tail[len(tail) - whole + _FRAME_HEAD : -_FOOTER]


def _in_head(head: bytes) -> bytes | None:
    """Return the encoded skeleton from the start of a gzip file, or None when there is none."""
    if len(head) < _GZIP_FIXED or not head[3] & _GZIP_EXTRA_FLAG:
        return None
    end = _GZIP_FIXED + int.from_bytes(head[10:12], "little")
    at = _GZIP_FIXED
    while at + 4 <= min(end, len(head)):
        length = int.from_bytes(head[at + 2 : at + 4], "little")
        if head[at : at + 2] == _SUBFIELD and length <= MAX_SKELETON:
            whole = at + 4 + length
            return head[at + 4 : whole] if whole <= min(end, len(head)) else None
        at += 4 + length
    return None
