"""Set the values of nodes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from casare.model import Batch, Change, Graph, SetConfig

DISABLED = "_disabled"
"""The configuration key that takes a node out of the run, as existing files spell it."""


def set_parameter(graph: Graph, node_id: str, key: str, value: Any, *, title: str = "") -> Change | None:
    """Set one value of a node; None when it is set so already."""
    config = graph.nodes[node_id].config
    if key in config and type(config[key]) is type(value) and config[key] == value:
        return None
    return SetConfig(node_id, {**config, key: value}, (title or key).lower())


def clear_parameter(graph: Graph, node_id: str, key: str, *, title: str = "") -> Change | None:
    """Take a value out of a node's configuration, so that the default holds; None when it is not set."""
    config = graph.nodes[node_id].config
    if key not in config:
        return None
    return SetConfig(node_id, {k: v for k, v in config.items() if k != key}, (title or key).lower())


def is_disabled(graph: Graph, node_id: str) -> bool:
    """Tell whether a node is taken out of the run."""
    return bool(graph.nodes[node_id].config.get(DISABLED))


def set_disabled(graph: Graph, node_ids: Collection[str], disabled: bool) -> Change | None:
    """Take nodes out of the run, or put them back."""
    verb = "Disable" if disabled else "Enable"
    changes = []
    for node_id in node_ids:
        change = (
            set_parameter(graph, node_id, DISABLED, True) if disabled else clear_parameter(graph, node_id, DISABLED)
        )
        if change is not None:
            changes.append(change)
    if not changes:
        return None
    return Batch(tuple(changes), f"{verb} node" if len(changes) == 1 else f"{verb} {len(changes)} nodes")
