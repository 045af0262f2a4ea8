"""Earlier versions of saved files, compressed, each content once, in the user's data folder.

For every file there is a folder with a list (`versions.json`) and one workflow file for each content, named by the
SHA-256 of its JSON. Those are ordinary `.json.zst` files with a skeleton, so that previews and loading work on them.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from casare.foundation.atomic import write_atomic
from casare.foundation.locks import FileLock
from casare.storage.bytes.codec import check_size, decompress
from casare.storage.bytes.container import pack
from casare.storage.bytes.formats import Limits, format_by_content
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.reader import load_bytes
from casare.storage.skeletons.describe import describe
from casare.storage.skeletons.skeleton import encode_skeleton

KEEP: Final = 10
KEEP_BYTES: Final = 64 * 1024 * 1024
"""How much room the versions of one file may take, compressed; the newest is kept whatever its size."""
_LIST: Final = "versions.json"


class Version(NamedTuple):
    """One content a file had."""

    sha256: str
    saved_at: float
    """When the file got this content, s since the epoch."""
    node_count: int
    connection_count: int
    bytes: int
    """Room it takes here."""
    file: Path
    """A workflow file with this content."""


class Generations:
    """Keep the last contents of files. Every method reads or writes the disk, so that it is for a thread."""

    def __init__(self, folder: Path, catalog: KnownTypes, *, keep: int = KEEP, keep_bytes: int = KEEP_BYTES) -> None:
        self._folder = folder
        self._catalog = catalog
        self._keep = keep
        self._keep_bytes = keep_bytes

    def keep(self, path: Path, data: bytes, *, saved_at: float | None = None) -> bool:
        """Remember that `path` holds, or held, this content; tell whether it was a new one.

        The newest content is not listed twice in a row. Raises OSError when it cannot be written, CasareError for
        content that is no workflow.
        """
        limits = Limits()
        check_size(len(data), limits, where=str(path))
        body = decompress(data, format_by_content(data[:4]), limits, where=str(path))
        sha256 = hashlib.sha256(body).hexdigest()
        folder = self._of(path)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / "lock"):
            rows = self._read(folder)
            if rows and rows[0].sha256 == sha256:
                return False
            same = next((row for row in rows if row.sha256 == sha256), None)
            at = saved_at if saved_at is not None else time.time()
            fresh = same._replace(saved_at=at) if same else self._add(folder, body, sha256, at)
            self._write(folder, path, sorted([fresh, *rows], key=lambda row: -row.saved_at))
        return True

    def versions(self, path: Path) -> list[Version]:
        """List the contents a file had, newest first, the one it has now included."""
        return self._read(self._of(path))

    def _of(self, path: Path) -> Path:
        return self._folder / hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]

    def _add(self, folder: Path, body: bytes, sha256: str, at: float) -> Version:
        graph = load_bytes(body, self._catalog).graph
        packed = pack(body, "zst", encode_skeleton(describe(graph, self._catalog, grade="", sha256=sha256)))
        file = folder / f"{sha256}.json.zst"
        write_atomic(file, packed)
        return Version(sha256, at, len(graph.nodes), len(graph.connections), len(packed), file)

    def _read(self, folder: Path) -> list[Version]:
        try:
            rows: Any = orjson.loads((folder / _LIST).read_bytes())["versions"]
            found = [
                Version(
                    str(row["sha256"]),
                    float(row["saved_at"]),
                    int(row["nodes"]),
                    int(row["wires"]),
                    int(row["bytes"]),
                    folder / f"{row['sha256']}.json.zst",
                )
                for row in rows
            ]
        except (OSError, ValueError, TypeError, KeyError):
            return []
        return [version for version in found if version.file.is_file()]

    def _write(self, folder: Path, path: Path, rows: Iterable[Version]) -> None:
        kept: list[Version] = []
        room: dict[str, int] = {}
        for row in rows:
            room_then = room | {row.sha256: row.bytes}
            if len(kept) < self._keep and (not kept or sum(room_then.values()) <= self._keep_bytes):
                kept.append(row)
                room = room_then
        content = {
            "path": os.fsdecode(os.fsencode(path)).encode("utf-8", "replace").decode(),
            "versions": [
                {
                    "sha256": row.sha256,
                    "saved_at": row.saved_at,
                    "nodes": row.node_count,
                    "wires": row.connection_count,
                    "bytes": row.bytes,
                }
                for row in kept
            ],
        }
        write_atomic(folder / _LIST, orjson.dumps(content, option=orjson.OPT_INDENT_2))
        for file in folder.glob("*.json.zst"):
            if file.name.removesuffix(".json.zst") not in room:
                with suppress(OSError):
                    file.unlink()
