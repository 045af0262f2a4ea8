"""A journal on disk: what a document was at some moment, and every edit since, so that a crash loses nothing.

`JournalFile` writes one, `read_journal` and `JournalContent.replay` read it back. A journal holds a whole snapshot, so
that it depends on no other file; the identity says which file the document belongs to. Which documents have journals,
on which thread they are written, and who is offered them later is the business of `app.recovery`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path
from typing import Any, Final

from casare.foundation.errors import CasareError, ChangeRefusedError, FileError
from casare.model import Change, Graph
from casare.model.plain import (
    change_from_plain,
    change_to_plain,
    content_from_plain,
    definition_to_plain,
    unreadable_to_plain,
)
from casare.storage.bytes.source import reading
from casare.storage.keeping.journal_records import (
    MAGIC,
    Kind,
    Record,
    decode_records,
    encode_record,
    pack_lines,
    unpack_lines,
)
from casare.storage.keeping.stamps import Stamp

_ROWS: Final = 500
"""How many nodes or wires of a snapshot are encoded at a time: about half a millisecond."""
_PARTS: Final = ("nodes", "connections", "frames", "notes")
_SECTIONS: Final = ("metadata", "variables", "settings", "extra")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose journal it is: the document's title, and the file it belongs to, as it was when the journal began."""

    title: str
    path: Path | None = None
    stamp: Stamp | None = None
    follows: str = ""
    """The name of the journal this one takes the place of, as after a recovery; that one need not be offered again."""

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {**asdict(self), "path": os.fspath(self.path) if self.path is not None else None}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Identity:
        """Return what `plain` was given. Raises KeyError, TypeError or ValueError for anything else."""
        path, stamp = plain["path"], plain["stamp"]
        return cls(
            str(plain["title"]),
            Path(path) if path is not None else None,
            Stamp(int(stamp[0]), int(stamp[1]), str(stamp[2])) if stamp is not None else None,
            str(plain.get("follows", "")),
        )


@dataclass(frozen=True, slots=True)
class JournalContent:
    """A journal as it was read: whose it is, how many edits it holds, when the last was made (s since the epoch)."""

    identity: Identity
    snapshot: bytes
    changes: tuple[bytes, ...]
    edits: int
    last_at: float
    torn: int
    """How many bytes at its end were cut short by whatever ended the program, and are left out."""

    def replay(self) -> Graph:
        """Return the document as it was after the last edit that is whole. Raises FileError for damage."""
        graph = _graph_of(unpack_lines(self.snapshot))
        try:
            for payload in self.changes:
                for plain in unpack_lines(payload):
                    graph.apply(change_from_plain(plain))
        except ChangeRefusedError as error:
            raise FileError(f"The journal does not fit together: {error.what}") from error
        return graph


def read_journal(path: Path) -> JournalContent:
    """Read a journal, leaving a torn tail out. Raises FileError when there is nothing in it to recover."""
    with reading(path):
        data = path.read_bytes()
    try:
        return _content(data)
    except CasareError as error:
        error.where = error.where or str(path)
        raise


class JournalFile:
    """Write one journal. Not for several threads at once; every method raises OSError when the disk refuses.

    After an error the file must be begun anew: its tail may be torn, and what came after that would not be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        """Bytes written so far."""
        self._file: FileIO | None = None

    def begin(self, identity: Identity, graph: Graph, *, edits: int, at: float) -> None:
        """Start with a snapshot, in place of whatever the journal held; whole or not at all.

        Raises TypeError or ValueError for a value JSON cannot hold.
        """
        content = b"".join(
            (
                MAGIC,
                encode_record(Record(Kind.IDENTITY, pack_lines([identity.plain()]))),
                encode_record(Record(Kind.SNAPSHOT, pack_lines(_lines_of(graph)), edits, at)),
            )
        )
        self.close()
        handle, name = tempfile.mkstemp(prefix=self.path.stem, suffix=".new", dir=self.path.parent)
        file = FileIO(handle, "wb")
        try:
            _write_all(file, content)
            os.fsync(file.fileno())
            if os.name == "nt":  # pragma: no cover  An open file cannot be renamed there.
                file.close()
            Path(name).replace(self.path)
        except BaseException:
            file.close()
            with suppress(OSError):
                Path(name).unlink()
            raise
        self._file = file if not file.closed else FileIO(self.path, "ab")
        self.size = len(content)

    def append(self, changes: Sequence[Change], *, edits: int, at: float) -> None:
        """Add edits; `sync` makes them sure."""
        if self._file is None:
            raise ValueError("a journal must be begun first")
        data = encode_record(Record(Kind.CHANGES, pack_lines(map(change_to_plain, changes)), edits, at))
        _write_all(self._file, data)
        self.size += len(data)

    def sync(self) -> None:
        """Wait until what was added would outlive a power cut."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file, which stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Delete the journal."""
        self.close()
        self.path.unlink(missing_ok=True)


def _write_all(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _content(data: bytes) -> JournalContent:
    identity: Identity | None = None
    snapshot: bytes | None = None
    changes: list[bytes] = []
    edits, last_at, whole = 0, 0.0, len(MAGIC)
    for record in decode_records(data):
        whole += len(encode_record(record))
        if record.kind is Kind.IDENTITY:
            identity = _identity(record.payload)
        elif record.kind is Kind.SNAPSHOT:
            snapshot = record.payload
            changes.clear()
        else:
            changes.append(record.payload)
        edits += record.edits
        last_at = max(last_at, record.at)
    if identity is None or snapshot is None:
        raise FileError("The journal was cut short before it held anything.")
    return JournalContent(identity, snapshot, tuple(changes), edits, last_at, len(data) - whole)


def _identity(payload: bytes) -> Identity:
    try:
        return Identity.from_plain(unpack_lines(payload)[0])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise FileError(f"The journal does not say whose it is: {error!r}.") from error


def _lines_of(graph: Graph) -> Iterator[Any]:
    subflows = [definition_to_plain(one.value()) for one in graph.subflows.values()]
    yield [*(getattr(graph, name) for name in _SECTIONS), subflows, unreadable_to_plain(graph.unreadable)]
    for part in _PARTS:
        values = list(getattr(graph, part).values())
        for at in range(0, len(values), _ROWS):
            yield [part, values[at : at + _ROWS]]


def _graph_of(lines: Iterable[Any]) -> Graph:
    sections, *parts = lines
    rows: dict[str, list[Any]] = {part: [] for part in _PARTS}
    try:
        for part, values in parts:
            rows[part].extend(values)
    except (KeyError, TypeError, ValueError) as error:
        raise FileError(f"The snapshot of the journal cannot be understood: {error!r}.") from error
    return content_from_plain([*rows.values(), *sections]).graph()
