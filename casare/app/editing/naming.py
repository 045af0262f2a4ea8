"""Ids for new nodes, and names for nodes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from casare.model import Change, Graph, RenameNode

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def fresh_ids(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """Return an unused id for each wanted one: itself, or with the lowest number that is free (`log_2`)."""
    used = set(taken)
    found: list[str] = []
    next_number: dict[str, int] = {}
    for base in wanted:
        candidate = base
        stem = re.sub(r"_\d+$", "", base) or base
        while candidate in used:
            number = next_number.get(stem, 2)
            next_number[stem] = number + 1
            candidate = f"{stem}_{number}"
        used.add(candidate)
        found.append(candidate)
    return found


def id_stem(type_id: str) -> str:
    """Return the readable start of an id for a node of this type: `MathOperationNode` gives `math_operation`."""
    name = type_id.removesuffix("Node") or type_id
    stem = _CAPITAL.sub("_", name).lower()
    stem = re.sub(r"\W+", "_", stem).strip("_")
    return stem or "node"


def rename(graph: Graph, node_id: str, name: str) -> Change | None:
    """Give a node a name; an empty one brings the type's title back."""
    name = " ".join(name.split())
    return RenameNode(node_id, name) if graph.nodes[node_id].name != name else None
