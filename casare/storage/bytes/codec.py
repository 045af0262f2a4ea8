"""Compressed bytes to JSON text and back, never giving out more than the limits allow."""

from __future__ import annotations

import io
import zlib
from typing import Final

from casare.foundation.errors import CasareError, FileError, LimitError
from casare.storage.bytes.formats import GZIP_MAGIC, Format, Limits
from casare.storage.bytes.png_carrier import workflow_in
from casare.storage.bytes.zstd_frames import ZstdFrame, zstd_frames

ZSTD_LEVEL: Final = 3
GZIP_LEVEL: Final = 6
_STEP: Final = 1024 * 1024
_GZIP_SLICE: Final = 128 * 1024


def decompress(data: bytes, form: Format, limits: Limits, *, where: str = "") -> bytes:
    """Return the JSON text of a file's content.

    Raises LimitError past the limits, and FileError for data that is truncated, fails its checksum, or goes on after
    its end.
    """
    try:
        if form == "zst":
            return _from_zstd(data, limits)
        if form == "gz":
            return _from_gzip(data, limits)
        if form == "png":
            return workflow_in(data, limits)
        _check(len(data), len(data), limits)
    except CasareError as error:
        error.where = error.where or where
        raise
    return data


def check_size(size: int, limits: Limits, *, where: str = "") -> None:
    """Raise LimitError when a file of `size` bytes is larger than a workflow may be."""
    if size > limits.max_bytes:
        raise LimitError(
            f"The file has {size / 1e6:,.0f} MB, more than the {limits.max_bytes / 1e6:,.0f} MB a workflow may have.",
            where=where,
            mend="Check that it is a workflow; if it is, raise the size limit in the settings.",
        )


def _check(size: int, compressed: int, limits: Limits) -> None:
    if size > limits.max_bytes:
        raise LimitError(
            f"The file unpacks to more than {limits.max_bytes / 1e6:,.0f} MB.",
            mend="Check where it comes from; if you trust it, raise the size limit in the settings.",
        )
    if size > limits.ratio_from and size > limits.max_ratio * compressed:
        raise LimitError(
            f"The file unpacks to more than {limits.max_ratio:,.0f} times its size, as files made to fill a memory do.",
            mend="Check where it comes from; if you trust it, unpack it with a tool and open the .json file.",
        )


def _from_zstd(data: bytes, limits: Limits) -> bytes:
    import zstandard

    parts: list[bytes] = []
    total = 0
    for frame in zstd_frames(data):
        if frame.skippable:
            continue
        try:
            part = _zstd_frame(data, frame, total, limits)
        except (zstandard.ZstdError, MemoryError) as error:
            raise FileError(
                "The compressed data is damaged and cannot be unpacked.",
                mend=f"Restore the file from a backup or fetch it again. ({error})",
            ) from error
        total += len(part)
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _zstd_frame(data: bytes, frame: ZstdFrame, before: int, limits: Limits) -> bytes:
    import zstandard

    body = memoryview(data)[frame.start : frame.start + frame.length]
    decompressor = zstandard.ZstdDecompressor()
    if frame.content_size:
        _check(before + frame.content_size, len(data), limits)
        return decompressor.decompress(body)
    pieces: list[bytes] = []
    with decompressor.stream_reader(io.BytesIO(body)) as reader:
        while piece := reader.read(_STEP):
            pieces.append(piece)
            before += len(piece)
            _check(before, len(data), limits)
    return b"".join(pieces)


def _from_gzip(data: bytes, limits: Limits) -> bytes:
    pieces: list[bytes] = []
    total = 0
    view = memoryview(data)
    at = 0
    while at < len(view):
        if bytes(view[at : at + 2]) != GZIP_MAGIC:
            # Tape and pad tools fill up with zeros, which every gzip reader accepts.
            if not data[at:].strip(b"\0"):
                break
            raise FileError(
                f"After {at:,} bytes of compressed data there are bytes that do not belong to it.",
                mend="Fetch or restore the file again; it was damaged or something was appended to it.",
            )
        at, total = _gzip_member(view, at, total, pieces, limits)
    return b"".join(pieces)


def _gzip_member(view: memoryview, at: int, total: int, pieces: list[bytes], limits: Limits) -> tuple[int, int]:
    """Unpack one member that starts at `at` into `pieces`; return where it ends and the new total of bytes."""
    member = zlib.decompressobj(wbits=31)
    try:
        while not member.eof:
            feed: bytes | memoryview = view[at : at + _GZIP_SLICE]
            if not feed:
                raise FileError(
                    "The compressed data breaks off before its end.",
                    mend="Fetch or copy the file again; part of it is missing.",
                )
            at += len(feed)
            while feed and not member.eof:
                piece = member.decompress(feed, _STEP)
                pieces.append(piece)
                total += len(piece)
                _check(total, len(view), limits)
                feed = member.unconsumed_tail
                if not feed and len(piece) == _STEP:
                    total = _drain(member, total, pieces, view, limits)
    except zlib.error as error:
        raise FileError(
            "The compressed data is damaged and cannot be unpacked.",
            mend=f"Restore the file from a backup or fetch it again. ({error})",
        ) from error
    return at - len(member.unused_data), total


def _drain(member: zlib._Decompress, total: int, pieces: list[bytes], view: memoryview, limits: Limits) -> int:
    # The input can be used up while output is still waiting inside.
    while not member.eof and (piece := member.decompress(b"", _STEP)):
        pieces.append(piece)
        total += len(piece)
        _check(total, len(view), limits)
    return total


def compress_zstd(body: bytes) -> bytes:
    """Return `body` as one zstd frame with content size and checksum."""
    import zstandard

    compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True, write_content_size=True)
    return compressor.compress(body)


def compress_gzip(body: bytes, extra: bytes = b"") -> bytes:
    """Return `body` as one gzip member without a time stamp; `extra` goes into the header's FEXTRA (RFC 1952)."""
    flags = 4 if extra else 0
    head = GZIP_MAGIC + bytes((8, flags, 0, 0, 0, 0, 0, 255))
    if extra:
        head += len(extra).to_bytes(2, "little") + extra
    deflate = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -15)
    tail = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((head, deflate.compress(body), deflate.flush(), tail))
