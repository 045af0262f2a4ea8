"""How much of a node is shown: its header only, or only the ports in use. Kept in the node's extra keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from casare.model import Batch, Change, Frame, Graph, Node, ReplaceFrames, ReplaceNodes

COLLAPSED: Final = "collapsed"
HIDES_UNUSED: Final = "hide_unused"


def is_collapsed(node: Node) -> bool:
    """Tell whether only the header of a node is shown."""
    return node.extra.get(COLLAPSED) is True


def hides_unused(node: Node) -> bool:
    """Tell whether a node shows only the ports that hold a wire."""
    return node.extra.get(HIDES_UNUSED) is True


def toggle_collapsed(graph: Graph, node_ids: Collection[str], frame_ids: Collection[str] = ()) -> Change | None:
    """Collapse nodes to their headers and frames to boxes, or open all when all are collapsed."""
    nodes = [graph.nodes[one] for one in graph.nodes if one in set(node_ids)]
    frames = [graph.frames[one] for one in frame_ids]
    wanted = not all([*(is_collapsed(one) for one in nodes), *(one.collapsed for one in frames)])
    verb = "Collapse" if wanted else "Expand"
    changed = tuple(_with(one, COLLAPSED, wanted) for one in nodes if is_collapsed(one) is not wanted)
    folded = tuple(_folded(one, wanted) for one in frames if one.collapsed is not wanted)
    changes: list[Change] = []
    if changed:
        changes.append(ReplaceNodes(changed, verb))
    if folded:
        changes.append(ReplaceFrames(folded, f"{verb} frame"))
    if len(changes) < 2:
        return changes[0] if changes else None
    return Batch(tuple(changes), verb)


def toggle_unused(graph: Graph, node_ids: Collection[str]) -> Change | None:
    """Hide the ports of nodes that hold no wire, or show all when all hide theirs."""
    nodes = [graph.nodes[one] for one in graph.nodes if one in set(node_ids)]
    wanted = not all(hides_unused(one) for one in nodes)
    changed = tuple(_with(one, HIDES_UNUSED, wanted) for one in nodes if hides_unused(one) is not wanted)
    return ReplaceNodes(changed, "Hide unused ports of" if wanted else "Show all ports of") if changed else None


def _with(node: Node, key: str, value: bool) -> Node:
    extra: Mapping[str, Any] = {name: held for name, held in node.extra.items() if name != key}
    return node._replace(extra={**extra, key: True} if value else extra)


def _folded(frame: Frame, collapsed: bool) -> Frame:
    return frame._replace(collapsed=collapsed)
