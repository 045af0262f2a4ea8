"""How two states of a workflow differ, in words a person can decide by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casare.catalog import Catalog
from casare.model import Graph, Node

_NAMED: Final = 3
"""How many things a line names before it only counts."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What became of an older state in a newer one. Names are as the canvas shows them."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """Each parameter that differs, as "url of HTTP Request"."""
    renamed: tuple[str, ...] = ()
    moved: int = 0
    wires_added: int = 0
    wires_removed: int = 0
    decor: int = 0
    """Frames and notes added, removed or changed."""
    sections: tuple[str, ...] = ()
    """Which of variables, settings and details differ."""

    @classmethod
    def between(cls, before: Graph, after: Graph, catalog: Catalog) -> Differences:
        """Compare two graphs in time that grows with their size."""
        old, new = before.nodes, after.nodes
        parameters: list[str] = []
        renamed: list[str] = []
        moved = 0
        for key in new:
            if key not in old or (one := old[key]) == (other := new[key]):
                continue
            name = _name(other, catalog)
            moved += one.position != other.position
            parameters += [f"{_said(what)} of {name}" for what in _differing(one.config, other.config)]
            if (one.name, one.type, one.extra) != (other.name, other.type, other.extra):
                renamed.append(name)
        return cls(
            tuple(_name(new[key], catalog) for key in new if key not in old),
            tuple(_name(old[key], catalog) for key in old if key not in new),
            tuple(parameters),
            tuple(renamed),
            moved,
            sum(before.connections.get(key) != wire for key, wire in after.connections.items()),
            sum(after.connections.get(key) != wire for key, wire in before.connections.items()),
            len(_differing(before.frames, after.frames)) + len(_differing(before.notes, after.notes)),
            tuple(
                said
                for said, name in (("variables", "variables"), ("settings", "settings"), ("details", "metadata"))
                if getattr(before, name) != getattr(after, name)
            ),
        )

    def __bool__(self) -> bool:
        return bool(self.lines())

    def lines(self) -> list[str]:
        """Return one line for each kind of difference, the weightiest first; none when there is no difference."""
        lines = [
            *_line("node", "added", self.added),
            *_line("node", "removed", self.removed),
            *_line("parameter", "changed", self.parameters),
            *_line("node", "renamed or of another type", self.renamed),
        ]
        for count, what in (
            (self.wires_added, "wire{s} added"),
            (self.wires_removed, "wire{s} removed"),
            (self.moved, "node{s} moved"),
            (self.decor, "frame{s} or note{s} changed"),
        ):
            if count:
                lines.append(f"{count:,} {what.format(s='' if count == 1 else 's')}")
        if self.sections:
            lines.append(f"Workflow {_listed(self.sections)} changed")
        return lines

    def summary(self) -> str:
        """Return the differences in one line, with counts only."""
        counts = (
            (len(self.added) + len(self.removed), "node{s} added or removed"),
            (len(self.parameters), "parameter{s} changed"),
            (len(self.renamed), "node{s} renamed"),
            (self.wires_added + self.wires_removed, "wire{s} changed"),
            (self.moved, "node{s} moved"),
            (self.decor, "frame{s} or note{s} changed"),
        )
        said = [f"{count:,} {what.format(s='' if count == 1 else 's')}" for count, what in counts if count]
        said += [f"{section} changed" for section in self.sections]
        return " · ".join(said) or "No differences"


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    gone = [key for key in before if key not in after]
    return gone + [key for key, value in after.items() if key not in before or before[key] != value]


def _name(node: Node, catalog: Catalog) -> str:
    if node.name:
        return node.name
    known = catalog.find(node.type)
    return known.title if known is not None else node.type


def _said(key: str) -> str:
    return key.replace("_", " ")


def _line(what: str, how: str, names: Collection[str]) -> list[str]:
    if not names:
        return []
    return [f"{len(names):,} {what}{'' if len(names) == 1 else 's'} {how}: {_listed(names)}"]


def _listed(names: Iterable[str]) -> str:
    counted = Counter(names)
    said = [name if count == 1 else f"{count:,} × {name}" for name, count in counted.items()]
    if len(said) <= _NAMED:
        return ", ".join(said)
    rest = counted.total() - sum(list(counted.values())[:_NAMED])
    return f"{', '.join(said[:_NAMED])} and {rest:,} more"
