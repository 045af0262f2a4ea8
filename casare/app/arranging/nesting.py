"""Which frame each node is laid out in: the smallest that holds it, and frames inside frames."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from casare.model import Graph

OUTSIDE = ""
"""The key of the level that no frame is around; no frame has an empty id."""


class Nest(NamedTuple):
    """The frames whose nodes are laid out together, and what stays as it is."""

    home: Mapping[str, str]
    """The key of the level of each node: of the smallest frame around it that is laid out, or OUTSIDE."""
    parent: Mapping[str, str]
    """The key of the level that each such frame stands in."""
    inwards: tuple[str, ...]
    """These frames, each after the frames that stand in it."""
    pinned: frozenset[str]
    """Nodes that stay: pinned ones, and all in a frame with a pinned one."""


def is_pinned(graph: Graph, node_id: str) -> bool:
    """Tell whether a node is to stay where it is when others are laid out."""
    return bool(graph.nodes[node_id].extra.get("pinned"))


def nest(graph: Graph, chosen: Collection[str]) -> Nest:
    """Return how the chosen nodes are held by frames; a frame that is not chosen as a whole does not count."""
    members = {
        frame.id: frozenset(one for one in frame.node_ids if one in graph.nodes) for frame in graph.frames.values()
    }
    fast = {one for one in chosen if is_pinned(graph, one)}
    pinned = fast.union(*(held for held in members.values() if not fast.isdisjoint(held)))
    chosen = set(chosen)
    whole = {one: held for one, held in members.items() if held and held <= chosen and pinned.isdisjoint(held)}
    inwards = tuple(sorted(whole, key=lambda one: len(whole[one])))
    place = {frame_id: at for at, frame_id in enumerate(inwards)}
    around: dict[str, list[str]] = {}
    for frame_id in inwards:
        for node_id in whole[frame_id]:
            around.setdefault(node_id, []).append(frame_id)
    home = {node_id: around[node_id][0] if node_id in around else OUTSIDE for node_id in chosen}
    parent = {}
    for frame_id in inwards:
        some = next(iter(whole[frame_id]))
        larger = (one for one in around[some] if place[one] > place[frame_id] and whole[frame_id] <= whole[one])
        parent[frame_id] = next(larger, OUTSIDE)
    return Nest(home, parent, inwards, frozenset(pinned & chosen))
