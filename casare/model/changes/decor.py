"""Edits of frames and notes, which share their shape: things with an id in an ordered dict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from casare.events import GraphChanged
from casare.foundation.errors import ChangeRefusedError
from casare.model.changes.ordered import Places, first_missing, put, take
from casare.model.values import Frame, Note

if TYPE_CHECKING:
    from casare.model.changes.base import Change
    from casare.model.graph import Graph


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)


def _add(held: dict[str, Item], items: Sequence[Item], places: Places) -> tuple[str, ...]:
    entries = {item.id: item for item in items}
    taken = next((key for key in entries if key in held), None)
    if taken is not None or len(entries) < len(items):
        raise ChangeRefusedError(f"The id {taken!r} is taken.")
    put(held, entries, places)
    return tuple(entries)


def _remove(held: dict[str, Item], ids: tuple[str, ...]) -> tuple[tuple[Item, ...], Places]:
    missing = first_missing(held, ids)
    if missing is not None:
        raise ChangeRefusedError(f"There is nothing with the id {missing!r}.")
    taken, places = take(held, set(ids))
    return tuple(taken.values()), places


def _replace(held: dict[str, Item], items: Sequence[Item]) -> tuple[Item, ...]:
    missing = first_missing(held, [item.id for item in items])
    if missing is not None:
        raise ChangeRefusedError(f"There is nothing with the id {missing!r}.")
    before = tuple(held[item.id] for item in items)
    held.update((item.id, item) for item in items)
    return before


def _frames(ids: Sequence[str]) -> GraphChanged:
    return GraphChanged(frames=frozenset(ids))


def _notes(ids: Sequence[str]) -> GraphChanged:
    return GraphChanged(notes=frozenset(ids))


@dataclass(frozen=True, slots=True)
class AddFrames:
    """Add frames."""

    frames: tuple[Frame, ...]
    places: Places = ()
    label: str = "Add frame"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Add the frames; refuse an id that is taken."""
        ids = _add(graph.frames, self.frames, self.places)
        return RemoveFrames(ids), _frames(ids)


@dataclass(frozen=True, slots=True)
class RemoveFrames:
    """Remove frames; the nodes inside stay."""

    ids: tuple[str, ...]
    label: str = "Remove frame"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Remove the frames."""
        frames, places = _remove(graph.frames, self.ids)
        return AddFrames(frames, places), _frames(self.ids)


@dataclass(frozen=True, slots=True)
class ReplaceFrames:
    """Put new values in the stead of frames with the same ids."""

    frames: tuple[Frame, ...]
    label: str = "Change frame"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the frames."""
        before = _replace(graph.frames, self.frames)
        return ReplaceFrames(before, self.label), _frames([frame.id for frame in before])


@dataclass(frozen=True, slots=True)
class AddNotes:
    """Add sticky notes."""

    notes: tuple[Note, ...]
    places: Places = ()
    label: str = "Add note"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Add the notes; refuse an id that is taken."""
        ids = _add(graph.notes, self.notes, self.places)
        return RemoveNotes(ids), _notes(ids)


@dataclass(frozen=True, slots=True)
class RemoveNotes:
    """Remove sticky notes."""

    ids: tuple[str, ...]
    label: str = "Remove note"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Remove the notes."""
        notes, places = _remove(graph.notes, self.ids)
        return AddNotes(notes, places), _notes(self.ids)


@dataclass(frozen=True, slots=True)
class ReplaceNotes:
    """Put new values in the stead of notes with the same ids."""

    notes: tuple[Note, ...]
    label: str = "Change note"

    def carry_out(self, graph: Graph) -> tuple[Change, GraphChanged]:
        """Replace the notes."""
        before = _replace(graph.notes, self.notes)
        return ReplaceNotes(before, self.label), _notes([note.id for note in before])
