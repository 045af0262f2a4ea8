"""How wires are drawn, kept in their extra keys."""

from __future__ import annotations

import pytest

from casare.app import editing
from casare.app.editing import Display, display_of, portal_of, waypoints_of
from casare.model import Change, Connection, Graph, Node

KEY = ("a", "exec_out", "b", "exec_in")


def graph() -> Graph:
    return Graph((Node("a", "LogNode"), Node("b", "LogNode")), (Connection(*KEY, {"theirs": 1}),))


def applied(held: Graph, change: Change | None) -> Graph:
    assert change is not None
    held.apply(change)
    return held


def test_keys_of_other_programs_stay_when_the_look_changes() -> None:
    held = applied(graph(), editing.set_display(graph(), [KEY], Display.HIDDEN))
    assert held.connections[KEY].extra == {"theirs": 1, "display": "hidden"}
    assert applied(held, editing.set_display(held, [KEY], Display.FULL)).connections[KEY].extra == {"theirs": 1}


def test_what_is_set_already_is_no_edit() -> None:
    assert editing.set_display(graph(), [KEY], Display.FULL) is None
    assert editing.set_portal(graph(), [KEY], "  ") is None
    assert editing.straighten(graph(), [KEY]) is None


@pytest.mark.parametrize("raw", [None, 3, "x", {"a": 1}, [1, 2], [["a", 1]], [[1, 2, 3]], [[True, 1]], [[1e9, 0]]])
def test_points_that_are_none_are_left_out(raw: object) -> None:
    assert waypoints_of({"waypoints": raw}) == ()


@pytest.mark.parametrize("raw", [None, 3, "bright", ["faint"], {}])
def test_an_unknown_way_of_drawing_means_in_full(raw: object) -> None:
    assert display_of({"display": raw}) is Display.FULL
    assert portal_of({"portal": 3}) == ""


def test_points_are_added_moved_and_removed_in_their_order() -> None:
    held = graph()
    applied(held, editing.add_waypoint(held, {KEY: (0, (10, 10))}))
    applied(held, editing.add_waypoint(held, {KEY: (1, (30, 10.4))}))
    applied(held, editing.add_waypoint(held, {KEY: (1, (20, 10))}))
    assert waypoints_of(held.connections[KEY].extra) == ((10, 10), (20, 10), (30, 10))
    applied(held, editing.move_waypoint(held, KEY, 1, (20, 50)))
    applied(held, editing.remove_waypoint(held, KEY, 0))
    assert waypoints_of(held.connections[KEY].extra) == ((20, 50), (30, 10))
    assert editing.move_waypoint(held, KEY, 7, (0, 0)) is None
    applied(held, editing.straighten(held, [KEY]))
    assert held.connections[KEY].extra == {"theirs": 1}


def test_portals_are_found_by_their_names() -> None:
    held = applied(graph(), editing.set_portal(graph(), [KEY], "  the   total "))
    assert editing.portals(held) == {"the total": [KEY]}
