"""Frames and sticky notes from parsed JSON, in both forms that existing files use."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any, Final

from casare.model.values import Frame, Note
from casare.storage.reading.fields import FRAME_READS, NOTE_READS
from casare.storage.reading.problems import ProblemList, kind_of

_OTHER_NAMES: Final = {"is_collapsed": "collapsed", "contained_nodes": "node_ids"}
"""Keys of a frame as its own class writes it, and ours for the same."""

_FRAME_KEYS: Final = frozenset(("id", "color", *FRAME_READS))
_NOTE_KEYS: Final = frozenset(("id", "color", *NOTE_READS))


def read_frames(raws: list[Any], nodes: Container[str], problems: ProblemList) -> tuple[list[Frame], list[Any]]:
    """Return the frames and what is none."""
    frames: list[Frame] = []
    unreadable: list[Any] = []
    taken: set[str] = set()
    for index, raw in enumerate(raws):
        if not isinstance(raw, dict):
            _no_object(problems, "frame", index, raw)
            unreadable.append(raw)
            continue
        named = dict(raw)
        for other, ours in _OTHER_NAMES.items():
            if other in named and ours not in named:
                named[ours] = named.pop(other)
        frame_id, extra = _id_and_extra(named, _FRAME_KEYS, "frame", index, taken)
        known = _known(named, FRAME_READS, extra, f"frame {index}", problems)
        frame = Frame(id=frame_id, color=named.get("color", ""), extra=extra, **known)
        absent = [node_id for node_id in frame.node_ids if node_id not in nodes]
        if absent:
            problems.add(
                "unknown-frame-member",
                f"The frame {frame.title!r} names {len(absent)} node(s) that are not there, such as {absent[0]!r}.",
                hint="They are passed over.",
            )
        frames.append(frame)
    return frames, unreadable


def read_notes(raws: list[Any], problems: ProblemList) -> tuple[list[Note], list[Any]]:
    """Return the sticky notes and what is none."""
    notes: list[Note] = []
    unreadable: list[Any] = []
    taken: set[str] = set()
    for index, raw in enumerate(raws):
        if not isinstance(raw, dict):
            _no_object(problems, "note", index, raw)
            unreadable.append(raw)
            continue
        note_id, extra = _id_and_extra(raw, _NOTE_KEYS, "note", index, taken)
        known = _known(raw, NOTE_READS, extra, f"note {index}", problems)
        notes.append(Note(id=note_id, color=raw.get("color", ""), extra=extra, **known))
    return notes, unreadable


def _id_and_extra(
    raw: Mapping[str, Any], known: frozenset[str], word: str, index: int, taken: set[str]
) -> tuple[str, dict[str, Any]]:
    extra = {key: value for key, value in raw.items() if key not in known}
    given = raw.get("id")
    if isinstance(given, str) and given and not given.startswith("~") and given not in taken:
        taken.add(given)
        return given, extra
    if "id" in raw:
        extra["id"] = given
    return f"~{word}{index + 1}", extra


def _known(
    raw: Mapping[str, Any],
    reads: Mapping[str, Callable[[Any], Any]],
    extra: dict[str, Any],
    place: str,
    problems: ProblemList,
) -> dict[str, Any]:
    """Return the fields that `reads` can read; what is not of the right kind stays in `extra` as well."""
    found: dict[str, Any] = {}
    for key, read in reads.items():
        if key not in raw:
            continue
        value = raw[key]
        found[key] = read(value)
        if not _says(value, found[key]):
            extra[key] = value
            problems.add(
                "invalid-type",
                f"{key} of {place} cannot be read as it stands ({kind_of(value)}).",
                hint="The original is written back until you set a value.",
            )
    return found


def _says(value: Any, read: Any) -> bool:
    """Tell whether the value read says all that the original says."""
    if isinstance(read, tuple):
        if isinstance(value, dict):
            return list(value.values()) in (list(read), list(read[::-1]))
        return isinstance(value, list) and list(read) == value
    return type(value) is type(read) and bool(value == read)


def _no_object(problems: ProblemList, word: str, index: int, raw: Any) -> None:
    problems.add(
        "invalid-type",
        f"The {word} {index} is {kind_of(raw)} instead of an object.",
        hint="It is not shown, and written back as it is.",
    )
