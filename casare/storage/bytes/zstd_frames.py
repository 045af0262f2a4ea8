"""Walk through the frames of a zstd file without decompressing it (RFC 8878, section 3).

The stream reader of the zstd library stops silently where a file breaks off. Knowing where each frame must end tells a
truncated file, and bytes that do not belong to it, from a whole one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from casare.foundation.errors import FileError
from casare.storage.bytes.formats import ZSTD_MAGIC, is_skippable

SKIPPABLE_HEAD: Final = 8
_DICTIONARY_ID_SIZES: Final = (0, 1, 2, 4)


class ZstdFrame(NamedTuple):
    """One frame: where it starts, how long it is in bytes, and its declared content size (None: not declared)."""

    start: int
    length: int
    content_size: int | None
    skippable: bool


def zstd_frames(data: bytes) -> Iterator[ZstdFrame]:
    """Give every frame of `data` in order.

    Raises FileError when the data breaks off inside a frame or goes on with bytes that are no frame.
    """
    start = 0
    while start < len(data):
        head = data[start : start + 18]
        if is_skippable(head):
            length = SKIPPABLE_HEAD + int.from_bytes(head[4:8], "little")
            if len(head) < SKIPPABLE_HEAD or start + length > len(data):
                raise _broken_off()
            frame = ZstdFrame(start, length, 0, True)
        elif head.startswith(ZSTD_MAGIC):
            frame = _data_frame(data, start, head)
        elif ZSTD_MAGIC.startswith(head[:4]):
            raise _broken_off()
        else:
            raise FileError(
                f"After {start:,} bytes of compressed data there are bytes that do not belong to it.",
                mend="Fetch or restore the file again; it was damaged or something was appended to it.",
            )
        yield frame
        start += frame.length


def _data_frame(data: bytes, start: int, head: bytes) -> ZstdFrame:
    if len(head) < 6:
        raise _broken_off()
    descriptor = head[4]
    single_segment = bool(descriptor & 0x20)
    size_flag = descriptor >> 6
    position = 5 + (not single_segment) + _DICTIONARY_ID_SIZES[descriptor & 3]
    size_bytes = (1 if single_segment else 0, 2, 4, 8)[size_flag]
    if len(head) < position + size_bytes:
        raise _broken_off()
    content_size = None
    if size_bytes:
        content_size = int.from_bytes(head[position : position + size_bytes], "little") + (
            256 if size_bytes == 2 else 0
        )
    at = start + position + size_bytes
    while True:
        block = int.from_bytes(data[at : at + 3], "little")
        kind = block >> 1 & 3
        # A run-length block holds one byte, however long the run.
        at += 3 + (1 if kind == 1 else block >> 3)
        if at > len(data):
            raise _broken_off()
        if block & 1:
            break
    at += 4 if descriptor & 4 else 0
    if at > len(data):
        raise _broken_off()
    return ZstdFrame(start, at - start, content_size, False)


def _broken_off() -> FileError:
    return FileError(
        "The compressed data breaks off before its end.",
        mend="Fetch or copy the file again; part of it is missing.",
    )
