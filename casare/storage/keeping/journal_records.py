"""The bytes of a journal: records that can be told whole from torn, and lines of JSON inside them.

A journal is a magic word followed by records. Each has a head (length, CRC-32 of all that follows, kind, how many edits
it stands for, when the last of them was made) and a payload. Reading stops at the first record that is cut short or
fails its checksum: what a kill tore is the tail, and what stands before it is whole.
"""

from __future__ import annotations

import enum
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import orjson

from casare.foundation.errors import FileError

MAGIC: Final = b"CASAREJ\x01"
_HEAD: Final = struct.Struct("<II")
_BODY: Final = struct.Struct("<BId")
_WORTH_PACKING: Final = 4096
_MOST_BYTES: Final = 1 << 30
"""A length past this is damage, not a payload."""


class Kind(enum.IntEnum):
    """What a record holds."""

    IDENTITY = 1
    SNAPSHOT = 2
    CHANGES = 3


class Record(NamedTuple):
    """One record: what it holds, how many edits it stands for, when the last was made (s since the epoch)."""

    kind: Kind
    payload: bytes
    edits: int = 0
    at: float = 0.0


def encode_record(record: Record) -> bytes:
    """Return a record as bytes with length and checksum."""
    body = _BODY.pack(record.kind, record.edits, record.at) + record.payload
    return _HEAD.pack(len(body), zlib.crc32(body)) + body


def decode_records(data: bytes) -> Iterator[Record]:
    """Yield the whole records of a journal's bytes, up to the first torn one. Raises FileError for no journal."""
    if not data.startswith(MAGIC):
        raise FileError("This is no journal of casare.")
    at = len(MAGIC)
    view = memoryview(data)
    while at + _HEAD.size <= len(data):
        length, checksum = _HEAD.unpack_from(data, at)
        start, end = at + _HEAD.size, at + _HEAD.size + length
        if not _BODY.size <= length <= _MOST_BYTES or end > len(data) or zlib.crc32(view[start:end]) != checksum:
            return
        kind, edits, when = _BODY.unpack_from(data, start)
        if kind not in (*Kind,):
            return
        yield Record(Kind(kind), bytes(view[start + _BODY.size : end]), edits, when)
        at = end


def pack_lines(values: Iterable[Any]) -> bytes:
    """Return values as lines of JSON, compressed when that is worth it.

    Each value is encoded for itself, so that a thread that does this for a large graph lets others in between. Raises
    TypeError or ValueError for what JSON cannot hold.
    """
    content = b"\n".join([_line(value) for value in values])
    if len(content) < _WORTH_PACKING:
        return b"\x00" + content
    import zstandard

    return b"\x01" + zstandard.ZstdCompressor(level=1).compress(content)


def unpack_lines(payload: bytes) -> list[Any]:
    """Return the values that `pack_lines` was given. Raises FileError when they cannot be had back."""
    import zstandard

    try:
        content = payload[1:]
        if payload[:1] == b"\x01":
            content = zstandard.ZstdDecompressor().decompress(content, max_output_size=_MOST_BYTES)
        return [_value(line) for line in content.split(b"\n")]
    except (zstandard.ZstdError, ValueError, MemoryError, RecursionError) as error:
        raise FileError(f"A part of the journal cannot be read: {error}.") from error


def _line(value: Any) -> bytes:
    try:
        return b"o" + orjson.dumps(value, default=_plain)
    except (TypeError, UnicodeError):
        # Integers past 64 bits, keys that are no text, half characters: the slower writer knows them.
        return b"j" + json.dumps(value, default=_plain, separators=(",", ":")).encode()


def _value(line: bytes) -> Any:
    return orjson.loads(line[1:]) if line[:1] == b"o" else json.loads(line[1:])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, list)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
