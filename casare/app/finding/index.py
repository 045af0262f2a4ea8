"""The searchable texts of a graph, kept from one search to the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

import orjson

from casare.app.documents.faces import face_of
from casare.app.editing.parameters import DISABLED
from casare.app.editing.wire_looks import portals
from casare.catalog import Catalog
from casare.model import Frame, Graph, Node, Note, WireKey
from casare.sdk import NodeType, Widget

_LONGEST: Final = 20_000
"""How many letters of one value are searched; a pasted file must not make every search slow."""
_SLICE: Final = 200
"""How many entries are made before the other threads get their turn."""
_BREATH_S: Final = 0.0005

_Value = TypeVar("_Value", Node, Frame, Note)


class Field(NamedTuple):
    """One text of a thing: what to call it, what it says, and the same in lower case."""

    label: str
    text: str
    low: str
    name: str = ""
    """The name of the parameter, in lower case; empty for what is no parameter."""


class Portal(NamedTuple):
    """The wires that are shown under one name."""

    id: str
    """The name."""
    wires: tuple[WireKey, ...]


class Entry(NamedTuple):
    """One thing that can be found. `fields` begins with the title; `low` is all of them, for a first quick look."""

    value: Node | Frame | Note | Portal
    title: str
    type_title: str
    category: str
    type_low: str
    fields: tuple[Field, ...]
    low: str
    disabled: bool = False
    known: bool = True


class GraphIndex:
    """Hold an entry for each node, frame, note and portal of one graph. Belongs to one thread at a time.

    A value of a graph is never changed in place, so an entry is stale only when the graph holds another value.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._revision = catalog.revision
        self.nodes: dict[str, Entry] = {}
        self.frames: dict[str, Entry] = {}
        self.notes: dict[str, Entry] = {}
        self.portals: dict[str, Entry] = {}

    def follow(self, graph: Graph) -> None:
        """Bring the entries up to date with a graph, in time that grows with what has changed.

        Made in slices with a breath in between: on a thread, it leaves the interpreter to the window.
        """
        if self._catalog.revision != self._revision:
            self._revision = self._catalog.revision
            self.nodes = {}
        self.nodes = _kept(self.nodes, graph.nodes, self._of_node)
        self.frames = _kept(self.frames, graph.frames, _of_frame)
        self.notes = _kept(self.notes, graph.notes, _of_note)
        self.portals = {name: self._of_portal(Portal(name, tuple(keys))) for name, keys in portals(graph).items()}

    def _of_node(self, node: Node) -> Entry:
        face = face_of(node, self._catalog)
        found = self._catalog.find(node.type)
        member = self._catalog.member(found, node.config) if found is not None else None
        shown = member or found
        type_title = shown.title if shown is not None else node.type
        fields = [_field("Name", face.title)]
        if type_title != face.title:
            fields.append(_field("Type", type_title))
        if node.type != type_title:
            fields.append(_field("Type", node.type))
        fields.append(_field("Id", node.id))
        fields += _values(node.config, (shown, found))
        aliases = " ".join(shown.aliases) if shown is not None else ""
        type_low = f"{type_title}\n{node.type}\n{face.category}\n{aliases}".lower()
        return Entry(
            node, face.title, type_title, face.category, type_low, *_joined(fields), face.disabled, found is not None
        )

    def _of_portal(self, portal: Portal) -> Entry:
        source, _, target, _ = portal.wires[0]
        ends = (self.nodes[one].title if one in self.nodes else one for one in (source, target))
        more = f" and {len(portal.wires) - 1} more" if len(portal.wires) > 1 else ""
        # What it joins is told, but not searched: the nodes are found by their names themselves.
        joins = Field("Joins", f"{' → '.join(ends)}{more}", "")
        name = _field("Name", portal.id)
        return Entry(portal, portal.id, "Portal", "", "", (name, joins), name.low)


def _kept(before: Mapping[str, Entry], held: Mapping[str, _Value], make: Callable[[_Value], Entry]) -> dict[str, Entry]:
    """Return the entries of what a graph holds: those that are still true as they are, the others made anew."""

    def entry(key: str, value: _Value) -> Entry:
        known = before.get(key)
        return known if known is not None and known.value is value else make(value)

    return {key: entry(key, value) for key, value in _in_slices(held.items())}


def _in_slices(items: Iterable[tuple[str, _Value]]) -> Iterator[tuple[str, _Value]]:
    rest = iter(items)
    while chunk := list(islice(rest, _SLICE)):
        yield from chunk
        if len(chunk) == _SLICE:
            time.sleep(_BREATH_S)


def _values(config: Mapping[str, Any], types: tuple[NodeType | None, ...]) -> list[Field]:
    made: list[Field] = []
    for key, value in config.items():
        param = next((one for spec in types if spec is not None and (one := spec.param(key)) is not None), None)
        if value is None or value == "" or key == DISABLED or (param and param.widget is Widget.SECRET):
            continue
        text = value if isinstance(value, str) else _as_json(value)
        label = param.title if param is not None else key
        made.append(Field(label, text[:_LONGEST], text[:_LONGEST].lower(), f"{key} {label}".lower()))
    return made


def _of_frame(frame: Frame) -> Entry:
    title = frame.title or "Frame"
    return Entry(frame, title, "Frame", "", "", *_joined([_field("Title", title)]))


def _of_note(note: Note) -> Entry:
    text = note.text.strip()
    title = text.partition("\n")[0].strip("# ").strip() or "Empty note"
    return Entry(note, title, "Note", "notes", "", *_joined([_field("Note", text[:_LONGEST])]))


def _field(label: str, text: str) -> Field:
    return Field(label, text, text.lower())


def _joined(fields: list[Field]) -> tuple[tuple[Field, ...], str]:
    return tuple(fields), "\n".join(field.low for field in fields)


def _as_json(value: Any) -> str:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except (TypeError, ValueError):
        return str(value)
