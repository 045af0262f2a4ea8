"""Set the values of nodes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from casare.model import Change, Graph, ReplaceNodes, SetConfig

DISABLED = "_disabled"
"""The configuration key that takes a node out of the run, as existing files spell it."""
BYPASSED = "_bypass"
"""Beside DISABLED: the node hands what goes into it on, by name or by type. Others read a disabled node."""


def set_parameter(graph: Graph, node_id: str, key: str, value: Any, *, title: str = "") -> Change | None:
    """Set one value of a node; None when it is set so already."""
    config = graph.nodes[node_id].config
    if key in config and is_same(config[key], value):
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
    nodes = [graph.nodes[one] for one in dict.fromkeys(node_ids) if _runs_not(graph, one) != disabled]
    if not nodes:
        return None
    return ReplaceNodes(
        tuple(node._replace(config=_with_disabled(node.config, disabled)) for node in nodes),
        "Disable" if disabled else "Enable",
    )


def _runs_not(graph: Graph, node_id: str) -> bool:
    """Tell whether a node is plainly disabled: one that is bypassed can still be made so."""
    return is_disabled(graph, node_id) and not is_bypassed(graph, node_id)


def is_bypassed(graph: Graph, node_id: str) -> bool:
    """Tell whether a node hands its values on instead of running."""
    config = graph.nodes[node_id].config
    return bool(config.get(DISABLED)) and bool(config.get(BYPASSED))


def set_bypassed(graph: Graph, node_ids: Collection[str], bypassed: bool) -> Change | None:
    """Let values pass nodes by, or let the nodes run again."""
    nodes = [graph.nodes[one] for one in dict.fromkeys(node_ids) if is_bypassed(graph, one) != bypassed]
    if not nodes:
        return None
    changed = tuple(
        node._replace(config={**_with_disabled(node.config, bypassed), **({BYPASSED: True} if bypassed else {})})
        for node in nodes
    )
    return ReplaceNodes(changed, "Bypass" if bypassed else "Restore")


def _with_disabled(config: Mapping[str, Any], disabled: bool) -> dict[str, Any]:
    """Return the configuration of a node that is disabled or not, in either case not bypassed."""
    dropped = (BYPASSED,) if disabled else (DISABLED, BYPASSED)
    kept = {key: value for key, value in config.items() if key not in dropped}
    return {**kept, DISABLED: True} if disabled else kept


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are written alike: 1, 1.0 and true are equal, and not the same."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(is_same(held, other[key]) for key, held in one.items())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(is_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
