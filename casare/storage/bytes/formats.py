"""The ways a workflow lies on disk, and the limits that keep a hostile file from filling the memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal, get_args

from casare.foundation.errors import FileError

Format = Literal["json", "gz", "zst", "png"]
"""A PNG picture is only read: it carries a copy of the workflow that it shows."""

FORMATS: Final = frozenset(get_args(Format))
GZIP_MAGIC: Final = b"\x1f\x8b"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
SUFFIXES: Final = (".json", ".json.gz", ".json.zst")

_MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for before it is refused with a LimitError."""

    max_bytes: int = 512 * _MB
    """Size of the JSON text, decompressed."""
    max_ratio: float = 1000.0
    """JSON bytes for each byte on disk; applied past `ratio_from` only, since small honest files repeat themselves."""
    max_depth: int = 200
    """Lists and objects inside one another."""
    ratio_from: int = 16 * _MB


def format_by_suffix(path: PurePath) -> Format | None:
    """Return the format that the name of a file says, or None when it says none."""
    name = path.name.lower()
    if name.endswith(".zst"):
        return "zst"
    if name.endswith(".gz"):
        return "gz"
    if name.endswith(".png"):
        return "png"
    return "json" if name.endswith(".json") else None


def format_for_writing(path: PurePath) -> Format:
    """Return the format to write a file of this name in. Raises FileError for a suffix casare does not write."""
    name = path.name.lower()
    for suffix, form in ((".json", "json"), (".json.gz", "gz"), (".json.zst", "zst")):
        if name.endswith(suffix) and len(name) > len(suffix):
            return form  # type: ignore[return-value]
    raise FileError(
        "The name does not say in which format to save.",
        where=str(path),
        mend="Let the name end in .json, .json.gz or .json.zst.",
    )


def format_by_content(head: bytes) -> Format:
    """Return the format that the first bytes of a file show; whatever shows none counts as JSON."""
    if head.startswith(GZIP_MAGIC):
        return "gz"
    if head.startswith(ZSTD_MAGIC) or is_skippable(head):
        return "zst"
    return "png" if head.startswith(PNG_MAGIC) else "json"


def is_skippable(head: bytes) -> bool:
    """Tell whether a zstd skippable frame starts here (magic 0x184D2A50 to 0x184D2A5F)."""
    return len(head) >= 4 and head[1:4] == b"\x2a\x4d\x18" and head[0] & 0xF0 == 0x50
