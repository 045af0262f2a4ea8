"""The values a graph is made of. None is ever changed in place: an edit puts a new value in its stead.

That is what makes a snapshot of ten thousand nodes a dictionary copy, and undo a matter of putting the old value back.
Mappings inside are plain dicts for speed; nobody may write to one that a value holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casare.events.graph_changed import WireKey

__all__ = ["Connection", "Frame", "Node", "Note", "Point", "Unreadable", "WireKey"]

Point = tuple[float, float]
"""A place on the canvas in scene px."""

_EMPTY: Mapping[str, Any] = {}


class Node(NamedTuple):
    """One node: what type it is, how it is set, and where it stands (its card's top-left corner, scene px)."""

    id: str
    type: str
    config: Mapping[str, Any] = _EMPTY
    position: Point = (0, 0)
    name: str = ""
    """What a person called it, or empty."""
    extra: Mapping[str, Any] = _EMPTY
    """Keys of the file that casare does not know, kept for writing back."""


class Connection(NamedTuple):
    """One wire from an output port to an input port."""

    source_node: str
    source_port: str
    target_node: str
    target_port: str
    extra: Mapping[str, Any] = _EMPTY

    @property
    def key(self) -> WireKey:
        """Return what tells this wire from every other."""
        return self[:4]


class Frame(NamedTuple):
    """A titled box around nodes. An id that starts with "~" was made up on load and is not written."""

    id: str
    title: str = ""
    color: Any = ""
    position: Point = (0, 0)
    size: tuple[float, float] = (400, 300)
    node_ids: tuple[str, ...] = ()
    collapsed: bool = False
    extra: Mapping[str, Any] = _EMPTY


class Note(NamedTuple):
    """A sticky note. An id that starts with "~" was made up on load and is not written."""

    id: str
    text: str = ""
    position: Point = (0, 0)
    size: tuple[float, float] = (240, 160)
    color: Any = ""
    extra: Mapping[str, Any] = _EMPTY


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Parts of a file that could not be understood, kept as they were so that a save writes them back."""

    nodes: Mapping[str, Any] = field(default_factory=dict)
    connections: tuple[Any, ...] = ()
    frames: tuple[Any, ...] = ()
    notes: tuple[Any, ...] = ()
    sections: Mapping[str, Any] = field(default_factory=dict)
    """Whole top-level sections of the wrong type, by key."""
    subflows: Mapping[str, Any] = field(default_factory=dict)
    """Subgraphs, by id."""

    def __bool__(self) -> bool:
        decor = self.frames or self.notes
        return bool(self.nodes or self.connections or decor or self.sections or self.subflows)
