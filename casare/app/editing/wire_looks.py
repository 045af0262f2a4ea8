"""How a wire is drawn: by which points it goes, how plainly, or as a named portal. Kept in the wire's extra keys.

Other programs that read the file see an ordinary connection and keep or ignore what they do not know.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from casare.app.editing.placing import whole
from casare.model import Change, Connection, Graph, ReplaceWires, WireKey
from casare.model.values import Point

WAYPOINTS: Final = "waypoints"
DISPLAY: Final = "display"
PORTAL: Final = "portal"
LONGEST_NAME: Final = 40


class Display(enum.StrEnum):
    """How plainly a wire is drawn."""

    FULL = "full"
    FAINT = "faint"
    HIDDEN = "hidden"
    """Only while the pointer is on it or on one of its nodes."""


def waypoints_of(extra: Mapping[str, Any]) -> tuple[Point, ...]:
    """Return the points a wire goes by (scene px), from its extra keys; what is no point there is left out."""
    raw = extra.get(WAYPOINTS)
    if not isinstance(raw, (list, tuple)):
        return ()
    return tuple((one[0], one[1]) for one in raw if _is_point(one))


def display_of(extra: Mapping[str, Any]) -> Display:
    """Return how plainly a wire is drawn; an unknown word means full."""
    raw = extra.get(DISPLAY)
    return Display(raw) if raw in (Display.FAINT, Display.HIDDEN) else Display.FULL


def portal_of(extra: Mapping[str, Any]) -> str:
    """Return the name under which a wire is shown as two tags, or an empty text for an ordinary wire."""
    name = extra.get(PORTAL)
    return name if isinstance(name, str) else ""


def set_display(graph: Graph, keys: Collection[WireKey], how: Display) -> Change | None:
    """Draw wires fully, faintly, or not until the pointer is there."""
    value = None if how is Display.FULL else how.value
    labels = {Display.FULL: "Show wire in full", Display.FAINT: "Fade wire", Display.HIDDEN: "Hide wire"}
    return _changed(graph, keys, lambda extra: _with(extra, DISPLAY, value), labels[how])


def set_portal(graph: Graph, keys: Collection[WireKey], name: str) -> Change | None:
    """Show wires as a pair of tags with this name; an empty name makes them ordinary wires again."""
    told = " ".join(name.split())[:LONGEST_NAME]
    return _changed(
        graph, keys, lambda extra: _with(extra, PORTAL, told or None), "Make portal" if told else "Unfold portal"
    )


def add_waypoint(graph: Graph, points: Mapping[WireKey, tuple[int, Point]]) -> Change | None:
    """Let wires go by one more point each: at the given place among those they have."""

    def added(wire: Connection) -> Mapping[str, Any]:
        at, place = points[wire.key]
        held = list(waypoints_of(wire.extra))
        held.insert(at, whole(place))
        return _with(wire.extra, WAYPOINTS, [list(one) for one in held])

    wires = tuple(wire._replace(extra=added(wire)) for key in points if (wire := graph.connections.get(key)))
    return ReplaceWires(wires, "Reroute wire") if wires else None


def move_waypoint(graph: Graph, key: WireKey, index: int, place: Point) -> Change | None:
    """Put one of a wire's points somewhere else (scene px)."""
    held = list(waypoints_of(graph.connections[key].extra))
    if not 0 <= index < len(held) or held[index] == whole(place):
        return None
    held[index] = whole(place)
    points = [list(one) for one in held]
    return _changed(graph, (key,), lambda extra: _with(extra, WAYPOINTS, points), "Move reroute point")


def remove_waypoint(graph: Graph, key: WireKey, index: int) -> Change | None:
    """Take one of a wire's points out."""
    held = list(waypoints_of(graph.connections[key].extra))
    if not 0 <= index < len(held):
        return None
    del held[index]
    points = [list(one) for one in held] or None
    return _changed(graph, (key,), lambda extra: _with(extra, WAYPOINTS, points), "Remove reroute point")


def straighten(graph: Graph, keys: Collection[WireKey]) -> Change | None:
    """Take all points out of wires."""
    return _changed(graph, keys, lambda extra: _with(extra, WAYPOINTS, None), "Remove reroute points")


def moved_waypoints(graph: Graph, node_ids: Collection[str], dx: float, dy: float) -> tuple[Connection, ...]:
    """Return the wires among these nodes that go by points, with the points moved along, in time O(degree)."""
    inside = node_ids if isinstance(node_ids, (set, frozenset)) else set(node_ids)
    found = []
    for node_id in inside:
        for key, wire in graph.outgoing(node_id).items():
            points = waypoints_of(wire.extra) if wire.extra and key[2] in inside else ()
            if points:
                moved = [list(whole((x + dx, y + dy))) for x, y in points]
                found.append(wire._replace(extra=_with(wire.extra, WAYPOINTS, moved)))
    return tuple(found)


def portals(graph: Graph) -> dict[str, list[WireKey]]:
    """Return the portals of a graph: the wires by the name they are shown under."""
    found: dict[str, list[WireKey]] = {}
    for key, wire in graph.connections.items():
        name = portal_of(wire.extra) if wire.extra else ""
        if name:
            found.setdefault(name, []).append(key)
    return found


def _changed(
    graph: Graph, keys: Collection[WireKey], edit: Callable[[Mapping[str, Any]], Mapping[str, Any]], what: str
) -> Change | None:
    wires = [graph.connections[key] for key in keys if key in graph.connections]
    edited = [(wire, edit(wire.extra)) for wire in wires]
    changed = tuple(wire._replace(extra=extra) for wire, extra in edited if extra != wire.extra)
    return ReplaceWires(changed, what) if changed else None


def _with(extra: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {name: held for name, held in extra.items() if name != key}
    return {**extra, key: value}


def _is_point(one: Any) -> bool:
    return (
        isinstance(one, (list, tuple))
        and len(one) == 2
        and all(isinstance(part, (int, float)) and not isinstance(part, bool) and abs(part) < 1e7 for part in one)
    )
