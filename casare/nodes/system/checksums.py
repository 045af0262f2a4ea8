"""Checksums: of files and texts, and whether they are the ones expected."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple, Protocol

from casare.nodes.files.paths import existing_file
from casare.sdk import Bound, Context, Cost, NodeError, Out, Param, Widget, as_choice, as_flag, as_text, node

_PIECE: Final = 1 << 20
_NAMES: Final = ("sha256", "sha1", "sha512", "md5", "blake2b", "crc32")


class Sum(NamedTuple):
    """A checksum."""

    checksum: Annotated[str, Out(aliases=("hash", "result", "digest"), help="In hexadecimal digits.")]
    matches: Annotated[bool, Out(help="Whether it is the expected one; true when none is given.")]


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@node(
    "ChecksumNode",
    title="Checksum",
    category="files",
    icon="hash",
    cost=Cost(complexity=3, runtime_ms=20, memory_mb=2, bound=Bound.IO),
    headline="{algorithm} of {file_path}",
    keywords=("hash", "sha256", "md5", "digest", "verify", "integrity", "fingerprint", "crc"),
)
def checksum(
    context: Context,
    file_path: Annotated[str, Param(widget=Widget.FILE, aliases=("path",), help="The file; empty: the text.")] = "",
    text: Annotated[str, Param(widget=Widget.MULTILINE, help="The text, counted as UTF-8.")] = "",
    expected: Annotated[str, Param(help="What it should be; empty: not compared.")] = "",
    *,
    algorithm: Annotated[
        Literal["sha256", "sha1", "sha512", "md5", "blake2b", "crc32"], Param(help="How it is worked out.")
    ] = "sha256",
    fail_on_mismatch: Annotated[bool, Param(help="Fails the node when it is not the expected one.")] = True,
) -> Sum:
    """Work out the checksum of a file or a text, and compare it with the expected one."""
    made = _begun(as_choice(algorithm, _NAMES, "algorithm"))
    told = as_text(file_path).strip()
    if told:
        _feed(made, existing_file(context, told))
    else:
        made.update(as_text(text).encode())
    found, wanted = made.hexdigest(), as_text(expected).strip().lower()
    # Compared in constant time, as checksums with a key are secrets.
    matches = not wanted or hmac.compare_digest(found, wanted)
    if not matches and as_flag(fail_on_mismatch, "fail_on_mismatch"):
        raise NodeError(
            f"the checksum of {told or 'the text'} is {found}, not {wanted}",
            mend="The content is not the expected one: fetch it again, or correct expected.",
        )
    return Sum(found, matches)


class _Crc32:
    def __init__(self) -> None:
        self._value = 0

    def update(self, data: bytes, /) -> None:
        self._value = zlib.crc32(data, self._value)

    def hexdigest(self) -> str:
        return f"{self._value:08x}"


def _begun(name: str) -> _Hash:
    return _Crc32() if name == "crc32" else hashlib.new(name)


def _feed(made: _Hash, path: Path) -> None:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            made.update(piece)
