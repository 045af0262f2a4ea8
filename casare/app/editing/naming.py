"""Ids for new nodes, and names for nodes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from casare.model import Change, Graph, RenameNode

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER = re.compile(r"_\d+$")


def fresh_ids(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """Return an unused id for each wanted one: itself, or with the lowest number that is free (`log_2`).

    An id that is free is never given away to another, so that of several only those change that must.
    """
    wanted = list(wanted)
    used, asked_for = set(taken), set(wanted)
    found: list[str] = []
    next_number: dict[str, int] = {}
    for base in wanted:
        candidate = base
        if candidate in used:
            stem = _NUMBER.sub("", base) or base
            number = next_number.get(stem, 2)
            while (candidate := f"{stem}_{number}") in used or candidate in asked_for:
                number += 1
            next_number[stem] = number + 1
        used.add(candidate)
        found.append(candidate)
    return found


def id_stem(type_id: str) -> str:
    """Return the readable start of an id for a node of this type: `MathOperationNode` gives `math_operation`."""
    name = type_id.removesuffix("Node") or type_id
    stem = _CAPITAL.sub("_", name).lower()
    stem = re.sub(r"\W+", "_", stem).strip("_")
    # A template's name may not start with a digit.
    return f"node_{stem}" if stem[:1].isdigit() else stem or "node"


def rename(graph: Graph, node_id: str, name: str) -> Change | None:
    """Give a node a name; an empty one brings the type's title back."""
    name = " ".join(name.split())
    return RenameNode(node_id, name) if graph.nodes[node_id].name != name else None
